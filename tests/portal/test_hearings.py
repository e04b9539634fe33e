"""The public page of hearings, in both languages, with bad input."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from courtcms.audit.services import act
from courtcms.core import clock
from publicity.portal.hearing_services import PublicHearing, push_hearing

pytestmark = pytest.mark.django_db


def announce(number: int, days: int = 3, **fields: object) -> None:
    starts = datetime.combine(clock.today() + timedelta(days=days), datetime.min.time(), tzinfo=clock.COURT_ZONE)
    values = {
        "public_id": f"h{number}", "case_number": f"（2026）津02民初{number}号", "court_name": "天津市第二中级人民法院",
        "courtroom": "第一法庭", "courtroom_en": "Courtroom 1", "cause": "买卖合同纠纷", "cause_en": "Sale of goods",
        "kind": "hearing", "starts_at": starts + timedelta(hours=9), "ends_at": starts + timedelta(hours=11),
        "title": "甲公司 诉 乙公司", "judges": ("丙一",),
    }  # fmt: skip
    with act(actor=None, verb="test.announce"):
        push_hearing(PublicHearing(**(values | fields)))


@pytest.mark.parametrize(("prefix", "words"), [("", "买卖合同纠纷"), ("/en", "Sale of goods")])
def test_hearings_to_come_in_both_languages(public: Client, prefix: str, words: str) -> None:
    announce(1)
    announce(2, days=-2)
    page = public.get(f"{prefix}/hearings/")
    assert page.status_code == 200 and "津02民初1号" in page.text and words in page.text
    assert "津02民初2号" not in page.text


def test_a_day_and_a_case_number_narrow_the_list(public: Client) -> None:
    announce(1, days=3)
    announce(25, days=4)
    day = (clock.today() + timedelta(days=4)).isoformat()
    assert [row.public_id for row in public.get("/hearings/", {"day": day}).context["page"].rows] == ["h25"]
    found = public.get("/hearings/", {"q": "(2026)津02民初25号"}).context["page"].rows
    assert [row.public_id for row in found] == ["h25"]


def test_the_same_push_twice_is_one(public: Client) -> None:
    announce(1)
    announce(1, courtroom="第二法庭")
    assert [row.courtroom for row in public.get("/hearings/").context["page"].rows] == ["第二法庭"]


@pytest.mark.parametrize("query", ["day=2026-02-31", "day=0001-01-01", "q=" + "x" * 200])
def test_bad_input_is_told_and_the_list_stays(public: Client, query: str) -> None:
    announce(1)
    page = public.get(f"/hearings/?{query}")
    assert page.status_code == 400 and "津02民初1号" in page.text


def test_the_list_is_there_as_json_in_time_order(public: Client) -> None:
    announce(1, days=5)
    announce(2, days=3, title="")
    announce(3, days=-1)
    found = public.get("/api/v1/hearings/").json()["results"]
    assert [(row["id"], row["title"]) for row in found] == [("h2", ""), ("h1", "甲公司 诉 乙公司")]
    day = (clock.today() + timedelta(days=5)).isoformat()
    assert [row["id"] for row in public.get("/api/v1/hearings/", {"day": day}).json()["results"]] == ["h1"]
    found = public.get("/api/v1/hearings/", {"q": "(2026)津02民初3号", "page_size": 1}).json()["results"]
    assert [row["id"] for row in found] == ["h3"]


def test_the_json_list_names_everything_that_is_wrong_with_the_question(public: Client) -> None:
    answer = public.get("/api/v1/hearings/", {"day": "2026-02-31", "q": "x" * 200})
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"day", "q"}
