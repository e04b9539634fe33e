"""A late extension opens an escalation of its own; a case that changes hands takes its escalations along at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from cases.intake.bench_services import reassign_judge, recuse
from courtcms.accounts.posts import Post
from courtcms.approvals.services import withdraw
from courtcms.core import clock as court_clock
from courtcms.notices.models import Notice
from oversight.escalation.ladder import parse_ladder, shipped_ladder
from oversight.escalation.models import Escalation, EscalationAct
from oversight.escalation.selectors import as_rows
from tests import factories as ground
from tests.cases import appraisal_factories as things
from tests.deadlines import factories as clocks
from tests.deadlines.change_factories import agree, asked
from tests.oversight.factories import D, People, live, scanned, stands, worked_off

pytestmark = pytest.mark.django_db
#: fifteen days before the unrolled day 2025-08-10; a Sunday, but the lead time counts days
REQUEST_BY = "2025-07-26"


@pytest.fixture
def people() -> People:
    return People()


def late(people: People, case: Any, by: Any = None, day: str = "2025-07-30") -> Any:
    with court_clock.as_of(D(day)):
        return asked(by or people.judge, clocks.clock_of(case), "extension", ground="civ_1st_ordinary#1", amount=6,
                     unit="month")  # fmt: skip


def test_a_late_request_stands_with_the_chief_at_once_with_basis_and_trace(people: People) -> None:
    """Asked on Wednesday 2025-07-30; the chief has three working days: Monday 08-04, before the 08-05 of the law."""
    case = people.case()
    change = late(people, case)
    row = live(case)
    assert (row.cause, row.change, row.holder, row.due_on) == ("late", change, people.chief, D("2025-08-04"))
    assert (row.cause_on, row.single) == (D(REQUEST_BY), True)
    [line] = EscalationAct.objects.filter(escalation=row)
    assert "第一条" in line.basis and "2025-07-26" in line.shown_text and "2025-07-30" in line.shown_text
    assert Notice.objects.filter(recipient=people.chief, kind="escalations", case_id=case.pk).count() == 1


def test_the_answer_day_is_never_after_the_day_of_decision_of_the_law(people: People) -> None:
    """Asked on Monday 2025-08-04: three working days would be 08-07, but the law wants the decision by 08-05."""
    case = people.case()
    late(people, case, day="2025-08-04")
    assert stands(case) == (people.chief, "2025-08-05")


def test_asked_in_time_opens_nothing(people: People) -> None:
    case = people.case()
    late(people, case, day=REQUEST_BY)
    assert not Escalation.objects.exists()


def test_a_chief_who_asks_late_does_not_answer_to_himself(people: People) -> None:
    case = people.case()
    late(people, case, by=people.chief)
    assert stands(case)[0] == people.vice


def test_it_stands_beside_the_escalation_of_the_clock_and_neither_disturbs_the_other(people: People) -> None:
    case = people.case()
    scanned("2025-07-27")
    change = late(people, case)
    assert sorted(Escalation.objects.live().values_list("cause", flat=True)) == ["due", "late"]
    scanned("2025-08-05")  # the alert of the last days raises the one about the due day only
    assert Escalation.objects.get(cause="late").alert is None
    with court_clock.as_of(D("2025-08-05")):
        agree(people.chief, change)
        agree(people.president, change)
    closed = {row.cause: row.close_reason for row in Escalation.objects.filter(state="closed")}
    assert closed == {"late": "申请已经批准", "due": "届满日改为 2026-02-10"}


@pytest.mark.parametrize(("how", "words"), [("reject", "申请没有批准"), ("withdraw", "申请已经撤回")])
def test_it_closes_by_itself_with_every_end_of_the_application(people: People, how: str, words: str) -> None:
    case = people.case()
    change = late(people, case)
    with court_clock.as_of(D("2025-07-31")):
        if how == "reject":
            agree(people.chief, change, "reject", "理由不成立")
        else:
            withdraw(actor=people.judge, request_id=change.approval_id, reason="不再需要")
    row = Escalation.objects.get()
    assert (row.state, row.close_reason) == ("closed", words)


def test_unanswered_it_climbs(people: People) -> None:
    case = people.case()
    late(people, case)
    worked_off("2025-08-05")
    assert stands(case)[0] == people.vice


def test_pages_name_it_in_both_languages(people: People) -> None:
    case = people.case()
    late(people, case)
    row, browser = live(case), Client()
    browser.force_login(people.chief)
    for language, words in (("zh-hans", "延长申请晚于法定时间 4 天"), ("en", "4 days")):
        browser.cookies["django_language"] = language
        for address in (f"/oversight/escalations/{row.pk}/", "/oversight/escalations/"):
            page = browser.get(address)
            assert page.status_code == 200 and words in page.text
    ladder = browser.get("/oversight/ladder/")
    assert "Extension asked for after the lead time" in ladder.text


def test_a_ladder_from_before_knows_the_occasion_too() -> None:
    old = {key: value for key, value in shipped_ladder().items() if key != "occasions"}
    assert parse_ladder(old).on_occasion("change_asked_late") is not None
    assert parse_ladder(old | {"occasions": []}).on_occasion("change_asked_late") is None


@pytest.mark.parametrize("how", ["reassigned", "recused"])
def test_escalations_follow_the_new_judge_at_once(people: People, how: str) -> None:
    case = people.case()
    scanned("2025-07-27")
    assert stands(case)[0] == people.judge
    successor = ground.person(Post.JUDGE, people.division)
    with court_clock.as_of(D("2025-07-28")):
        if how == "reassigned":
            reassign_judge(actor=people.chief, case=case, judge=successor, reason="工作调整")
        else:
            recuse(actor=people.chief, case=case, user=people.judge, ground="interest", reason="近亲属")
    case.refresh_from_db()
    assert case.judge_id != people.judge.pk
    assert stands(case)[0] == case.judge
    assert EscalationAct.objects.filter(escalation__case=case, kind="reseated").count() == 1


def test_rows_name_the_object_of_the_clock(people: People) -> None:
    """Two measures of one case run out: the inbox says which."""
    case = people.case("2025-02-10")
    ruling = things.granted(case, "2025-02-12")
    for number in (1, 2):
        things.measure(ruling, "2025-02-12", thing=f"甲银行账户 000{number}", value=Decimal(200_000))
    scanned("2026-02-10")
    rows = [row for row in Escalation.objects.live() if row.clock.subject.startswith("measure:")]
    assert sorted(line.thing for line in as_rows(rows)) == ["银行存款：甲银行账户 0001", "银行存款：甲银行账户 0002"]
    browser = Client()
    browser.force_login(rows[0].holder)
    assert "甲银行账户 0001" in browser.get("/oversight/escalations/").text
    assert "甲银行账户" in browser.get(f"/oversight/escalations/{rows[0].pk}/").text
