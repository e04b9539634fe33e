"""Filing a case, logging progress and reading the case page as people do it, in both languages and widths."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cases.docket.models import DocketEntry
from cases.docket.services import enter
from cases.intake.models import Case
from courtcms.core import clock
from tests.browser.conftest import DB, sign_in
from tests.browser.test_look import LOOKS, faults, keep_picture
from tests.cases import factories

pytestmark = DB


@pytest.fixture
def court():
    factories.civil_division()
    clerk = factories.filing_clerk()
    case = factories.case(filed_on=clock.today() - timedelta(days=30))
    enter(
        actor=case.judge,
        case=case,
        kind="served_claim",
        happened_on=clock.today() - timedelta(days=20),
        note="原告、被告",
    )
    return {"clerk": clerk, "case": case}


def test_a_judge_logs_progress_with_the_keyboard_and_takes_it_back(page: Page, court) -> None:
    case = court["case"]
    sign_in(page, case.judge, f"/cases/{case.pk}/")
    page.keyboard.press("n")  # one key to the line, the entry, Enter: nothing else
    page.keyboard.type("合议 今天 达成一致")
    page.keyboard.press("Enter")
    expect(page.locator("#timeline")).to_contain_text("达成一致")
    expect(page.locator("#case-steps [aria-current=step]")).to_contain_text("评议")
    expect(page.locator("#entry")).to_have_value("")
    expect(page.locator("#entry")).to_be_focused()
    page.locator("#toasts button").first.click()
    expect(page.locator("#timeline del").first).to_contain_text("合议")
    assert DocketEntry.objects.filter(case=case).count() == 3


def test_a_wrong_line_is_told_at_once_and_kept(page: Page, court) -> None:
    case = court["case"]
    sign_in(page, case.judge, f"/cases/{case.pk}/")
    page.fill("#entry", "开庭 2-30 三庭")
    page.keyboard.press("Enter")
    expect(page.locator("#entry-e")).to_contain_text("日期不存在")
    expect(page.locator("#entry")).to_have_value("开庭 2-30 三庭")


def test_a_clerk_files_a_case_and_mends_what_is_wrong(page: Page, court) -> None:
    sign_in(page, court["clerk"], "/cases/new/")
    page.locator("button[name=add_party]").click()
    expect(page.locator("#id_parties-2-role")).to_be_visible()
    page.locator("button[name=remove_party]").last.click()
    expect(page.locator("#id_parties-2-role")).to_have_count(0)
    page.fill("#id_cause", "买卖合同纠纷")
    page.select_option("#id_parties-0-kind", "legal")
    expect(page.locator("#id_parties-0-legal_representative")).to_be_visible()
    page.fill("#id_parties-0-name", "天津甲乙丙建材有限公司")
    page.fill("#id_parties-0-identity_number", factories.credit_code(5)[:17] + "?")
    page.fill("#id_parties-1-name", "尉迟川")
    page.locator("button.btn-main[name=register]").click()
    expect(page.locator(".errors")).to_be_focused()
    page.locator(".errors a", has_text="证件号码").click()
    expect(page.locator("#id_parties-0-identity_number")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(factories.credit_code(5))
    page.fill("#id_parties-1-address", "天津市甲区乙路1号")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "/new" not in url)
    assert Case.objects.count() == 2
    expect(page.locator("h1")).to_contain_text("民初2号")


@pytest.mark.parametrize(("language", "size"), LOOKS)
def test_pages_hold_in_both_languages_and_widths(page: Page, court, language: str, size: tuple[int, int]) -> None:
    case = court["case"]
    sign_in(page, court["clerk"])
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for name in ("", "new/", "import/", f"{case.pk}/", f"{case.pk}/?kind=service"):
        page.goto(f"/cases/{name}")
        page.wait_for_load_state("networkidle")
        assert faults(page) == [], name
        keep_picture(page, f"cases-{name}-{language}-{size[0]}")
