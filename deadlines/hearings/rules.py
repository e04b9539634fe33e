"""Times, rooms and people of hearings. Pure: no Django.

Court hours are rows that trial management enters; the legal periods (notice, cap, gap) are read from the packs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=10)
FARTHEST = timedelta(days=366)
STEP = timedelta(minutes=30)
PROPOSED_A_DAY = 2
DIGITS = str.maketrans(
    {"1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九"}
)

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Hours:
    """When the court is open on a day, and its midday break."""

    opens: time
    closes: time
    break_from: time
    break_to: time


#: before any row of the court's own
HOURS = Hours(time(8, 30), time(17, 30), time(12, 0), time(13, 30))


def person_key(name: str, firm: str, licence: str, party: str) -> str:
    """Who a representative is across cases: the licence; without one, name and firm, or name and party."""
    if licence.strip():
        return f"licence:{licence.strip()}"
    fold = (re.sub(r"\s+", "", part) for part in (name, firm or party))
    return "name:" + "|".join(fold)


def outside_hours(starts: datetime, ends: datetime, hours: Hours) -> bool:
    """Does a span in local time leave the court's hours? The midday break may be sat through."""
    return starts.time() < hours.opens or ends.time() > hours.closes or starts.date() != ends.date()


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Do half-open spans meet?"""
    return any(span[0] < last and first < span[1] for first, last in others)


def room_key(name: str) -> str:
    """`三庭`, `3庭`, `第三法庭` are one room."""
    if name in ("10庭", "第10法庭"):
        return "十庭"
    return re.sub(r"[第法\s]", "", name).translate(DIGITS)


def match_room(text: str, rooms: Iterable[tuple[int, str]]) -> int | None:
    """The room that a docket line means, or None."""
    wanted = room_key(text)
    return next((pk for pk, name in rooms if wanted and room_key(name) == wanted), None)


@dataclass(frozen=True)
class Free:
    """A room and time in which everybody could come."""

    room: int
    starts: datetime
    ends: datetime


def free_slots(
    days: Iterable[date],
    rooms: Sequence[int],
    busy_rooms: Mapping[int, Sequence[Span]],
    busy_people: Sequence[Span],
    length: timedelta,
    most: int,
    zone: tzinfo,
    hours_of: Callable[[date], Hours] = lambda day: HOURS,
) -> list[Free]:
    """The first free rooms and times on the given days within court hours, at most two a day."""
    found: list[Free] = []
    for day in days:
        today: list[Span] = []
        for span in _candidates(day, length, zone, hours_of(day)):
            if len(found) >= most:
                return found
            if len(today) >= PROPOSED_A_DAY or overlaps(span, [*busy_people, *today]):
                continue
            room = next((room for room in rooms if not overlaps(span, busy_rooms.get(room, ()))), None)
            if room is not None:
                found.append(Free(room, *span))
                today.append(span)
    return found


def _candidates(day: date, length: timedelta, zone: tzinfo, hours: Hours) -> Iterable[Span]:
    """Half an hour after opening and after the break first, then every half hour; none runs into the midday break."""
    first = [(datetime.combine(day, at) + STEP).time() for at in (hours.opens, hours.break_to)]
    at = datetime.combine(day, hours.opens)
    every = []
    while at.time() < hours.closes:
        every.append(at.time())
        at += STEP
    for start in [*first, *(moment for moment in every if moment not in first)]:
        begins = datetime.combine(day, start, tzinfo=zone)
        ends = begins + length
        crosses = begins.time() < hours.break_to and ends.time() > hours.break_from and length <= timedelta(hours=4)
        if ends.date() == day and ends.time() <= hours.closes and not crosses:
            yield begins, ends
