"""The chief's inbox, one escalation, the case page: who sees what, and that bad input teaches."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courtcms.accounts.models import User
from courtcms.accounts.posts import Post
from oversight.escalation.models import EscalationAct
from tests import factories as ground
from tests.oversight.factories import D, People, live, scanned, worked_off

pytestmark = pytest.mark.django_db
TODAY = "2025-08-12"
INBOX = "/oversight/escalations/"


@pytest.fixture
def people() -> Any:
    """The day after the due day, ten in the morning in court."""
    with time_machine.travel("2025-08-12 02:00:00+00:00", tick=False):
        yield People()


def page(client: Client, user: User, address: str, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_chief_sees_what_waits_for_him_with_ladder_and_measures(client: Client, people: People) -> None:
    case = people.case()
    scanned(TODAY)
    text = page(client, people.chief, INBOX)
    for words in (
        case.number,
        "审限超期 1 天",
        "甲承办",
        "要求限期报告进展",
        "甲副院长",
        "未答复则 08-18",
        "本页没有也不能有",
    ):
        assert words in text
    assert 'name="escalation"' not in text  # over the limit: answered one by one


def test_in_english(client: Client, people: People) -> None:
    people.case()
    scanned(TODAY)
    client.cookies["django_language"] = "en"
    text = page(client, people.chief, INBOX)
    assert "Division chief" in text
    assert "Ask for a report" in text


def test_others_have_their_own_inbox(client: Client, people: People) -> None:
    case = people.case()
    scanned(TODAY)
    for other in (people.other_chief, people.vice, people.judge):
        assert "没有待您答复的督办" in page(client, other, INBOX)
    worked_off("2025-08-18")
    assert case.number in page(client, people.vice, INBOX)
    assert "没有待您答复的督办" in page(client, people.chief, INBOX)
    assert case.number in page(client, people.chief, f"{INBOX}?show=climbed")


def test_a_measure_by_the_form(client: Client, people: People) -> None:
    case = people.case()
    scanned(TODAY)
    pk = live(case).pk
    client.force_login(people.chief)
    data = {"measure": "S2", "text": "请报告进展", "until": "2025-08-20", "position": "3"}
    assert client.post(f"{INBOX}{pk}/measure/", data).status_code == 302
    assert live(case).state == "awaiting"
    text = page(client, people.judge, f"{INBOX}{pk}/")
    assert "请报告进展" in text
    assert "提交报告" in text
    assert client.post(f"{INBOX}{pk}/report/", {"text": "下周宣判"}).status_code == 302
    assert "下周宣判" in page(client, people.chief, INBOX)


def test_a_refused_form_keeps_what_was_written_and_says_why(client: Client, people: People) -> None:
    case = people.case()
    scanned(TODAY)
    pk = live(case).pk
    client.force_login(people.chief)
    response = client.post(f"{INBOX}{pk}/measure/", {"measure": "S1", "text": "已写的意见", "until": "2020-01-01"})
    text = response.content.decode()
    assert response.status_code == 400
    for words in ("已写的意见", "日期须在今天之后", "须写明分案规则的条款"):
        assert words in text


def test_a_stale_page_is_a_conflict(client: Client, people: People) -> None:
    case = people.case()
    scanned(TODAY)
    pk = live(case).pk
    worked_off("2025-08-18")
    with time_machine.travel("2025-08-18 02:00:00+00:00", tick=False):
        client.force_login(people.vice)
        data = {"measure": "S2", "text": "请报告", "until": "2025-08-20", "position": "3"}
        response = client.post(f"{INBOX}{pk}/measure/", data)
    assert response.status_code == 409
    assert "已上送" in response.content.decode()


BAD: list[dict[str, Any]] = [
    {},
    {"measure": "F1", "text": "x", "until": "2025-08-20"},
    {"measure": "S2", "text": "x" * 5000, "until": "2025-08-20"},
    {"measure": "S2", "text": "x", "until": "soon"},
    {"measure": "S2", "text": "x\x00y", "until": "2025-08-20"},
    {"measure": "S2", "text": "x", "until": "2025-08-20", "position": "many"},
    {"measure": ["S2", "S3"], "text": "", "until": "9999-12-31"},
]


@pytest.mark.parametrize("data", BAD)
def test_bad_input_is_refused_and_nothing_is_written(client: Client, people: People, data: dict[str, Any]) -> None:
    case = people.case()
    scanned(TODAY)
    client.force_login(people.chief)
    for act in ("measure", "explain", "report"):
        response = client.post(f"{INBOX}{live(case).pk}/{act}/", data)
        assert response.status_code in {400, 403}
    assert not EscalationAct.objects.filter(actor__isnull=False).exists()
    assert client.post(f"{INBOX}bulk/", data).status_code in {200, 400}
    assert client.post(f"{INBOX}bulk/", {"escalation": ["x", "9" * 50, "-1"]}).status_code == 200
    assert client.get(f"{INBOX}?show=x&cursor=%E2%82%AC&at=x").status_code == 200
    assert client.get(f"{INBOX}99999999/").status_code == 404


def test_who_sees_neither_case_nor_escalation_gets_404(client: Client, people: People) -> None:
    case = people.case()
    scanned(TODAY)
    pk = live(case).pk
    page(client, people.other_chief, f"{INBOX}{pk}/", 404)
    page(client, people.other_chief, f"/oversight/cases/{case.pk}/panel/", 404)
    page(client, ground.person(Post.HOTLINE), f"{INBOX}{pk}/", 403)


def test_the_bench_reads_the_trace_on_the_case_page(client: Client, people: People) -> None:
    """Judge, presiding judge and clerk of the bench; so does trial management."""
    case = people.case()
    scanned(TODAY)
    client.force_login(people.chief)
    data = {"measure": "P", "text": "8月20日前宣判", "until": "2025-08-20", "position": "3"}
    client.post(f"{INBOX}{live(case).pk}/measure/", data)
    for reader in (people.judge, people.presiding, people.management):
        text = page(client, reader, f"/oversight/cases/{case.pk}/panel/")
        assert "8月20日前宣判" in text
        assert "甲庭长" in text
        assert "法释〔2000〕29号" in text
    assert "本案没有督办" in page(client, people.judge, f"/oversight/cases/{people.case().pk}/panel/")


def test_bulk_shows_what_each_gets_before_anything_is_written(client: Client, people: People) -> None:
    cases = [people.case() for _ in range(3)]
    scanned("2025-07-27")
    for day in ("2025-07-29", "2025-08-01"):
        worked_off(day)
    with time_machine.travel("2025-08-01 02:00:00+00:00", tick=False):
        client.force_login(people.chief)
        ids = [live(case).pk for case in cases]
        first = client.post(f"{INBOX}bulk/", {"escalation": ids}).content.decode()
        assert all(case.number in first for case in cases)
        data = {"escalation": ids, "measure": "S2", "text": "请报告进展", "until": "2025-08-08"}
        preview = client.post(f"{INBOX}bulk/", data | {"preview": "1"}).content.decode()
        assert preview.count("请报告进展") >= 4
        assert {live(case).state for case in cases} == {"open"}
        assert client.post(f"{INBOX}bulk/", data | {"send": "1"}).status_code == 302
    assert {live(case).state for case in cases} == {"awaiting"}


def test_the_desk_shows_what_is_owed(client: Client, people: People) -> None:
    """The chief an answer; the judge, once asked, a report."""
    case = people.case()
    scanned(TODAY)
    assert case.number in page(client, people.chief, "/oversight/desk/panel/")
    assert "没有" in page(client, people.judge, "/oversight/desk/panel/")
    data = {"measure": "S2", "text": "请报告进展", "until": "2025-08-20", "position": "3"}
    client.force_login(people.chief)
    client.post(f"{INBOX}{live(case).pk}/measure/", data)
    assert case.number in page(client, people.judge, "/oversight/desk/panel/")
    assert case.number not in page(client, people.chief, "/oversight/desk/panel/")


def test_the_ladder_is_open_to_read(client: Client, people: People) -> None:
    text = page(client, people.judge, "/oversight/ladder/")
    assert text.index("院长") < text.index("承办法官")


def test_the_inbox_costs_the_same_however_full_it_is(client: Client, people: People) -> None:
    people.case()
    scanned(TODAY)
    client.force_login(people.chief)
    client.get(INBOX)
    with CaptureQueriesContext(connection) as one:
        client.get(INBOX)
    for _ in range(10):
        people.case()
    scanned(TODAY)
    with CaptureQueriesContext(connection) as eleven:
        client.get(INBOX)
    assert len(eleven) == len(one) <= 33


def test_a_scan_says_what_it_opened(people: People) -> None:
    people.case(filed_on="2025-02-10")
    scanned(TODAY)
    assert EscalationAct.objects.get(kind="opened").on == D(TODAY)
