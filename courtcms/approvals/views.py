"""Pages of the approvals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.approvals import policy, selectors, services
from courtcms.approvals.forms import DecisionForm, ResubmitForm, WithdrawForm
from courtcms.approvals.models import ApprovalRequest, ApprovalStep
from courtcms.approvals.subjects import subject_of
from courtcms.core import clock, dates
from courtcms.core.errors import Refusal
from courtcms.core.pagination import page

VIEWS = ("mine", "asked", "done")


@permission("approvals.own")
def inbox(request: HttpRequest) -> HttpResponse:
    """`?show=mine` to decide (default), `asked` by me, `done` decided by me."""
    show = request.GET.get("show", "")
    show = show if show in VIEWS else "mine"
    all_requests = ApprovalRequest.objects.select_related("asker")
    rows = {
        "mine": all_requests.to_decide_by,
        "asked": all_requests.asked_by,
        "done": all_requests.decided_by,
    }[show](request.user)
    found = page(rows, ["id"] if show == "mine" else ["-id"], request.GET.get("cursor", ""), 50)
    open_steps = {
        step.request_id: step
        for step in ApprovalStep.objects.open().select_related("division", "holder").filter(request__in=found.rows)
    }
    lines = [{"request": row, "step": open_steps.get(row.pk), "kind": subject_title(row)} for row in found.rows]
    titles = {"mine": _("待我审批"), "asked": _("我申请的"), "done": _("我已决定")}
    tabs = [{"title": titles[key], "href": f"?show={key}", "current": key == show, "count": None} for key in VIEWS]
    context = {"page": found, "lines": lines, "tabs": tabs, "show": show, "today": clock.today()}
    return render(request, "approvals/inbox.html", context)


@permission("approvals.own")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: its steps, its effect, and what the reader may do."""
    return _show(request, _visible(request, pk))


@permission("approvals.own")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, return or reject the open step."""
    found = _visible(request, pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            services.decide(
                actor=request.user, step_id=_step_of(found, form.cleaned_data["step"]),
                decision=form.cleaned_data["decision"], comment=form.cleaned_data["comment"],
            )  # fmt: skip
        except Refusal as refusal:
            refusal.apply_to(form)
            return _show(request, _visible(request, pk), status=refusal.status, decision=form)
        messages.success(request, _("决定已记录"))
        return redirect("approvals:detail", pk)
    return _show(request, found, status=400, decision=form)


@permission("approvals.own")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker takes the request back."""
    found = _visible(request, pk)
    form = WithdrawForm(request.POST, prefix="withdraw")

    def act(reason: str) -> None:
        services.withdraw(actor=request.user, request_id=found.pk, reason=reason)

    return _by_asker(request, found, "withdraw", form, act, _("申请已撤回"))


@permission("approvals.own")
@require_POST
def resubmit(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker asks anew after a return."""
    found = _visible(request, pk)
    form = ResubmitForm(request.POST, prefix="resubmit")

    def act(reason: str) -> None:
        target = selectors.target_of(found)
        services.resubmit(actor=request.user, request_id=found.pk, reason=reason, target=target)

    return _by_asker(request, found, "resubmit", form, act, _("已重新提交"))


def _by_asker(
    request: HttpRequest, found: ApprovalRequest, key: str, form: forms.Form, act: Any, done: str
) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except Refusal as refusal:
            refusal.apply_to(form)
            return _show(request, _visible(request, found.pk), status=refusal.status, **{key: form})
        messages.success(request, done)
        return redirect("approvals:detail", found.pk)
    return _show(request, found, status=400, **{key: form})


def _visible(request: HttpRequest, pk: int) -> ApprovalRequest:
    """The request, or 404 for whoever must not know of it."""
    found = get_object_or_404(ApprovalRequest.objects.select_related("asker"), pk=pk)
    if not policy.can_see(request.user, found):
        raise Http404
    return found


def _step_of(found: ApprovalRequest, step_id: int) -> int:
    """The posted step, if it belongs to this request; else one that no step has (the service refuses it)."""
    return step_id if found.steps.filter(pk=step_id).exists() else 0


def subject_title(row: ApprovalRequest) -> str:
    """The name of what is asked for."""
    return str(subject_of(row.kind).title)


def _drawn(steps: list[ApprovalStep], current_round: int) -> list[dict[str, Any]]:
    """The steps of the round as components/steps.html draws them."""
    states = {"open": "now", "waiting": "later", "void": "later"}
    drawn = []
    for step in (step for step in steps if step.round == current_round):
        who = step.decided_by or step.holder
        note = f"{step.get_state_display()} {who.display_name}" if step.decided_by else step.get_state_display()
        more = ""
        if step.decided_by and step.by_substitute:
            more = _("代%(name)s") % {"name": step.decided_for.display_name}
        elif step.state == "open":
            more = _("期限 %(day)s") % {"day": dates.short_date(step.due_on)}
        if step.decided_late:
            more = f"{more} {_('逾期决定')}".strip()
        drawn.append({"title": step.place, "note": note, "more": more, "state": states.get(step.state, "done")})
    return drawn


def _show(request: HttpRequest, found: ApprovalRequest, status: int = 200, **bound: forms.Form) -> HttpResponse:
    steps = selectors.steps_of(found)
    current = next((step for step in steps if step.state == "open"), None)
    capacity, why = selectors.seat_to_decide(request.user, current) if current else (None, "")
    why = "asker" if found.asker_id == request.user.pk else why
    subject = subject_of(found.kind)
    context = {
        "request_": found, "kind": subject.title, "steps": _drawn(steps, found.round), "all_steps": steps,
        "current": current, "capacity": capacity, "barred": why, "today": clock.today(),
        "effects": subject.preview(found) if found.state in ("pending", "returned") else [],
        "decision": bound.get("decision") or (DecisionForm(initial={"step": current.pk}) if capacity else None),
        "withdraw": bound.get("withdraw")
        or (WithdrawForm(prefix="withdraw") if policy.can_withdraw(request.user, found) else None),
        "resubmit": bound.get("resubmit")
        or (
            ResubmitForm(prefix="resubmit", initial={"reason": found.reason})
            if found.state == "returned" and found.asker_id == request.user.pk
            else None
        ),
        "conflict": status == 409,
    }  # fmt: skip
    return render(request, "approvals/detail.html", context, status=status)
