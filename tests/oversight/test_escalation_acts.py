"""What a supervisor and the bench may do, on which basis, and who reads the trace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.intake.models import Case
from courtcms.accounts.models import Absence
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from courtcms.notices.models import Notice
from oversight.escalation.ladder import measures
from oversight.escalation.models import Escalation, EscalationAct
from oversight.escalation.services import explain, report, take_measure, take_measure_on
from tests import factories as ground
from tests.oversight.factories import D, People, live, scanned, stands, worked_off

pytestmark = pytest.mark.django_db
TODAY = "2025-08-12"  # a Tuesday, the day after the due day


@pytest.fixture
def people() -> Any:
    """Everything happens on the day after the due day unless a test says otherwise."""
    made = People()
    with court_clock.as_of(D(TODAY)):
        yield made


@pytest.fixture
def case(people: People) -> Case:
    """An overdue case that stands with the chief until Friday."""
    case = people.case()
    scanned(TODAY)
    return case


def ask(people: People, case: Case, **changes: Any) -> EscalationAct:
    details = {
        "actor": people.chief, "escalation_id": live(case).pk, "code": "S2", "text": "请报告进展",
        "until": D("2025-08-20"),
    }  # fmt: skip
    return take_measure(**details | changes)


def fields(refused: Any) -> list[str]:
    return [reason.field for reason in refused.value.reasons]


def test_asked_for_a_report_it_waits_for_the_bench_and_comes_back_to_the_asker(people: People, case: Case) -> None:
    question = ask(people, case)
    assert (live(case).state, stands(case)) == ("awaiting", (people.chief, "2025-08-20"))
    assert worked_off("2025-08-20").climbed == 0  # the last day is still good
    with court_clock.as_of(D("2025-08-20")):
        answer = report(actor=people.judge, escalation_id=live(case).pk, text="判决已拟就，待签署")
    assert (answer.answers, answer.actor) == (question, people.judge)
    assert (live(case).state, stands(case)) == ("open", (people.chief, "2025-08-25"))  # three working days again
    assert "承办已报告" in Notice.objects.filter(recipient=people.chief).latest("pk").sentence


def test_a_report_that_does_not_come_sends_it_up(people: People, case: Case) -> None:
    ask(people, case)
    worked_off("2025-08-21")
    assert stands(case)[0] == people.vice
    line = EscalationAct.objects.get(kind="climbed")
    assert line.shown_text == "报告期 2025-08-20 已过而承办没有报告，自动上送"


def test_a_plan_holds_until_its_day_and_no_longer(people: People, case: Case) -> None:
    ask(people, case, code="P", text="8月22日前宣判", until=D("2025-08-22"))
    assert live(case).state == "planned"
    assert worked_off("2025-08-22").climbed == 0
    assert worked_off("2025-08-25").climbed == 1
    assert "计划日 2025-08-22 已过" in EscalationAct.objects.get(kind="climbed").shown_text


def test_a_conference_holds_it_too(people: People, case: Case) -> None:
    done = ask(people, case, code="S7", text="提交专业法官会议讨论法律适用")
    assert (live(case).state, done.measure) == ("planned", "S7")


def test_a_note_changes_no_date(people: People, case: Case) -> None:
    before = stands(case), live(case).state
    ask(people, case, code="N", text="已与承办谈话，望抓紧", until=None)
    assert (stands(case), live(case).state) == before
    assert worked_off("2025-08-18").climbed == 1


def test_every_act_has_a_basis_and_is_in_the_trail(people: People, case: Case) -> None:
    done = ask(people, case)
    assert "法发〔2021〕30号" in done.basis and "S2" in done.basis
    entry = AuditEntry.objects.get(verb="escalation.measure")
    assert (entry.actor, entry.basis, entry.case_id, entry.reason) == (people.chief, done.basis, case.pk, "请报告进展")


def test_a_measure_that_needs_a_clause_is_refused_without_one(people: People, case: Case) -> None:
    for code in ("S1", "S10"):
        with pytest.raises(Refusal) as refused:
            ask(people, case, code=code)
        assert fields(refused) == ["detail"]
    done = ask(people, case, code="S10", detail="人民法院组织法第四十一条")
    assert "第四十一条" in done.basis


def test_all_reasons_come_at_once(people: People, case: Case) -> None:
    with pytest.raises(Refusal) as refused:
        ask(people, case, code="S1", text=" ", until=None)
    assert fields(refused) == ["text", "detail", "until"]


@pytest.mark.parametrize("until", ["2025-08-12", "2025-08-01", "2025-09-03", "2125-01-01"])
def test_the_day_lies_ahead_and_not_too_far(people: People, case: Case, until: str) -> None:
    """Fifteen working days from Tuesday 12 August end on Tuesday 2 September."""
    with pytest.raises(Refusal) as refused:
        ask(people, case, until=D(until))
    assert fields(refused) == ["until"]


def test_the_last_possible_day_is_allowed(people: People, case: Case) -> None:
    assert ask(people, case, until=D("2025-09-02")).until == D("2025-09-02")


@pytest.mark.parametrize("code", ["S3", "S4", "S6", "S8", "S9"])
def test_what_touches_the_substance_is_for_the_four_kinds_only(people: People, case: Case, code: str) -> None:
    with pytest.raises(Refusal, match="四类案件"):
        ask(people, case, code=code)


class TestLongPending:
    """More than a year under way: one of the four kinds by itself."""

    TODAY = "2026-04-01"

    @pytest.fixture
    def old(self, people: People) -> Any:
        case = people.case()
        with court_clock.as_of(D(self.TODAY)):
            scanned(self.TODAY)
            yield case

    def test_the_bench_may_be_asked_to_deliberate_again_but_only_twice(self, people: People, old: Case) -> None:
        for _ in range(2):
            ask(people, old, code="S6", until=D("2026-04-09"))
            report(actor=people.judge, escalation_id=live(old).pk, text="复议后维持原意见")
        with pytest.raises(Refusal, match="已用 2 次"):
            ask(people, old, code="S6", until=D("2026-04-09"))

    def test_what_the_president_decides_goes_up_as_a_proposal(self, people: People, old: Case) -> None:
        done = ask(people, old, code="S8", until=D("2026-04-15"), text="建议提请审委会讨论")
        assert (done.kind, done.position) == ("measure", 3)
        assert (live(old).state, stands(old)[0]) == ("open", people.vice)
        assert "建议提请审判委员会" in Notice.objects.filter(recipient=people.vice).latest("pk").sentence

    def test_the_president_refers_it(self, people: People, old: Case) -> None:
        for who in (people.chief, people.vice, people.president):
            ask(people, old, actor=who, code="S8", until=D("2026-04-15"), text="提请审委会讨论")
        assert (live(old).state, stands(old)) == ("planned", (people.president, "2026-04-15"))


def test_no_measure_touches_the_opinion_of_the_bench_or_a_judgment(people: People, case: Case) -> None:
    """The list is closed: ten measures, a timetable, a note; anything else is refused."""
    assert list(measures()) == [*(f"S{number}" for number in range(1, 11)), "P", "N"]
    for code in ("F1", "F2", "S11", "", "X", "s2"):
        with pytest.raises(Refusal):
            ask(people, case, code=code)
    assert not EscalationAct.objects.filter(kind="measure").exists()


class TestWhoActs:
    def test_only_the_holder(self, people: People, case: Case) -> None:
        for other in (
            people.judge,
            people.presiding,
            people.other_chief,
            people.vice,
            people.president,
            people.management,
        ):
            with pytest.raises(NotAllowed):
                ask(people, case, actor=other)

    def test_after_it_climbed_the_vice_president_and_no_longer_the_chief(self, people: People, case: Case) -> None:
        worked_off("2025-08-18")
        with court_clock.as_of(D("2025-08-18")):
            with pytest.raises(NotAllowed, match="不由您答复"):
                ask(people, case)
            assert ask(people, case, actor=people.vice).actor == people.vice

    def test_a_substitute_acts_in_the_holders_seat_and_is_shown(self, people: People, case: Case) -> None:
        stand_in = ground.person(Post.DIVISION_CHIEF, ground.division("civil-3"), name="甲代理")
        with act(actor=None, verb="test.absence"):
            Absence.objects.create(
                user=people.chief, substitute=stand_in, since=D(TODAY), until=D(TODAY) + timedelta(days=9)
            )
        done = ask(people, case, actor=stand_in)
        assert (done.actor, done.holder) == (stand_in, people.chief)
        assert done.capacity == "civil-1庭庭长（代甲庭长）"

    def test_who_saw_an_older_rung_is_told_that_it_climbed(self, people: People, case: Case) -> None:
        worked_off("2025-08-18")
        with court_clock.as_of(D("2025-08-18")), pytest.raises(Conflict, match="已上送"):
            ask(people, case, actor=people.vice, position=3)

    def test_a_closed_one_takes_no_act(self, people: People, case: Case) -> None:
        row = live(case)
        with act(actor=None, verb="test.close"):
            Escalation.objects.filter(pk=row.pk).update(state="closed", closed_on=D(TODAY), close_text="期限已终止")
        with pytest.raises(Conflict, match="已经结束"):
            take_measure(actor=people.chief, escalation_id=row.pk, code="N", text="意见")

    def test_answered_once_it_is_not_answered_twice(self, people: People, case: Case) -> None:
        ask(people, case)
        with pytest.raises(NotAllowed):
            ask(people, case)

    def test_the_bench_reports_only_when_asked(self, people: People, case: Case) -> None:
        pk = live(case).pk
        with pytest.raises(NotAllowed):
            report(actor=people.judge, escalation_id=pk, text="报告")
        ask(people, case)
        outsider = ground.person(Post.JUDGE, people.division)
        with pytest.raises(NotAllowed):
            report(actor=outsider, escalation_id=pk, text="报告")
        with pytest.raises(Refusal) as refused:
            report(actor=people.presiding, escalation_id=pk, text=" ")
        assert fields(refused) == ["text"]
        assert report(actor=people.presiding, escalation_id=pk, text="报告").kind == "answer"


class TestTheBenchExplains:
    @pytest.fixture
    def early(self, people: People) -> Any:
        """Fifteen days before the end: it stands with the judge until Monday."""
        case = people.case()
        scanned("2025-07-27")
        with court_clock.as_of(D("2025-07-28")):
            yield case

    def test_it_holds_until_the_promised_day(self, people: People, early: Case) -> None:
        explain(actor=people.judge, escalation_id=live(early).pk, text="鉴定意见昨日收到", until=D("2025-08-08"))
        assert (live(early).state, stands(early)) == ("planned", (people.judge, "2025-08-08"))
        assert worked_off("2025-08-08").climbed == 0
        worked_off("2025-08-11")
        assert stands(early)[0] == people.presiding

    def test_it_needs_a_reason_and_a_day(self, people: People, early: Case) -> None:
        with pytest.raises(Refusal) as refused:
            explain(actor=people.judge, escalation_id=live(early).pk, text="", until=None)
        assert fields(refused) == ["text", "until"]
        with pytest.raises(Refusal, match="最迟"):
            explain(actor=people.judge, escalation_id=live(early).pk, text="再等等", until=D("2025-12-31"))

    def test_a_chief_cannot_take_measures_before_it_reaches_him(self, people: People, early: Case) -> None:
        with pytest.raises(NotAllowed):
            ask(people, early, until=D("2025-08-05"))

    def test_nobody_else_explains(self, people: People, early: Case) -> None:
        for other in (people.presiding, people.chief):
            with pytest.raises(NotAllowed):
                explain(actor=other, escalation_id=live(early).pk, text="说明", until=D("2025-08-08"))


class TestInBulk:
    @pytest.fixture
    def three(self, people: People) -> list[Case]:
        """Three cases that climbed to the chief before their end, so that they may be answered together."""
        cases = [people.case() for _ in range(3)]
        scanned("2025-07-27")
        for day in ("2025-07-29", "2025-08-01"):
            worked_off(day)
        return cases

    def test_each_gets_its_own_line(self, people: People, three: list[Case]) -> None:
        with court_clock.as_of(D("2025-08-01")):
            done = take_measure_on(
                actor=people.chief, escalation_ids=[live(case).pk for case in three], code="S2", text="请报告进展",
                until=D("2025-08-08"),
            )  # fmt: skip
        assert len(done) == 3
        assert {live(case).state for case in three} == {"awaiting"}
        assert AuditEntry.objects.filter(verb="escalation.measure").count() == 3

    def test_all_or_none(self, people: People, three: list[Case]) -> None:
        with act(actor=None, verb="test.single"):
            Escalation.objects.filter(case=three[1]).update(single=True)
        with court_clock.as_of(D("2025-08-01")), pytest.raises(Refusal, match="逐件") as refused:
            take_measure_on(
                actor=people.chief, escalation_ids=[live(case).pk for case in three], code="S2", text="请报告进展",
                until=D("2025-08-08"),
            )  # fmt: skip
        assert three[1].number in str(refused.value)
        assert {live(case).state for case in three} == {"open"}

    def test_only_measures_made_for_it(self, people: People, three: list[Case]) -> None:
        with court_clock.as_of(D("2025-08-01")), pytest.raises(Refusal, match="逐件"):
            take_measure_on(
                actor=people.chief, escalation_ids=[live(three[0]).pk], code="S5", text="阅卷", until=D("2025-08-08")
            )

    def test_other_peoples_are_left_out(self, people: People, three: list[Case]) -> None:
        with court_clock.as_of(D("2025-08-01")), pytest.raises(Refusal, match="先选择"):
            take_measure_on(
                actor=people.other_chief, escalation_ids=[live(three[0]).pk], code="S2", text="请报告",
                until=D("2025-08-08"),
            )  # fmt: skip
