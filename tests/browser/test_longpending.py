"""The board of long-pending cases and the signals, looked at in both languages and widths by two posts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from cases.intake.models import Case
from courtcms.audit.services import act
from courtcms.core import clock
from deadlines.clocks.models import ClockInterval
from deadlines.longpending.services import refresh
from deadlines.signals.models import Signal
from deadlines.signals.services import look
from tests.browser.conftest import DB, sign_in
from tests.browser.test_look import LOOKS, faults, keep_picture
from tests.deadlines import factories

pytestmark = DB


@pytest.mark.parametrize("who", ["management", "chief"])
def test_board_and_signals_look_right(page: Page, transactional_db, who: str) -> None:
    people = factories.court_people()
    today = clock.today()
    cases = [
        factories.civil_case(people, (today - timedelta(days=days)).isoformat())
        for days in (350, 380, 430, 500, 600, 780)
    ]
    with act(actor=None, verb="test.prepare"):
        ClockInterval.objects.create(
            clock=factories.clock_of(cases[1]),
            ground="ded_appraisal",
            starts_on=today - timedelta(days=95),
            document="",
        )
        Case.objects.filter(pk=cases[4].pk).update(status="closed", closed_on=today, closing_method="judgment")
    refresh()
    look()
    sign_in(page, people[who])
    addresses = {
        "board": reverse("deadlines:longpending"),
        "board-list": reverse("deadlines:longpending_list"),
        "signals": reverse("deadlines:signals"),
        "signal": reverse("deadlines:signal", args=[Signal.objects.order_by("pk")[0].pk]),
    }
    wrong = {}
    for language, (width, height) in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        other = page.locator(f".tools form[action*=setlang] button[value='{language}']")
        if other.count():
            other.click()
            page.wait_for_load_state()
        for name, address in addresses.items():
            answer = page.goto(address)
            assert answer is not None and answer.ok, address
            keep_picture(page, f"deadlines-{name}-{who}-{width}-{language}")
            found = faults(page)
            if found:
                wrong[f"{name} {width} {language}"] = found
    assert wrong == {}
