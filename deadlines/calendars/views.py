"""The calendar page: a year as it is known, and the entry of a published schedule."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed, require
from courtcms.core import clock
from courtcms.core.errors import Refusal
from deadlines.calendars import selectors, services
from deadlines.calendars.forms import ClosureForm, ReopenForm, ScheduleForm
from deadlines.calendars.models import YearStatus
from deadlines.calendars.preview import Move, calendar_with, moves

FIRST_SHOWN, LAST_SHOWN = 2000, 2050
#: moved dates shown on the page; the number is always of all
SHOWN_MOVES = 200


@permission("deadlines.see_calendar")
def year_page(request: HttpRequest) -> HttpResponse:
    """`?year=`: twelve months, published or provisional; trial management and the administrator may enter a year.

    `act=preview` shows every open date that the schedule would move and saves nothing.
    """
    year = year_of(request)
    form, shown, status = ScheduleForm(year=year), None, 200
    if request.method == "POST":
        require(request.user, "deadlines.calendar")
        form, status = ScheduleForm(request.POST, request.FILES, year=year), 400
        if form.is_valid():
            data = form.cleaned_data
            try:
                if request.POST.get("act") == "preview":
                    services.check_schedule(year=year, **data)
                    shown, status = _preview(year, data, form.names), 200
                else:
                    services.enter_schedule(actor=request.user, year=year, names=form.names or _names(request), **data)
                    done = _("%(year)s 年的放假安排已录入，受影响的期限正在重新推算") % {"year": year}
                    messages.success(request, done)
                    return redirect(f"{reverse('deadlines:calendar')}?year={year}")
            except Refusal as refusal:
                refusal.apply_to(form)
                status = refusal.status
    return page(request, year, form, ClosureForm(), status, shown)


def page(
    request: HttpRequest,
    year: int,
    form: ScheduleForm,
    closure: ClosureForm,
    status: int,
    shown: Any = None,
    refused: ReopenForm | None = None,
) -> HttpResponse:
    """The page of a year, with a preview or a refused form where there is one."""
    may = allowed(request.user, "deadlines.calendar")
    context = {
        "view": selectors.year_view(year),
        "years": selectors.years_around(year),
        "form": form if may else None,
        "closure": closure if may else None,
        "preview": shown,
        "reopening": (refused or ReopenForm()) if may else None,
        "may_hours": allowed(request.user, "hearings.hours"),
        "may_list": allowed(request.user, "deadlines.list"),
        "today": clock.today(),
        "weekdays": [_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日")],
    }
    return render(request, "deadlines/calendars/year.html", context, status=status)


def shown_moves(found: list[Move]) -> dict[str, Any]:
    """The dates a preview shows, and how many there are in all."""
    return {"moves": found[:SHOWN_MOVES], "total": len(found), "cut": len(found) > SHOWN_MOVES}


def _preview(year: int, data: dict[str, Any], names: dict[date, str]) -> dict[str, Any]:
    calendar = calendar_with(year, data["holidays"], data["working"])
    return shown_moves(moves(year=year, calendar=calendar)) | {
        "source": data["source"], "off": data["holidays"], "on": data["working"],
        "holidays": "\n".join(map(str, data["holidays"])), "working": "\n".join(map(str, data["working"])),
        "names": json.dumps({str(day): name for day, name in names.items()}, ensure_ascii=False),
    }  # fmt: skip


def _names(request: HttpRequest) -> dict[date, str]:
    """Names of the holidays as the preview read them; anything else is passed over."""
    try:
        raw = json.loads(request.POST.get("names") or "{}")
        return {date.fromisoformat(day): str(name)[:60] for day, name in raw.items()}
    except (ValueError, AttributeError, TypeError):
        return {}


@permission("deadlines.calendar")
def desk_panel(request: HttpRequest) -> HttpResponse:
    """Whether this year and the next have a published schedule, for those who enter it."""
    year = clock.today().year
    rows = {row.year: row for row in selectors.years_around(year, 1)}
    years = [
        {"year": y, "is_published": y in rows and rows[y].status == YearStatus.PUBLISHED} for y in (year, year + 1)
    ]
    return render(request, "deadlines/calendars/desk_panel.html", {"years": years})


def year_of(request: HttpRequest) -> int:
    """`?year=` within the years shown; this one for anything else."""
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else clock.today().year
    return min(max(year, FIRST_SHOWN), LAST_SHOWN)
