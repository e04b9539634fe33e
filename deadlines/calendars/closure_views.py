"""Days on which this court is closed: shown first with everything that moves, then saved; and taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.core.errors import Refusal
from courtcms.core.rehearsal import tell_rest
from deadlines.calendars import services
from deadlines.calendars.forms import ClosureForm, ReopenForm, ScheduleForm
from deadlines.calendars.preview import calendar_closed, moves_of
from deadlines.calendars.views import page, shown_moves, year_of
from deadlines.hearings.models import Hearing


@permission("deadlines.calendar")
@require_POST
def close_days(request: HttpRequest) -> HttpResponse:
    """`act=preview` shows every open date that the closure moves, and the hearings of these days; else it is saved."""
    year, form = year_of(request), ClosureForm(request.POST)
    status = 400
    if form.is_valid():
        data = form.cleaned_data
        try:
            if request.POST.get("act") == "preview":
                wanted = services.check_closure(**data)
                return page(request, year, ScheduleForm(year=year), form, 200, _closing(wanted, data["reason"]))
            services.close_court(actor=request.user, **data)
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
        else:
            messages.success(request, _("已登记，受影响的期限正在重新推算"))
            return redirect(f"{reverse('deadlines:calendar')}?year={year}")
    else:
        tell_rest(form, lambda data: services.check_closure(**(dict(data) | {"days": data["days"] or []})))
    return page(request, year, ScheduleForm(year=year), form, status)


def _closing(days: Collection[date], reason: str) -> dict[str, Any]:
    return shown_moves(moves_of(days=days, calendar=calendar_closed(days))) | {
        "closed": days, "days": "\n".join(map(str, days)), "reason": reason,
        "hearings": Hearing.objects.set_down_on(days),
    }  # fmt: skip


@permission("deadlines.calendar")
@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Take the closure of a day back: shown first, then saved."""
    year, form = year_of(request), ReopenForm(request.POST)
    status = 400
    if form.is_valid():
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
        try:
            if request.POST.get("act") == "preview":
                found = moves_of(days=[day], calendar=calendar_closed([], [day]))
                shown = shown_moves(found) | {"reopened": day, "reason": reason}
                return page(request, year, ScheduleForm(year=year), ClosureForm(), 200, shown)
            services.reopen_court(actor=request.user, day=day, reason=reason)
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
        else:
            messages.success(request, _("已恢复办公，受影响的期限正在重新推算"))
            return redirect(f"{reverse('deadlines:calendar')}?year={year}")
    else:
        tell_rest(form, lambda data: services.reopen_court(actor=request.user, **data))
    return page(request, year, ScheduleForm(year=year), ClosureForm(), status, refused=form)
