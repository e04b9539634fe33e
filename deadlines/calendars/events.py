"""What the calendar room tells the rooms after it."""

from dataclasses import dataclass

from courtcms.core.events import Event


@dataclass(frozen=True)
class CalendarChanged(Event):
    """The working days of a year were entered or corrected; dates that rest on them must be recomputed."""

    year: int
