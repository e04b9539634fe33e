"""The due day alone, without its derivation: for the thousands of clocks that a changed calendar may move.

The same count as in `counting.Forward`, on plain numbers; what is rare (hours, backward periods, limits without length)
is left to the calculator itself. A test holds the two together on random questions.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from deadlines.calendars.rules import OutOfCalendar, WorkCalendar
from deadlines.clocks.arithmetic import land, span_of
from deadlines.clocks.checks import check, filed_on, may_roll
from deadlines.clocks.rules import compute
from deadlines.clocks.terms import Impossible, Problem, Question
from deadlines.rulebook.book import Rulebook

_DAY = date.fromordinal


class DueDays(NamedTuple):
    """The three dates of an answer; all None while the clock is stopped without a known end."""

    due: date | datetime | None
    unrolled: date | datetime | None
    internal: date | datetime | None


def due_days(question: Question, book: Rulebook, calendar: WorkCalendar) -> DueDays:
    """The dates that `compute` gives. Raises Impossible with every problem of the question."""
    limit = question.limit
    amounts = limit.parts if question.parts is None else question.parts
    if limit.before or not amounts or any(amount.unit == "hour" for amount in amounts):
        answer = compute(question, book, calendar)
        return DueDays(answer.due, answer.unrolled, answer.internal)
    problems = check(question, book)
    if problems:
        raise Impossible(problems)
    try:
        unrolled = _unrolled(question, book, calendar)
        if unrolled is None:
            return DueDays(None, None, None)
        due = calendar.next_ordinal(unrolled) if may_roll(limit, question.in_custody) else unrolled
        return DueDays(_DAY(due), _DAY(unrolled), _DAY(calendar.previous_ordinal(unrolled)))
    except (OutOfCalendar, OverflowError, ValueError) as error:
        raise Impossible([Problem("out_of_calendar", "start", {"start": str(question.start)})]) from error


def _unrolled(question: Question, book: Rulebook, calendar: WorkCalendar) -> int | None:
    """The last day before it is moved past a day off; None while a stop has no end."""
    limit = question.limit
    start = question.start.toordinal()
    if question.restarts:
        start = max(question.restarts).on.toordinal()
    own = limit.parts if question.parts is None else question.parts
    due = land(start, span_of(own + question.extensions), limit.criminal_months, calendar)
    if not question.excluded:
        return due
    in_working_days = any(amount.unit == "working_day" for amount in own)
    covered = start + 1
    for entered, end in _stops(question, book, calendar):
        begin = max(entered, covered)
        if begin > due:
            continue
        if end is None:
            return None
        if end > begin:
            due += end - begin if not in_working_days else _made_up(calendar, due, begin, end)
            covered = end
    return due


def _made_up(calendar: WorkCalendar, due: int, begin: int, end: int) -> int:
    """Of a period in working days only the working days of an interval are made up for."""
    return calendar.add_ordinal(due, calendar.count_ordinal(begin - 1, end - 1)) - due


def _stops(question: Question, book: Rulebook, calendar: WorkCalendar) -> list[tuple[int, int | None]]:
    """The intervals by their start, each cut to the maximum its ground allows."""
    filed, criminal = filed_on(question), question.limit.criminal_months
    rows: list[tuple[int, int | None]] = []
    for interval in question.excluded:
        ground = book.ground(interval.ground, filed) if interval.ground else None
        begin = interval.start.toordinal()
        end = None if interval.end is None else interval.end.toordinal()
        if ground is not None and (ground.at_most or ground.after_days):
            begin += ground.after_days
            end = None if end is None else max(begin, end)
            longest = land(begin, span_of((ground.at_most,)), criminal, calendar) if ground.at_most else None
            if longest is not None and (end is None or end > longest):
                end = longest
        rows.append((begin, end))
    rows.sort(key=lambda row: (row[0], row[1] is None, row[1] or 0))
    return rows
