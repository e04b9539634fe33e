"""Applications in Chromium, in both languages and at both widths: readable, nothing sticks out of the page."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from courtcms.core import clock as court_clock
from tests.browser.conftest import sign_in
from tests.deadlines import factories
from tests.deadlines.change_factories import agree, asked, court_people

SHOTS = os.environ.get("LOOK_SHOTS", "")
D = date.fromisoformat
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 390), ("en", 1440)])
def test_the_pages_of_changes_fit(page: Page, live_server, language: str, width: int) -> None:
    people = court_people()
    case = factories.civil_case(people, "2026-10-12")
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2026-11-20")):
        done = asked(people["judge"], clock, "deduction", ground="ded_appraisal", starts_on=D("2026-10-20"),
                     ends_on=D("2026-11-10"), reason="需要鉴定笔迹的真伪")  # fmt: skip
        agree(people["chief"], done)
        wait = asked(people["judge"], clock, "extension", ground="civ_1st_ordinary#1", amount=6, unit="month")
        agree(people["chief"], wait)
    page.set_viewport_size({"width": width, "height": 900})
    pages = {
        "judge": ["clocks/{c}/", "clocks/{c}/ask/?kind=extension", "clocks/{c}/ask/?kind=deduction",
                  "clocks/{c}/plain/",
                  "clocks/{c}/what-if/?kind=deduction&ground=ded_notice&starts_on=2026-11-12&ends_on=2026-12-12"],
        "chief": ["changes/", "changes/{d}/", "changes/notices/{n}/"],
        "president": ["changes/{w}/", "lower/"],
        "management": ["limits/?status=target", "limits/apr_general/", "clocks/{c}/", "lower/new/"],
    }  # fmt: skip
    names = {"c": clock.pk, "d": done.pk, "w": wait.pk, "n": done.party_notices.first().pk}
    for who, addresses in pages.items():
        page.context.clear_cookies()
        sign_in(page, people[who], "/deadlines/changes/")
        page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        for number, address in enumerate(addresses):
            page.goto("/deadlines/" + address.format(**names))
            page.wait_for_load_state("networkidle")
            assert page.locator("h1").count() == 1 or "notices" in address or "plain" in address
            assert page.evaluate(OVERFLOW) <= 0, address
            if SHOTS:
                name = f"{who}-{number}-{language}-{width}.png"
                page.screenshot(path=str(Path(SHOTS) / name), full_page=True)
