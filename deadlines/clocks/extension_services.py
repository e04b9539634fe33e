"""Acts that lengthen a limit: an extension asked for, decided, or entered with its decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.locks import lock
from deadlines.clocks.ledger import PERMISSION, held_for_change, limit_of
from deadlines.clocks.models import Clock, ClockExtension, ExtensionStatus
from deadlines.clocks.policy import require_change
from deadlines.clocks.services import recompute
from deadlines.clocks.wording import cite, length, name_of
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import ExtensionRule


@dataclass(frozen=True, slots=True)
class ExtensionDraft:
    """An extension asked for: length, the day it was asked, the paper, why, and the decision when there is one.

    `late_allowed`: it was asked after the lead time and went through the approval that marks it late.
    """

    amount: int
    unit: str
    asked_on: date
    document: str
    reason: str
    decided_on: date | None = None
    approved_by: str = ""
    late_allowed: bool = False


def extend_clock(*, actor: Any, clock: Clock, draft: ExtensionDraft) -> ClockExtension:
    """Enter an extension, asked for or already approved, by the rung of the law that is next.

    Refused with every reason: the limit cannot be extended (further), asked after expiry or later than the law allows
    (民事、刑事届满前十五日, 行政十日), longer than the rung, decided after expiry, no document, reason or approver.
    """
    require_change(actor, clock)
    with act(actor=actor, verb="deadlines.extension.add", permission=PERMISSION, case_id=clock.case_id,
             reason=draft.reason, basis=draft.document) as entry:  # fmt: skip
        reasons = Reasons()
        held = held_for_change(clock)
        limit = limit_of(held)
        rows = list(held.extensions.all())
        granted = sum(1 for row in rows if row.status == ExtensionStatus.APPROVED)
        rung = limit.extension_after(granted)
        if any(row.status == ExtensionStatus.ASKED for row in rows):
            reasons.add(_("上一次申请尚未决定"), code="pending")
        if rung is None:
            text = _("“%(limit)s”依法不能延长") if not limit.extensions else _("“%(limit)s”的延长次数已经用尽")
            reasons.add(
                text % {"limit": name_of(limit)}, code="no_extension", article=cite(rulebook(), limit.basis[:1])
            )
        else:
            _check_extension(held, draft, rung, reasons)
        _check_papers(held, draft, reasons)
        reasons.refuse()
        assert rung is not None
        row = ClockExtension.objects.create(
            clock=held,
            amount=draft.amount,
            unit=draft.unit,
            status=ExtensionStatus.APPROVED if draft.decided_on else ExtensionStatus.ASKED,
            asked_on=draft.asked_on,
            decided_on=draft.decided_on,
            approver=rung.by,
            approved_by=draft.approved_by,
            document=draft.document,
            reason=draft.reason,
            entered_by=actor,
        )
        if draft.decided_on:
            recompute(actor=actor, clock=held, why=_("批准延长审限"))
        entry.target = row
        entry.after = {"amount": row.amount, "unit": row.unit, "status": row.status, "due_on": held.due_on}
    return row


def _check_extension(clock: Clock, draft: ExtensionDraft, rung: ExtensionRule, reasons: Reasons) -> None:
    article = cite(rulebook(), (rung.basis,))
    if rung.amount is not None and (draft.unit != rung.unit or draft.amount > rung.amount.amount):
        text = _("这一次至多延长 %(length)s") % {"length": length(rung.amount.amount, rung.unit)}
        reasons.add(text, field="amount", code="too_long", article=article)
    if clock.unrolled_on is not None and draft.asked_on > clock.unrolled_on:
        reasons.add(_("期限已于 %(day)s 届满，届满之后不能申请延长") % {"day": clock.unrolled_on},
                    field="asked_on", code="after_expiry", article=article)  # fmt: skip
    elif clock.request_by is not None and draft.asked_on > clock.request_by and not draft.late_allowed:
        reasons.add(
            _("应当在 %(day)s 以前申请") % {"day": clock.request_by}, field="asked_on", code="too_late", article=article
        )


def _check_papers(clock: Clock, draft: ExtensionDraft, reasons: Reasons) -> None:
    today = court_clock.today()
    if draft.asked_on < clock.started_on:
        reasons.add(_("申请日不得早于起算日"), field="asked_on", code="before_start")
    if draft.asked_on > today:
        reasons.add(_("申请日不得晚于今日"), field="asked_on", code="future")
    if draft.amount <= 0:
        reasons.add(_("延长的长度须为正整数"), field="amount", code="amount_not_positive")
    if not draft.document.strip():
        reasons.add(_("写明审批表或者批复的文号"), field="document", code="document")
    if not draft.reason.strip():
        reasons.add(_("写明延长的理由"), field="reason", code="reason")
    if draft.decided_on is not None:
        if draft.decided_on < draft.asked_on:
            reasons.add(_("批准日不得早于申请日"), field="decided_on", code="reversed")
        if draft.decided_on > today:
            reasons.add(_("批准日不得晚于今日"), field="decided_on", code="future")
        if clock.due_on is not None and draft.decided_on > clock.due_on:
            reasons.add(_("届满之后批准的延长无效"), field="decided_on", code="after_expiry")
        if not draft.approved_by.strip():
            reasons.add(_("写明批准人"), field="approved_by", code="approver")


def decide_extension(
    *, actor: Any, extension: ClockExtension, approved: bool, decided_on: date, approved_by: str
) -> ClockExtension:
    """Enter the decision on an extension that was asked for; approved, it lengthens the limit."""
    require_change(actor, extension.clock)
    with act(actor=actor, verb="deadlines.extension.decide", permission=PERMISSION,
             case_id=extension.clock.case_id) as entry:  # fmt: skip
        reasons = Reasons()
        held = held_for_change(extension.clock)
        [row] = lock(ClockExtension.objects.all(), [extension.pk])
        if row.status != ExtensionStatus.ASKED:
            raise Conflict(Reason(_("这次延长已经决定"), code="decided"))
        draft = ExtensionDraft(row.amount, row.unit, row.asked_on, row.document, row.reason, decided_on, approved_by)
        _check_papers(held, draft, reasons)
        reasons.refuse()
        row.status = ExtensionStatus.APPROVED if approved else ExtensionStatus.REFUSED
        row.decided_on, row.approved_by = decided_on, approved_by
        row.save(update_fields=["status", "decided_on", "approved_by"])
        if approved:
            recompute(actor=actor, clock=held, why=_("批准延长审限"))
        entry.target, entry.after = row, {"status": row.status, "due_on": held.due_on}
    return row
