"""Working days for rooms below the calendar: the calendar of the court plugs itself in here."""

from __future__ import annotations

from collections.abc import Callable, Collection
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
_published: list[Callable[[], Collection[int]]] = []


def plug(adder: Adder, published: Callable[[], Collection[int]] | None = None) -> None:
    """Let the court's calendar count and say which years are published; called in `AppConfig.ready()` of its floor."""
    _adder[0] = adder
    _published[:] = [published] if published else []


def published_years() -> Collection[int] | None:
    """The years whose holidays are known; a date that rests on another may still move. None without a calendar."""
    return _published[0]() if _published else None


def add_working_days(day: date, days: int) -> date:
    """The day on which `days` working days after `day` are complete; `day` itself does not count."""
    return _adder[0](day, days)
