"""The schedules of the State Council as the library `chinesecalendar` records them, and the estimate of later years.

Read by the migration that fills the court's own table and by tests. Never called on a request: the library raises on
every year it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar.constants as published_by_library
import holidays as holiday_library


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day that differs from the plain week."""

    day: date
    is_working: bool
    name: str


def published_exceptions() -> list[SpecialDay]:
    """Holidays on weekdays and make-up working days on weekends, 2004 to the last year the library knows."""
    off = [SpecialDay(day, False, name) for day, name in published_by_library.holidays.items() if day.weekday() < 5]
    on = [SpecialDay(day, True, name) for day, name in published_by_library.workdays.items() if day.weekday() >= 5]
    return sorted(off + on, key=lambda row: row.day)


def published_years() -> range:
    """The years for which the library holds a schedule."""
    years = {day.year for day in published_by_library.holidays if day.month > 1}
    return range(min(years), max(years) + 1)


def estimated_exceptions(years: Iterable[int]) -> list[SpecialDay]:
    """Statutory holidays on weekdays of years without a schedule; make-up days are not known and not guessed."""
    rows = []
    for year in years:
        for day, name in sorted(holiday_library.China(years=year, language="zh_CN").items()):
            if day.weekday() < 5 and day.year == year:
                rows.append(SpecialDay(day, False, name))
    return rows


def year_span(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    return date(year, 1, 1), date(year + 1, 1, 1) - timedelta(days=1)
