"""Reading the court's calendar: one copy a process, renewed when the table changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock

from deadlines.calendars.models import CalendarDay, CalendarVersion, CalendarYear, YearStatus
from deadlines.calendars.rules import WorkCalendar


@dataclass(frozen=True, slots=True)
class _Copy:
    version: int
    calendar: WorkCalendar


_copy: _Copy | None = None
_renewing = Lock()


def work_calendar() -> WorkCalendar:
    """The court's calendar as of its table now; costs one small query, and a rebuild after a change."""
    global _copy
    version = CalendarVersion.objects.order_by("pk").values_list("number", flat=True).first() or 0
    held = _copy
    if held is None or held.version != version:
        with _renewing:
            held = _copy = _Copy(version, _build())
    return held.calendar


def add_working_days(day: date, days: int) -> date:
    """The day on which `days` working days after `day` are complete, by the court's calendar."""
    return work_calendar().add_working_days(day, days) if days > 0 else day


def published_years() -> frozenset[int]:
    """Years whose schedule is published."""
    return work_calendar().published_years


def _build() -> WorkCalendar:
    rows = CalendarDay.objects.values_list("day", "is_working")
    published = CalendarYear.objects.filter(status=YearStatus.PUBLISHED).values_list("year", flat=True)
    return WorkCalendar([d for d, works in rows if not works], [d for d, works in rows if works], published)


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the year view."""

    day: date
    is_off: bool
    is_exception: bool
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month as weeks from Monday; None fills the first and last week."""

    first: date
    weeks: list[list[DayCell | None]]
    working_days: int


@dataclass(frozen=True, slots=True)
class YearView:
    """A year for its page: months, the status of the year, and its exceptions as a table."""

    year: int
    row: CalendarYear | None
    months: list[MonthGrid]
    exceptions: list[CalendarDay]

    @property
    def is_published(self) -> bool:
        """Whether a schedule was published or entered for the year."""
        return self.row is not None and self.row.status == YearStatus.PUBLISHED


def year_view(year: int) -> YearView:
    """Everything the calendar page shows of a year."""
    calendar = work_calendar()
    exceptions = list(CalendarDay.objects.filter(day__year=year))
    by_day = {row.day: row for row in exceptions}
    months = [_month(date(year, month, 1), calendar, by_day) for month in range(1, 13)]
    return YearView(year, CalendarYear.objects.filter(pk=year).first(), months, exceptions)


def _month(first: date, calendar: WorkCalendar, by_day: dict[date, CalendarDay]) -> MonthGrid:
    cells: list[DayCell | None] = [None] * first.weekday()
    day, working = first, 0
    while day.month == first.month:
        row = by_day.get(day)
        off = not calendar.is_working_day(day)
        working += not off
        cells.append(DayCell(day, off, row is not None, row.label if row else "", row.source if row else ""))
        day += timedelta(days=1)
    cells += [None] * (-len(cells) % 7)
    return MonthGrid(first, [cells[i : i + 7] for i in range(0, len(cells), 7)], working)


def years_around(year: int, reach: int = 6) -> list[CalendarYear]:
    """The years the court has rows for, near a year."""
    return list(CalendarYear.objects.filter(year__range=(year - reach, year + reach)))
