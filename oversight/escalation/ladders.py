"""The ladder in force, read once a version."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from courtcms.core import clock
from deadlines.calendars.rules import WorkCalendar
from deadlines.calendars.selectors import work_calendar
from oversight.escalation.ladder import Ladder, parse_ladder
from oversight.escalation.models import LadderVersion


@lru_cache(maxsize=16)
def _parsed(pk: int, loaded_at: datetime) -> Ladder:
    """A version never changes, so that it is parsed once a process."""
    return parse_ladder(LadderVersion.objects.get(pk=pk).content)


def ladder_on(day: date) -> Ladder:
    """The version in force on a day; the oldest one for days before all of them."""
    found = list(LadderVersion.objects.order_by("-valid_from", "-pk").values_list("pk", "loaded_at", "valid_from"))
    pk, loaded_at, _since = next((row for row in found if row[2] <= day), found[-1])
    return _parsed(pk, loaded_at)


def ladder_now() -> Ladder:
    """The version in force today."""
    return ladder_on(clock.today())


def answer_day(days: int, since: date | None = None) -> date:
    """The last day of `days` working days after a day (today by default)."""
    return work_calendar().add_working_days(since or clock.today(), days)


def days_between(calendar: WorkCalendar, today: date, until: date) -> int:
    """Working days from today to a day; 0 on the day itself, negative after it."""
    if until >= today:
        return calendar.count_working_days(today, until)
    return -calendar.count_working_days(until, today)


def rung_rows(ladder: Ladder) -> list[dict[str, Any]]:
    """The rungs for the statements, each with the answer day of an escalation that reaches it today."""
    calendar, today = work_calendar(), clock.today()
    return [
        {
            "position": rung.position,
            "post": rung.post,
            "scope": rung.scope,
            "due": str(calendar.add_working_days(today, rung.answer_days)),
        }
        for rung in ladder.rungs
    ]


def start_rows(ladder: Ladder) -> list[dict[str, Any]]:
    """Where alerts start, for the statements, in order of precedence."""
    return [
        {
            "rank": rank, "rung": start.rung, "level": start.level, "grp": start.group, "threshold": start.threshold,
            "single": start.single,
        }
        for rank, start in enumerate(ladder.starts)
    ]  # fmt: skip
