"""Moving many hearings: choose, see the plan, apply exactly that plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtcms.accounts.decorators import permission
from courtcms.core import clock
from courtcms.core.errors import Reason, Refusal
from deadlines.hearings import bulk as service
from deadlines.hearings import forms
from deadlines.hearings.models import Hearing, HearingStatus


def _offered(request: HttpRequest, choice: forms.BulkChoice) -> list[Hearing]:
    """Scheduled hearings of the chosen days and room; the coming week unless told otherwise."""
    choice.is_valid()
    chosen = choice.cleaned_data
    first = max(chosen.get("first") or clock.today(), clock.today())
    last = chosen.get("last") or first + timedelta(days=7)
    rows = Hearing.objects.visible_to(request.user).filter(status=HearingStatus.SCHEDULED).between(first, last)
    rows = rows.filter(courtroom=chosen["room"]) if chosen.get("room") else rows
    return list(rows.select_related("case__judge", "courtroom").order_by("slot", "pk")[: service.MOST])


def _wanted(request: HttpRequest, form: forms.BulkForm) -> service.BulkMove:
    data = form.cleaned_data
    chosen = tuple(dict.fromkeys(int(pk) for pk in request.POST.getlist("hearing") if pk.isdecimal() and len(pk) < 18))
    return service.BulkMove(
        chosen, days=data["days"] or 0, courtroom=data["courtroom"], working_days=data["working_days"],
        short_notice_consent=data["short_notice_consent"], off_hours_reason=data["off_hours_reason"],
    )  # fmt: skip


@permission("hearings.bulk")
def bulk(request: HttpRequest) -> HttpResponse:
    """GET chooses; POST shows the plan, and with `digest` of a plan that was seen carries it out."""
    choice = forms.BulkChoice(request.GET)
    context: dict[str, Any] = {"choice": choice, "offered": _offered(request, choice), "plan": None, "reasons": []}
    context["chosen"] = request.POST.getlist("hearing")
    form = forms.BulkForm(request.POST) if request.method == "POST" else forms.BulkForm()
    status = 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            reasons, plan, status = _plan_or_apply(request, _wanted(request, form))
            if status == 302:
                return redirect("hearings:week")
            context |= {"reasons": reasons, "plan": plan}
    return render(request, "deadlines/hearings/bulk.html", context | {"form": form}, status=status)


def _plan_or_apply(request: HttpRequest, wanted: service.BulkMove) -> tuple[list[Reason], service.MovePlan | None, int]:
    digest = request.POST.get("digest", "")
    try:
        if digest and "apply" in request.POST:
            made = service.apply(actor=request.user, wanted=wanted, digest=digest)
            messages.success(request, _("已移动 %(count)s 次庭审") % {"count": len(made.lines)})
            return [], None, 302
        return [], service.plan(actor=request.user, wanted=wanted), 200
    except Refusal as refusal:
        reasons, status = refusal.reasons, refusal.status
    try:
        return reasons, service.plan(actor=request.user, wanted=wanted), status
    except Refusal:
        return reasons, None, status
