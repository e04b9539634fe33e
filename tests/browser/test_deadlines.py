"""The clock page with a full ledger, the list, the calendar, the heartbeat: looked at in both languages and widths."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from playwright.sync_api import Page, expect

from courtcms.core import clock
from deadlines.clocks.extension_services import ExtensionDraft, extend_clock
from deadlines.clocks.interval_services import IntervalDraft, add_interval
from deadlines.clocks.models import Clock
from deadlines.clocks.services import start_clock
from deadlines.scan.services import scan
from tests.browser.conftest import DB, sign_in
from tests.browser.test_look import LOOKS, faults, keep_picture
from tests.deadlines import factories

pytestmark = DB


def rich_case(people) -> Clock:
    """Ten months ago: a jurisdiction objection, an appraisal, overlapping talks, a suspension, an extension."""
    start = clock.today() - timedelta(days=320)
    case = factories.civil_case(people, start.isoformat())
    trial = factories.clock_of(case)

    def day(number: int) -> date:
        return start + timedelta(days=number)

    with clock.as_of(day(300)):
        for ground, first, last in (
            ("ded_jurisdiction_objection", 25, 57),
            ("ded_appraisal", 95, 179),
            ("ded_settlement", 172, 186),
            ("sus_civil", 221, 235),
        ):
            draft = IntervalDraft(ground, day(first), day(last), "裁定书或者委托书", "庭长 甲一")
            add_interval(actor=people["management"], clock=trial, draft=draft)
        trial.refresh_from_db()
        extend_clock(
            actor=people["management"], clock=trial,
            draft=ExtensionDraft(1, "month", day(291), "审批表", "需要复核工程量", day(298), "院长 甲二"),
        )  # fmt: skip
    start_clock(actor=None, case=case, limit_id="prv_bank", start_on=day(7))
    scan(as_of=clock.today())
    return trial


def test_pages_of_legal_time_look_right(page: Page, transactional_db) -> None:
    people = factories.court_people()
    trial = rich_case(people)
    for months in (1, 3, 5, 7):
        factories.civil_case(people, (clock.today() - timedelta(days=30 * months)).isoformat())
    sign_in(page, people["management"])
    addresses = {
        "clock": reverse("deadlines:clock", args=[trial.pk]),
        "list": reverse("deadlines:list"),
        "calendar": reverse("deadlines:calendar") + "?year=2026",
        "calendar-2027": reverse("deadlines:calendar") + "?year=2027",
        "scans": reverse("deadlines:scans"),
        "case": reverse("cases:detail", args=[trial.case_id]),
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
            expect(page.locator("[aria-busy=true]")).to_have_count(0)
            keep_picture(page, f"deadlines-{name}-{width}-{language}")
            found = faults(page)
            if found:
                wrong[f"{name} {width} {language}"] = found
    assert wrong == {}


def test_a_deduction_is_entered_in_the_browser_and_the_date_moves(page: Page, transactional_db) -> None:
    people = factories.court_people()
    filed = clock.today() - timedelta(days=60)
    trial = factories.clock_of(factories.civil_case(people, filed.isoformat()))
    sign_in(page, people["management"])
    page.goto(reverse("deadlines:clock", args=[trial.pk]))
    page.get_by_text("登记扣除或者中止").click()
    page.get_by_label("事由").select_option("ded_appraisal")
    page.get_by_label("停止计算之日").fill((filed + timedelta(days=20)).isoformat())
    page.locator("#id_document").fill("鉴定委托书")
    page.locator("#id_approved_by").fill("庭长 甲一")
    page.get_by_label("更正的原因").first.fill("移交时漏登")
    page.get_by_role("button", name="登记").first.click()
    expect(page.get_by_text("已登记不计入审限的期间，届满日已重新推算")).to_be_visible()
    expect(page.get_by_text("停算").first).to_be_visible()
    trial.refresh_from_db()
    assert trial.status == "paused"
