"""Entering the working days of a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Reasons
from courtcms.core.events import publish
from deadlines.calendars.events import CalendarChanged
from deadlines.calendars.models import CalendarDay, CalendarVersion, CalendarYear, DaySource, YearStatus
from deadlines.calendars.rules import FIRST_YEAR, LAST_YEAR
from deadlines.calendars.selectors import work_calendar


def enter_schedule(
    *, actor: Any, year: int, holidays: Iterable[date], working: Iterable[date], source: str, names: dict[date, str]
) -> CalendarYear:
    """Put the published schedule of a year in the place of whatever was there, and have its dates recomputed.

    `holidays` are the days off from Monday to Friday, `working` the weekend days worked. Refused with every reason:
    a day outside the year, a day in both, a holiday at a weekend, a make-up day on a weekday, no holiday at all.
    """
    require(actor, "deadlines.calendar")
    off, on = sorted(set(holidays)), sorted(set(working))
    _check(year, off, on, source)
    with act(actor=actor, verb="deadlines.calendar.enter", permission="deadlines.calendar", basis=source) as entry:
        row, _made = CalendarYear.objects.update_or_create(
            year=year,
            defaults={"status": YearStatus.PUBLISHED, "source": source, "entered_on": clock.today(),
                      "recompute_owed": True},
        )  # fmt: skip
        before = list(CalendarDay.objects.filter(day__year=year).values_list("day", "is_working"))
        closures = CalendarDay.objects.filter(day__year=year, source=DaySource.CLOSURE)
        closures.filter(day__in=[*off, *on]).delete()
        CalendarDay.objects.filter(day__year=year).exclude(source=DaySource.CLOSURE).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(day=d, is_working=works, name=names.get(d, ""), source=DaySource.COURT)
            for days, works in ((off, False), (on, True))
            for d in days
        )
        CalendarVersion.objects.update(number=F("number") + 1)
        entry.target = row
        entry.before = {"off": [str(d) for d, works in before if not works], "on": [str(d) for d, w in before if w]}
        entry.after = {"off": [str(d) for d in off], "on": [str(d) for d in on]}
        publish(CalendarChanged(year))
    return row


def check_schedule(*, year: int, holidays: Iterable[date], working: Iterable[date], source: str) -> None:
    """Refuse what `enter_schedule` would refuse; nothing is written."""
    _check(year, sorted(set(holidays)), sorted(set(working)), source)


def check_closure(*, days: Iterable[date], reason: str) -> list[date]:
    """The days of a closure in order, or a refusal with every reason: none, a day already off, no reason given."""
    wanted, calendar, reasons = sorted(set(days)), work_calendar(), Reasons()
    if not wanted:
        reasons.add(_("至少写明一日"), field="days")
    if not reason.strip():
        reasons.add(_("写明事由和依据"), field="reason")
    for day in wanted:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            reasons.add(
                _("年份须在 %(first)s 至 %(last)s 之间") % {"first": FIRST_YEAR, "last": LAST_YEAR}, field="days"
            )
        elif not calendar.is_working_day(day):
            reasons.add(_("%(day)s 本来就休息") % {"day": day}, field="days")
    reasons.refuse()
    return wanted


def close_court(*, actor: Any, days: Iterable[date], reason: str) -> None:
    """Days from Monday to Friday on which this court does no business; dates that end on them move.

    Refused as `check_closure` says. A closure of yesterday may be entered today: a flood is not known beforehand.
    """
    require(actor, "deadlines.calendar")
    wanted = check_closure(days=days, reason=reason)
    with act(actor=actor, verb="deadlines.calendar.close", permission="deadlines.calendar", reason=reason) as entry:
        CalendarDay.objects.filter(day__in=wanted).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(day=day, is_working=False, name=reason.strip()[:60], source=DaySource.CLOSURE) for day in wanted
        )
        entry.after = {"days": [str(day) for day in wanted]}
        _changed(wanted)


def reopen_court(*, actor: Any, day: date, reason: str) -> None:
    """Take a closure back (entered wrongly, or the court worked after all); dates that rested on it move back."""
    require(actor, "deadlines.calendar")
    reasons = Reasons()
    row = CalendarDay.objects.filter(day=day, source=DaySource.CLOSURE).first()
    if row is None:
        reasons.add(_("%(day)s 没有登记停止办公") % {"day": day}, field="day", code="no_closure")
    if not reason.strip():
        reasons.add(_("写明事由和依据"), field="reason", code="required")
    reasons.refuse()
    with act(actor=actor, verb="deadlines.calendar.reopen", permission="deadlines.calendar", reason=reason) as entry:
        entry.before = {"day": str(day), "name": row.name if row else ""}
        CalendarDay.objects.filter(day=day, source=DaySource.CLOSURE).delete()
        _changed([day])


def _changed(days: Iterable[date]) -> None:
    CalendarVersion.objects.update(number=F("number") + 1)
    for year in sorted({day.year for day in days}):
        CalendarYear.objects.update_or_create(year=year, defaults={"recompute_owed": True})
        publish(CalendarChanged(year))


def settle_year(*, year: int) -> None:
    """Note that everything which rested on the year was recomputed; called inside the recomputing act."""
    CalendarYear.objects.filter(pk=year).update(recompute_owed=False)


def _check(year: int, off: list[date], on: list[date], source: str) -> None:
    reasons = Reasons()
    if not FIRST_YEAR <= year <= LAST_YEAR:
        reasons.add(_("年份须在 %(first)s 至 %(last)s 之间") % {"first": FIRST_YEAR, "last": LAST_YEAR}, field="year")
    if not off:
        reasons.add(_("至少写明一个放假日"), field="holidays")
    if not source.strip():
        reasons.add(_("写明依据，如国务院办公厅通知的文号"), field="source")
    for day in (*off, *on):
        if day.year != year:
            reasons.add(_("%(day)s 不在 %(year)s 年") % {"day": day, "year": year},
                        field="holidays" if day in off else "working")  # fmt: skip
    for day in sorted(set(off) & set(on)):
        reasons.add(_("%(day)s 既放假又上班") % {"day": day}, field="working")
    for day in off:
        if day.weekday() >= 5:
            reasons.add(_("%(day)s 是周末，本来就休息，不必写入放假日") % {"day": day}, field="holidays")
    for day in on:
        if day.weekday() < 5:
            reasons.add(_("%(day)s 不是周末，不能作为调休上班日") % {"day": day}, field="working")
    reasons.refuse()
