"""The API of the escalations: the same acts, the same refusals."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from courtcms.accounts.models import User
from courtcms.accounts.posts import Post
from tests import factories as ground
from tests.oversight.factories import People, live, scanned, worked_off

pytestmark = pytest.mark.django_db
LIST = "/api/v1/escalations/"


@pytest.fixture
def people() -> Any:
    """The day after the due day."""
    with time_machine.travel("2025-08-12 02:00:00+00:00", tick=False):
        yield People()


def client(user: User) -> APIClient:
    made = APIClient()
    made.force_login(user)
    return made


def test_list_one_measure_report(people: People) -> None:
    case = people.case()
    scanned("2025-08-12")
    chief, judge = client(people.chief), client(people.judge)
    rows = chief.get(LIST).json()["results"]
    assert [(row["case_number"], row["state"], row["due_on"]) for row in rows] == [(case.number, "open", "2025-08-15")]
    address = f"{LIST}{rows[0]['id']}/"
    csrf: dict[str, Any] = {}
    asked = chief.post(f"{address}measure/", {"measure": "S2", "text": "请报告", "until": "2025-08-20"}, **csrf)
    assert (asked.status_code, asked.json()["state"]) == (200, "awaiting")
    answered = judge.post(f"{address}report/", {"text": "下周宣判"})
    assert (answered.status_code, answered.json()["state"]) == (200, "open")
    assert [line["kind"] for line in judge.get(address).json()["acts"]] == ["opened", "measure", "answer"]


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({}, {"measure", "text"}),
        ({"measure": "F1", "text": "x"}, {"measure"}),
        ({"measure": "S2", "text": "x"}, {"until"}),
        ({"measure": "S2", "text": "x", "until": "soon"}, {"until"}),
        ({"measure": "S1", "text": "x", "until": "2020-01-01"}, {"until", "detail"}),
    ],
)
def test_bad_input_names_every_field(people: People, data: dict[str, Any], fields: set[str]) -> None:
    case = people.case()
    scanned("2025-08-12")
    answer = client(people.chief).post(f"{LIST}{live(case).pk}/measure/", data)
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == fields


def test_scope_and_permission(people: People) -> None:
    case = people.case()
    scanned("2025-08-12")
    pk = live(case).pk
    data = {"measure": "S2", "text": "请报告", "until": "2025-08-20"}
    assert client(people.other_chief).get(f"{LIST}{pk}/").status_code == 404
    assert client(people.other_chief).post(f"{LIST}{pk}/measure/", data).status_code == 404
    assert client(people.vice).post(f"{LIST}{pk}/measure/", data).status_code == 403
    assert client(people.judge).post(f"{LIST}{pk}/measure/", data).status_code == 403
    assert client(ground.person(Post.HOTLINE)).get(LIST).status_code == 403
    assert APIClient().get(LIST).status_code in {401, 403}


def test_a_stale_rung_is_a_conflict(people: People) -> None:
    case = people.case()
    scanned("2025-08-12")
    worked_off("2025-08-18")
    data = {"measure": "S2", "text": "请报告", "until": "2025-08-20", "position": 3}
    answer = client(people.vice).post(f"{LIST}{live(case).pk}/measure/", data)
    assert answer.status_code == 409
    assert "已上送" in answer.json()["errors"][0]["message"]
