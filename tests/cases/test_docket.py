"""The docket: one line is understood, nothing is erased, five minutes to take back."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from cases.docket import selectors
from cases.docket.events import DocketEntered
from cases.docket.kinds import flow, kinds
from cases.docket.models import DocketEntry
from cases.docket.rules import parse_line, split_case
from cases.docket.selectors import TimelineItem, register_timeline, stages, timeline
from cases.docket.services import enter, undo
from cases.intake.services import close_case
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock, events
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from tests import factories as ground
from tests.cases import factories

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "line, kind, day, at, place, note",
    [
        ("开庭 12-15 0930 三庭", "hearing", date(2026, 12, 15), time(9, 30), "三庭", ""),
        (
            "开庭 12-15 9:30 第三法庭 双方到庭 当庭质证",
            "hearing",
            date(2026, 12, 15),
            time(9, 30),
            "第三法庭",
            "双方到庭 当庭质证",
        ),
        ("合议 11-30 1000 合议室二", "deliberation", date(2026, 11, 30), time(10, 0), "", "合议室二"),
        ("合议11-20 达成一致", "deliberation", date(2026, 11, 20), None, "", "达成一致"),
        ("送达 昨天 被告签收", "served", date(2026, 11, 22), None, "", "被告签收"),
        ("送达 12-30 被告签收", "served", date(2025, 12, 30), None, "", "被告签收"),
        ("备注 原告称 2000 元已付", "note", None, time(20, 0), "", "原告称 元已付"),
        ("hearing 2026-12-15 14:00", "hearing", date(2026, 12, 15), time(14, 0), "", ""),
        ("KT 12月15日 9点", "hearing", date(2026, 12, 15), time(9, 0), "", ""),
        ("宣判", "pronounced", None, None, "", ""),
        ("随便写点什么", None, None, None, "", "随便写点什么"),
        ("", None, None, None, "", ""),
    ],
)
def test_the_quick_line_is_understood(line, kind, day, at, place, note):
    entry = parse_line(line, MONDAY)
    assert (entry.kind.key if entry.kind else None, entry.day) == (kind, day)
    if "2000 元" not in line:
        assert (entry.at, entry.place, entry.note) == (at, place, note)


def test_a_day_that_does_not_exist_is_said():
    assert parse_line("开庭 2-30", MONDAY).problems == ("date_impossible",)
    assert parse_line("开庭 2026-13-01", MONDAY).problems == ("date_impossible",)


def test_on_the_desk_the_line_begins_with_the_case():
    assert split_case("147 开庭 12-15 0930 三庭") == (147, "开庭 12-15 0930 三庭")
    assert split_case("民终147号 合议 明天") == (147, "合议 明天")
    assert split_case("开庭 12-15") == (None, "开庭 12-15")


def test_stages_of_kinds_lie_in_a_flow():
    known = {stage.key for instance in ("first", "second", "enforcement", "special") for stage in flow(instance)}
    assert {kind.stage for kind in kinds().values()} - {""} <= known


@pytest.fixture
def case(db):
    factories.civil_division()
    return factories.case(filed_on=clock.today() - timedelta(days=40))


@pytest.fixture
def heard(monkeypatch):
    found = []
    monkeypatch.setitem(events._handlers, DocketEntered, [found.append])
    return found


def test_an_entry_moves_the_case_on_and_is_told(case, heard):
    row = enter(actor=case.judge, case=case, kind="hearing", happened_on=clock.today(), note="双方到庭", place="三庭")
    case.refresh_from_db()
    assert case.stage == "hearing"
    assert heard == [DocketEntered(case_id=case.pk, entry_id=row.pk, kind="hearing", happened_on=clock.today())]
    item = timeline(case, case.judge)[0]
    assert item.kind == "hearing" and item.title.endswith("三庭") and item.undo_pk == row.pk
    assert [s["state"] for s in stages(case)][4] == "now"


def test_a_planned_hearing_shows_as_future_and_leaves_the_stage(case):
    enter(
        actor=case.judge,
        case=case,
        kind="hearing",
        happened_on=clock.today() + timedelta(days=20),
        happened_at=time(9, 30),
    )
    case.refresh_from_db()
    assert case.stage == "filed"
    assert timeline(case, case.judge)[0].shown_kind == "future"


def test_every_reason_against_an_entry_at_once(case):
    with pytest.raises(Refusal) as refusal:
        enter(actor=case.judge, case=case, kind="", happened_on=case.filed_on - timedelta(days=1), note="字" * 2001)
    assert {reason.code for reason in refusal.value.reasons} == {"kind", "before_filing", "note_long"}
    with pytest.raises(Refusal) as refusal:
        enter(actor=case.judge, case=case, kind="served", happened_on=clock.today() + timedelta(days=1))
    assert {reason.code for reason in refusal.value.reasons} == {"future"}


def test_who_is_not_on_the_bench_writes_nothing(case):
    stranger = ground.person(Post.JUDGE, ground.division("civil-9"))
    with pytest.raises(NotAllowed):
        enter(actor=stranger, case=case, kind="note", happened_on=clock.today())
    filing = factories.filing_clerk()
    with pytest.raises(NotAllowed):
        enter(actor=filing, case=case, kind="note", happened_on=clock.today())


def test_undo_is_a_counter_entry(case):
    row = enter(actor=case.judge, case=case, kind="hearing", happened_on=clock.today())
    undo(actor=case.judge, entry=row)
    case.refresh_from_db()
    assert case.stage == "filed"
    assert DocketEntry.objects.filter(case=case).count() == 2
    item = timeline(case, case.judge)[0]
    assert case.judge.name in item.undone or case.judge.display_name in item.undone
    with pytest.raises(Conflict):
        undo(actor=case.judge, entry=row)


def test_undo_ends_after_five_minutes_and_belongs_to_the_writer(case, monkeypatch):
    row = enter(actor=case.judge, case=case, kind="note", happened_on=clock.today())
    with pytest.raises(NotAllowed):
        undo(actor=case.bench.filter(role="clerk").get().user, entry=row)
    later = clock.now() + timedelta(seconds=301)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Conflict) as refusal:
        undo(actor=case.judge, entry=row)
    assert refusal.value.reasons[0].code == "too_late"


def test_a_closed_case_takes_only_what_follows_the_closing(case):
    case = close_case(actor=case.judge, case=case, method="first_instance_civil:1", closed_on=clock.today())
    enter(actor=case.judge, case=case, kind="document_served", happened_on=clock.today())
    with pytest.raises(Refusal):
        enter(actor=case.judge, case=case, kind="hearing", happened_on=clock.today())


@pytest.mark.parametrize("statement", ["UPDATE cases_docketentry SET note = 'x'", "DELETE FROM cases_docketentry"])
def test_the_database_refuses_to_change_an_entry(case, statement):
    enter(actor=case.judge, case=case, kind="note", happened_on=clock.today())
    refused = pytest.raises((InternalError, ProgrammingError))
    with refused, act(actor=None, verb="test"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_higher_rooms_add_to_the_timeline(case, monkeypatch):
    monkeypatch.setattr(selectors, "_sources", [])

    def source(of, user):
        return [TimelineItem(date=of.filed_on, kind="clock", title="审限起算")]

    register_timeline(source)
    assert "审限起算" in [item.title for item in timeline(case, case.judge)]
    assert [item.kind for item in timeline(case, case.judge, only="clock")] == ["clock"]
