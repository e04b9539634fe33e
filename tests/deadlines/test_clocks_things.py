"""Rows of clocks name their object, and each day of the bar has its reason."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from courtcms.core import clock as court_clock
from deadlines.changes.preview import effects_of
from deadlines.clocks.chart import ChartData, Span, Stretch, spans_of
from deadlines.clocks.derivations import derivation_of
from deadlines.clocks.models import Clock
from deadlines.clocks.services import start_clock
from deadlines.clocks.things import named
from tests.cases import appraisal_factories as things
from tests.deadlines import factories
from tests.deadlines.change_factories import agree, asked, court_people

D = date.fromisoformat
WORDS = {"why_counted": "计入", "why_extended": "延长", "why_out": "不计：%s", "why_rolled": "顺延"}


def test_each_day_has_exactly_one_reason() -> None:
    """Ten days from 2025-03-01, three taken out from 03-05, two more by extension; 03-16 is a Sunday, so 03-17.

    03-02 to 03-04 count (3), 03-05 to 03-07 do not, 03-08 to 03-14 count (7), 03-15 and 03-16 are the extension.
    """
    data = ChartData(
        started_on=D("2025-03-01"), unrolled=D("2025-03-16"), due=D("2025-03-17"), base_days=10,
        stretches=[Stretch(D("2025-03-05"), D("2025-03-08"), "鉴定", False)], today=D("2025-03-20"), request_by=None,
        words=WORDS,
    )  # fmt: skip
    assert spans_of(data) == [
        Span(D("2025-03-02"), D("2025-03-04"), "计入"), Span(D("2025-03-05"), D("2025-03-07"), "不计：鉴定"),
        Span(D("2025-03-08"), D("2025-03-14"), "计入"), Span(D("2025-03-15"), D("2025-03-16"), "延长"),
        Span(D("2025-03-17"), D("2025-03-17"), "顺延"),
    ]  # fmt: skip


@pytest.fixture
def people(db: None) -> dict[str, Any]:
    return court_people()


def test_the_drawing_of_a_clock_covers_every_day(people: dict[str, Any]) -> None:
    """Six months from 2025-02-10: Sunday 2025-08-10, so Monday 08-11."""
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    chart = derivation_of(clock).chart
    assert chart is not None
    assert [(s.first, s.last, s.reason) for s in chart.spans] == [
        (D("2025-02-11"), D("2025-08-10"), "计入期限"), (D("2025-08-11"), D("2025-08-11"), "末日为休息日，顺延"),
    ]  # fmt: skip
    browser = Client()
    browser.force_login(people["judge"])
    page = browser.get(f"/deadlines/clocks/{clock.pk}/")
    assert page.status_code == 200 and "data-days=" in page.text and "末日为休息日，顺延" in page.text


def test_lists_pages_preview_and_interface_name_the_object(people: dict[str, Any], django_assert_max_num_queries: Any):
    today = court_clock.today()
    case = factories.civil_case(people, (today - timedelta(days=30)).isoformat())
    day = (today - timedelta(days=5)).isoformat()
    ruling = things.granted(case, day)
    rows = [
        things.measure(ruling, day, object_kind="immovable", thing=f"甲区{n}号房屋", value=Decimal(200_000))
        for n in (1, 2, 3)
    ]
    clocks = [Clock.objects.live().get(subject=f"measure:{row.pk}") for row in rows]
    assert named(clocks)[clocks[0].subject] == "不动产：甲区1号房屋"
    with django_assert_max_num_queries(1):
        named(clocks)
    browser, machine = Client(), APIClient()
    browser.force_login(people["judge"])
    machine.force_authenticate(people["judge"])
    for address in ("/deadlines/?role=preservation", f"/deadlines/cases/{case.pk}/panel/"):
        page = browser.get(address)
        assert all(f"甲区{n}号房屋" in page.text for n in (1, 2, 3)), address
    assert "甲区2号房屋" in browser.get(f"/deadlines/clocks/{clocks[1].pk}/").text
    found = machine.get(f"/api/v1/clocks/?role=preservation&case={case.pk}").json()["results"]
    houses = sorted(row["thing"] for row in found if "房屋" in row["thing"])
    assert houses == [f"不动产：甲区{n}号房屋" for n in (1, 2, 3)]
    assert machine.get(f"/api/v1/clocks/{clocks[2].pk}/").json()["thing"] == "不动产：甲区3号房屋"
    change = asked(people["judge"], Clock.objects.live().trial().get(case=case), "deduction", ground="ded_appraisal",
                   starts_on=today - timedelta(days=3))  # fmt: skip
    labels = [str(effect.label) for effect in effects_of(change)]
    assert sum("号房屋" in label for label in labels) == 3


def test_the_preview_says_how_many_other_limits_it_does_not_name(people: dict[str, Any]) -> None:
    case = factories.civil_case(people, "2025-02-10")
    for number in range(9):
        start_clock(actor=None, case=case, limit_id="srv_reply", start_on=D("2025-02-11"), role="service",
                    subject=f"other:{number}")  # fmt: skip
    with court_clock.as_of(D("2025-02-20")):
        change = asked(people["judge"], Clock.objects.live().trial().get(case=case), "deduction",
                       ground="ded_appraisal", starts_on=D("2025-02-12"))  # fmt: skip
        last = effects_of(change)[-1]
    live = Clock.objects.live().filter(case=case).count() - 1
    assert str(last.label) == "本案其他期限" and last.before == f"另有 {live - 6} 个"


def test_the_interface_describes_what_it_answers(people: dict[str, Any]) -> None:
    """Every key of a step of a derivation, of a clock, of a supposition and of a change stands in the schema."""
    case = factories.civil_case(people, "2025-02-10")
    clock = Clock.objects.live().trial().get(case=case)
    machine = APIClient()
    machine.force_authenticate(people["judge"])
    schemas = machine.get("/api/v1/schema/?format=json").json()["components"]["schemas"]
    with court_clock.as_of(D("2025-04-10")):
        change = asked(people["judge"], clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"),
                       ends_on=D("2025-03-28"))  # fmt: skip
        agree(people["chief"], change)
        one = machine.get(f"/api/v1/clocks/{clock.pk}/").json()
        supposed = machine.post(f"/api/v1/clocks/{clock.pk}/what-if/", {"amount": 6, "unit": "month"}, format="json")
        changes = machine.get(f"/api/v1/changes/?case={case.pk}").json()["results"]
    assert set(one) <= set(schemas["ClockDetailOut"]["properties"])
    steps = set().union(*(set(step) for step in one["derivation"]))
    assert {"from", "to"} <= steps <= set(schemas["DerivationStep"]["properties"])
    assert set(supposed.json()) <= set(schemas["SupposedOut"]["properties"])
    # twelve months from 2025-02-10: 2026-02-10, and 25 days: Saturday 2026-03-07, so Monday 03-09
    assert supposed.json()["due_on"] == "2026-03-09"
    assert set(changes[0]) <= set(schemas["ChangeOut"]["properties"]) and changes[0]["state"] == "decided"
    stranger = APIClient()
    stranger.force_authenticate(people["criminal_judge"])
    assert stranger.get(f"/api/v1/clocks/{clock.pk}/").status_code == 404
    assert stranger.post(f"/api/v1/clocks/{clock.pk}/what-if/", {"amount": 6}, format="json").status_code == 404
    assert stranger.get("/api/v1/changes/").json()["results"] == []
    asking = {"clock": clock.pk, "kind": "extension", "reason": "-", "document": "-"}
    assert stranger.post("/api/v1/changes/", asking, format="json").status_code == 404
