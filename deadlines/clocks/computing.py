"""A clock and its ledger as a question, and the answer back as the fields of the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from courtcms.core import levels
from courtcms.core.clock import COURT_ZONE
from deadlines.calendars.rules import WorkCalendar
from deadlines.clocks.checks import filed_on
from deadlines.clocks.models import Clock, ClockStatus, ExtensionStatus
from deadlines.clocks.rules import compute
from deadlines.clocks.terms import Answer, Excluded, Question, Restart, Step
from deadlines.clocks.thresholds import Watched, next_threshold
from deadlines.rulebook.book import Rulebook
from deadlines.rulebook.rules import Amount, Citation

SHORT_LIMIT_DAYS = 45
COMPUTED = (
    "pack_version", "status", "due_on", "due_at", "unrolled_on", "internal_due_on", "request_by", "decide_by",
    "provisional", "counted_days", "remaining_days", "paused_from", "resumes_on", "near_on", "urgent_on",
    "next_threshold_on", "derivation",
)  # fmt: skip


def question_of(clock: Clock, book: Rulebook, as_of: date) -> Question:
    """The question a clock asks now; its ledger is read from the prefetched relations when there are any."""
    start: date | datetime = clock.started_on
    if clock.started_at is not None:
        start = clock.started_at.astimezone(COURT_ZONE).replace(tzinfo=None)
    return Question(
        limit=book.limit(clock.limit_id, clock.filed_on),
        start=start,
        extensions=tuple(
            Amount(row.amount, row.unit)
            for row in clock.extensions.all()
            if row.status == ExtensionStatus.APPROVED
        ),
        excluded=tuple(
            Excluded(row.starts_on, row.ends_on, row.ground)
            for row in clock.intervals.all()
            if row.voided_on is None
        ),
        restarts=tuple(Restart(row.restarts_on, row.conversion) for row in clock.restarts.all()),
        in_custody=clock.in_custody,
        parts=_own_length(clock),
        filed=clock.filed_on,
        as_of=as_of,
    )  # fmt: skip


def _own_length(clock: Clock) -> tuple[Amount] | None:
    """The length a ruling ordered, or the court's own target; None where the rule's own length holds."""
    if clock.ordered_amount is not None:
        return (Amount(clock.ordered_amount, clock.ordered_unit),)
    return (clock.target.length,) if clock.target_id is not None and clock.target is not None else None


def fill(clock: Clock, book: Rulebook, calendar: WorkCalendar, as_of: date) -> Answer:
    """Compute a clock and set its fields (not saved). Raises Impossible when its ledger contradicts itself."""
    return fill_from(clock, question_of(clock, book, as_of), book, calendar)


def fill_from(clock: Clock, question: Question, book: Rulebook, calendar: WorkCalendar) -> Answer:
    """Set the fields of a clock from a question, its own or a supposed one (not saved). Raises Impossible."""
    answer = compute(question, book, calendar)
    clock.pack_version = book.version
    clock.due_on, clock.due_at = _split(answer.due)
    clock.unrolled_on = _split(answer.unrolled)[0]
    clock.internal_due_on = _split(answer.internal)[0]
    clock.request_by, clock.decide_by = answer.request_by, answer.decide_by
    clock.provisional = answer.provisional
    clock.remaining_days = answer.remaining
    clock.counted_days = counted_days(answer.steps)
    clock.resumes_on = answer.resumes_on
    clock.paused_from = _paused_from(answer, question.as_of or filed_on(question))
    clock.derivation = [to_record(step) for step in answer.steps]
    if clock.status in (ClockStatus.RUNNING, ClockStatus.PAUSED):
        clock.status = ClockStatus.PAUSED if answer.paused else ClockStatus.RUNNING
    _mark_risk(clock)
    _mark_next(clock, book, calendar, None)
    return answer


def _split(moment: date | datetime | None) -> tuple[date | None, datetime | None]:
    if isinstance(moment, datetime):
        return moment.date(), moment.replace(tzinfo=COURT_ZONE)
    return moment, None


def counted_days(steps: Sequence[Step]) -> int | None:
    """The length of the limit in days, extensions included, without what was taken out."""
    lengths = [step.days for step in steps if step.key in ("base", "extension") and step.days is not None]
    return sum(lengths) if lengths else None


def _paused_from(answer: Answer, as_of: date) -> date | None:
    if not answer.paused:
        return None
    starts = [step.first for step in answer.steps if step.key.startswith("excluded") and step.first is not None]
    days = [day.date() if isinstance(day, datetime) else day for day in starts]
    return max((day for day in days if day <= as_of), default=max(days, default=as_of))


def _mark_risk(clock: Clock) -> None:
    clock.near_on = clock.urgent_on = None
    if clock.due_on is None:
        return
    days = clock.counted_days or 0
    short = 0 < days <= SHORT_LIMIT_DAYS
    urgent = max(3, days // 5) if short else levels.URGENT_DAYS
    near = max(urgent + 1, days // 2) if short else levels.NEAR_DAYS
    clock.urgent_on = clock.due_on - timedelta(days=urgent)
    clock.near_on = clock.due_on - timedelta(days=near)


def watched(clock: Clock) -> Watched | None:
    """What the scan looks at; None while the clock has no due date."""
    if clock.due_on is None or clock.unrolled_on is None:
        return None
    return Watched(
        group=clock.group,
        category=clock.category,
        in_custody=clock.in_custody,
        extendable=clock.request_by is not None,
        counted_days=clock.counted_days,
        due_on=clock.due_on,
        unrolled_on=clock.unrolled_on,
    )


def _mark_next(clock: Clock, book: Rulebook, calendar: WorkCalendar, after: date | None) -> None:
    facts = watched(clock) if clock.due_at is None else None
    clock.next_threshold_on = next_threshold(book.thresholds.values(), facts, after, calendar) if facts else None


def to_record(step: Step) -> dict[str, Any]:
    """A step as stored: keys and dates only, so that it can be shown in either language."""
    row: dict[str, Any] = {"key": step.key}
    if step.basis:
        row["basis"] = [[c.source, c.article] for c in step.basis]
    for name in ("amount", "unit", "days", "subject", "provisional"):
        value = getattr(step, name)
        if value not in (None, "", False):
            row[name] = value
    for name in ("first", "last", "reached"):
        value = getattr(step, name)
        if value is not None:
            row[name] = value.isoformat()
    return row


def from_record(row: dict[str, Any]) -> Step:
    """The step that `to_record` stored."""
    return Step(
        key=row["key"],
        basis=tuple(Citation(*pair) for pair in row.get("basis", [])),
        amount=row.get("amount"),
        unit=row.get("unit", ""),
        days=row.get("days"),
        first=_moment(row.get("first")),
        last=_moment(row.get("last")),
        reached=_moment(row.get("reached")),
        subject=row.get("subject", ""),
        provisional=row.get("provisional", False),
    )


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
