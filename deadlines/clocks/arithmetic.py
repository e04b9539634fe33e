"""Adding lengths of time to a day: the civil and the criminal month, working days, hours.

Pure functions on ordinals (`date.toordinal`). The first day is never counted, so "start plus n days" is the last day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from deadlines.calendars.rules import WorkCalendar
from deadlines.rulebook.rules import UNIT_ALIASES, Amount

HALF_MONTH_DAYS = 15
SHORTEST_MONTH = 28
_TO_ORDINAL = date.toordinal


class Span(NamedTuple):
    """A length split by how it is counted: months (years are twelve), calendar days, working days, hours."""

    months: int = 0
    days: int = 0
    working_days: int = 0
    hours: int = 0

    def plus(self, other: Span) -> Span:
        """Both lengths together."""
        return Span(
            self.months + other.months,
            self.days + other.days,
            self.working_days + other.working_days,
            self.hours + other.hours,
        )


def span_of(amounts: Iterable[Amount]) -> Span:
    """The total of several amounts."""
    months = days = working_days = hours = 0
    for amount, unit in ((a.amount, a.unit) for a in amounts):
        if unit == "month":
            months += amount
        elif unit == "day":
            days += amount
        elif unit == "working_day":
            working_days += amount
        elif unit == "year":
            months += 12 * amount
        else:
            hours += amount
    return Span(months, days, working_days, hours)


def add_months(day: int, months: int, criminal: bool) -> int:
    """The same day number `months` on; when there is none, the last day of that month (民法典 202).

    By the criminal rule (刑诉解释 202) a period that starts on the last day of a month ends on the last day of one.
    """
    start = date.fromordinal(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if start.day < SHORTEST_MONTH:
        return _TO_ORDINAL(date(year, month + 1, start.day))
    length = monthrange(year, month + 1)[1]
    at_end = criminal and start.day == monthrange(start.year, start.month)[1]
    return _TO_ORDINAL(date(year, month + 1, length if at_end else min(start.day, length)))


def land(start: int, span: Span, criminal: bool, calendar: WorkCalendar) -> int:
    """The last day of a period that starts after `start`: months first, then days, then working days."""
    day = add_months(start, span.months, criminal) if span.months else start
    day += span.days
    return calendar.add_ordinal(day, span.working_days) if span.working_days else day


def next_full_hour(moment: datetime) -> datetime:
    """The hour of the event is not counted: the period starts at the next full hour (民诉解释 125)."""
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def parse_amount(amount: object, unit: object) -> tuple[Amount, ...]:
    """One amount as typed or as read from a file. Half a month is fifteen days (刑诉解释 202).

    Raises ValueError: "unit" for an unknown unit, "amount" for anything but a positive whole number (or n.5 months).
    """
    known = UNIT_ALIASES.get(str(unit).strip().lower())
    if known is None:
        raise ValueError("unit")
    if isinstance(amount, bool) or not isinstance(amount, int | float | str):
        raise ValueError("amount")
    try:
        value = float(amount)
    except (ValueError, OverflowError):
        raise ValueError("amount") from None
    if not 0 < value < 100_000:
        raise ValueError("amount")
    whole = int(value)
    if value == whole:
        return (Amount(whole, known),)
    if known == "month" and value - whole == 0.5:
        half = Amount(HALF_MONTH_DAYS, "day")
        return (Amount(whole, known), half) if whole else (half,)
    raise ValueError("amount")
