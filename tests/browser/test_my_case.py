"""A clerk hands out a code, a party looks on the phone: Chromium, the public site its own process and database role."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from courtcms.audit.services import act
from courtcms.core import clock
from publicity.process_info.access_services import work_off
from tests.browser.conftest import DB, sign_in
from tests.deadlines import factories
from tests.deadlines import hearing_factories as hearings
from tests.deadlines.change_factories import agree, asked, court_people

pytestmark = DB
SHOTS = os.environ.get("LOOK_SHOTS", "")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def looked_at(page: Page, name: str, widths: tuple[int, ...] = (390, 320, 1440)) -> None:
    """At each width not wider than the window; at the first without an axe violation."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(OVERFLOW) <= 0, f"{name} at {width}"
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)
        if width != 320:
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": widths[0], "height": 844})


@pytest.fixture
def case(live_server):
    """Filed sixty days ago, thirty of them taken out for an appraisal, a hearing ahead."""
    people = court_people()
    today = clock.today()
    case = factories.civil_case(people, (today - timedelta(days=60)).isoformat())
    change = asked(people["judge"], factories.clock_of(case), "deduction", ground="ded_appraisal",
                   starts_on=today - timedelta(days=40), ends_on=today - timedelta(days=10),
                   reason="需要鉴定笔迹的真伪")  # fmt: skip
    agree(people["chief"], change)
    with act(actor=None, verb="test.bench"):
        case.bench.create(user=people["clerk"], role="clerk", since=today)
    hearings.hearing(of=case)
    case.people = people
    return case


def test_from_the_slip_to_the_phone(page: Page, case, public_address: str, browser: Browser) -> None:
    people, party = case.people, case.parties.order_by("position").first()
    sign_in(page, people["clerk"], f"/cases/{case.pk}/")
    panel = page.locator("section", has=page.get_by_role("heading", name="当事人所见"))
    expect(panel.first).to_contain_text("未发查询码")
    page.goto(f"/publicity/process/cases/{case.pk}/")
    looked_at(page, "codes", (1440, 390))
    seat = page.locator("section.sec").filter(has_text=party.name).first
    seat.locator("summary").first.click()
    seat.locator("select").select_option("in_person")
    seat.locator("input[name=identity_checked]").fill("营业执照、法定代表人身份证明")
    seat.get_by_role("button", name="生成并显示查询码").click()
    code = page.locator("[data-code]").inner_text()
    looked_at(page, "slip", (1440, 390))

    phone = browser.new_context(
        base_url=public_address, viewport={"width": 390, "height": 844}, has_touch=True, locale="zh-CN"
    )
    mobile = phone.new_page()
    problems: list[str] = []
    mobile.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    mobile.goto("/my-case/")
    looked_at(mobile, "sign-in")
    assert phone.cookies() == []
    mobile.get_by_label("案号").fill(case.number)
    mobile.get_by_label("查询码").fill(code.lower().replace("-", " "))
    mobile.get_by_role("button", name="查看").click()
    expect(mobile.locator("h1")).to_have_text("等待开庭")
    expect(mobile.locator("main")).to_contain_text("需要鉴定笔迹的真伪")
    looked_at(mobile, "my-case")
    # each piece of the bar says its reason to whoever points at it or tabs to it
    out = mobile.locator("svg g", has=mobile.locator("rect.f-ded")).first
    assert "不算 30 天" in (out.get_attribute("aria-label") or "") and out.get_attribute("tabindex") == "0"
    assert "鉴定" in out.locator("title").inner_html()
    mobile.get_by_text("每一天怎么算的").first.click()
    expect(mobile.locator("main")).to_contain_text("30 天不计入期限")
    assert {(cookie["path"], cookie["httpOnly"], cookie["sameSite"]) for cookie in phone.cookies()} == {
        ("/my-case/", True, "Strict"), ("/en/my-case/", True, "Strict"),
    }  # fmt: skip
    mobile.get_by_role("link", name="English").click()
    expect(mobile.locator("html")).to_have_attribute("lang", "en")
    expect(mobile.locator("h1")).to_have_text("Waiting for the hearing")
    looked_at(mobile, "my-case-en")

    asked_again = asked(people["judge"], factories.clock_of(case), "suspension", ground="sus_civil",
                        starts_on=clock.today(), reason="一方当事人死亡，等待继承人表明是否参加诉讼")  # fmt: skip
    agree(people["chief"], asked_again)
    work_off()
    mobile.goto("/my-case/")
    expect(mobile.locator("h1")).to_have_text("期限停止计算")
    looked_at(mobile, "my-case-paused")
    mobile.get_by_role("button", name="退出").click()
    expect(mobile.get_by_label("查询码")).to_be_visible()
    assert phone.cookies() == []
    phone.close()
    assert problems == []

    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/publicity/process/parties/{party.pk}/")
    looked_at(page, "preview", (1440, 390))
