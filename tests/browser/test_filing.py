"""The filing counter as its clerk uses it: by keyboard alone, with drafts that keep themselves, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cases.filing.models import Filing, FilingDraft
from cases.intake.models import Case
from courtcms.accounts.posts import Post
from courtcms.core import clock
from courtcms.courts.models import DivisionKind
from tests import factories as ground
from tests.browser.conftest import DB, sign_in
from tests.browser.test_look import LOOKS, faults, keep_picture
from tests.cases import factories
from tests.cases.test_filing_drafts import kept
from tests.cases.test_intake_pages import signed_in

pytestmark = DB


@pytest.fixture
def clerk():
    factories.civil_division()
    ground.person(Post.DIVISION_CHIEF, ground.division("filing", DivisionKind.FILING))
    return factories.filing_clerk()


def tab_to(page: Page, wanted: str) -> None:
    """Go on with Tab until the control of that id or name has the focus; never the mouse."""
    for _step in range(120):
        here = page.evaluate("(({id, name, value}) => [id, `${name}=${value}`])(document.activeElement)")
        if wanted in here:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached with the keyboard")


def typed(page: Page, field: str, text: str) -> None:
    tab_to(page, field)
    page.keyboard.type(text)


def test_a_case_is_filed_with_the_keyboard_alone(page: Page, clerk) -> None:
    sign_in(page, clerk, "/cases/new/")
    typed(page, "id_cause", "买卖合同纠纷")
    tab_to(page, "id_parties-0-kind")
    page.keyboard.press("ArrowDown")  # a company: the row is drawn anew and the focus stays
    expect(page.locator("#id_parties-0-legal_representative")).to_be_visible()
    expect(page.locator("#id_parties-0-kind")).to_be_focused()
    typed(page, "id_parties-0-name", "天津甲乙丙建材有限公司")
    typed(page, "id_parties-0-identity_number", factories.credit_code(5))
    tab_to(page, "add_acting=0")
    page.keyboard.press("Enter")
    expect(page.locator("#id_parties-0-representatives-0-name")).to_be_focused()
    page.keyboard.type("温如玉")
    typed(page, "id_parties-1-name", "尉迟川")
    typed(page, "id_parties-1-address", "天津市甲区乙路1号")
    typed(page, "id_amount", "3860000")
    page.keyboard.press("Tab")
    expect(page.locator("#intake-aside")).to_contain_text("37,680.00")
    tab_to(page, "id_papers-complaint")
    page.keyboard.press("Space")
    expect(page.locator("#id_papers-complaint-copies")).to_be_visible()
    expect(page.locator("#id_papers-complaint")).to_be_focused()
    typed(page, "id_papers-complaint-copies", "2")
    tab_to(page, "id_papers-evidence")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "/new" not in url)
    case = Case.objects.get()
    assert case.parties.first().representatives.get().name == "温如玉"
    assert case.filing.papers.get(key="complaint").copies == 2
    assert set(case.filing.papers.filter(received=True).values_list("key", flat=True)) == {"complaint", "evidence"}
    expect(page.locator("main")).to_contain_text("37,680.00")


def test_a_form_left_half_filled_is_found_again_on_the_desk(page: Page, clerk) -> None:
    sign_in(page, clerk, "/cases/new/")
    page.fill("#id_parties-0-name", "天津甲乙丙建材有限公司")
    page.fill("#id_parties-1-name", "尉迟川")
    expect(page.locator("#draft-state")).to_contain_text("已存草稿", timeout=15_000)
    page.fill("#id_claims", "判令付款")
    expect(page.locator("[name=draft_version][value='2']")).to_have_count(1, timeout=15_000)
    assert FilingDraft.objects.count() == 1
    page.goto("/")
    page.locator("#drafts a", has_text="尉迟川").click()
    expect(page.locator("#id_parties-1-name")).to_have_value("尉迟川")
    expect(page.locator("#id_claims")).to_have_value("判令付款")
    page.locator("button[name=refuse]").click()
    page.select_option("#id_ground", "arbitration")
    page.fill("#id_reason", "双方合同第十二条订有书面仲裁协议，经释明后仍坚持起诉。")
    page.locator("button.btn-main").click()
    page.wait_for_url("**/cases/filings/*/")
    assert Filing.objects.get().state == "refusing"


@pytest.mark.parametrize(("language", "size"), LOOKS)
def test_the_pages_of_the_counter_hold(page: Page, clerk, language: str, size: tuple[int, int]) -> None:
    client = signed_in(clerk)
    draft = kept(client, received_on="2026-11-16", **{"papers-complaint": "on", "papers-complaint-copies": "1"})
    data = {
        "items": ["licence", "evidence"],
        "text": "写明利息的计算方法",
        "due_on": (clock.today() + timedelta(days=9)).isoformat(),
    }
    other = kept(client, received_on="2026-11-16")
    client.post(reverse("cases:filing_notice", args=[other.pk]), data)
    filing = Filing.objects.get()
    sign_in(page, clerk)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for address in (
        f"/cases/new/?draft={draft.pk}", "/cases/filings/", f"/cases/filings/{filing.pk}/",
        f"/cases/filings/drafts/{draft.pk}/notice/", f"/cases/filings/drafts/{draft.pk}/refuse/", "/",
    ):  # fmt: skip
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert faults(page) == [], address
        keep_picture(page, f"filing-{address}-{language}-{size[0]}")
