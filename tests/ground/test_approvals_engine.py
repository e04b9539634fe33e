"""One engine for every approval: who may decide, in which order, and what happens then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from courtcms.accounts.models import Absence, User
from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalRequest, ApprovalStep
from courtcms.approvals.rules import TRANSITIONS, next_state
from courtcms.approvals.services import decide, resubmit, withdraw
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from courtcms.courts.models import Division
from courtcms.notices.models import Notice
from tests import factories
from tests.ground.approvals import SUBJECT, ask, open_step

pytestmark = pytest.mark.django_db


class Bench:
    """A division with a clerk who asks and three who decide."""

    def __init__(self) -> None:
        self.division = factories.division()
        self.clerk = factories.person(Post.CLERK)
        self.judge = factories.person(Post.JUDGE)
        self.chief = factories.person(Post.DIVISION_CHIEF)
        self.vice = factories.person(Post.VICE_PRESIDENT, factories.division("office", "office"))


@pytest.fixture
def bench() -> Iterator[Bench]:
    """On a Monday."""
    with time_machine.travel("2026-03-02 02:00:00+00:00", tick=False):
        yield Bench()


def approve(request: ApprovalRequest, *people: User) -> ApprovalRequest:
    for person in people:
        request = decide(actor=person, step_id=open_step(request).pk, decision="approve")
    return request


def away(person: User, substitute: User) -> None:
    with act(actor=None, verb="test.absence"):
        Absence.objects.create(
            user=person, substitute=substitute, since=clock.today(), until=clock.today() + timedelta(days=5)
        )


def name_of(division: Division) -> str:
    return Division.objects.get(pk=division.pk).name


def test_the_effect_comes_with_the_last_approval_and_not_before(bench: Bench) -> None:
    request = ask(bench.clerk, bench.division)
    old = name_of(bench.division)
    approve(request, bench.judge, bench.chief)
    assert name_of(bench.division) == old
    request = approve(request, bench.vice)
    assert (request.state, name_of(bench.division)) == ("approved", "新名称庭")


def test_each_step_tells_its_holder_and_the_asker_hears_the_result(bench: Bench) -> None:
    request = ask(bench.clerk, bench.division)
    told = lambda: list(Notice.objects.order_by("pk").values_list("recipient", flat=True))  # noqa: E731
    assert told() == [bench.judge.pk]
    approve(request, bench.judge, bench.chief, bench.vice)
    assert told() == [bench.judge.pk, bench.chief.pk, bench.vice.pk, bench.clerk.pk]
    assert "已批准" in Notice.objects.get(recipient=bench.clerk).sentence


def test_only_the_holder_of_the_open_step_decides(bench: Bench) -> None:
    request = ask(bench.clerk, bench.division)
    other_judge, other_chief = (
        factories.person(Post.JUDGE),
        factories.person(Post.DIVISION_CHIEF, factories.division("civil-2")),
    )
    for person in (bench.chief, bench.vice, other_judge, other_chief, bench.clerk):
        with pytest.raises(NotAllowed):
            approve(request, person)
    approve(request, bench.judge)
    with pytest.raises(NotAllowed):
        approve(request, other_chief)


def test_who_asks_never_approves_not_even_in_somebody_elses_seat(bench: Bench) -> None:
    """A judge asks and stands in for the chief: neither he nor anybody in his own seat decides."""
    request = ask(bench.judge, bench.division)
    assert open_step(request).post == Post.DIVISION_CHIEF  # the judge's own step fell away
    away(bench.chief, bench.judge)
    del bench.judge.__dict__["capacities"]
    with pytest.raises(NotAllowed, match="自己的申请"):
        approve(request, bench.judge)


def test_a_substitute_of_the_asker_does_not_decide_for_the_asker(bench: Bench) -> None:
    second = factories.person(Post.DIVISION_CHIEF)
    request = ask(bench.chief, bench.division)
    approve(request, bench.judge)
    stand_in = factories.person(Post.CLERK)
    away(bench.chief, stand_in)
    with pytest.raises(NotAllowed, match="自己的申请"):
        approve(request, stand_in)
    assert approve(request, second, bench.vice).state == "approved"


def test_nobody_decides_twice_through_a_substitution(bench: Bench) -> None:
    request = ask(bench.clerk, bench.division)
    away(bench.chief, bench.judge)
    approve(request, bench.judge)
    del bench.judge.__dict__["capacities"]
    with pytest.raises(NotAllowed, match="只能决定一次"):
        approve(request, bench.judge)


def test_a_substitute_decides_and_is_shown_as_one(bench: Bench) -> None:
    request = ask(bench.clerk, bench.division)
    stand_in = factories.person(Post.JUDGE)
    away(bench.judge, stand_in)
    assert set(Notice.objects.values_list("recipient", flat=True)) == {bench.judge.pk}
    approve(request, stand_in)
    step = ApprovalStep.objects.get(request=request, position=1)
    assert (step.decided_by, step.decided_for, step.by_substitute) == (stand_in, bench.judge, True)
    assert bench.judge.name in step.decided_capacity


def test_a_request_that_nobody_could_decide_is_refused(bench: Bench) -> None:
    with pytest.raises(Refusal, match="庭长"):
        ask(bench.clerk, factories.division("civil-9"))
    assert not ApprovalRequest.objects.exists()


def test_all_reasons_against_a_request_are_told_at_once(bench: Bench) -> None:
    with pytest.raises(Refusal) as refused:
        ask(bench.clerk, factories.division("civil-9"), reason=" ")
    assert len(refused.value.reasons) == 3  # no reason given, no judge, no chief


def test_the_same_is_not_asked_twice_at_once(bench: Bench) -> None:
    request = ask(bench.clerk, bench.division)
    with pytest.raises(Refusal, match="已在审批中"):
        ask(bench.judge, bench.division)
    withdraw(actor=bench.clerk, request_id=request.pk, reason="另行申请")
    assert ask(bench.judge, bench.division).state == "pending"


def test_return_mend_and_ask_anew(bench: Bench) -> None:
    """The second round begins with the first step; the first round stays in the record."""
    request = ask(bench.clerk, bench.division)
    approve(request, bench.judge)
    request = decide(actor=bench.chief, step_id=open_step(request).pk, decision="return", comment="理由不足")
    assert request.state == "returned"
    request = resubmit(actor=bench.clerk, request_id=request.pk, reason="补充说明", target=bench.division)
    assert (request.state, request.round) == ("pending", 2)
    assert approve(request, bench.judge, bench.chief, bench.vice).state == "approved"
    states = list(ApprovalStep.objects.filter(request=request).values_list("round", "state"))
    assert states == [(1, "approved"), (1, "returned"), (1, "void"), (2, "approved"), (2, "approved"), (2, "approved")]


def test_rejection_ends_it_without_effect(bench: Bench) -> None:
    request = ask(bench.clerk, bench.division)
    old = name_of(bench.division)
    request = decide(actor=bench.judge, step_id=open_step(request).pk, decision="reject", comment="无此必要")
    assert (request.state, name_of(bench.division)) == ("rejected", old)
    assert not ApprovalStep.objects.filter(state__in=["open", "waiting"]).exists()


@pytest.mark.parametrize("decision", ["return", "reject"])
def test_a_refusal_needs_a_reason(bench: Bench, decision: str) -> None:
    request = ask(bench.clerk, bench.division)
    with pytest.raises(Refusal) as refused:
        decide(actor=bench.judge, step_id=open_step(request).pk, decision=decision, comment="  ")
    assert [reason.field for reason in refused.value.reasons] == ["comment"]


def test_only_the_asker_withdraws_and_only_while_it_runs(bench: Bench) -> None:
    request = ask(bench.clerk, bench.division)
    with pytest.raises(NotAllowed):
        withdraw(actor=bench.judge, request_id=request.pk, reason="代为撤回")
    with pytest.raises(Refusal):
        withdraw(actor=bench.clerk, request_id=request.pk, reason="")
    withdraw(actor=bench.clerk, request_id=request.pk, reason="不再需要")
    with pytest.raises(Conflict):
        withdraw(actor=bench.clerk, request_id=request.pk, reason="再撤一次")


def test_a_step_decided_meanwhile_is_a_conflict_that_names_the_decider(bench: Bench) -> None:
    second = factories.person(Post.DIVISION_CHIEF)
    request = ask(bench.clerk, bench.division)
    approve(request, bench.judge)
    step = open_step(request)
    decide(actor=bench.chief, step_id=step.pk, decision="approve")
    with pytest.raises(Conflict) as conflict:
        decide(actor=second, step_id=step.pk, decision="approve")
    assert bench.chief.name in str(conflict.value.reasons[0].remedy)


def test_a_late_decision_shows(bench: Bench) -> None:
    """Two working days from Monday end on Wednesday; a decision on Thursday is late, one on Wednesday is not."""
    in_time, late = ask(bench.clerk, bench.division), ask(bench.clerk, factories_division_with_staff())
    assert open_step(in_time).due_on == date(2026, 3, 4)
    with time_machine.travel("2026-03-04 09:00:00+00:00", tick=False):
        approve(in_time, bench.judge)
    with time_machine.travel("2026-03-05 01:00:00+00:00", tick=False):
        approve(late, User.objects.get(username="judge-of-second"))
    assert not ApprovalStep.objects.get(request=in_time, position=1).decided_late
    assert ApprovalStep.objects.get(request=late, position=1).decided_late


def factories_division_with_staff() -> Division:
    division = factories.division("civil-2")
    factories.person(Post.JUDGE, division, username="judge-of-second")
    factories.person(Post.DIVISION_CHIEF, division)
    return division


def test_every_act_is_in_the_trail(bench: Bench) -> None:
    request = ask(bench.clerk, bench.division)
    approve(request, bench.judge)
    decide(actor=bench.chief, step_id=open_step(request).pk, decision="return", comment="补充材料")
    withdraw(actor=bench.clerk, request_id=request.pk, reason="不再需要")
    verbs = list(AuditEntry.objects.filter(verb__startswith="approval.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["approval.ask", "approval.approve", "approval.return", "approval.withdraw"]


def test_an_effect_that_is_refused_refuses_the_decision(bench: Bench, monkeypatch: Any) -> None:
    request = ask(bench.clerk, bench.division)
    approve(request, bench.judge, bench.chief)

    def refuse(*_: Any) -> None:
        raise Refusal([])

    monkeypatch.setattr("courtcms.approvals.subjects._subjects", {request.kind: broken_subject(refuse)})
    with pytest.raises(Refusal):
        approve(request, bench.vice)
    assert ApprovalRequest.objects.get(pk=request.pk).state == "pending"
    assert open_step(request).post == Post.VICE_PRESIDENT


def broken_subject(on_approved: Any) -> Any:
    return replace(SUBJECT, on_approved=on_approved)


def test_the_table_knows_no_way_out_of_an_end() -> None:
    ends = {"approved", "rejected", "withdrawn"}
    assert not [key for key in TRANSITIONS if key[0] in ends]
    assert next_state("approved", "withdraw") is None
    assert next_state("pending", "resubmit") is None
