"""Acts that stop and resume a clock: the ledger of time that does not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, Reason, Reasons, Refusal
from courtcms.core.locks import lock
from deadlines.clocks.checks import ground_problem
from deadlines.clocks.ledger import PERMISSION, held_for_change, limit_of
from deadlines.clocks.models import Clock, ClockInterval
from deadlines.clocks.policy import require_change
from deadlines.clocks.services import recompute
from deadlines.clocks.terms import Problem
from deadlines.clocks.wording import cite, name_of, problem_text
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Ground


@dataclass(frozen=True, slots=True)
class IntervalDraft:
    """Time that is not to count: ground, days, the paper it rests on and who approved it."""

    ground: str
    starts_on: date
    ends_on: date | None
    document: str
    approved_by: str


def add_interval(*, actor: Any, clock: Clock, draft: IntervalDraft) -> ClockInterval:
    """Take time out of a limit by a ground of the rulebook; without an end the clock is paused.

    Refused with every reason: no such ground or not for this case (a petition never stops a clock), reversed days,
    start before the clock or after its expiry, a second interval of the same ground at the same time, or a capped
    ground continued without a break; document and approver are required (审限规定 9, 严格审限变更).
    """
    require_change(actor, clock)
    with act(actor=actor, verb="deadlines.interval.add", permission=PERMISSION, case_id=clock.case_id,
             basis=draft.document) as entry:  # fmt: skip
        reasons = Reasons()
        held = held_for_change(clock)
        check_interval(held, draft, reasons)
        if not draft.approved_by.strip():
            reasons.add(_("写明核准人"), field="approved_by", code="approver")
        reasons.refuse()
        row = ClockInterval.objects.create(
            clock=held,
            ground=draft.ground,
            starts_on=draft.starts_on,
            ends_on=draft.ends_on,
            document=draft.document,
            approved_by=draft.approved_by,
            entered_by=actor,
        )
        recompute(actor=actor, clock=held, why=_("登记不计入审限的期间"))
        entry.target = row
        entry.after = {"ground": row.ground, "from": row.starts_on, "to": row.ends_on, "due_on": held.due_on}
    return row


def check_interval(clock: Clock, draft: IntervalDraft, reasons: Reasons) -> None:
    """Everything that speaks against taking this time out of this clock, except who approved it."""
    ground = _check_ground(clock, draft, reasons)
    _check_days(clock, draft, reasons)
    if ground is not None:
        _check_neighbours(clock, draft, ground, reasons)


def _check_ground(clock: Clock, draft: IntervalDraft, reasons: Reasons) -> Ground | None:
    book = rulebook()
    code = ground_problem(draft.ground, limit_of(clock), clock.filed_on, book)
    if code:
        known = book.not_deductible.get(draft.ground)
        label = (
            known[0]
            if known
            else name_of(book.grounds[draft.ground][-1])
            if draft.ground in book.grounds
            else draft.ground
        )
        text = problem_text(Problem(code, "ground", {"number": 1, "ground": label, "limit": draft.ground}))
        basis = book.refused[draft.ground].basis if draft.ground in book.refused else book.steps["excluded"].basis
        reasons.add(text, field="ground", code=code, article=cite(book, basis))
        return None
    return book.ground(draft.ground, clock.filed_on)


def _check_days(clock: Clock, draft: IntervalDraft, reasons: Reasons) -> None:
    if draft.ends_on is not None and draft.ends_on <= draft.starts_on:
        reasons.add(_("恢复计算之日须晚于停止计算之日"), field="ends_on", code="interval_reversed")
    if draft.starts_on < clock.started_on:
        reasons.add(
            _("期限自 %(day)s 起算，此前的时间不能扣除") % {"day": clock.started_on},
            field="starts_on",
            code="before_start",
        )
    if clock.unrolled_on is not None and draft.starts_on > clock.unrolled_on:
        reasons.add(_("期限已于 %(day)s 届满，届满之后的事由不能扣除") % {"day": clock.unrolled_on},
                    field="starts_on", code="after_expiry", remedy=_("超审限的案件应当说明原因并报告"))  # fmt: skip
    if draft.starts_on > court_clock.today():
        reasons.add(_("停止计算之日不得晚于今日"), field="starts_on", code="future")
    if not draft.document.strip():
        reasons.add(_("写明据以停止计算的文书或者材料"), field="document", code="document")


def _check_neighbours(clock: Clock, draft: IntervalDraft, ground: Ground, reasons: Reasons) -> None:
    for row in clock.intervals.filter(ground=ground.id, voided_on__isnull=True):
        ends, starts = row.ends_on or date.max, row.starts_on
        if draft.starts_on < ends and (draft.ends_on is None or draft.ends_on > starts):
            reasons.add(
                _("与已登记的同一事由期间（%(first)s 起）重叠") % {"first": starts}, field="starts_on", code="overlap"
            )
        elif ground.at_most is not None and (draft.starts_on == ends or draft.ends_on == starts):
            reasons.add(
                _("同一事由首尾相接，是一次而不是两次，超过上限的部分计入审限"), field="starts_on", code="continued"
            )


def end_interval(*, actor: Any, interval: ClockInterval, ends_on: date, document: str) -> ClockInterval:
    """Resume a paused clock: that day counts again. Refused when it already ended, or lies before its start."""
    require_change(actor, interval.clock)
    with act(actor=actor, verb="deadlines.interval.end", permission=PERMISSION, case_id=interval.clock.case_id,
             basis=document) as entry:  # fmt: skip
        reasons = Reasons()
        held = held_for_change(interval.clock)
        [row] = lock(ClockInterval.objects.all(), [interval.pk])
        if row.ends_on is not None or row.voided_on is not None:
            raise Conflict(Reason(_("这段期间已经结束"), code="ended"))
        if ends_on <= row.starts_on:
            reasons.add(_("恢复计算之日须晚于停止计算之日"), field="ends_on", code="interval_reversed")
        if ends_on > court_clock.today():
            reasons.add(_("恢复计算之日不得晚于今日"), field="ends_on", code="future")
        if not document.strip():
            reasons.add(_("写明据以恢复计算的文书或者材料"), field="end_document", code="document")
        reasons.refuse()
        row.ends_on, row.end_document = ends_on, document
        row.save(update_fields=["ends_on", "end_document"])
        recompute(actor=actor, clock=held, why=_("恢复计算"))
        entry.target, entry.after = row, {"to": ends_on, "due_on": held.due_on}
    return row


def void_interval(*, actor: Any, interval: ClockInterval, reason: str) -> ClockInterval:
    """Take a wrongly entered interval out of the count; the row stays with the reason."""
    require_change(actor, interval.clock)
    if not reason.strip():
        raise Refusal(Reason(_("写明撤销的原因"), field="reason", code="reason"))
    with act(actor=actor, verb="deadlines.interval.void", permission=PERMISSION, case_id=interval.clock.case_id,
             reason=reason) as entry:  # fmt: skip
        held = held_for_change(interval.clock)
        [row] = lock(ClockInterval.objects.all(), [interval.pk])
        if row.voided_on is not None:
            raise Conflict(Reason(_("这段期间已经撤销"), code="voided"))
        row.voided_on, row.void_reason = court_clock.today(), reason
        row.save(update_fields=["voided_on", "void_reason"])
        recompute(actor=actor, clock=held, why=reason)
        entry.target, entry.after = row, {"due_on": held.due_on}
    return row
