"""Bad input of hearings, appraisals and preservation, by page and by API: all reasons at once, nothing changed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cases.appraisal.models import Entrustment
from cases.docket.models import DocketEntry
from cases.preservation.models import Measure, PreservationApplication
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from deadlines.calendars.models import CalendarDay
from deadlines.clocks.models import Clock
from deadlines.hearings.hours import hours_on, set_hours
from deadlines.hearings.models import Adjournment, CourtHours, Hearing
from deadlines.hearings.periods import before_of, cap_of, notice_of, simple_notice
from deadlines.hearings.services import check_schedule
from deadlines.rulebook.models import TargetVersion
from tests import factories as ground
from tests.cases import factories as cases
from tests.deadlines import hearing_factories as make

pytestmark = pytest.mark.django_db
TABLES = (Hearing, Adjournment, DocketEntry, Clock, CalendarDay, CourtHours, Entrustment, Measure,
          PreservationApplication, TargetVersion)  # fmt: skip


def everything():
    """Every row of the rooms, so that a changed field shows as well as a new row."""
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}


@pytest.fixture
def hearing():
    return make.hearing(make.with_lawyer())


def body(day: date, first: str = "09:00", last: str = "11:00", **more):
    def moment(at: str) -> str:
        return datetime.combine(day, time.fromisoformat(at), tzinfo=clock.COURT_ZONE).isoformat()

    return {"courtroom": make.room().pk, "starts_at": moment(first), "ends_at": moment(last)} | more


def form(day: date, first: str = "09:00", last: str = "11:00", **more):
    values = {"kind": "hearing", "day": day.isoformat(), "starts_at": first, "ends_at": last,
              "courtroom": make.room().pk, "is_public": "on"}  # fmt: skip
    return values | more


YESTERDAY = -1
#: day from today, times, other fields, codes by API, words by page (all of them at once)
BAD = [
    (YESTERDAY, "09:00", "11:00", {"courtroom": 999}, {"past", "room_unknown"}, ["开庭时间已过"]),
    (14, "11:00", "09:00", {"is_public": False}, {"reversed", "ground"},
     ["结束时间须晚于开始时间", "不公开审理须有法定理由"]),
    (14, "09:00", "09:05", {}, {"length"}, ["15 分钟"]),
    (14, "07:00", "09:00", {}, {"off_hours"}, ["办公时间"]),
    (900, "09:00", "11:00", {"closed_ground": "privacy"}, {"too_far", "ground_of_public"}, ["一年后", "公开审理不写"]),
    (1, "09:00", "11:00", {}, {"short_notice"}, ["通知不足三日"]),
]  # fmt: skip


def on_a_working_day(after: int) -> date:
    if after < 0 or after > 366:
        return clock.today() + timedelta(days=after)
    return make.working_day(after)


@pytest.mark.parametrize(("after", "first", "last", "more", "codes", "words"), BAD)
def test_scheduling_and_moving_refuse_everything_at_once(client, hearing, after, first, last, more, codes, words):
    day = on_a_working_day(after)
    client.force_login(hearing.case.judge)
    other, program = hearing.case, {"content_type": "application/json"}
    before = everything()
    made = client.post("/api/v1/hearings/", body(day, first, last, case=other.pk, **more), **program)
    assert made.status_code == 400 and {error["code"] for error in made.json()["errors"]} >= codes
    moved = client.post(f"/api/v1/hearings/{hearing.pk}/move/", body(day, first, last, **more), **program)
    assert moved.status_code == 400 and {error["code"] for error in moved.json()["errors"]} >= codes
    typed = {key: value for key, value in more.items() if value is not False}
    sent = form(day, first, last, bench=[other.judge_id], **typed)
    if more.get("is_public") is False:
        del sent["is_public"]
    for address in (reverse("hearings:new", args=[other.pk]), reverse("hearings:move", args=[hearing.pk])):
        page = client.post(address, sent)
        assert page.status_code == 400
        if "courtroom" not in more:  # a room that is not in the list stops the form before the times are looked at
            assert all(word in page.text for word in words), address
    assert everything() == before


def test_overlapping_hearings_of_room_judge_and_lawyer_change_nothing(client, hearing):
    client.force_login(hearing.case.judge)
    before = everything()
    sent = body(hearing.day, "10:00", "12:00", case=hearing.case_id)
    answer = client.post("/api/v1/hearings/", sent, content_type="application/json")
    assert answer.status_code == 400
    found = {error["code"] for error in answer.json()["errors"]}
    assert found == {"room_taken", "person_taken", "representative_taken"} and everything() == before


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("adjourn", {"reason": "rain", "note": ""}),
        ("adjourn", {"reason": "", "note": "x" * 400}),
        ("adjourn", {"reason": "absent", "note": "住院", "set_next": "on", "next-day": "2020-01-01",
                     "next-starts_at": "11:00", "next-ends_at": "09:00", "next-courtroom": "999"}),
        ("cancel", {"cancel-reason": ""}),
        ("hold", {}),
    ],
)  # fmt: skip
def test_acts_on_a_hearing_without_sense_change_nothing(client, hearing, address, sent):
    client.force_login(hearing.case.judge)
    before = everything()
    page = client.post(reverse(f"hearings:{address}", args=[hearing.pk]), sent)
    assert page.status_code == 400 and everything() == before


@pytest.mark.parametrize("query", ["first=2026-12-10&last=2026-12-01", "first=9999-12-31&last=0001-01-01"])
def test_a_reversed_span_in_an_address_finds_nothing_and_does_not_fail(client, hearing, query):
    client.force_login(ground.person(Post.DIVISION_CHIEF))
    answer = client.get(f"/api/v1/hearings/?{query}")
    assert answer.status_code == 400 and answer.json()["errors"][0]["field"] == "last"
    for name in ("list", "bulk"):
        assert client.get(reverse(f"hearings:{name}") + f"?{query}").status_code == 200


def test_a_hearing_that_is_over_is_neither_moved_nor_cancelled(client, hearing):
    with act(actor=None, verb="test.cancel"):
        Hearing.objects.filter(pk=hearing.pk).update(status="cancelled", end_reason="撤诉")
    client.force_login(hearing.case.judge)
    before = everything()
    sent = {"move": body(make.working_day(12)), "cancel": {"reason": "再取消"}, "hold": {},
            "adjourn": {"reason": "absent", "note": "住院"}}  # fmt: skip
    for name, data in sent.items():
        answer = client.post(f"/api/v1/hearings/{hearing.pk}/{name}/", data, content_type="application/json")
        assert answer.status_code == 409, name
    assert everything() == before


# office hours


def hours(**more):
    values = {"valid_from": (clock.today() + timedelta(days=20)).isoformat(), "opens": "08:00", "break_from": "12:00",
              "break_to": "14:30", "closes": "18:00", "reason": "夏令作息"}  # fmt: skip
    return values | more


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"opens": "13:00", "reason": " "}, {"reason"}),
        ({"closes": "12:30"}, {"opens"}),
        ({"valid_from": "2020-01-01", "break_to": "11:00"}, {"opens", "valid_from"}),
        ({"valid_from": "2026-02-30", "opens": "25:00"}, {"opens", "valid_from"}),
    ],
)
def test_office_hours_without_sense_are_refused_with_all_reasons(client, change, fields):
    client.force_login(ground.person(Post.TRIAL_MANAGEMENT, ground.division("mgmt")))
    before = everything()
    for doing in ("preview", "save"):
        page = client.post(reverse("hearings:hours"), hours(**change) | {"act": doing})
        assert page.status_code == 400 and set(page.context["form"].errors) >= fields
    assert everything() == before


def test_new_office_hours_hold_from_their_day_and_name_who_would_lie_outside(client, hearing):
    client.force_login(ground.person(Post.TRIAL_MANAGEMENT, ground.division("mgmt")))
    start = clock.today() + timedelta(days=1)
    sent = hours(valid_from=start.isoformat(), opens="09:30")
    page = client.post(reverse("hearings:hours"), sent | {"act": "preview"})
    assert page.status_code == 200 and page.context["preview"]["hearings"] == [hearing]  # from nine to eleven
    assert client.post(reverse("hearings:hours"), sent | {"act": "save"}).status_code == 302
    assert (hours_on(start).closes, hours_on(clock.today()).closes) == (time(18), time(17, 30))
    late = make.draft(make.working_day(11), hour=16, hours=2)
    assert check_schedule(actor=None, case=hearing.case, draft=late) == []
    early = check_schedule(actor=None, case=hearing.case, draft=make.draft(make.working_day(11)))
    assert [reason.code for reason in early] == ["off_hours"] and "09:30–18:00" in str(early[0].message)
    client.force_login(hearing.case.judge)
    assert client.get(reverse("hearings:hours")).status_code == 403


def test_the_tables_of_office_hours_are_kept():
    with pytest.raises(DatabaseError, match="permanent record"), transaction.atomic(), act(actor=None, verb="test"):
        CourtHours.objects.update(reason="改")
    row = set_hours(
        actor=None, valid_from=clock.today() + timedelta(days=3), opens=time(9), break_from=time(12),
        break_to=time(13), closes=time(17), reason="冬令作息",
    )  # fmt: skip
    assert CourtHours.objects.first() == row


# notice by procedure, and what else is due before a hearing


@pytest.mark.parametrize(
    ("category", "type_code", "procedure", "three_days", "most"),
    [
        ("civil", "0301", "ordinary", True, 2),
        ("civil", "0301", "simplified", False, 1),
        ("criminal", "0201", "ordinary", True, None),
        ("criminal", "0201", "summary", False, None),
        ("administrative", "0401", "ordinary", True, None),
        ("enforcement", "1002", "enforcement", None, None),
    ],
)
def test_notice_and_cap_follow_the_procedure_by_the_pack(category, type_code, procedure, three_days, most):
    case = make.case()
    with act(actor=None, verb="test.procedure"):
        type(case).objects.filter(pk=case.pk).update(category=category, type_code=type_code, procedure=procedure)
    case.refresh_from_db()
    tomorrow = make.working_day(1)
    assert (notice_of(case, tomorrow) is not None) is bool(three_days) and cap_of(case).most == most
    assert bool(simple_notice(case)) is (three_days is False)
    found = [reason.code for reason in check_schedule(actor=None, case=case, draft=make.draft(tomorrow))]
    assert found == (["short_notice"] if three_days else [])


def test_before_a_criminal_hearing_stand_indictment_evidence_and_legal_aid():
    case = make.case()
    with act(actor=None, verb="test.procedure"):
        type(case).objects.filter(pk=case.pk).update(category="criminal", type_code="0201", procedure="ordinary")
    case.refresh_from_db()
    # Friday 2026-12-18: fifteen days before is Thursday 12-03, ten is Tuesday 12-08; five is Sunday 12-13, so Friday
    assert [row.day for row in before_of(case, date(2026, 12, 18))] == [
        date(2026, 12, 3), date(2026, 12, 8), date(2026, 12, 11)
    ]  # fmt: skip
    with act(actor=None, verb="test.procedure"):
        type(case).objects.filter(pk=case.pk).update(procedure="summary")
    case.refresh_from_db()
    assert before_of(case, date(2026, 12, 18)) == []


def test_a_party_with_another_hearing_is_told_and_not_refused(client):
    number = cases.resident_id("19800101")
    person = {"name": "戊一", "identity_kind": "resident_id", "identity_number": number}
    first = make.case(parties=(cases.company_party(), cases.person_party(**person)),
                      division_id=make.division_of_its_own(1))  # fmt: skip
    other = make.case(parties=(cases.company_party(), cases.person_party(**person)),
                      division_id=make.division_of_its_own(2))  # fmt: skip
    make.hearing(first)
    client.force_login(other.judge)
    day = make.working_day()
    sent = form(day, "10:00", "12:00", courtroom=make.room(2).pk, bench=[other.judge_id])
    page = client.post(reverse("hearings:new", args=[other.pk]), sent | {"check": "1"})
    assert page.status_code == 200 and "当事人戊一同一时段另有庭审" in page.text
    assert first.number not in page.text  # a case outside one's posts is not named
    page = client.post(reverse("hearings:new", args=[other.pk]), sent, follow=True)
    made = Hearing.objects.get(case=other)
    assert page.status_code == 200 and "戊一" in page.text
    [warning] = client.get(f"/api/v1/hearings/{made.pk}/").json()["warnings"]
    assert warning["code"] == "party_elsewhere" and first.number not in warning["message"]


# appraisal and preservation


@pytest.mark.parametrize(
    ("address", "sent", "codes"),
    [
        ("/api/v1/appraisals/", {"kind": "moon", "matters": " x", "purpose": "y", "decided_on": "2999-01-01"},
         {"kind", "future"}),
        ("/api/v1/preservation-applications/",
         {"kind": "pre_suit", "amount": "-1", "grounds": "转移", "security": "none",
          "received_at": "2999-01-01T00:00:00+08:00"}, {"amount", "security_needed", "future"}),
    ],
)  # fmt: skip
def test_first_acts_of_appraisal_and_preservation_refuse_everything_at_once(client, hearing, address, sent, codes):
    case = hearing.case
    client.force_login(case.judge)
    first, second = case.parties.all()
    sent = sent | {"case": case.pk, "applicant": first.pk, "respondent": second.pk}
    before = everything()
    answer = client.post(address, sent, content_type="application/json")
    assert answer.status_code == 400 and {error["code"] for error in answer.json()["errors"]} == codes
    assert everything() == before
    assert client.post(address, sent | {"case": 10**9}, content_type="application/json").status_code == 404


def test_what_form_and_act_refuse_is_told_together(client, hearing):
    """A text that is missing does not hide what else is wrong."""
    before_judge = hearing.case.judge
    client.force_login(ground.person(Post.TRIAL_MANAGEMENT, ground.division("mgmt")))
    before = everything()
    sent = {"amount": "99", "unit": "working_day", "effective_from": "2020-01-01", "reason": ""}
    page = client.post(reverse("deadlines:target", args=["apr_dna"]), sent)
    assert page.status_code == 400 and set(page.context["form"].errors) == {"reason", "amount", "effective_from"}
    page = client.post(reverse("hearings:hours"), hours(closes="12:30", valid_from="2020-01-01", reason=""))
    assert page.status_code == 400 and set(page.context["form"].errors) == {"reason", "opens", "valid_from"}
    page = client.post(reverse("deadlines:calendar_close"), {"days": "2026-12-05", "reason": ""})
    assert page.status_code == 400 and set(page.context["closure"].errors) == {"reason", "days"}
    client.force_login(before_judge)
    first, second = hearing.case.parties.all()
    applied = {
        "kind": "pre_suit", "applicant": first.pk, "respondent": first.pk, "amount": "-1", "grounds": "",
        "security": "none", "received_at": "2999-01-01T00:00",
    }  # fmt: skip
    page = client.post(
        reverse("preservation:apply", args=[hearing.case_id]),
        {f"apply-{name}": value for name, value in applied.items()},
    )
    wanted = {"grounds", "respondent", "amount", "security", "received_at"}
    assert page.status_code == 400 and set(page.context["form"].errors) == wanted
    assert second.pk and everything() == before
