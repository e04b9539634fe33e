"""Who decides when the asker is high up himself, adjournments counted together, and nothing granted after expiry."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client
from rest_framework.test import APIClient

from cases.intake.bench_services import reassign_judge
from courtcms.accounts.models import Absence
from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalStep
from courtcms.approvals.services import decide
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from deadlines.changes.adjournments import adjournments_of
from deadlines.changes.models import ChangeRequest
from deadlines.changes.rules import counted_together, deciding_posts
from deadlines.clocks.models import ClockInterval
from deadlines.hearings.periods import cap_of
from deadlines.hearings.services import adjourn, schedule_hearing
from tests import factories as ground
from tests.deadlines import factories
from tests.deadlines import hearing_factories as hearings
from tests.deadlines.change_factories import agree, asked, court_people

pytestmark = pytest.mark.django_db
D = date.fromisoformat
CHIEF, VICE, PRESIDENT = "division_chief", "vice_president", "president"


@pytest.fixture
def people():
    return court_people()


@pytest.fixture
def case(people):
    """Six months from 2025-02-10: Sunday 2025-08-10, so Monday 2025-08-11."""
    return factories.civil_case(people, "2025-02-10")


@pytest.mark.parametrize(
    ("path", "own", "expected"),
    [
        ((CHIEF,), ("judge",), (CHIEF,)),
        ((CHIEF,), ("judge", "presiding_judge", "deputy_division_chief"), (CHIEF,)),
        ((CHIEF,), (CHIEF, "judge"), (VICE,)),
        ((CHIEF,), (VICE, "judge"), (PRESIDENT,)),
        ((CHIEF,), (PRESIDENT, "judge"), (VICE,)),
        ((CHIEF, PRESIDENT), ("judge",), (CHIEF, PRESIDENT)),
        ((CHIEF, PRESIDENT), (CHIEF,), (PRESIDENT,)),
        ((CHIEF, PRESIDENT), (VICE,), (PRESIDENT,)),
        ((CHIEF, PRESIDENT), (PRESIDENT,), (VICE,)),
        ((CHIEF,), (), (CHIEF,)),
    ],
)
def test_a_change_is_decided_above_whoever_asks(path, own, expected):
    assert deciding_posts(path, own) == expected


@pytest.mark.parametrize(
    ("spans", "days", "expected"),
    [
        ([("03-10", "04-01")], ["03-10"], 1),
        ([("03-10", "04-01")], ["03-09"], 2),
        ([("03-10", "04-01")], ["03-12", "03-20"], 2),
        ([("03-10", "04-01"), ("04-01", "04-20")], ["03-10", "04-02"], 2),
        ([], ["03-12", "05-20"], 2),
        ([("03-10", "04-01")], [], 1),
    ],
)
def test_a_deduction_for_an_adjourned_hearing_is_that_adjournment(spans, days, expected):
    year = [(D(f"2025-{first}"), D(f"2025-{last}")) for first, last in spans]
    assert counted_together(year, [D(f"2025-{day}") for day in days]) == expected


def test_a_chief_with_the_case_in_charge_is_decided_by_the_next_post_and_a_substitute_is_named_as_such(people, case):
    chief, vice, judge = people["chief"], people["vice"], people["judge"]
    ground.appoint(chief, Post.JUDGE, case.division)
    with court_clock.as_of(D("2025-03-05")):
        reassign_judge(actor=chief, case=case, judge=chief, reason="院庭长办案")
        stand_in = ground.person(Post.JUDGE, ground.division("civil-9"))
        with act(actor=None, verb="test.away"):
            Absence.objects.create(user=vice, substitute=stand_in, since=D("2025-03-01"), until=D("2025-05-01"))
        clock = factories.clock_of(case)
        change = asked(chief, clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"))
        assert list(change.approval.steps.values_list("post", flat=True)) == [VICE]
        with pytest.raises(NotAllowed):
            agree(chief, change)
        agree(stand_in, change)
    assert change.state == "decided"
    assert f"代{vice.name}" in change.decided_by and stand_in.name in change.decided_by
    assert judge.name not in change.decided_by


def test_another_judge_who_asks_in_the_chiefs_own_case_does_not_make_the_chief_decide(people, case):
    chief = people["chief"]
    with act(actor=None, verb="test.bench"):
        case.judge = chief
        case.save(update_fields=["judge"])
    with court_clock.as_of(D("2025-03-05")):
        change = asked(people["judge"], factories.clock_of(case), "extension", ground="civ_1st_ordinary#1", amount=1,
                       unit="month")  # fmt: skip
    assert list(change.approval.steps.values_list("post", flat=True)) == [PRESIDENT]


def test_the_judge_who_stands_in_for_the_absent_chief_grants_nothing_in_the_own_case(people, case):
    judge = people["judge"]
    other = ground.person(Post.JUDGE, case.division)
    with act(actor=None, verb="test.away"):
        case.bench.create(user=other, role="member", since=D("2025-02-10"))
        case.judge = judge
        case.save(update_fields=["judge"])
        Absence.objects.create(user=people["chief"], substitute=judge, since=D("2025-03-01"), until=D("2025-05-01"))
    with court_clock.as_of(D("2025-03-05")):
        change = asked(other, factories.clock_of(case), "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"))
        with pytest.raises(NotAllowed) as refused:
            agree(judge, change)
    assert refused.value.reasons[0].code == "changes.own_case"
    assert ApprovalStep.objects.get(request=change.approval_id).state == "open"


def test_adjournments_of_hearings_and_of_changes_count_together():
    """The cap is two in ordinary procedure: one adjourned hearing and one adjournment granted are both of them."""
    case = hearings.case(filed_on=court_clock.today() - timedelta(days=20))
    judge = case.judge
    chief = ground.person(Post.DIVISION_CHIEF, case.division)
    clock, today = factories.clock_of(case), court_clock.today()
    hearing = schedule_hearing(actor=None, case=case, draft=hearings.draft(day=hearings.working_day(10)))
    later = hearings.draft(day=hearings.working_day(20))
    following = adjourn(actor=None, hearing=hearing, reason="absent", note="被告住院", following=later)
    assert cap_of(case).used == 1
    # the deduction for this very adjournment is no second one
    first = asked(judge, clock, "adjournment", ground="ded_adjournment", starts_on=today, ends_on=None)
    agree(chief, first)
    assert (adjournments_of(case), cap_of(case).used) == (1, 1)
    with act(actor=None, verb="test.ends"):
        ClockInterval.objects.filter(clock=clock).update(starts_on=today - timedelta(days=15), ends_on=today)
    # it begins fifteen days before anything was adjourned: another one, and the cap is reached on both sides
    assert cap_of(case).used == 2 and cap_of(case).is_used_up
    with pytest.raises(Refusal) as refused:
        adjourn(actor=None, hearing=following, reason="absent", note="再次住院")
    assert {reason.code for reason in refused.value.reasons} == {"cap"}


def test_an_adjournment_is_counted_again_at_the_decision(people, case):
    clock, judge = factories.clock_of(case), people["judge"]
    with court_clock.as_of(D("2025-03-20")):
        one = asked(judge, clock, "adjournment", ground="ded_adjournment", starts_on=D("2025-03-03"),
                    ends_on=D("2025-03-20"))  # fmt: skip
        agree(people["chief"], one)
    with court_clock.as_of(D("2025-04-20")):
        two = asked(judge, clock, "adjournment", ground="ded_adjournment", starts_on=D("2025-04-01"),
                    ends_on=D("2025-04-20"))  # fmt: skip
        with act(actor=None, verb="test.meanwhile"):
            ClockInterval.objects.create(
                clock=clock, ground="ded_adjournment", starts_on=D("2025-05-12"), document="-", ends_on=D("2025-05-13")
            )
        with pytest.raises(Refusal) as refused:
            agree(people["chief"], two)
    assert {reason.code for reason in refused.value.reasons} == {"cap"}
    two.refresh_from_db()
    assert two.state == "asked"


def test_after_expiry_the_interface_and_the_page_grant_nothing_either(people, case):
    """The due day is Monday 2025-08-11; on Tuesday neither asking nor agreeing is possible by any door."""
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-08-11")):
        change = asked(people["judge"], clock, "extension", ground="civ_1st_ordinary#1", amount=6, unit="month")
        agree(people["chief"], change)
    step = ApprovalStep.objects.get(request=change.approval_id, state="open")
    asking = {"clock": clock.pk, "kind": "deduction", "ground": "ded_appraisal", "starts_on": "2025-03-03",
              "reason": "鉴定", "document": "委托书"}  # fmt: skip
    with court_clock.as_of(D("2025-08-12")):
        judge = APIClient()
        judge.force_authenticate(people["judge"])
        answer = judge.post("/api/v1/changes/", asking, format="json")
        assert answer.status_code == 400 and "after_expiry" in {row["code"] for row in answer.json()["errors"]}
        browser = Client()
        browser.force_login(people["president"])
        page = browser.post(f"/approvals/{change.approval_id}/decide/", {"step": step.pk, "decision": "approve"})
        assert page.status_code == 400 and "不得补批" in page.text
    clock.refresh_from_db()
    change.refresh_from_db()
    assert (clock.due_on, change.state) == (D("2025-08-11"), "chief_ok")


@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_the_same_moment_change_the_ledger_once():
    people = court_people()
    case = factories.civil_case(people, "2025-02-10")
    clock, second = factories.clock_of(case), ground.person(Post.DIVISION_CHIEF, case.division)
    with court_clock.as_of(D("2025-03-10")):
        change = asked(people["judge"], clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"))
    step = ApprovalStep.objects.get(request=change.approval_id, state="open")
    barrier, outcomes = threading.Barrier(2), []

    def approve(who):
        try:
            barrier.wait(timeout=10)
            with court_clock.as_of(D("2025-03-10")):
                decide(actor=who, step_id=step.pk, decision="approve")
            outcomes.append("granted")
        except Conflict:
            outcomes.append("conflict")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve, args=(who,)) for who in (people["chief"], second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "granted"]
    assert ClockInterval.objects.filter(clock=clock).count() == 1
    assert ChangeRequest.objects.get().state == "decided"
