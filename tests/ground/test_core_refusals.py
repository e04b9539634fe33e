"""A refusal says everything at once, in a page, in JSON and on a form."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django import forms
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from courtcms.core import events
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons, Refusal
from courtcms.core.locks import lock
from courtcms.core.middleware import refusals
from courtcms.core.workdays import add_working_days, weekdays
from courtcms.courts.models import Division
from tests import factories

REASONS = [
    Reason("案由必填", field="cause", code="missing"),
    Reason("期限已过", article="民诉法152", remedy="不能补批"),
]


def answered(path: str, refusal: Exception) -> HttpResponse | None:
    """What the middleware makes of an exception."""
    request: HttpRequest = RequestFactory().get(path)
    request.user = factories.person()  # type: ignore[assignment]
    request.session = {}  # type: ignore[assignment]
    return refusals(lambda _: HttpResponse()).process_exception(request, refusal)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "status"), [(Refusal, 400), (NotAllowed, 403), (Conflict, 409)])
def test_a_page_shows_every_reason_with_the_right_status(kind: type[Refusal], status: int) -> None:
    response = answered("/cases/new/", kind(REASONS))
    assert response is not None
    assert response.status_code == status
    for words in ("案由必填", "期限已过", "民诉法152", "不能补批"):
        assert words in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "status"), [(Refusal, 400), (NotAllowed, 403), (Conflict, 409)])
def test_the_api_answers_the_same_as_json(kind: type[Refusal], status: int) -> None:
    response = answered("/api/v1/cases/", kind(REASONS))
    assert response is not None
    assert response.status_code == status
    errors = json.loads(response.content)["errors"]
    assert [(error["field"], error["message"], error["article"]) for error in errors] == [
        ("cause", "案由必填", ""),
        ("", "期限已过", "民诉法152"),
    ]


@pytest.mark.django_db
def test_other_exceptions_pass() -> None:
    assert answered("/", ZeroDivisionError()) is None


def test_a_form_shows_each_reason_at_its_field() -> None:
    class Form(forms.Form):
        cause = forms.CharField()

    form = Form({"cause": "x"})
    assert form.is_valid()
    Refusal(REASONS).apply_to(form)
    assert form.errors["cause"] == ["案由必填"]
    assert form.non_field_errors() == ["期限已过 民诉法152 不能补批"]


def test_reasons_are_collected_and_raised_once() -> None:
    reasons = Reasons()
    reasons.refuse()
    reasons.add("一")
    reasons.add("二")
    with pytest.raises(Conflict) as refused:
        reasons.refuse(Conflict)
    assert [reason.message for reason in refused.value.reasons] == ["一", "二"]


def test_a_handler_that_fails_fails_the_act() -> None:
    class Happened(events.Event):
        """Something."""

    heard: list[Any] = []

    def listen(event: Happened) -> None:
        heard.append(event)

    events.subscribe(Happened, listen)
    events.subscribe(Happened, listen)  # twice counts once
    event = Happened()
    events.publish(event)
    assert heard == [event]

    def fail(event: Happened) -> None:
        raise ZeroDivisionError

    events.subscribe(Happened, fail)
    with pytest.raises(ZeroDivisionError):
        events.publish(Happened())


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_is_a_conflict_and_not_an_endless_wait() -> None:
    division = factories.division()
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as held:
            held.execute("SELECT 1 FROM courts_division WHERE id = %s FOR UPDATE", [division.pk])
        with pytest.raises(Conflict), connections["default"].cursor():
            connections["default"].set_autocommit(False)
            lock(Division.objects.all(), [division.pk], seconds=0.2)
    finally:
        connections["default"].rollback()
        connections["default"].set_autocommit(True)
        other.rollback()
        other.close()


def test_working_days_without_a_calendar_are_monday_to_friday() -> None:
    friday = factories.LONG_AGO.replace(2026, 3, 6)
    assert weekdays(friday, 1).isoformat() == "2026-03-09"
    assert weekdays(friday, 6).isoformat() == "2026-03-16"
    assert weekdays(friday, 0) == friday


@pytest.mark.django_db
def test_the_courts_calendar_counts_for_the_rooms_below_it() -> None:
    """The National Day week of 2026 ends on 7 October; Saturday 10 October is a make-up working day."""
    assert add_working_days(date(2026, 9, 30), 1).isoformat() == "2026-10-08"
    assert add_working_days(date(2026, 9, 30), 3).isoformat() == "2026-10-10"
