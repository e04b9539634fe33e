"""The ladder: where an escalation starts, how it climbs by itself, and how it ends when its cause ends."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from cases.intake.models import Case
from cases.intake.services import close_case
from courtcms.accounts.models import Appointment
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.notices.models import Notice
from deadlines.clocks import services as clock_services
from deadlines.clocks.models import Clock
from deadlines.scan.models import ScanRun
from oversight.escalation.ladder import LadderError, parse_ladder, shipped_ladder
from oversight.escalation.models import Escalation, EscalationAct, LadderVersion
from oversight.escalation.scheduled import open_for_run
from tests import factories as ground
from tests.oversight.factories import D, People, live, scanned, stands, worked_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return People()


def kinds(case: Case) -> list[str]:
    return list(EscalationAct.objects.filter(escalation__case=case).order_by("pk").values_list("kind", flat=True))


def test_a_limit_about_to_end_starts_with_the_judge(people: People) -> None:
    """Fifteen days before the end; one working day to answer, the Monday after that Sunday."""
    case = people.case()
    scanned("2025-07-27")
    assert stands(case) == (people.judge, "2025-07-28")
    assert Notice.objects.filter(recipient=people.judge, kind="escalations").count() == 1


def test_a_limit_that_ended_starts_with_the_chief(people: People) -> None:
    """The day after the due day, a Tuesday; three working days."""
    case = people.case()
    scanned("2025-08-12")
    assert stands(case) == (people.chief, "2025-08-15")
    assert live(case).single


def test_an_amber_alert_is_no_escalation(people: People) -> None:
    case = people.case()
    scanned("2025-06-11")
    assert not Escalation.objects.filter(case=case).exists()
    told = Notice.objects.get(recipient=people.judge, kind="escalations")
    assert told.sentence == f"{case.number}：期限过半"


def test_unanswered_it_climbs_rung_by_rung_and_says_so(people: People) -> None:
    case = people.case()
    scanned("2025-07-27")
    way = [("2025-07-28", people.judge), ("2025-07-29", people.presiding), ("2025-07-31", people.presiding),
           ("2025-08-01", people.chief), ("2025-08-06", people.chief), ("2025-08-07", people.vice)]  # fmt: skip
    for day, holder in way:
        worked_off(day)
        assert stands(case)[0] == holder, day
    climbs = EscalationAct.objects.filter(escalation__case=case, kind="climbed").order_by("pk")
    assert [(line.from_holder, line.holder) for line in climbs] == [
        (people.judge, people.presiding), (people.presiding, people.chief), (people.chief, people.vice),
    ]  # fmt: skip
    assert climbs[0].shown_text == "答复期 2025-07-28 已过而没有答复，自动上送"
    sentences = [notice.sentence for notice in Notice.objects.filter(recipient=people.presiding)]
    assert any("已上送到您" in sentence for sentence in sentences)
    assert any("已自动上送" in notice.sentence for notice in Notice.objects.filter(recipient=people.judge))


def test_a_rung_on_which_nobody_else_stands_is_passed_over(people: People) -> None:
    """The judge presides alone: the next one is the chief."""
    case = people.case(presiding=False)
    scanned("2025-07-27")
    worked_off("2025-07-29")
    assert stands(case)[0] == people.chief


def test_at_the_top_it_stays_and_is_still_owed(people: People) -> None:
    case = people.case()
    scanned("2025-08-12")
    for day in ("2025-08-18", "2025-08-26", "2025-09-03", "2025-09-15", "2025-09-30"):
        worked_off(day)
    row = live(case)
    assert (row.holder, row.state) == (people.president, "open")
    assert row.due_on < D("2025-09-30")


def test_a_second_run_on_the_same_day_changes_nothing(people: People) -> None:
    people.case()
    scanned("2025-07-27")
    first = worked_off("2025-07-29")
    lines, notices = EscalationAct.objects.count(), Notice.objects.count()
    second = worked_off("2025-07-29")
    assert (first.climbed, second.climbed, second.reminded, second.closed) == (1, 0, 0, 0)
    assert (EscalationAct.objects.count(), Notice.objects.count()) == (lines, notices)


def test_opening_for_the_same_scan_twice_changes_nothing(people: People) -> None:
    people.case()
    scanned("2025-07-27")
    with court_clock.as_of(D("2025-07-27")):
        assert open_for_run(scan_run_id=ScanRun.objects.latest("pk").pk) == {"opened": 0, "raised": 0}
    assert Escalation.objects.count() == 1


def test_a_lost_week_is_made_up_one_rung_a_run(people: People) -> None:
    case = people.case()
    scanned("2025-07-27")
    worked_off("2025-08-08")
    assert stands(case) == (people.presiding, "2025-08-12")


def test_a_worse_alert_lifts_it_to_the_rung_where_that_starts(people: People) -> None:
    case = people.case()
    scanned("2025-08-11")
    assert stands(case)[0] == people.judge
    scanned("2025-08-12")
    assert stands(case) == (people.chief, "2025-08-15")
    assert Escalation.objects.filter(case=case).count() == 1
    assert kinds(case)[:2] == ["opened", "raised"]


def test_on_its_last_day_whoever_owes_is_reminded_once(people: People) -> None:
    case = people.case()
    scanned("2025-08-12")
    assert worked_off("2025-08-14").reminded == 0
    assert worked_off("2025-08-15").reminded == 1
    assert worked_off("2025-08-15").reminded == 0
    assert "最后一日" in Notice.objects.filter(recipient=people.chief).latest("pk").sentence
    assert kinds(case) == ["opened", "reminded"]


class TestItEndsWhenItsCauseEnds:
    @pytest.fixture
    def case(self, people: People) -> Case:
        case = people.case()
        scanned("2025-08-12")
        return case

    def closed(self, case: Case) -> str:
        row = Escalation.objects.get(case=case)
        assert row.state == "closed"
        assert EscalationAct.objects.filter(escalation=row).latest("pk").kind == "closed"
        return row.close_reason

    def test_the_case_is_closed(self, people: People, case: Case) -> None:
        with court_clock.as_of(D("2025-08-13")):
            close_case(actor=people.chief, case=case, method="first_instance_civil:1", closed_on=D("2025-08-13"))
        assert "期限已终止" in self.closed(case)
        assert "自动结束" in Notice.objects.filter(recipient=people.chief).latest("pk").sentence

    def test_the_due_day_moved(self, people: People, case: Case) -> None:
        with act(actor=None, verb="test.move"):
            Clock.objects.filter(case=case).update(due_on=D("2026-02-11"))
        assert worked_off("2025-08-13").closed == 1
        assert self.closed(case) == "届满日改为 2026-02-11"

    def test_the_clock_was_paused(self, people: People, case: Case) -> None:
        with act(actor=None, verb="test.pause"):
            Clock.objects.filter(case=case).update(status="paused", paused_from=D("2025-08-13"), due_on=None)
        worked_off("2025-08-13")
        assert self.closed(case) == "期限停止计算，自 2025-08-13 起"

    def test_stopping_the_clock_closes_at_once(self, people: People, case: Case) -> None:
        clock = Clock.objects.trial().get(case=case)
        with court_clock.as_of(D("2025-08-13")):
            clock_services.stop_clock(actor=None, clock=clock, stopped_on=D("2025-08-13"), reason="撤诉")
        assert self.closed(case) == "期限已终止：撤诉"

    def test_while_the_cause_lasts_it_lasts(self, people: People, case: Case) -> None:
        assert worked_off("2025-08-13").closed == 0
        assert live(case).state == "open"


def test_a_new_holder_of_the_post_takes_over(people: People) -> None:
    case = people.case()
    scanned("2025-08-12")
    with act(actor=None, verb="test.appoint"):
        Appointment.objects.filter(user=people.chief).update(until=D("2025-08-13"))
    successor = ground.person(Post.DIVISION_CHIEF, people.division)
    report_ = worked_off("2025-08-13")
    assert (report_.reseated, stands(case)) == (1, (successor, "2025-08-15"))
    assert "reseated" in kinds(case)


def test_an_acting_deputy_stands_where_there_is_no_chief(people: People) -> None:
    with act(actor=None, verb="test.appoint"):
        Appointment.objects.filter(user=people.chief).update(until=D("2025-01-01"))
    acting = ground.person(Post.CLERK, people.division)
    ground.appoint(acting, Post.DEPUTY_DIVISION_CHIEF, people.division, kind="acting")
    case = people.case()
    scanned("2025-08-12")
    assert stands(case)[0] == acting


def test_the_trace_is_never_changed(people: People) -> None:
    people.case()
    scanned("2025-08-12")
    for change in (lambda rows: rows.update(text="x"), lambda rows: rows.delete()):
        with (
            pytest.raises(DatabaseError, match="permanent record"),
            transaction.atomic(),
            act(actor=None, verb="test.tamper"),
        ):
            change(EscalationAct.objects.all())


def test_one_run_leaves_one_entry_in_the_trail_whatever_it_moves(people: People) -> None:
    for _ in range(5):
        people.case()
    scanned("2025-08-12")
    before = AuditEntry.objects.filter(verb="escalation.work_off").count()
    assert worked_off("2025-08-18").climbed == 5
    assert AuditEntry.objects.filter(verb="escalation.work_off").count() == before + 1


def test_many_are_told_in_one_line(people: People) -> None:
    for _ in range(5):
        people.case()
    scanned("2025-08-12")
    told = Notice.objects.filter(recipient=people.chief, kind="escalations")
    assert [notice.sentence for notice in told] == ["有 5 件督办待您答复，最早 2025-08-15 到期"]


class TestLadderData:
    def test_a_new_version_changes_the_days_from_its_day_on(self, people: People, tmp_path: Path) -> None:
        content = shipped_ladder()
        content["version"], content["valid_from"] = "2025.8", "2025-08-01"
        content["rungs"][2]["answer_days"] = 10
        file = tmp_path / "ladder.yaml"
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        call_command("load_ladder", str(file), stdout=io.StringIO())
        case = people.case()
        scanned("2025-08-12")
        assert stands(case) == (people.chief, "2025-08-26")
        with pytest.raises(CommandError, match="loaded already"):
            call_command("load_ladder", str(file))
        assert LadderVersion.objects.count() == 2

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (lambda c: c["rungs"][0].pop("answer_days"), "rung 1: 'answer_days' is missing"),
            (lambda c: c["rungs"][1].update(scope="town"), "rung 2: unknown scope 'town'"),
            (lambda c: c["rungs"][1].update(answer_days=0), "rung 2: answer_days must be 1 to 60"),
            (lambda c: c["rungs"][1].update(name={"zh": "审判长"}), "rung 2: 'name' needs zh and en"),
            (lambda c: c["starts"][0].update(rung="pope"), "start 1: unknown rung 'pope'"),
            (lambda c: c["starts"][0].update(level="pink"), "start 1: unknown level 'pink'"),
            (lambda c: c.pop("rungs"), "ladder: 'rungs' is missing"),
        ],
    )
    def test_a_wrong_file_names_its_place(self, change: Any, message: str) -> None:
        content = shipped_ladder()
        change(content)
        with pytest.raises(LadderError) as wrong:
            parse_ladder(content)
        assert str(wrong.value) == message

    @pytest.mark.parametrize(
        "text", ["", "- 1\n- 2", "rungs: [1]", "{", "version: '9'\nvalid_from: x\nrungs: []\nstarts: []"]
    )
    def test_no_file_makes_the_command_fall_over(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "ladder.yaml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("load_ladder", str(file))
        with pytest.raises(CommandError):
            call_command("load_ladder", str(tmp_path / "absent.yaml"))


def test_the_command_works_off_a_day(people: People) -> None:
    people.case()
    scanned("2025-08-12")
    out = io.StringIO()
    call_command("escalate", "--as-of", "2025-08-18", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["as_of"], answer["climbed"]) == ("2025-08-18", 1)
    with pytest.raises(CommandError):
        call_command("escalate", "--as-of", "2025-02-30")
