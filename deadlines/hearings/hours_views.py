"""Office hours of the court: those in force, and others from a day on, with the hearings they would leave outside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtcms.accounts.decorators import permission
from courtcms.core import clock
from courtcms.core.errors import Refusal
from courtcms.core.rehearsal import tell_rest
from deadlines.hearings import hours as service
from deadlines.hearings import rules
from deadlines.hearings.forms import HoursForm
from deadlines.hearings.models import CourtHours


@permission("hearings.hours")
def hours(request: HttpRequest) -> HttpResponse:
    """`act=preview` names the hearings that would lie outside and saves nothing; `act=save` sets the hours."""
    now = service.hours_on(clock.today())
    typed = {name: getattr(now, name) for name in ("opens", "closes", "break_from", "break_to")}
    form: HoursForm = HoursForm(initial=typed)
    preview: dict[str, Any] | None = None
    status = 200
    if request.method == "POST":
        form, status = HoursForm(request.POST), 400
        if form.is_valid():
            data = form.cleaned_data
            try:
                if request.POST.get("act") == "save":
                    service.set_hours(actor=request.user, **data)
                    messages.success(request, _("已登记新的办公时间"))
                    return redirect("hearings:hours")
                service.check_hours(**data)
                wanted = rules.Hours(data["opens"], data["closes"], data["break_from"], data["break_to"])
                preview, status = {"hearings": service.outside(data["valid_from"], wanted)}, 200
            except Refusal as refusal:
                refusal.apply_to(form)
                status = refusal.status
        else:
            tell_rest(form, lambda data: service.check_hours(**data))
    rows = CourtHours.objects.select_related("entered_by").order_by("-valid_from")[:20]
    context = {"form": form, "rows": rows, "now": now, "preview": preview, "today": clock.today()}
    return render(request, "deadlines/hearings/hours.html", context, status=status)
