"""Working days for rooms below the calendar: the calendar of the court plugs itself in here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

#: day and number of working days -> the day on which that number is complete
Adder = Callable[[date, int], date]


def weekdays(day: date, days: int) -> date:
    """Monday to Friday count; in force until a calendar is plugged in. `days` below 1 answers `day` itself."""
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return day


_adder: list[Adder] = [weekdays]


def plug(adder: Adder) -> None:
    """Let the court's calendar count; called in `AppConfig.ready()` of the floor that holds it."""
    _adder[0] = adder


def add_working_days(day: date, days: int) -> date:
    """The day on which `days` working days after `day` are complete; `day` itself does not count."""
    return _adder[0](day, days)
