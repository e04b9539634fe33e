"""Reads of hearings: the week, the month, the day's cause list, one case, figures of certainty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Func, IntegerField, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.docket.models import DocketEntry
from cases.docket.selectors import TimelineItem
from cases.intake.models import Case
from courtcms.accounts.models import User
from courtcms.core import clock
from courtcms.courts.models import Courtroom
from courtcms.courts.selectors import this_court
from deadlines.calendars.selectors import work_calendar
from deadlines.hearings import rules
from deadlines.hearings.models import Hearing, HearingKind, HearingStatus
from deadlines.hearings.querysets import HearingQuerySet

MONTH_SHOWN = 4
CERTAINTY_MONTHS = 6


@dataclass(frozen=True)
class Block:
    """A hearing in a grid. Of a case outside the reader's posts only time and room are shown."""

    hearing: Hearing
    is_open: bool
    may_move: bool


@dataclass(frozen=True)
class Cell:
    """One day of one row of the week."""

    day: date
    blocks: list[Block]


@dataclass(frozen=True)
class Row:
    """A courtroom or a judge, with the days of the week."""

    pk: int
    title: str
    cells: list[Cell]

    @property
    def is_empty(self) -> bool:
        """Nothing is set down in this row."""
        return not any(cell.blocks for cell in self.cells)


@dataclass(frozen=True)
class Day:
    """A day of a grid: does the court work, and how many hearings are there."""

    day: date
    is_off: bool
    is_today: bool


def rooms() -> list[Courtroom]:
    """The courtrooms of this court that are not closed today."""
    today = clock.today()
    open_ones = Q(closed_on__isnull=True) | Q(closed_on__gt=today)
    return list(Courtroom.objects.filter(open_ones, court=this_court()).order_by("pk"))


def judges() -> list[User]:
    """People of the bench who have hearings from a month ago on."""
    since = clock.today() - timedelta(days=31)
    places = Hearing.objects.live().between(since, since + timedelta(days=400)).values("participants__user")
    return list(User.objects.filter(pk__in=places, is_active=True).order_by("name", "pk"))


def visible_ids(user: Any, hearings: Sequence[Hearing]) -> set[int]:
    """Cases of these hearings that the person may see."""
    wanted = {hearing.case_id for hearing in hearings}
    return set(Case.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True))


def days_of_week(first: date) -> list[Day]:
    """Monday to Sunday; a weekend day only when the court works on it or sits on it."""
    calendar, today = work_calendar(), clock.today()
    days = [first + timedelta(days=number) for number in range(7)]
    off = {day: not calendar.is_working_day(day) for day in days}
    sat = {row.day for row in Hearing.objects.live().between(days[0], days[6])}
    return [Day(day, off[day], day == today) for day in days if day.weekday() < 5 or not off[day] or day in sat]


def week(
    user: Any, first: date, by: str, room: int | None, judge: int | None, may_move: bool
) -> tuple[list[Day], list[Row]]:
    """The week from Monday `first`, by courtroom or by judge; narrowed to one room or one person of the bench."""
    days = days_of_week(first)
    rows = Hearing.objects.live().between(first, first + timedelta(days=6)).filter(courtroom__court=this_court())
    if room:
        rows = rows.filter(courtroom=room)
    if judge:
        rows = rows.of_person(judge)
    found = list(rows.select_related("case__judge", "courtroom").order_by("slot", "pk"))
    seen = visible_ids(user, found)
    grouped: dict[tuple[int, date], list[Block]] = defaultdict(list)
    names: dict[int, str] = {}
    for hearing in found:
        key = _row_of(hearing, by)
        names.setdefault(*key)
        is_open = hearing.case_id in seen
        movable = is_open and may_move and hearing.status == HearingStatus.SCHEDULED
        grouped[key[0], hearing.day].append(Block(hearing, is_open, movable))
    if by == "room":
        names = {item.pk: item.label for item in rooms() if not room or item.pk == room} | names
    order = sorted(names) if by == "room" else sorted(names, key=lambda pk: names[pk])
    return days, [Row(pk, names[pk], [Cell(day.day, grouped[pk, day.day]) for day in days]) for pk in order]


def _row_of(hearing: Hearing, by: str) -> tuple[int, str]:
    if by == "room":
        return hearing.courtroom_id, hearing.courtroom.label
    judge = hearing.case.judge
    return (judge.pk, judge.display_name) if judge else (0, "—")


@dataclass(frozen=True)
class MonthCell:
    """A day of the month view with its first hearings."""

    day: Day
    total: int
    blocks: list[Block]
    in_month: bool


