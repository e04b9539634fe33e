"""The forward count: start, length, extensions, what does not count, the last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from deadlines.calendars.rules import WorkCalendar
from deadlines.clocks.arithmetic import Span, land, span_of
from deadlines.clocks.checks import filed_on, may_roll
from deadlines.clocks.terms import Answer, Question, Step
from deadlines.rulebook.book import Rulebook
from deadlines.rulebook.rules import Amount, Citation, Ground

_DAY = date.fromordinal


class Forward:
    """One forward computation; holds the steps while they are found."""

    def __init__(self, question: Question, amounts: Sequence[Amount], book: Rulebook, calendar: WorkCalendar) -> None:
        self.q, self.limit, self.book, self.calendar = question, question.limit, book, calendar
        self.filed = filed_on(question)
        start = question.start.date() if isinstance(question.start, datetime) else question.start
        self.steps: list[Step] = []
        self.start = self._restarted(start)
        self.amounts = amounts
        self.paused = False
        self.resumes: int | None = None
        self.open_from: int | None = None
        self.in_working_days = any(amount.unit == "working_day" for amount in amounts)

    def _restarted(self, start: date) -> int:
        family = self.limit.category if self.limit.category in ("criminal", "administrative") else "civil"
        basis = self.book.steps[f"start.{family}"].basis
        last, key, subject = start, "start", self.limit.starts_from
        for restart in sorted(self.q.restarts):
            self.steps.append(Step(key, basis, first=last, last=_DAY(last.toordinal() + 1), subject=subject))
            last, key, subject = restart.on, "restart", restart.conversion
            basis = self.book.conversions[restart.conversion].basis
        self.steps.append(Step(key, basis, first=last, last=_DAY(last.toordinal() + 1), subject=subject))
        return last.toordinal()

    def answer(self) -> Answer:
        unrolled = self._exclude(self._lengthen())
        if self.open_from is not None:
            return self._without_end(unrolled)
        due = self._roll(unrolled)
        internal = self.calendar.previous_ordinal(unrolled)
        first_year = self.start if self.in_working_days else min(unrolled, internal)
        provisional = self._provisional(first_year, max(due, unrolled))
        self.steps.append(Step("internal", reached=_DAY(internal), provisional=provisional))
        ask, decide = self._request(unrolled)
        return Answer(_DAY(due), _DAY(unrolled), _DAY(internal), ask, decide, provisional, self.paused,
                      _DAY(self.resumes) if self.resumes else None, None, tuple(self.steps))  # fmt: skip

    def _without_end(self, unrolled: int) -> Answer:
        remaining = unrolled - (self.open_from or 0)
        self.steps.append(Step("open", days=remaining, first=_DAY(self.open_from or 0)))
        return Answer(None, None, None, None, None, False, True, None, remaining, tuple(self.steps))

    def _lengthen(self) -> int:
        """The base and the approved extensions together, counted from the start."""
        criminal, total, day = self.limit.criminal_months, Span(), self.start
        for amount in self.amounts:
            total = total.plus(span_of((amount,)))
            reached = land(self.start, total, criminal, self.calendar)
            basis = self.limit.basis[:1] + self._unit_basis(amount.unit)
            self.steps.append(self._length_step("base", basis, amount, day, reached))
            day = reached
        granted = 0
        for amount in self.q.extensions:
            total = total.plus(span_of((amount,)))
            reached = land(self.start, total, criminal, self.calendar)
            rung = self.limit.extension_after(granted)
            basis = (rung.basis,) if rung else self.limit.basis[:1]
            self.steps.append(self._length_step("extension", basis, amount, day, reached))
            day, granted = reached, granted + 1
        return day

    def _length_step(self, key: str, basis: tuple[Citation, ...], amount: Amount, before: int, reached: int) -> Step:
        return Step(key, basis, amount.amount, amount.unit, reached - before, _DAY(before + 1), _DAY(reached),
                    _DAY(reached))  # fmt: skip

    def _unit_basis(self, unit: str) -> tuple[Citation, ...]:
        key = unit
        if unit == "month":
            key = "month.criminal" if self.limit.criminal_months else "month.civil"
        return self.book.steps[key].basis[:1]

    def _exclude(self, due: int) -> int:
        """Add the union of what does not count; an interval that begins after expiry comes too late."""
        covered = self.start + 1
        for entered, end, ground, capped in self._effective():
            begin = max(entered, covered)
            basis = ground.basis[:1] if ground else self.book.steps["excluded"].basis
            subject = ground.id if ground else ""
            if begin > due:
                step = Step("excluded_late", basis, first=_DAY(entered), reached=_DAY(due), subject=subject)
                self.steps.append(step)
                continue
            if end is None:
                self.open_from = begin
                self.steps.append(Step("excluded_open", basis, first=_DAY(entered), subject=subject))
                return due
            self._note_pause(begin, end)
            added = self._added(due, begin, end)
            due, covered = due + added, max(covered, end)
            partly = added < end - entered and not self.in_working_days
            key = "excluded_capped" if capped else "excluded_part" if partly else "excluded"
            self.steps.append(Step(key, basis, end - entered, "day", added, _DAY(entered), _DAY(end), _DAY(due),
                                   subject))  # fmt: skip
        return due

    def _added(self, due: int, begin: int, end: int) -> int:
        """Calendar days that an interval adds; of a period in working days only its working days are made up for."""
        if end <= begin:
            return 0
        if not self.in_working_days:
            return end - begin
        skipped = self.calendar.count_ordinal(begin - 1, end - 1)
        return self.calendar.add_ordinal(due, skipped) - due

    def _effective(self) -> list[tuple[int, int | None, Ground | None, bool]]:
        """The intervals by their start, each cut to the maximum its ground allows."""
        rows: list[tuple[int, int | None, Ground | None, bool]] = []
        for interval in self.q.excluded:
            ground = self.book.ground(interval.ground, self.filed) if interval.ground else None
            begin = interval.start.toordinal()
            end = None if interval.end is None else interval.end.toordinal()
            capped = False
            if ground is not None and (ground.at_most or ground.after_days):
                begin += ground.after_days
                end = None if end is None else max(begin, end)
                longest = self._longest(begin, ground)
                if longest is not None and (end is None or end > longest):
                    end, capped = longest, True
            rows.append((begin, end, ground, capped))
        return sorted(rows, key=lambda row: (row[0], row[1] is None, row[1] or 0))

    def _longest(self, begin: int, ground: Ground) -> int | None:
        if ground.at_most is None:
            return None
        return land(begin, span_of((ground.at_most,)), self.limit.criminal_months, self.calendar)

    def _note_pause(self, begin: int, end: int) -> None:
        today = self.q.as_of.toordinal() if self.q.as_of else None
        if today is not None and begin <= today < end:
            self.paused = True
            self.resumes = max(self.resumes or 0, end)

    def _roll(self, unrolled: int) -> int:
        limit, day = self.limit, _DAY(unrolled)
        family = limit.category if limit.category in ("criminal", "administrative") else "civil"
        basis = self.book.steps[f"roll.{family}"].basis[:1]
        if not may_roll(limit, self.q.in_custody):
            held = limit.rolls_unless_in_custody or limit.rolls
            self.steps.append(Step("no_roll_custody" if held else "no_roll", basis if held else (), reached=day))
            return unrolled
        due = self.calendar.next_ordinal(unrolled)
        key = "roll" if due != unrolled else "working_day"
        provisional = self._provisional(unrolled, due)
        self.steps.append(Step(key, basis, days=due - unrolled, first=day, last=_DAY(due), reached=_DAY(due),
                               provisional=provisional))  # fmt: skip
        return due

    def _provisional(self, first: int, last: int) -> bool:
        years = range(_DAY(first).year, _DAY(last).year + 1)
        return any(self.calendar.is_provisional(year) for year in years)

    def _request(self, unrolled: int) -> tuple[date | None, date | None]:
        """The last day to ask for the next extension and to decide it, from the unrolled date, never moved."""
        if self.limit.renewal is not None:
            day = _DAY(unrolled - self.limit.renewal.ask_before)
            self.steps.append(Step("request_by", (self.limit.renewal.basis,), reached=day))
            return day, None
        rung = self.limit.extension_after(_granted(self.q))
        ask_days = rung.ask_days(self.filed) if rung else None
        if rung is None or ask_days is None:
            return None, None
        ask = _DAY(unrolled - ask_days)
        self.steps.append(Step("request_by", (rung.basis,), ask_days, "day", reached=ask, subject=rung.by))
        return ask, _DAY(unrolled - rung.decide_before) if rung.decide_before is not None else None


def _granted(question: Question) -> int:
    """How many extensions are used up; from the length when only the total length is known."""
    if question.granted is not None:
        return question.granted
    if question.parts is None:
        return len(question.extensions)
    own, used, count = span_of(question.limit.parts), span_of(question.parts), 0
    for rung in question.limit.extensions:
        if (own.months, own.days, own.working_days) >= (used.months, used.days, used.working_days):
            break
        own = own.plus(span_of((rung.amount,))) if rung.amount else own
        count += 1
    return count + len(question.extensions)
