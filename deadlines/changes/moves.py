"""How an application moves: granted into the ledger, refused, or on to the next state of the table."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.intake.models import Case
from courtcms.approvals.models import ApprovalRequest
from courtcms.audit.services import act
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock
from courtcms.notices.services import notify
from deadlines.changes import checks, rules
from deadlines.changes.applying import apply_to_ledger
from deadlines.changes.events import ChangeDecided
from deadlines.changes.models import ChangeKind, ChangeRequest
from deadlines.changes.party import tell_parties
from deadlines.clocks.models import Clock, ClockStatus

KIND_DECIDED = "deadlines.change_decided"


def summary(change: ChangeRequest) -> dict[str, Any]:
    """What the trail keeps of an application."""
    return {
        "kind": change.kind, "ground": change.ground, "state": change.state, "late": change.asked_late,
        "from": change.starts_on, "to": change.ends_on, "amount": change.amount, "unit": change.unit,
        "due_on": change.due_after or change.due_before,
    }  # fmt: skip


def held_change(pk: Any) -> ChangeRequest:
    """The application locked and fresh."""
    [change] = lock(ChangeRequest.objects.select_related("case", "clock", "file"), [int(pk)])
    return change


def move(change: ChangeRequest, verb: str) -> None:
    """The next state by the table; a verb that the state does not know is a conflict."""
    following = rules.next_state(change.state, verb)
    if following is None:
        raise Conflict(Reason(_("申请已是“%(state)s”") % {"state": change.get_state_display()}, code="state"))
    change.state = following


def decider_of(request: ApprovalRequest) -> str:
    """Who took the last decision, in which post, and under which number of the approvals."""
    step = request.steps.filter(decided_by__isnull=False).order_by("-round", "-position").first()
    who = f"{step.decided_capacity} {step.decided_by.name}" if step else ""
    return f"{who} {_('审批')}#{request.pk}".strip()


def grant(*, actor: Any, change: ChangeRequest, decided_on: date, by: str, paper: str) -> None:
    """Bring a change into the ledger. What was decided after expiry is not granted; every reason is named."""
    with act(
        actor=actor, verb="deadlines.change.grant", case_id=change.case_id, basis=paper or change.document
    ) as entry:
        reasons = Reasons()
        if change.kind == ChangeKind.ADJOURNMENT:
            lock(Case.objects.all(), [change.case_id])  # hearings are adjourned under the same lock
        [held] = lock(Clock.objects.all(), [change.clock_id])
        if change.kind != ChangeKind.RESUMPTION:
            checks.check_not_expired(held, decided_on, reasons)
        if change.kind == ChangeKind.ADJOURNMENT:
            checks.check_adjournment_cap(held, change.starts_on, reasons)
        if change.case.status != "open":
            reasons.add(_("案件已结，不能再变更期限"), code="case_closed")
        reasons.refuse()
        entry.before = {"due_on": held.due_on, "state": change.state}
        move(change, "decide")
        change.decided_on, change.decided_by, change.answer = decided_on, by[:200], paper[:300]
        change.decided_late = rules.is_late(decided_on, change.decide_by)
        apply_to_ledger(change, held)
        change.save()
        tell_parties(change)
        entry.target, entry.after = change, summary(change)
        _tell_asker(change)
        publish(ChangeDecided(change.pk, change.case_id, True))


def _tell_asker(change: ChangeRequest) -> None:
    after = change.new_clock or change.clock
    text = gettext_lazy("%(case)s 的期限已变更，现届满日 %(due)s")
    if after.status == ClockStatus.PAUSED:
        text = gettext_lazy("%(case)s 的期限已停止计算")
    notify(
        recipients=[change.asked_by_id], kind=KIND_DECIDED, text=text,
        params={"case": change.case.number, "due": change.due_after or "—"},
        url=reverse("deadlines:clock", args=[after.pk]), case_id=change.case_id,
    )  # fmt: skip


def refuse(*, actor: Any, change: ChangeRequest, decided_on: date, by: str, why: str) -> None:
    """A change is not granted; the ledger stays as it is."""
    with act(actor=actor, verb="deadlines.change.refuse", case_id=change.case_id, reason=why) as entry:
        move(change, "reject")
        change.decided_on, change.decided_by, change.answer = decided_on, by[:200], why[:300]
        change.decided_late = rules.is_late(decided_on, change.decide_by)
        change.save()
        entry.target, entry.after = change, summary(change)
        publish(ChangeDecided(change.pk, change.case_id, False))