def month(user: Any, first: date, room: int | None, judge: int | None) -> list[list[MonthCell]]:
    """Weeks from Monday that cover the month of `first`."""
    start = first - timedelta(days=first.weekday())
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = after + timedelta(days=(7 - after.weekday()) % 7 - 1)
    rows = Hearing.objects.live().between(start, last).filter(courtroom__court=this_court())
    rows = rows.filter(courtroom=room) if room else rows
    rows = rows.of_person(judge) if judge else rows
    found = list(rows.select_related("case", "courtroom").order_by("slot", "pk"))
    seen, by_day = visible_ids(user, found), defaultdict(list)
    for hearing in found:
        by_day[hearing.day].append(Block(hearing, hearing.case_id in seen, False))
    calendar, today = work_calendar(), clock.today()
    cells = []
    for number in range((last - start).days + 1):
        day = start + timedelta(days=number)
        shown = Day(day, not calendar.is_working_day(day), day == today)
        cells.append(MonthCell(shown, len(by_day[day]), by_day[day][:MONTH_SHOWN], day.month == first.month))
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def cause_list(user: Any, day: date, room: int | None = None, judge: int | None = None) -> list[Hearing]:
    """The day's hearings that the person may see, by time and room; adjourned and cancelled ones with their state."""
    rows = Hearing.objects.visible_to(user).between(day, day)
    rows = rows.filter(courtroom=room) if room else rows
    rows = rows.of_person(judge) if judge else rows
    rows = rows.select_related("case__judge", "case__division", "courtroom")
    return list(rows.prefetch_related("participants__user").order_by("slot", "courtroom", "pk"))


def of_case(case: Case) -> list[Hearing]:
    """Hearings of a case, latest first."""
    rows = Hearing.objects.filter(case=case).select_related("courtroom", "adjournment")
    return list(rows.order_by("-slot", "-pk"))


def unscheduled(cases: Any) -> list[DocketEntry]:
    """Docket entries that announce a hearing to come for which no room is booked yet."""
    rows = DocketEntry.objects.filter(
        case__in=cases, kind__in=HearingKind.values, happened_on__gte=clock.today(),
        hearing__isnull=True, undone_by__isnull=True, case__status="open",
    )  # fmt: skip
    return list(rows.select_related("case").order_by("happened_on", "pk")[:20])


def this_week(user: Any) -> list[Hearing]:
    """One's own hearings from today to the end of next week."""
    today = clock.today()
    rows = Hearing.objects.live().of_person(user).between(today, today + timedelta(days=13 - today.weekday()))
    return list(rows.select_related("case", "courtroom").order_by("slot", "pk"))


def timeline_items(case: Case, user: Any) -> list[TimelineItem]:
    """That a hearing took place; when it was set down and called off stands in the docket already."""
    rows = Hearing.objects.filter(case=case, status=HearingStatus.HELD).select_related("courtroom")
    return [
        TimelineItem(row.day, "hearing", _("已开庭"), text=f"{row.time_text} {row.courtroom.label}") for row in rows
    ]


class _NoticeDays(Func):
    """Calendar days between notice and hearing."""

    template = "((lower(slot) AT TIME ZONE 'Asia/Shanghai')::date - notice_on)"
    output_field = IntegerField()


class _Median(Aggregate):
    """The middle value."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    name = "Median"
    output_field = FloatField()


STATES = {
    "first": Q(status=HearingStatus.HELD, moves=0),
    "moved": Q(moves__gt=0),
    "adjourned": Q(status=HearingStatus.ADJOURNED),
    "cancelled": Q(status=HearingStatus.CANCELLED),
    "held": Q(status=HearingStatus.HELD),
    "scheduled": Q(status=HearingStatus.SCHEDULED),
    "short": ~Q(short_notice_consent=""),
}


def certainty(user: Any) -> list[dict[str, Any]]:
    """By month of the first date set: how many were held on it, moved, adjourned, cancelled; median days of notice."""
    today = clock.today()
    since = (today.replace(day=1) - timedelta(days=31 * (CERTAINTY_MONTHS - 1))).replace(day=1)
    rows = Hearing.objects.visible_to(user).filter(first_on__gte=since, first_on__lt=today)
    counts = {name: Count("pk", filter=STATES[name]) for name in ("first", "moved", "adjourned", "cancelled", "short")}
    grouped = rows.annotate(month=TruncMonth("first_on")).values("month")
    found = grouped.annotate(total=Count("pk"), notice=_Median(_NoticeDays()), **counts).order_by("-month")
    return [row | {"share": round(100 * row["first"] / row["total"]), "base": _list_of(row["month"])} for row in found]


def _list_of(first: date) -> str:
    """The address of the list behind the figures of a month."""
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = min(after - timedelta(days=1), clock.today() - timedelta(days=1))
    return f"{reverse('hearings:list')}?first={first.isoformat()}&last={last.isoformat()}"


def narrowed(user: Any, state: str, first: date | None, last: date | None) -> HearingQuerySet:
    """Hearings for the list page: by state and by the day first set."""
    rows = Hearing.objects.visible_to(user).filter(STATES.get(state, Q()))
    rows = rows.filter(first_on__gte=first) if first else rows
    rows = rows.filter(first_on__lte=last) if last else rows
    return rows.select_related("case", "courtroom")


def room_of_entry(entry: DocketEntry) -> int | None:
    """The courtroom that the place of a docket entry means."""
    return rules.match_room(entry.place, [(room.pk, room.name) for room in rooms()]) if entry.place else None


def moment_of_entry(entry: DocketEntry) -> datetime | None:
    """Day and time of a docket entry."""
    if entry.happened_at is None:
        return None
    return datetime.combine(entry.happened_on, entry.happened_at, tzinfo=clock.COURT_ZONE)
