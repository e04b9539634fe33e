"""What may be asked for on a clock, and the reads of the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cases.intake.models import Case
from deadlines.changes import words
from deadlines.changes.checks import ADJOURN, rung_of
from deadlines.changes.models import ChangeKind, ChangeRequest
from deadlines.changes.rules import ABOVE, OUTSIDE
from deadlines.clocks import wording
from deadlines.clocks.checks import ground_problem
from deadlines.clocks.models import Clock
from deadlines.rulebook.reading import rulebook


def visible(user: Any) -> QuerySet[ChangeRequest]:
    """The applications of the cases within the person's posts."""
    rows = ChangeRequest.objects.filter(case__in=Case.objects.visible_to(user))
    return rows.select_related("case", "clock", "asked_by", "approval")


def kinds_for(clock: Clock) -> list[str]:
    """What can be asked for on this clock as it stands."""
    rung, _ground = rung_of(clock)
    found: list[str] = []
    if rung is not None and rung.by not in OUTSIDE:
        found.append(ChangeKind.EXTENSION)
    found += [kind for kind in (ChangeKind.DEDUCTION, ChangeKind.SUSPENSION) if grounds_for(clock, kind)]
    if grounds_for(clock, ChangeKind.ADJOURNMENT):
        found.append(ChangeKind.ADJOURNMENT)
    if open_intervals(clock):
        found.append(ChangeKind.RESUMPTION)
    if grounds_for(clock, ChangeKind.CONVERSION):
        found.append(ChangeKind.CONVERSION)
    return found


def open_intervals(clock: Clock) -> list[tuple[int, str]]:
    """Stopped periods that have not ended."""
    rows = clock.intervals.filter(ends_on__isnull=True, voided_on__isnull=True)
    return [(row.pk, f"{wording.ground_name(row.ground)} {row.starts_on:%Y-%m-%d}") for row in rows]


def grounds_for(clock: Clock, kind: str) -> list[tuple[str, str]]:
    """The grounds of the packs for this kind on this clock, by name."""
    book = rulebook()
    limit = book.limit(clock.limit_id, clock.filed_on)
    if kind == ChangeKind.EXTENSION:
        rung, ground = rung_of(clock)
        return (
            [(ground, words.ground_text(kind, ground) if rung.ground else wording.cite(book, (rung.basis,)))]
            if rung
            else []
        )
    if kind == ChangeKind.CONVERSION:
        return [(r.id, wording.name_of(r)) for r in book.conversions.values() if clock.limit_id in r.sources]
    fitting = [g for g in book.grounds if not ground_problem(g, limit, clock.filed_on, book)]
    named = [(g, book.ground(g, clock.filed_on)) for g in fitting]
    suspends = {g for g, rule in named if rule.kind == "suspension" or g == "ded_suspension"}
    if kind == ChangeKind.ADJOURNMENT:
        return [(g, wording.name_of(rule)) for g, rule in named if g == ADJOURN]
    wanted = suspends if kind == ChangeKind.SUSPENSION else {g for g, _ in named} - suspends - {ADJOURN}
    return [(g, wording.name_of(rule)) for g, rule in named if g in wanted]


def never_grounds() -> list[tuple[str, str]]:
    """What is never a ground, with the article that says so."""
    book = rulebook()
    return [(wording.name_of(entry), wording.cite(book, entry.basis)) for entry in book.refused.values()]


def goes_up(clock: Clock) -> bool:
    """Whether the next extension is decided above this court."""
    rung, _ground = rung_of(clock)
    return rung is not None and rung.by in ABOVE


def counts(rows: QuerySet[ChangeRequest]) -> dict[str, int]:
    """How many stand where."""
    return {state: rows.filter(state=state).count() for state in ("asked", "chief_ok", "sent_up", "returned")}
