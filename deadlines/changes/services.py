"""Asking for a change of a limit, and what follows from each decision of this court."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.intake.models import Case
from courtcms.accounts.policy import require
from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalRequest
from courtcms.approvals.rules import Place
from courtcms.approvals.selectors import seats_for
from courtcms.approvals.services import request_approval
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import NotAllowed, Reason, Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock
from courtcms.notices.services import notify
from deadlines.changes import checks, policy, rules
from deadlines.changes.drafts import ChangeDraft
from deadlines.changes.events import ChangeAskedLate, ChangeDecided
from deadlines.changes.letters import draft_letter
from deadlines.changes.models import ChangeKind, ChangeRequest, ChangeState
from deadlines.changes.moves import decider_of, grant, held_change, move, refuse, summary
from deadlines.clocks.models import Clock
from deadlines.clocks.selectors import label_of

KIND = "deadlines.change"
KIND_LATE = "deadlines.change_late"
LAW = "法释〔2018〕9号第一条、第七条"


def ask(*, actor: Any, clock: Clock, draft: ChangeDraft) -> ChangeRequest:
    """Ask for a change; it goes to the posts that the packs name. Nothing changes before it is granted.

    Refused with every reason: case closed, clock ended or expired, a ground that the packs do not allow here (a
    petition never is one), a cap reached, days that cannot be, the same already asked, no paper, nobody to decide.
    A late application is taken, marked, and told to the chief and to trial management.
    """
    require(actor, "changes.ask")
    if not policy.in_scope(actor, clock.case_id):
        raise NotAllowed(Reason(_("这件案件不在您的职责范围内"), code="scope"))
    with act(actor=actor, verb="deadlines.change.ask", permission="changes.ask", case_id=clock.case_id,
             reason=draft.reason, basis=draft.document) as entry:  # fmt: skip
        if draft.kind == ChangeKind.ADJOURNMENT:
            lock(Case.objects.all(), [clock.case_id])  # hearings are adjourned under the same lock
        [held] = lock(Clock.objects.all(), [clock.pk])
        reasons = Reasons()
        checks.check(held, draft, reasons)
        reasons.refuse()
        change = _row(actor, held, draft)
        change.save()
        change.approval = request_approval(
            actor=actor, kind=KIND, target=change, text=gettext_lazy("%(case)s %(kind)s：%(limit)s"),
            params={"case": held.case.number, "kind": ChangeKind(change.kind).label, "limit": label_of(held)},
            reason=draft.reason, url=reverse("deadlines:change", args=[change.pk]), case_id=held.case_id,
            basis=LAW, payload={"change": change.pk},
        )  # fmt: skip
        change.save(update_fields=["approval"])
        entry.target, entry.after = change, summary(change)
        if change.asked_late:
            _tell_late(change)
    return change


def _row(actor: Any, clock: Clock, draft: ChangeDraft) -> ChangeRequest:
    today = court_clock.today()
    extension = draft.kind == ChangeKind.EXTENSION
    rung = checks.rung_of(clock)[0] if extension else None
    interval = clock.intervals.filter(pk=draft.interval).first() if draft.kind == ChangeKind.RESUMPTION else None
    return ChangeRequest(
        case_id=clock.case_id, clock=clock, kind=draft.kind, ground=interval.ground if interval else draft.ground,
        starts_on=interval.starts_on if interval else draft.starts_on, ends_on=draft.ends_on,
        amount=draft.amount if extension else None, unit=draft.unit if extension else "",
        reason=draft.reason.strip(), document=draft.document.strip(), file=draft.file,
        approver=rung.by if rung else "", asked_by=actor, asked_on=today,
        asked_late=extension and rules.is_late(today, clock.request_by),
        request_by=clock.request_by if extension else None, decide_by=clock.decide_by if extension else None,
        due_before=clock.due_on, interval=interval,
    )  # fmt: skip


def _tell_late(change: ChangeRequest) -> None:
    """A late application goes to the chief of the division and to trial management at once, and to higher rooms."""
    case = change.case
    places = [
        Place(Post.DIVISION_CHIEF, case.court_id, case.division_id, None),
        Place(Post.TRIAL_MANAGEMENT, case.court_id, None, None),
    ]
    people = {seat.person for place in places for seat in seats_for(place)} - {change.asked_by_id}
    notify(
        recipients=sorted(people), kind=KIND_LATE,
        text=gettext_lazy("%(case)s 的延长申请晚于法定时间：应在 %(by)s 以前提出，%(on)s 才提出"),
        params={"case": case.number, "by": change.request_by, "on": change.asked_on},
        url=reverse("deadlines:change", args=[change.pk]), case_id=case.pk,
    )  # fmt: skip
    publish(ChangeAskedLate(change.pk, case.pk, change.clock_id))


def on_moved(request: ApprovalRequest, actor: Any) -> None:
    """The chief agreed, somebody sent it back, or it was asked anew; a renewed application may be late by now."""
    with act(actor=actor, verb="deadlines.change.move", case_id=request.case_id) as entry:
        change = held_change(request.object_id)
        entry.target, entry.before = change, {"state": change.state}
        if request.state == "returned":
            move(change, "return")
        elif change.state == ChangeState.RETURNED:
            _ask_again(change, request)
        else:
            _not_own(change, actor)
            move(change, "chief_agrees")
        change.save()
        entry.after = {"state": change.state, "late": change.asked_late}


def _ask_again(change: ChangeRequest, request: ApprovalRequest) -> None:
    reasons = Reasons()
    draft = ChangeDraft(
        change.kind, change.ground, request.reason, change.document, change.starts_on, change.ends_on, change.amount,
        change.unit, change.interval_id, change.file,
    )  # fmt: skip
    checks.check(change.clock, draft, reasons, again=change)
    reasons.refuse()
    move(change, "resubmit")
    change.reason, change.asked_on = request.reason, court_clock.today()
    if change.kind == ChangeKind.EXTENSION and rules.is_late(change.asked_on, change.request_by):
        change.asked_late = True
        _tell_late(change)


def _not_own(change: ChangeRequest, actor: Any) -> None:
    """Whoever has the case in charge grants nothing in it, not as chief and not as somebody's substitute."""
    if actor is not None and actor.pk == change.case.judge_id:
        raise NotAllowed(Reason(_("承办法官不能审批自己承办案件的期限变更，代理也不可以"), code="changes.own_case"))


def on_approved(request: ApprovalRequest, actor: Any) -> None:
    """This court has decided: the ledger changes, or the request goes up to the court that the law names."""
    change = held_change(request.object_id)
    _not_own(change, actor)
    if change.approver in rules.ABOVE:
        reasons = Reasons()
        checks.check_not_expired(change.clock, court_clock.today(), reasons)
        reasons.refuse()
        draft_letter(actor=actor, change=change)
        return
    grant(actor=actor, change=change, decided_on=court_clock.today(), by=decider_of(request), paper="")


def on_ended(request: ApprovalRequest, actor: Any) -> None:
    """Rejected by this court, or withdrawn by the asker."""
    change = held_change(request.object_id)
    if request.state == "withdrawn":
        with act(actor=actor, verb="deadlines.change.withdraw", case_id=change.case_id) as entry:
            move(change, "withdraw")
            change.save()
            entry.target, entry.after = change, summary(change)
            publish(ChangeDecided(change.pk, change.case_id, False))
        return
    refuse(actor=actor, change=change, decided_on=court_clock.today(), by=decider_of(request), why=request.end_reason)
