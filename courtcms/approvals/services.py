"""Asking, deciding, returning, withdrawing. Rooms register what can be asked for with `register_subject`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtcms.accounts.policy import require
from courtcms.accounts.posts import Post
from courtcms.approvals import selectors
from courtcms.approvals.models import ApprovalRequest, ApprovalStep, RequestState, StepState
from courtcms.approvals.rules import FINAL, STEP_AFTER, next_state
from courtcms.approvals.subjects import Effect, StepPlan, Subject, register_subject, subject_of
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons, Refusal
from courtcms.core.locks import lock
from courtcms.core.texts import Sentence, msgid, packed
from courtcms.core.workdays import add_working_days
from courtcms.notices.services import notify

__all__ = ["Effect", "StepPlan", "Subject", "decide", "register_subject", "request_approval", "resubmit", "withdraw"]

KIND_STEP, KIND_RESULT = "approvals.step", "approvals.result"


def request_approval(
    *,
    actor: Any,
    kind: str,
    target: models.Model,
    text: Any,
    reason: str,
    params: Mapping[str, Any] | None = None,
    url: str = "",
    case_id: int | None = None,
    basis: str = "",
    payload: Mapping[str, Any] | None = None,
) -> ApprovalRequest:
    """Ask for the approval of `kind` on `target`; the steps follow from the registered subject.

    `text` with `params` is the title (lazy translation or msgid). Refuses without a reason, while the same is already
    under way, and when a step could be decided by nobody. The caller checks that the actor may ask for this.
    """
    require(actor, "approvals.own")
    subject = subject_of(kind)
    reasons = Reasons()
    if not reason.strip():
        reasons.add(_("请写明申请理由"), field="reason")
    if selectors.running_for(kind, target) is not None:
        reasons.add(_("同一事项已在审批中"), remedy=_("可先撤回在办的申请"))
    plans = _plans(subject, target, actor, reasons)
    reasons.refuse()
    with act(
        actor=actor, verb="approval.ask", permission="approvals.own", case_id=case_id, reason=reason,
        basis=basis or subject.basis,
    ) as entry:  # fmt: skip
        request = ApprovalRequest.objects.create(
            kind=kind, text=msgid(text), params=packed(params or {}), object_type=target._meta.label_lower,
            object_id=str(target.pk), url=url, case_id=case_id, asker=actor, asker_capacity=actor.capacity_label(),
            reason=reason, basis=basis or subject.basis, payload=dict(payload or {}), asked_at=clock.now(),
        )  # fmt: skip
        entry.target = request
        entry.after = {"kind": kind, "object": f"{request.object_type} {request.object_id}", "payload": request.payload}
        _lay_steps(request, plans)
    return request


def decide(*, actor: Any, step_id: int, decision: str, comment: str = "") -> ApprovalRequest:
    """Approve, return or reject the open step. `decision` is approve, return or reject; the last two need a comment.

    Raises NotAllowed for whoever holds no seat, asked for it, or decided before in this round; Conflict when the step
    was decided meanwhile.
    """
    _check_decision(actor, decision, comment)
    with act(actor=actor, verb=f"approval.{decision}", permission="approvals.own", reason=comment) as entry:
        step, request = _locked(step_id)
        entry.target, entry.case_id, entry.basis = request, request.case_id, request.basis
        capacity = _seat(actor, step)
        last = not request.steps.filter(round=request.round, position__gt=step.position).exists()
        before = request.state
        request.state = next_state(request.state, decision, last)
        now = clock.now()
        step.state, step.decided_by, step.decided_at, step.comment = STEP_AFTER[decision], actor, now, comment
        step.decided_capacity, step.decided_for_id = capacity.record, capacity.holder_id
        step.decided_late = step.due_on is not None and clock.today() > step.due_on
        step.save()
        entry.before = {"state": before, "step": step.position}
        entry.after = {"state": request.state, "late": step.decided_late, "capacity": capacity.record}
        _proceed(request, step, actor, comment)
    return request


def withdraw(*, actor: Any, request_id: int, reason: str) -> ApprovalRequest:
    """The asker takes the request back, while it is under way or returned. Needs a reason."""
    if not reason.strip():
        raise Refusal(Reason(_("请写明撤回理由"), field="reason"))
    with act(actor=actor, verb="approval.withdraw", permission="approvals.own", reason=reason) as entry:
        request = _own(actor, request_id, "withdraw")
        entry.target, entry.case_id, entry.before = request, request.case_id, {"state": request.state}
        holders = _holders_now(request)
        _end(request, RequestState.WITHDRAWN, reason, actor)
        entry.after = {"state": request.state}
        _tell(request, holders, KIND_RESULT, gettext_lazy("%(asker)s撤回了申请：%(title)s"), asker=actor.name)
    return request


def resubmit(
    *, actor: Any, request_id: int, reason: str, target: models.Model, payload: Mapping[str, Any] | None = None
) -> ApprovalRequest:
    """The asker mends a returned request and asks anew; the steps begin again, the old round stays in the record."""
    if not reason.strip():
        raise Refusal(Reason(_("请写明补正后的申请理由"), field="reason"))
    with act(actor=actor, verb="approval.resubmit", permission="approvals.own", reason=reason) as entry:
        request = _own(actor, request_id, "resubmit")
        reasons = Reasons()
        plans = _plans(subject_of(request.kind), target, actor, reasons)
        reasons.refuse()
        entry.target, entry.case_id = request, request.case_id
        entry.before = {"state": request.state, "reason": request.reason}
        request.state, request.round, request.reason = RequestState.PENDING, request.round + 1, reason
        if payload is not None:
            request.payload = dict(payload)
        request.save()
        entry.after = {"state": request.state, "round": request.round, "payload": request.payload}
        _lay_steps(request, plans)
        _moved(request, actor)
    return request


def _plans(subject: Subject, target: models.Model, actor: Any, reasons: Reasons) -> list[StepPlan]:
    """The steps that stand, each with somebody who could decide it; what is wrong goes into `reasons`."""
    seats = [selectors.seat_of(actor.pk, capacity) for capacity in actor.capacities]
    plans = [
        plan
        for plan in subject.steps(target, actor)
        if not (plan.skip_if_asker and any(selectors.fits(seat, selectors.place_of(plan)) for seat in seats))
    ]
    if not plans:
        reasons.add(_("没有可以审批的步骤"))
    for plan in plans:
        if not selectors.able(selectors.place_of(plan), actor.pk):
            reasons.add(
                _("“%(post)s”一步没有可以审批的人，申请人不能审批自己的申请") % {"post": Post(plan.post).label},
                remedy=_("请先由管理员任命或者登记代理人"),
            )
    return plans


def _lay_steps(request: ApprovalRequest, plans: Sequence[StepPlan]) -> None:
    steps = ApprovalStep.objects.bulk_create(
        ApprovalStep(
            request=request, round=request.round, position=position, post=plan.post, court_id=plan.court_id,
            division_id=plan.division_id, holder_id=plan.holder_id, working_days=plan.working_days,
        )
        for position, plan in enumerate(plans, start=1)
    )  # fmt: skip
    _open(request, steps[0])


def _open(request: ApprovalRequest, step: ApprovalStep) -> None:
    step.state, step.opened_at = StepState.OPEN, clock.now()
    step.due_on = add_working_days(clock.today(), step.working_days)
    step.save()
    _tell(
        request, selectors.holders_to_tell(step), KIND_STEP, gettext_lazy("待您审批：%(title)s，期限 %(due)s"),
        due=step.due_on.isoformat(),
    )  # fmt: skip


def _locked(step_id: int) -> tuple[ApprovalStep, ApprovalRequest]:
    """The step and its request, locked and fresh; Conflict when the step is no longer open."""
    found = ApprovalStep.objects.filter(pk=step_id).values_list("request", flat=True).first()
    if found is None:
        raise Refusal(Reason(_("没有这个审批步骤"), field="step"))
    request = lock(ApprovalRequest.objects.all(), [found])[0]
    step = ApprovalStep.objects.select_related("request", "division", "decided_by").get(pk=step_id)
    if step.state != StepState.OPEN or request.state != RequestState.PENDING:
        who = step.decided_by.display_name if step.decided_by else ""
        detail = _("%(who)s已于此前作出决定") % {"who": who} if who else _("申请已撤回或者退回")
        raise Conflict(Reason(_("这一步已经不在待审批状态"), field="step", remedy=detail))
    step.request = request
    return step, request


def _check_decision(actor: Any, decision: str, comment: str) -> None:
    """Everything that can be refused before a row is locked."""
    require(actor, "approvals.own")
    reasons = Reasons()
    if decision not in STEP_AFTER:
        reasons.add(_("请选择同意、退回或者不同意"), field="decision")
    elif decision != "approve" and not comment.strip():
        reasons.add(_("退回或者不同意须写明理由"), field="comment")
    reasons.refuse()


def _seat(actor: Any, step: ApprovalStep) -> Any:
    capacity, why = selectors.seat_to_decide(actor, step)
    if capacity is not None:
        return capacity
    messages = {
        "post": _("这一步由%(post)s审批") % {"post": step.get_post_display()},
        "asker": _("申请人不能审批自己的申请，代理也不可以"),
        "twice": _("同一申请中，一人只能决定一次，代理也计算在内"),
    }
    raise NotAllowed(Reason(messages[why], code=f"approvals.{why}"))


def _proceed(request: ApprovalRequest, step: ApprovalStep, actor: Any, comment: str) -> None:
    """What follows from a decision: the next step, the effect, or the way back to the asker."""
    if request.state == RequestState.PENDING:
        _open(request, request.steps.get(round=request.round, position=step.position + 1))
        _moved(request, actor)
        return
    if request.state == RequestState.RETURNED:
        request.steps.filter(round=request.round, state=StepState.WAITING).update(state=StepState.VOID)
        request.save()
        _moved(request, actor)
    else:
        _end(request, request.state, comment, actor)
    texts = {
        RequestState.APPROVED: gettext_lazy("已批准：%(title)s"),
        RequestState.REJECTED: gettext_lazy("未予批准：%(title)s。理由：%(comment)s"),
        RequestState.RETURNED: gettext_lazy("退回补正：%(title)s。理由：%(comment)s"),
    }
    _tell(request, [request.asker], KIND_RESULT, texts[RequestState(request.state)], comment=comment)


def _moved(request: ApprovalRequest, actor: Any) -> None:
    subject = subject_of(request.kind)
    if subject.on_moved is not None:
        subject.on_moved(request, actor)


def _end(request: ApprovalRequest, state: str, reason: str, actor: Any) -> None:
    request.state, request.ended_at, request.end_reason = state, clock.now(), reason
    request.save()
    request.steps.filter(state__in=(StepState.WAITING, StepState.OPEN)).update(state=StepState.VOID)
    subject = subject_of(request.kind)
    if state == RequestState.APPROVED:
        subject.on_approved(request, actor)
    elif subject.on_ended is not None:
        subject.on_ended(request, actor)


def _own(actor: Any, request_id: int, verb: str) -> ApprovalRequest:
    found = lock(ApprovalRequest.objects.all(), [request_id])
    if not found or found[0].asker_id != actor.pk:
        raise NotAllowed(Reason(_("只有申请人可以撤回或者重新提交")))
    if next_state(found[0].state, verb) is None:
        ended = found[0].state in FINAL
        raise Conflict(Reason(_("申请已办结") if ended else _("申请正在审批，退回后才能重新提交"), field="state"))
    return found[0]


def _holders_now(request: ApprovalRequest) -> list[Any]:
    step = selectors.open_step(request)
    return selectors.holders_to_tell(step) if step is not None else []


def _tell(request: ApprovalRequest, people: Sequence[Any], kind: str, text: Any, **params: Any) -> None:
    title = Sentence(request.text, request.params)
    notify(
        recipients=people, kind=kind, text=text, params={"title": title, **params}, case_id=request.case_id,
        url=reverse("approvals:detail", args=[request.pk]),
    )  # fmt: skip
