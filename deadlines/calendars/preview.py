"""What a new schedule would change: every open date that moves, old and new, before anything is saved."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from courtcms.core import clock as court_clock
from deadlines.calendars.models import CalendarDay, CalendarYear, DaySource, YearStatus
from deadlines.calendars.rules import WorkCalendar
from deadlines.clocks.computing import question_of
from deadlines.clocks.models import Clock
from deadlines.clocks.quick import due_days
from deadlines.clocks.terms import Impossible
from deadlines.rulebook.reading import rulebook

CHUNK = 500


@dataclass(frozen=True)
class Move:
    """One clock whose date changes."""

    clock: Clock
    old_due: date | None
    new_due: date | None
    old_internal: date | None
    new_internal: date | None

    @property
    def days(self) -> int:
        """How far the legal due day moves; negative is earlier."""
        return (self.new_due - self.old_due).days if self.old_due and self.new_due else 0


def calendar_with(year: int, off: Iterable[date], on: Iterable[date], published: bool = True) -> WorkCalendar:
    """The court's calendar as it would be with this schedule of a year; closures of the court stay."""
    rows = list(CalendarDay.objects.exclude(day__year=year).values_list("day", "is_working"))
    rows += [(day, False) for day in CalendarDay.objects.filter(day__year=year, source=DaySource.CLOSURE)
             .values_list("day", flat=True) if day not in set(on)]  # fmt: skip
    years = set(CalendarYear.objects.filter(status=YearStatus.PUBLISHED).values_list("year", flat=True))
    if published:
        years.add(year)
    holidays = {day for day, works in rows if not works} | set(off)
    working = {day for day, works in rows if works} | set(on)
    return WorkCalendar(holidays - working, working, years)


def calendar_closed(days: Collection[date], reopened: Collection[date] = ()) -> WorkCalendar:
    """The court's calendar as it would be with these closures, or without those that are taken back."""
    rows = list(CalendarDay.objects.exclude(day__in=[*days, *reopened]).values_list("day", "is_working"))
    years = CalendarYear.objects.filter(status=YearStatus.PUBLISHED).values_list("year", flat=True)
    holidays = {day for day, works in rows if not works} | set(days)
    return WorkCalendar(holidays, {day for day, works in rows if works}, years)


def moves_of(*, days: Collection[date], calendar: WorkCalendar) -> list[Move]:
    """Every live clock that moves when these days change; nothing is saved."""
    found: dict[int, Move] = {}
    for year in sorted({day.year for day in days}):
        found |= {move.clock.pk: move for move in moves(year=year, calendar=calendar)}
    return list(found.values())


def moves(*, year: int, calendar: WorkCalendar) -> list[Move]:
    """Live clocks resting on the year whose legal or internal due day differs under a calendar; nothing is saved."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    touches = Q(started_on__lte=last, due_on__gte=first - timedelta(days=30)) | Q(due_on__isnull=True)
    rows = Clock.objects.live().filter(touches).select_related("case", "case__judge").defer("derivation")
    rows = rows.prefetch_related("intervals", "extensions", "restarts").order_by("due_on", "pk")
    found, book, today = [], rulebook(), court_clock.today()
    for clock in rows.iterator(chunk_size=CHUNK):
        old = (clock.due_on, clock.internal_due_on)
        try:
            days = due_days(question_of(clock, book, today), book, calendar)
        except Impossible:
            continue
        new = (_day(days.due), _day(days.internal))
        if new != old:
            found.append(Move(clock, old[0], new[0], old[1], new[1]))
    return found


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
