"""What stands in the way of a room and a time: who, what, when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.intake.models import Case, PartyKind
from courtcms.core import clock
from courtcms.core.errors import Reason
from courtcms.courts.models import Courtroom
from deadlines.calendars.selectors import work_calendar
from deadlines.hearings import rules
from deadlines.hearings.drafts import Attendance
from deadlines.hearings.hours import hours_by_day
from deadlines.hearings.models import Hearing, HearingParticipant
from deadlines.hearings.words import sentence

SEARCHED_DAYS = 40


def visible_cases(user: Any, case_ids: Iterable[int]) -> set[int] | None:
    """Which of these cases the person may see; None for the system, which sees all."""
    if user is None:
        return None
    return set(Case.objects.visible_to(user).filter(pk__in=set(case_ids)).values_list("pk", flat=True))


def reasons_of(
    user: Any, courtroom: Courtroom, span: rules.Span, people: Attendance, leave_out: Collection[int] = ()
) -> list[Reason]:
    """Every live hearing that takes the room or one of the people at that time, each as a reason in words."""
    slot = DateTimeTZRange(*span)
    live = Hearing.objects.live().filter(slot__overlap=slot).exclude(pk__in=leave_out)
    in_room = list(live.filter(courtroom=courtroom).select_related("case", "courtroom"))
    taken = (
        HearingParticipant.objects.filter(live=True, slot__overlap=slot)
        .filter(Q(user__in=people.user_ids) | Q(person_key__in=people.keys))
        .exclude(hearing__in=leave_out)
        .select_related("hearing__case", "hearing__courtroom", "user")
        .order_by("pk")
    )
    taken = list(taken)
    seen = visible_cases(user, [row.case_id for row in in_room] + [row.hearing.case_id for row in taken])
    found = []
    for row in in_room:
        text = _("%(room)s已有庭审：%(hearing)s") % {"room": courtroom.label, "hearing": sentence(row, seen)}
        found.append(Reason(text, field="courtroom", code="room_taken", remedy=_("换一个法庭或者时间")))
    for row in taken:
        name = row.user.display_name if row.user else row.name
        values = {"name": name, "role": row.role_label, "hearing": sentence(row.hearing, seen)}
        text = _("%(name)s（%(role)s）已有庭审：%(hearing)s") % values
        code = "person_taken" if row.user_id else "representative_taken"
        found.append(Reason(text, field="starts_at", code=code, remedy=_("换一个时间")))
    return found


def warnings_of(user: Any, case: Case, span: rules.Span, leave_out: Collection[int] = ()) -> list[Reason]:
    """People who are parties here and have another hearing at that time: told, not refused.

    A party may send its representative, and a company has many hearings at once, so only natural persons are looked
    at, by the digest of their identity number. Who acts for a party cannot be in two places at all (`reasons_of`).
    """
    own = {
        party.identity_digest: party.name
        for party in case.parties.filter(kind=PartyKind.NATURAL).exclude(identity_digest="")
    }
    if not own:
        return []
    live = Hearing.objects.live().filter(slot__overlap=DateTimeTZRange(*span)).exclude(pk__in=leave_out)
    other = live.exclude(case=case).filter(case__parties__identity_digest__in=own, case__parties__kind="natural")
    rows = list(other.select_related("case", "courtroom").prefetch_related("case__parties").distinct().order_by("pk"))
    seen, found = visible_cases(user, [row.case_id for row in rows]), []
    for row in rows:
        for digest in sorted({party.identity_digest for party in row.case.parties.all()} & set(own)):
            values = {"name": own[digest], "hearing": sentence(row, seen)}
            text = _("当事人%(name)s同一时段另有庭审：%(hearing)s") % values
            remedy = _("可以换一个时间，或者由代理人到庭")
            found.append(Reason(text, field="starts_at", code="party_elsewhere", remedy=remedy))
    return found


def proposals(
    case: Case, people: Attendance, length: timedelta, first: date, most: int = 6, leave_out: Collection[int] = ()
) -> list[rules.Free]:
    """Rooms and times from `first` in which the room and everybody are free, on working days, in court hours."""
    if first > clock.today() + rules.FARTHEST:
        return []
    calendar = work_calendar()
    rooms = list(Courtroom.objects.filter(court=case.court_id, closed_on__isnull=True).values_list("pk", flat=True))
    days = []
    day = calendar.roll(first)
    while len(days) < SEARCHED_DAYS // 2:
        days.append(day)
        day = calendar.add_working_days(day, 1)
    busy_rooms, busy_people = _busy(days[0], days[-1], people, leave_out)
    free = rules.free_slots(days, rooms, busy_rooms, busy_people, length, most, clock.COURT_ZONE, hours_by_day())
    return [item for item in free if item.starts > _now()]


def _now() -> datetime:
    return max(clock.now(), clock.start_of_day(clock.today()))


def _busy(
    first: date, last: date, people: Attendance, leave_out: Collection[int]
) -> tuple[dict[int, list[rules.Span]], Sequence[rules.Span]]:
    live = Hearing.objects.live().between(first, last).exclude(pk__in=leave_out)
    rooms: dict[int, list[rules.Span]] = {}
    for room, slot in live.values_list("courtroom", "slot"):
        rooms.setdefault(room, []).append((slot.lower, slot.upper))
    places = (
        HearingParticipant.objects.filter(live=True, hearing__in=live.values("pk"))
        .filter(Q(user__in=people.user_ids) | Q(person_key__in=people.keys))
        .values_list("slot", flat=True)
    )
    return rooms, [(slot.lower, slot.upper) for slot in places]
