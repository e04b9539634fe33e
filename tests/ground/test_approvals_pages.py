"""Pages of the approvals: the inbox, one request, decisions by form, two deciders at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from courtcms.accounts.models import Absence, User
from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalRequest, ApprovalStep
from courtcms.approvals.services import decide
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict
from tests import factories
from tests.ground.approvals import ask, open_step


class Bench:
    """A clerk who asks; judge, chief and vice president who decide."""

    def __init__(self) -> None:
        self.division = factories.division()
        self.clerk = factories.person(Post.CLERK, name="甲书记")
        self.judge = factories.person(Post.JUDGE, name="甲法官")
        self.chief = factories.person(Post.DIVISION_CHIEF, name="甲庭长")
        self.vice = factories.person(Post.VICE_PRESIDENT, factories.division("office", "office"), name="甲副院长")
        self.request = ask(self.clerk, self.division)
        self.address = f"/approvals/{self.request.pk}/"


@pytest.fixture
def bench(db: None) -> Bench:
    return Bench()


def page(client: Client, user: User, address: str, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def post(client: Client, user: User, address: str, **data: Any) -> Any:
    client.force_login(user)
    return client.post(address, data)


def test_each_sees_his_part(client: Client, bench: Bench) -> None:
    title = bench.request.title
    assert title in page(client, bench.judge, "/approvals/")
    assert title not in page(client, bench.chief, "/approvals/")
    assert title in page(client, bench.clerk, "/approvals/?show=asked")
    decide(actor=bench.judge, step_id=open_step(bench.request).pk, decision="approve")
    assert title not in page(client, bench.judge, "/approvals/")
    assert title in page(client, bench.judge, "/approvals/?show=done")
    assert title in page(client, bench.chief, "/approvals/?show=x&cursor=x")


def test_the_page_shows_steps_effect_and_form_to_the_holder_only(client: Client, bench: Bench) -> None:
    text = page(client, bench.judge, bench.address)
    for words in ("新名称庭", "名称与职能不符", "测试规则第一条", "提交决定"):
        assert words in text
    asker = page(client, bench.clerk, bench.address)
    assert "提交决定" not in asker
    assert "这是您自己的申请" in asker
    assert "撤回申请" in asker
    assert "现在不由您审批" in page(client, bench.chief, bench.address)


def test_who_has_no_part_in_it_gets_404(client: Client, bench: Bench) -> None:
    for other in (factories.person(Post.HOTLINE), factories.person(Post.CLERK)):
        page(client, other, bench.address, 404)
        assert post(client, other, bench.address + "decide/", step="1", decision="approve").status_code == 404
    page(client, factories.person(Post.TRIAL_MANAGEMENT), bench.address)


def test_approve_return_resubmit_reject_by_form(client: Client, bench: Bench) -> None:
    step = open_step(bench.request).pk
    assert post(client, bench.judge, bench.address + "decide/", step=step, decision="approve").status_code == 302
    step = open_step(bench.request).pk
    refused = post(client, bench.chief, bench.address + "decide/", step=step, decision="return", comment=" ")
    assert refused.status_code == 400
    assert "须写明理由" in refused.content.decode()
    data = {"step": step, "decision": "return", "comment": "补充材料"}
    assert post(client, bench.chief, bench.address + "decide/", **data).status_code == 302
    assert "重新提交" in page(client, bench.clerk, bench.address)
    assert post(client, bench.clerk, bench.address + "resubmit/", **{"resubmit-reason": "已补充"}).status_code == 302
    step = open_step(bench.request).pk
    data = {"step": step, "decision": "reject", "comment": "无此必要"}
    assert post(client, bench.judge, bench.address + "decide/", **data).status_code == 302
    text = page(client, bench.clerk, bench.address)
    assert "不予批准" in text
    assert "补充材料" in text  # the first round stays


def test_withdraw_by_form(client: Client, bench: Bench) -> None:
    assert post(client, bench.clerk, bench.address + "withdraw/").status_code == 400
    assert post(client, bench.judge, bench.address + "withdraw/", **{"withdraw-reason": "x"}).status_code == 403
    assert post(client, bench.clerk, bench.address + "withdraw/", **{"withdraw-reason": "不需要"}).status_code == 302
    assert post(client, bench.clerk, bench.address + "withdraw/", **{"withdraw-reason": "再撤"}).status_code == 409


def test_a_step_decided_meanwhile_shows_the_newest_state(client: Client, bench: Bench) -> None:
    step = open_step(bench.request).pk
    decide(actor=bench.judge, step_id=step, decision="approve")
    response = post(client, bench.judge, bench.address + "decide/", step=step, decision="approve")
    assert response.status_code == 409
    assert "甲法官" in response.content.decode()


def test_a_substitute_is_named_as_one(client: Client, bench: Bench) -> None:
    stand_in = factories.person(Post.JUDGE, name="甲代理")
    with act(actor=None, verb="test.absence"):
        Absence.objects.create(
            user=bench.judge, substitute=stand_in, since=clock.today(), until=clock.today() + timedelta(days=3)
        )
    assert "代甲法官" in page(client, stand_in, bench.address)
    step = open_step(bench.request).pk
    post(client, stand_in, bench.address + "decide/", step=step, decision="approve")
    assert "代 甲法官 履职" in page(client, bench.clerk, bench.address)


@pytest.mark.parametrize(
    "data",
    [{}, {"step": "x"}, {"step": "9" * 40, "decision": "approve"}, {"step": "0", "decision": "approve"},
     {"decision": "approve", "comment": "x" * 3000}, {"step": "1", "decision": "own"}],
)  # fmt: skip
def test_bad_input_is_refused(client: Client, bench: Bench, data: dict[str, str]) -> None:
    assert post(client, bench.judge, bench.address + "decide/", **data).status_code == 400
    assert ApprovalRequest.objects.get().state == "pending"
    page(client, bench.judge, "/approvals/99999999/", 404)


def test_two_deciders_at_once_one_decides_and_the_other_is_told(transactional_db: None) -> None:
    bench = Bench()
    second = factories.person(Post.DIVISION_CHIEF)
    decide(actor=bench.judge, step_id=open_step(bench.request).pk, decision="approve")
    step = open_step(bench.request).pk

    def try_to(person: User) -> str:
        try:
            decide(actor=person, step_id=step, decision="approve")
        except Conflict:
            return "conflict"
        finally:
            connections.close_all()
        return "decided"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(try_to, [bench.chief, second])) == ["conflict", "decided"]
    assert ApprovalStep.objects.filter(state="approved").count() == 2
