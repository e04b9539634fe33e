"""How a due date is counted: the pure calculator, with the derivation of every date it gives.

A question is a limit, the day it starts, and what happened since: extensions, intervals that do not count, restarts.
The answer holds two due dates: `due` (the last lawful day, moved past a day off where the law allows it) and `internal`
(the last working day on or before the unrolled date, by which the court manages itself), and the ordered steps by
which they were reached, each with its articles.

The law of each step is in the pack `computation.yaml`. Where the law is open the earlier date is taken for the court.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from deadlines.calendars.rules import OutOfCalendar, WorkCalendar
from deadlines.clocks.arithmetic import Span, add_months, next_full_hour, span_of
from deadlines.clocks.checks import check, filed_on
from deadlines.clocks.counting import Forward
from deadlines.clocks.terms import Answer, Impossible, Problem, Question, Step
from deadlines.rulebook.book import Rulebook
from deadlines.rulebook.rules import Amount

_DAY = date.fromordinal


def compute(question: Question, book: Rulebook, calendar: WorkCalendar) -> Answer:
    """Answer one question. Raises Impossible with every problem of the question."""
    problems = check(question, book)
    if problems:
        raise Impossible(problems)
    try:
        if question.limit.unlimited and question.parts is None:
            return _unlimited(question, book)
        amounts = question.parts if question.parts is not None else question.limit.parts
        if any(amount.unit == "hour" for amount in amounts):
            return _in_hours(question, amounts, book)
        if question.limit.before:
            return _backward(question, amounts, book, calendar)
        return Forward(question, amounts, book, calendar).answer()
    except (OutOfCalendar, OverflowError, ValueError) as error:
        raise Impossible([Problem("out_of_calendar", "start", {"start": str(question.start)})]) from error


def _unlimited(question: Question, book: Rulebook) -> Answer:
    step = Step("unlimited", question.limit.basis[:1], first=filed_on(question))
    return Answer(None, None, None, None, None, False, False, None, None, (step,))


def _in_hours(question: Question, amounts: Iterable[Amount], book: Rulebook) -> Answer:
    assert isinstance(question.start, datetime)
    begins = next_full_hour(question.start)
    span = span_of(amounts)
    due = begins + timedelta(hours=span.hours)
    if span.days or span.months:
        day = land_date(due.date(), span, question.limit.criminal_months)
        due = datetime.combine(day, due.timetz())
    steps = (
        Step("hour_start", book.steps["start.hour"].basis, first=question.start, last=begins,
             subject=question.limit.starts_from),
        Step("base", question.limit.basis[:1], span.hours, "hour", None, begins, due, due),
        Step("no_roll", reached=due),
    )  # fmt: skip
    return Answer(due, due, due, None, None, False, False, None, None, steps)


def land_date(day: date, span: Span, criminal: bool) -> date:
    """Calendar months and days added to a date."""
    return _DAY(add_months(day.toordinal(), span.months, criminal) + span.days)


def _backward(question: Question, amounts: Sequence[Amount], book: Rulebook, calendar: WorkCalendar) -> Answer:
    """ "Not later than n days before X": X less n; on a day off the working day before, never later."""
    start = question.start.date() if isinstance(question.start, datetime) else question.start
    span = span_of(amounts)
    day = start.toordinal()
    if span.months:
        day = add_months(day, -span.months, question.limit.criminal_months)
    day -= span.days
    if span.working_days:
        day = calendar.add_ordinal(day, -span.working_days)
    due = calendar.previous_ordinal(day)
    steps = [Step("before_start", (), first=start, subject=question.limit.starts_from)]
    steps += [Step("before", question.limit.basis[:1], a.amount, a.unit, day - start.toordinal(), start, _DAY(day),
                   _DAY(day)) for a in amounts]  # fmt: skip
    provisional = calendar.is_provisional(_DAY(day).year) or calendar.is_provisional(_DAY(due).year)
    if question.limit.hard:
        steps.append(Step("hard", reached=_DAY(day)))
        return Answer(_DAY(day), _DAY(day), _DAY(due), None, None, provisional, False, None, None, tuple(steps))
    key = "before_moved" if due != day else "working_day"
    steps.append(Step(key, book.steps["before"].basis, days=due - day, first=_DAY(day), last=_DAY(due),
                      reached=_DAY(due), provisional=provisional))  # fmt: skip
    return Answer(_DAY(due), _DAY(day), _DAY(due), None, None, provisional, False, None, None, tuple(steps))
