"""A visitor says that a page shows too much; the court holds it; in Chromium, the public site its own process."""

import os
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from courtcms.accounts.posts import Post
from courtcms.core import clock
from publicity.judgments import publish_services
from tests import factories as ground
from tests.browser.conftest import DB, sign_in
from tests.publicity import factories as make

pytestmark = DB
SHOTS = os.environ.get("COURTCMS_SHOTS", "")
WIDTHS = (1440, 390, 320)


@pytest.fixture
def published(live_server):
    with clock.as_of(date(2026, 6, 1)):
        case = make.inheritance_case()
    clerk, other = make.staff(case), make.staff(case)
    publication = make.cleared(case, clerk, other)
    publish_services.publish(actor=clerk, publication=publication)
    return publication


def looked_at(page: Page, name: str) -> None:
    """At each width: not wider than the window; at the widest and narrowest without an axe violation."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} at {width}: {wide}px wider than the window"
        if width != 390:
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 1440, "height": 900})


def test_from_the_visitors_form_to_the_hold_and_back(page, published, public_address):
    office = ground.person(Post.TRIAL_MANAGEMENT, published.case.division)
    address = f"{public_address}/judgments/{published.public_id}/"
    page.goto(address)
    looked_at(page, "document")
    page.click("text=告诉我们")
    looked_at(page, "report")
    page.fill("textarea", "事实部分写出了邻居的名字")
    page.click("main form button")
    expect(page.locator("h1")).to_have_text("已收到")
    receipt = page.locator("main code").inner_text()
    looked_at(page, "received")
    page.goto(address.replace("/judgments/", "/en/judgments/") + "report/")
    looked_at(page, "report-en")

    sign_in(page, office, "/publicity/reports/")
    looked_at(page, "reports")
    page.click(f"text={receipt}")
    looked_at(page, "report-staff")
    page.click("text=暂停公布，核查 7 日")
    expect(page.locator("body")).to_contain_text("已暂停公布")
    page.goto(address)
    expect(page.locator("h1")).to_have_text("这份文书正在核查，暂停公布")
    looked_at(page, "held")
    page.goto(f"/publicity/judgments/{published.pk}/")
    looked_at(page, "publication-held")
    page.fill("[name=release-reason]", "核查无误，所指为代理人")
    page.click("button:text-is('恢复公布')")
    page.goto(address)
    expect(page.locator("article")).to_contain_text("遗产应当依法分割")
