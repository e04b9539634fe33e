"""What the court relies on: no double booking, notice in time, caps on adjournments, a docket that says the same."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases.docket.models import DocketEntry
from cases.docket.services import enter, undo
from cases.intake.bench_services import reassign_judge
from cases.intake.services import close_case
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from deadlines.hearings import bulk, feeds
from deadlines.hearings.models import FeedToken, Hearing, HearingParticipant
from deadlines.hearings.periods import notice_of
from deadlines.hearings.services import adjourn, cancel, check_schedule, hold, reschedule, schedule_hearing
from tests import factories as ground
from tests.deadlines import hearing_factories as make

pytestmark = pytest.mark.django_db


def codes(refused) -> set[str]:
    return {reason.code for reason in refused.value.reasons}


def schedule(case, **fields):
    return schedule_hearing(actor=None, case=case, draft=make.draft(**fields))


def test_a_hearing_writes_its_docket_entry_and_its_trace():
    case = make.case()
    hearing = make.hearing(case)
    entry = hearing.docket_entry
    assert (entry.kind, entry.happened_on, entry.place) == ("hearing", hearing.day, "第一法庭")
    assert AuditEntry.objects.filter(verb="hearing.schedule", case_id=case.pk).count() == 1
    assert {row.user_id for row in hearing.participants.all() if row.user_id} >= {case.judge_id}


def test_room_and_judge_taken_are_named_with_case_and_time_all_at_once():
    case = make.with_lawyer()
    first = make.hearing(case)
    with pytest.raises(Refusal) as refused:
        schedule(case, hour=10)
    assert codes(refused) == {"room_taken", "person_taken", "representative_taken"}
    assert all(first.case.number in str(reason.message) for reason in refused.value.reasons)
    assert Hearing.objects.count() == 1


def test_one_lawyer_in_two_cases_of_two_divisions_cannot_be_in_two_rooms():
    make.hearing(make.with_lawyer(division_id=make.division_of_its_own(1)))
    other = make.with_lawyer(division_id=make.division_of_its_own(2))
    with pytest.raises(Refusal) as refused:
        schedule(other, number=2)
    assert codes(refused) == {"representative_taken"}
    assert schedule(other, number=2, hour=14).pk


def test_a_hearing_that_ends_when_the_next_begins_is_no_conflict():
    case = make.case()
    make.hearing(case, hour=9)
    assert schedule(case, hour=11).pk


def test_everything_that_stands_against_a_hearing_is_said_at_once():
    case = make.case()
    day = make.working_day()
    bad = make.draft(day, courtroom=999, kind="party", is_public=False)
    with pytest.raises(Refusal) as refused:
        schedule_hearing(actor=None, case=case, draft=replace(bad, ends_at=bad.starts_at - timedelta(hours=1)))
    assert codes(refused) == {"room_unknown", "kind", "ground", "reversed"}


def test_a_closed_room_and_a_closed_case_and_the_past_are_refused():
    case = make.case()
    room = make.room(3)
    with act(actor=None, verb="test.close_room"):
        room.closed_on = clock.today()
        room.save()
    with pytest.raises(Refusal) as refused:
        schedule(case, number=3)
    assert codes(refused) == {"room_closed"}
    with pytest.raises(Refusal) as refused:
        schedule(case, day=clock.today() - timedelta(days=1))
    assert "past" in codes(refused)
    close_case(actor=None, case=case, method="first_instance_civil:1", closed_on=clock.today())
    case.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        schedule(case)
    assert codes(refused) == {"case_closed"}


def test_a_day_off_or_an_evening_needs_a_reason():
    case = make.case()
    saturday = clock.today() + timedelta(days=(5 - clock.today().weekday()) % 7 + 14)
    with pytest.raises(Refusal) as refused:
        schedule(case, day=saturday, hour=19)
    assert codes(refused) == {"day_off", "off_hours"}
    assert schedule(case, day=saturday, hour=19, off_hours_reason="当事人仅该日在国内，院长同意").pk


@pytest.mark.parametrize(
    ("hearing_day", "last_notice_day"),
    [
        (date(2025, 3, 14), date(2025, 3, 11)),  # Friday: three days before is Tuesday
        (date(2025, 3, 12), date(2025, 3, 7)),  # Wednesday: Sunday before, so the Friday before that
        (date(2025, 10, 9), date(2025, 9, 30)),  # 10-06 lies in the National Day week 10-01 to 10-08
        (date(2025, 10, 14), date(2025, 10, 11)),  # 10-11 is a Saturday worked for the holiday (调休)
    ],
)
def test_notice_counts_back_across_holidays_and_worked_weekends(hearing_day, last_notice_day):
    with clock.as_of(date(2025, 3, 3)):
        case = make.case(filed_on=date(2025, 3, 3))
    assert notice_of(case, hearing_day).day == last_notice_day
    with clock.as_of(last_notice_day):
        assert check_schedule(actor=None, case=case, draft=make.draft(hearing_day)) == []
    with clock.as_of(last_notice_day + timedelta(days=1)):
        found = check_schedule(actor=None, case=case, draft=make.draft(hearing_day))
        assert [reason.code for reason in found] == ["short_notice"]
        consent = make.draft(hearing_day, short_notice_consent="双方同意书 3 月 10 日")
        assert check_schedule(actor=None, case=case, draft=consent) == []


def test_a_planned_entry_is_taken_over_and_not_written_twice():
    case = make.case()
    day = make.working_day()
    entry = enter(actor=None, case=case, kind="hearing", happened_on=day, happened_at=make.at(day).time(), place="一庭")
    hearing = schedule(case, day=day, entry=entry.pk)
    assert hearing.docket_entry_id == entry.pk
    assert DocketEntry.objects.filter(case=case, kind="hearing").count() == 1


def test_moving_strikes_the_old_entry_and_keeps_the_first_date():
    hearing = make.hearing()
    old, first = hearing.docket_entry, hearing.first_on
    moved = reschedule(actor=None, hearing=hearing, draft=make.draft(make.working_day(12), number=2))
    moved.refresh_from_db()
    assert DocketEntry.objects.filter(undoes=old).exists()
    assert (moved.moves, moved.first_on, moved.courtroom.code) == (1, first, "room-2")
    assert moved.participants.first().slot == moved.slot


def test_a_new_judge_takes_the_seat_and_the_time_may_stay():
    hearing = make.hearing(day=make.working_day(1), short_notice_consent="双方同意书")
    case, before, entry = hearing.case, hearing.case.judge_id, hearing.docket_entry_id
    other = case.division.appointments.exclude(user=before).filter(post=Post.JUDGE).first().user
    reassign_judge(actor=None, case=case, judge=other, reason="原承办法官调离")
    case.refresh_from_db()
    same = make.draft(hearing.day)
    kept = reschedule(actor=None, hearing=Hearing.objects.get(pk=hearing.pk), draft=same)
    assert (kept.moves, kept.docket_entry_id, kept.slot) == (0, entry, hearing.slot)
    assert other.pk in {row.user_id for row in kept.participants.all()}


def test_taking_back_the_entry_calls_the_hearing_off():
    judge_case = make.case()
    day = make.working_day()
    entry = enter(actor=judge_case.judge, case=judge_case, kind="hearing", happened_on=day)
    hearing = schedule(judge_case, day=day, entry=entry.pk)
    undo(actor=judge_case.judge, entry=entry)
    hearing.refresh_from_db()
    assert hearing.status == "cancelled"
    assert not hearing.participants.filter(live=True).exists()


def test_cancelling_frees_room_and_people_and_needs_a_reason():
    case = make.case()
    hearing = make.hearing(case)
    with pytest.raises(Refusal):
        cancel(actor=None, hearing=hearing, reason=" ")
    cancel(actor=None, hearing=hearing, reason="原告撤诉")
    assert schedule(case).pk
    with pytest.raises(Conflict):
        cancel(actor=None, hearing=hearing, reason="再次")


@pytest.mark.parametrize(("procedure", "most"), [("ordinary", 2), ("simplified", 1)])
def test_adjournments_are_capped_by_procedure(procedure, most):
    case = make.case()
    with act(actor=None, verb="test.procedure"):
        type(case).objects.filter(pk=case.pk).update(procedure=procedure)
    case.refresh_from_db()
    hearing = make.hearing(case, day=make.working_day(10))
    for number in range(most):
        following = make.draft(make.working_day(12 + number))
        hearing = adjourn(actor=None, hearing=hearing, reason="absent", note="被告住院", following=following)
    with pytest.raises(Refusal) as refused:
        adjourn(actor=None, hearing=hearing, reason="absent", note="再次住院")
    assert codes(refused) == {"cap"}
    hearing.refresh_from_db()
    assert hearing.status == "scheduled"


def test_the_next_hearing_follows_within_a_month_unless_the_parties_agree():
    case = make.case()
    hearing = make.hearing(case, day=make.working_day(5))
    late = make.draft(make.working_day(40))
    with pytest.raises(Refusal) as refused:
        adjourn(actor=None, hearing=hearing, reason="evidence", note="重新鉴定", following=late)
    assert codes(refused) == {"gap"}
    hearing.refresh_from_db()
    assert hearing.status == "scheduled"
    agreed = replace(late, gap_consent="双方同意书")
    following = adjourn(actor=None, hearing=hearing, reason="evidence", note="重新鉴定", following=agreed)
    assert following.continues_id == hearing.pk


def test_reasons_of_adjournment_are_legal_ones_of_that_kind_of_case():
    hearing = make.hearing()
    for reason, code in (("busy", "reason"), ("investigation", "reason_criminal")):
        with pytest.raises(Refusal) as refused:
            adjourn(actor=None, hearing=hearing, reason=reason, note="")
        assert codes(refused) == {code, "note_missing"}


def test_a_hearing_is_held_only_after_it_began():
    hearing = make.hearing()
    with pytest.raises(Refusal):
        hold(actor=None, hearing=hearing)
    with clock.as_of(hearing.day + timedelta(days=1)):
        assert hold(actor=None, hearing=hearing).status == "held"


def test_nobody_arranges_hearings_of_a_case_outside_their_posts():
    case = make.case()
    stranger = ground.person(Post.JUDGE, ground.division("civil-9"))
    with pytest.raises(NotAllowed):
        schedule_hearing(actor=stranger, case=case, draft=make.draft())
    with pytest.raises(NotAllowed):
        schedule_hearing(actor=ground.person(Post.DISCIPLINE), case=case, draft=make.draft())


def test_a_conflict_with_a_case_one_may_not_see_does_not_betray_it():
    hidden = make.hearing(make.case(division_id=make.division_of_its_own(1)))
    case = make.case(division_id=make.division_of_its_own(2))
    found = check_schedule(actor=case.judge, case=case, draft=make.draft())
    assert [reason.code for reason in found] == ["room_taken"]
    assert hidden.case.number not in str(found[0].message)


def test_tables_refuse_writes_outside_an_act():
    hearing = make.hearing()
    with pytest.raises(Exception, match="outside an audited act"), transaction.atomic():
        Hearing.objects.filter(pk=hearing.pk).update(note="x")


# the database itself


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("taken", ["room", "judge", "lawyer"])
def test_two_connections_at_once_cannot_book_the_same(taken):
    same = make.division_of_its_own(1)
    if taken == "judge":
        judge = make.case(division_id=same).judge_id
        one, two = (make.case(division_id=same, judge_id=judge, assign_reason="指定") for _ in range(2))
    else:
        other = make.division_of_its_own(2)
        build = make.with_lawyer if taken == "lawyer" else make.case
        one, two = build(division_id=same), build(division_id=other)
    drafts = [make.draft(number=1), make.draft(number=1 if taken == "room" else 2)]
    started, won, lost = threading.Barrier(2), [], []

    def book(case, draft):
        started.wait()
        try:
            won.append(schedule_hearing(actor=None, case=case, draft=draft).pk)
        except (Refusal, Conflict) as refusal:
            lost.append({reason.code for reason in refusal.reasons})
        finally:
            connection.close()

    threads = [threading.Thread(target=book, args=pair) for pair in zip((one, two), drafts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1 and len(lost) == 1
    assert Hearing.objects.count() == 1


def test_the_constraint_holds_below_every_service():
    first = make.hearing()
    with pytest.raises(IntegrityError, match="hearing_room_once"), act(actor=None, verb="test.raw"):
        Hearing.objects.create(
            case=first.case, courtroom=first.courtroom, slot=first.slot, first_on=first.day, notice_on=first.day,
            scheduled_at=clock.now(),
        )  # fmt: skip


def test_copies_at_the_participants_cannot_be_falsified():
    hearing = make.hearing()
    with act(actor=None, verb="test.raw"):
        HearingParticipant.objects.filter(hearing=hearing).update(live=False)
    assert not hearing.participants.filter(live=False).exists()


# many at once


def test_the_bulk_preview_is_what_happens():
    case = make.case()
    chief = ground.person(Post.DIVISION_CHIEF)
    hearings = [make.hearing(case, hour=hour) for hour in (9, 14)]
    wanted = bulk.BulkMove(tuple(row.pk for row in hearings), days=3, courtroom=make.room(4).pk)
    plan = bulk.plan(actor=chief, wanted=wanted)
    assert plan.blocked == 0
    assert Hearing.objects.filter(courtroom__code="room-1").count() == 2
    bulk.apply(actor=chief, wanted=wanted, digest=plan.digest)
    after = {row.pk: ((row.starts_at, row.ends_at), row.courtroom_id) for row in Hearing.objects.all()}
    assert after == {line.hearing.pk: (line.span, line.room.pk) for line in plan.lines}


def test_hearings_may_take_each_others_places_in_one_move():
    case = make.case()
    days = [make.working_day(10 + number) for number in range(3)]
    hearings = [make.hearing(case, day=day) for day in days]
    wanted = bulk.BulkMove(tuple(row.pk for row in hearings), days=1)
    plan = bulk.plan(actor=None, wanted=wanted)
    assert plan.blocked == 0
    bulk.apply(actor=None, wanted=wanted, digest=plan.digest)
    assert sorted(row.day for row in Hearing.objects.all()) == [*days[1:], make.working_day(13)]


def test_one_that_cannot_move_stops_all_and_says_why():
    case = make.case()
    mover = make.hearing(case, day=make.working_day(10))
    free = make.hearing(case, day=make.working_day(20))
    make.hearing(case, day=make.working_day(11))
    wanted = bulk.BulkMove((mover.pk, free.pk), days=1)
    plan = bulk.plan(actor=None, wanted=wanted)
    assert [bool(line.reasons) for line in plan.lines] == [True, False]
    with pytest.raises(Refusal):
        bulk.apply(actor=None, wanted=wanted, digest=plan.digest)
    free.refresh_from_db()
    assert free.day == make.working_day(20)


def test_a_plan_that_changed_since_it_was_seen_is_not_applied():
    hearing = make.hearing()
    wanted = bulk.BulkMove((hearing.pk,), days=1)
    digest = bulk.plan(actor=None, wanted=wanted).digest
    reschedule(actor=None, hearing=hearing, draft=make.draft(make.working_day(15)))
    with pytest.raises(Conflict):
        bulk.apply(actor=None, wanted=wanted, digest=digest)


def test_a_bulk_move_without_sense_is_refused():
    with pytest.raises(Refusal) as refused:
        bulk.plan(actor=None, wanted=bulk.BulkMove(()))
    assert codes(refused) == {"none_chosen", "no_move"}


# feeds


def test_a_feed_holds_ones_hearings_and_ends_when_revoked():
    case = make.case()
    hearing = make.hearing(case)
    feed, token = feeds.open_feed(actor=case.judge)
    assert not FeedToken.objects.filter(digest__contains=token).exists()
    text = feeds.calendar_of(feeds.feed_of(token)).decode()
    assert case.number in text.replace("\r\n ", "") and f"hearing-{hearing.pk}@" in text
    with pytest.raises(NotAllowed):
        feeds.revoke_feed(actor=ground.person(Post.JUDGE), feed=feed)
    feeds.revoke_feed(actor=case.judge, feed=feed)
    assert feeds.feed_of(token) is None
    with pytest.raises(Conflict):
        feeds.revoke_feed(actor=case.judge, feed=feed)


def test_a_feed_says_nothing_of_a_secret_case():
    case = make.case()
    with act(actor=None, verb="test.secret"):
        type(case).objects.filter(pk=case.pk).update(secrecy="secret")
    make.hearing(case, is_public=False, closed_ground="state_secret")
    feed, token = feeds.open_feed(actor=case.judge)
    text = feeds.calendar_of(feeds.feed_of(token)).decode().replace("\r\n ", "")
    assert case.number not in text and case.title not in text and "DTSTART" in text


def test_the_feed_of_somebody_who_left_is_gone():
    judge = make.case().judge
    _feed, token = feeds.open_feed(actor=judge)
    judge.is_active = False
    judge.save()
    assert feeds.feed_of(token) is None
