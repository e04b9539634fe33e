"""Working days in memory: which day the court works, and where a period lands.

A calendar is built once from the days that differ from the plain week: holidays on weekdays and make-up working days
(调休) on weekends. Everything else is array look-ups, so that a batch of 100,000 due dates and a page with one cost the
same per date. It never changes; a new schedule makes a new calendar.

Days are handled as proleptic ordinals (`date.toordinal`) where speed matters; the public methods with `date` wrap them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

FIRST_YEAR, LAST_YEAR = 1990, 2100
_SATURDAY = 5


class OutOfCalendar(ValueError):
    """The day lies outside the years the calendar covers (1990-2100)."""

    def __init__(self, day: date | int) -> None:
        super().__init__(f"{day} is outside {FIRST_YEAR}-{LAST_YEAR}")
        self.day = day


class WorkCalendar:
    """Immutable working-day calendar for the years 1990-2100.

    `holidays` are the days off, `working` the weekend days worked; a day in both is a mistake and raises ValueError.
    `published` are the years with a schedule of the State Council; every other year is provisional: its holidays, if
    any were given, are an estimate.
    """

    __slots__ = ("_base", "_next", "_prev", "_count", "_days", "_published", "_end")

    def __init__(self, holidays: Iterable[date], working: Iterable[date], published: Iterable[int]) -> None:
        off = {d.toordinal() for d in holidays}
        on = {d.toordinal() for d in working}
        if off & on:
            first = date.fromordinal(min(off & on))
            raise ValueError(f"{first} is given as a holiday and as a working day")
        self._base = date(FIRST_YEAR, 1, 1).toordinal()
        self._end = date(LAST_YEAR, 12, 31).toordinal()
        self._published = frozenset(published)
        self._fill(off, on)

    def _fill(self, off: set[int], on: set[int]) -> None:
        span = range(self._base, self._end + 1)
        works = [day in on or (day not in off and (day + 6) % 7 < _SATURDAY) for day in span]
        self._days = [day for day, at_work in zip(span, works, strict=True) if at_work]
        self._count, self._prev = [], []
        total, last = 0, -1
        for day, at_work in zip(span, works, strict=True):
            if at_work:
                total, last = total + 1, day
            self._count.append(total)
            self._prev.append(last)
        self._next = [0] * len(works)
        coming = -1
        for index in range(len(works) - 1, -1, -1):
            if works[index]:
                coming = self._base + index
            self._next[index] = coming

    # ordinals, for the calculator

    def next_ordinal(self, day: int) -> int:
        """The first working day on or after `day`."""
        return self._at(self._next, day)

    def previous_ordinal(self, day: int) -> int:
        """The last working day on or before `day`."""
        return self._at(self._prev, day)

    def add_ordinal(self, day: int, working_days: int) -> int:
        """The `working_days`-th working day after `day`; `day` itself is not counted. Zero gives `day`."""
        if working_days == 0:
            return day
        index = self._at(self._count, day) + working_days - 1
        if not 0 <= index < len(self._days):
            raise OutOfCalendar(date.fromordinal(day))
        return self._days[index]

    def count_ordinal(self, after: int, upto: int) -> int:
        """Working days in the half-open span (after, upto]; negative when upto is earlier."""
        return self._at(self._count, upto) - self._at(self._count, after)

    def _at(self, table: list[int], day: int) -> int:
        if self._base <= day <= self._end:
            found = table[day - self._base]
            if found >= 0:
                return found
        raise OutOfCalendar(date.fromordinal(day))

    # dates, for people

    def is_working_day(self, day: date) -> bool:
        """Whether the court works on the day: weekdays that are no holiday, and make-up weekends."""
        return self.next_ordinal(day.toordinal()) == day.toordinal()

    def roll(self, day: date) -> date:
        """The day itself when it is a working day, else the first working day after it (民诉法 85)."""
        return date.fromordinal(self.next_ordinal(day.toordinal()))

    def roll_back(self, day: date) -> date:
        """The day itself when it is a working day, else the last working day before it."""
        return date.fromordinal(self.previous_ordinal(day.toordinal()))

    def add_working_days(self, day: date, working_days: int) -> date:
        """The n-th working day after `day`, which is itself not counted."""
        return date.fromordinal(self.add_ordinal(day.toordinal(), working_days))

    def count_working_days(self, after: date, upto: date) -> int:
        """Working days after `after` up to and including `upto`."""
        return self.count_ordinal(after.toordinal(), upto.toordinal())

    def is_provisional(self, year: int) -> bool:
        """Whether the year has no published schedule, so that its dates may still move."""
        return year not in self._published

    @property
    def published_years(self) -> frozenset[int]:
        """Years with a published schedule."""
        return self._published

    def days_off(self, first: date, last: date) -> list[date]:
        """Every day off between two days, both included."""
        span = range(first.toordinal(), last.toordinal() + 1)
        return [date.fromordinal(day) for day in span if self.next_ordinal(day) != day]
