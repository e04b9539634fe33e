"""Hearings of the demo court: those of the docket as they were held, and a full calendar for the coming weeks."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cases.docket.models import DocketEntry
from cases.intake.models import BenchMember, Case, Representative
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.courts.models import Court, Courtroom
from deadlines.calendars.selectors import work_calendar
from deadlines.hearings import rules
from deadlines.hearings.drafts import SITTING
from deadlines.hearings.models import Hearing, HearingParticipant, HearingStatus
from deadlines.hearings.periods import notice_of
from publicity.portal.hearing_services import push_hearings
from publicity.process_info.services import announced, public_hearing

BACK, AHEAD = timedelta(days=150), timedelta(days=60)
MOST_OF_DOCKET, MOST_TO_COME = 1200, 90
COMING_DAYS = 20
LENGTH = timedelta(minutes=90)
STARTS = (time(9), time(10, 30), time(14), time(15, 30))


class _Diary:
    """Who and which room is taken when, kept in memory; the database would refuse a double booking anyway."""

    def __init__(self, court: Court, cases: Sequence[Case]) -> None:
        self.rooms = list(Courtroom.objects.filter(court=court, closed_on__isnull=True).order_by("pk"))
        self.taken: dict[object, list[rules.Span]] = defaultdict(list)
        self.bench: dict[int, dict[int, BenchMember]] = defaultdict(dict)
        self.acting: dict[int, list[Representative]] = defaultdict(list)
        seats = BenchMember.objects.filter(case__in=cases, until__isnull=True, role__in=SITTING)
        for seat in seats.select_related("user").order_by("pk"):
            self.bench[seat.case_id].setdefault(seat.user_id, seat)
        for row in Representative.objects.filter(party__case__in=cases).select_related("party"):
            self.acting[row.party.case_id].append(row)

    def people(self, case: Case) -> list[HearingParticipant]:
        """Places of a hearing of the case, not yet saved."""
        found = [
            HearingParticipant(user=seat.user, role=seat.role, name=seat.user.name)
            for seat in self.bench[case.pk].values()
        ]
        for row in self.acting[case.pk]:
            key = rules.person_key(row.name, row.firm, row.licence, row.party.name)
            found.append(HearingParticipant(representative=row, role="representative", name=row.name, person_key=key))
        return found

    def find(self, case: Case, day: date, wanted: time | None) -> tuple[Courtroom, rules.Span] | None:
        """A room and a time on the day at which everybody of the case is free."""
        keys = [row.user_id or row.person_key for row in self.people(case)]
        for start in ([wanted] if wanted else []) + list(STARTS):
            begins = datetime.combine(day, start, tzinfo=clock.COURT_ZONE)
            span = (begins, begins + LENGTH)
            if any(rules.overlaps(span, self.taken[key]) for key in keys):
                continue
            room = next((room for room in self.rooms if not rules.overlaps(span, self.taken["room", room.pk])), None)
            if room is not None:
                for key in [*keys, ("room", room.pk)]:
                    self.taken[key].append(span)
                return room, span
        return None


def seed_hearings(court: Court, seed: int) -> dict[str, int]:
    """Hearings for the docket entries near today, and new ones for open cases of the coming weeks; one audited act."""
    today, draw = clock.today(), random.Random(f"hearings:{seed}")
    entries = DocketEntry.objects.filter(
        case__court=court, kind="hearing", hearing__isnull=True, undone_by__isnull=True,
        happened_on__gte=today - BACK, happened_on__lte=today + AHEAD,
    )  # fmt: skip
    logged = list(entries.select_related("case__court", "case__judge").order_by("-happened_on", "pk")[:MOST_OF_DOCKET])
    busy = {entry.case_id for entry in logged}
    waiting = Case.objects.open().filter(court=court, judge__isnull=False).exclude(pk__in=busy)
    coming = list(waiting.select_related("court", "judge").order_by("-filed_on", "-pk")[: 2 * MOST_TO_COME])
    diary = _Diary(court, [entry.case for entry in logged] + coming)
    with act(actor=None, verb="demo.seed_hearings", reason="演示庭审") as trace:
        made = [*_logged(diary, logged, draw), *_coming(diary, coming[:MOST_TO_COME], draw)]
        _write(diary, made)
        trace.after = {"hearings": len(made)}
    return {"hearings": len(made)}


def _row(case: Case, room: Courtroom, span: rules.Span, draw: random.Random) -> Hearing:
    day = clock.court_day(span[0])
    notice = notice_of(case, day)
    given = max(case.filed_on, day - timedelta(days=draw.choice((6, 8, 10, 12, 15, 21))))
    moved = draw.random() < 0.14
    closed = case.secrecy != "none" or draw.random() < 0.06
    return Hearing(
        case=case, courtroom=room, slot=DateTimeTZRange(*span), is_public=not closed,
        closed_ground=("state_secret" if case.secrecy != "none" else "privacy") if closed else "",
        first_on=day - timedelta(days=7) if moved else day, moves=int(moved), notice_on=min(given, clock.today()),
        notice_by=notice.day if notice else None, scheduled_by=case.judge, scheduled_at=clock.now(),
    )  # fmt: skip


def _logged(diary: _Diary, entries: Sequence[DocketEntry], draw: random.Random) -> Iterator[Hearing]:
    """What the docket says was heard or will be."""
    for entry in entries:
        found = diary.find(entry.case, entry.happened_on, entry.happened_at)
        if found is None or not diary.bench[entry.case_id]:
            continue
        hearing = _row(entry.case, *found, draw)
        past = entry.happened_on < clock.today()
        if not past and entry.case.status != "open":
            continue
        hearing.status = HearingStatus.HELD if past else HearingStatus.SCHEDULED
        hearing.docket_entry = entry
        yield hearing


def _coming(diary: _Diary, cases: Sequence[Case], draw: random.Random) -> Iterator[Hearing]:
    """Open cases without a hearing yet get one in the coming weeks."""
    calendar, today = work_calendar(), clock.today()
    for number, case in enumerate(cases):
        day = calendar.add_working_days(today, 1 + number * COMING_DAYS // max(1, len(cases)))
        found = diary.find(case, day, None)
        if found is not None and diary.bench[case.pk]:
            yield _row(case, *found, draw)


def _write(diary: _Diary, made: list[Hearing]) -> None:
    fresh = [hearing for hearing in made if hearing.docket_entry is None]
    entries = DocketEntry.objects.bulk_create([_entry(hearing) for hearing in fresh])
    for hearing, entry in zip(fresh, entries, strict=True):
        hearing.docket_entry = entry
    Hearing.objects.bulk_create(made, batch_size=500)
    places = []
    for hearing in made:
        for row in diary.people(hearing.case):
            row.hearing, row.slot = hearing, hearing.slot
            places.append(row)
    HearingParticipant.objects.bulk_create(places, batch_size=1000)
    rows = Hearing.objects.filter(pk__in=[hearing.pk for hearing in made]).select_related("case__court", "courtroom")
    rows = rows.prefetch_related("participants", "case__parties")
    push_hearings([public_hearing(hearing) for hearing in rows if announced(hearing)])


def _entry(hearing: Hearing) -> DocketEntry:
    local = hearing.starts_at.astimezone(clock.COURT_ZONE)
    judge = hearing.case.judge
    return DocketEntry(
        case=hearing.case, kind="hearing", happened_on=local.date(), happened_at=local.time().replace(tzinfo=None),
        place=hearing.courtroom.name, actor=judge, capacity=judge.capacity_label("docket.write") if judge else "",
        entered_at=clock.now(),
    )  # fmt: skip
