"""Every page of the staff site, both languages, wide and narrow: no accessibility fault, no overflow, no error."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from cases.intake.models import Case
from courtcms.accounts.permissions import PERMISSIONS
from courtcms.accounts.posts import Post
from courtcms.core import clock
from tests import factories
from tests.browser.conftest import DB, sign_in
from tests.cases import factories as case_factories
from tests.test_route_matrix import PLAIN, permission_of

pytestmark = DB
WIDE, NARROW = (1440, 900), (390, 844)
#: each size and each language once; LOOK_ALL=1 takes every pair
LOOKS = [("zh-hans", WIDE), ("en", NARROW)]
if os.environ.get("LOOK_ALL"):
    LOOKS += [("zh-hans", NARROW), ("en", WIDE)]


def faults(page: Page) -> list[str]:
    """What axe finds (WCAG 2.2 AA and best practice), and a page wider than its window."""
    found = Axe().run(page).response["violations"]
    lines = [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"][:3]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return lines + ([f"{wide}px wider than the window"] if wide > 0 else [])


def keep_picture(page: Page, name: str) -> None:
    """With LOOK_SHOTS=folder every page is kept as a picture, for people to look at."""
    folder = os.environ.get("LOOK_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{re.sub(r'[^A-Za-z0-9-]+', '_', name)}.png", full_page=True)


def is_page(page: Page, address: str) -> bool:
    """False for addresses that only take a POST, and for files."""
    answer = page.context.request.get(address)
    return answer.status != 405 and answer.headers.get("content-type", "").startswith("text/html")


def settled(page: Page, address: str) -> None:
    """Open a page and wait until its panels have come."""
    page.goto(address)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def look(page: Page, addresses: list[str], who: str = "") -> list[str]:
    """Faults by address, size and language, one a line."""
    wrong = []
    addresses = [address for address in addresses if is_page(page, address)]
    for language, (width, height) in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(addresses[0])
        other = page.locator(f".tools form[action*=setlang] button[value='{language}']")
        if other.count():
            other.click()
            page.wait_for_load_state()
        for address in addresses:
            settled(page, address)
            keep_picture(page, f"{who}{address}-{language}-{width}")
            wrong += [f"{address} {language} {width}: {fault}" for fault in faults(page)]
    return wrong


def test_pages_before_signing_in(page: Page) -> None:
    assert look(page, [reverse("account_login"), reverse("design")]) == []


def test_pages_of_the_administrator(page: Page) -> None:
    admin = factories.person(Post.ADMINISTRATOR)
    judge = factories.person(Post.JUDGE)
    sign_in(page, admin)
    names = [
        "desk",
        "me",
        "people",
        "appointments",
        "person_new",
        "audit_trail",
        "mfa_index",
        "account_change_password",
    ]
    assert look(page, [*map(reverse, names), reverse("person", args=[judge.pk]), "/no-such-page/"]) == []


#: routes that answer without a page of their own
NO_PAGE = (
    "cases/new/causes/",
    "api/",
    "files/",
    "healthz",
    "readyz",
    "accounts/",
    "people/",
    "me/",
    "design/",
    "audit/",
    "i18n/",
    "display/",
)


#: who looks at the pages of the site, in this order: a page is looked at by the first who may open it, a desk by each
LOOKERS = (Post.JUDGE, Post.DIVISION_CHIEF, Post.FILING_CLERK, Post.TRIAL_MANAGEMENT, Post.CLERK, Post.PRESIDENT)


def pages_of(post: Post) -> list[str]:
    """Pages without arguments that the post may open by GET and nobody before it in `LOOKERS`."""
    found = []
    earlier = () if os.environ.get("LOOK_ALL") else LOOKERS[: LOOKERS.index(post)]
    for route, pattern in PLAIN:
        permission = permission_of(pattern)
        if route.startswith(NO_PAGE) or permission is None or post not in PERMISSIONS[permission]:
            continue
        if route.endswith("panel/"):  # a part of a page, looked at on its page
            continue
        if not route or not any(other in PERMISSIONS[permission] for other in earlier):
            found.append(f"/{route}")
    return found


@pytest.fixture
def small_court() -> Case:
    """A civil division with its bench and a few cases of all ages."""
    division = case_factories.civil_division()
    judge = factories.person(Post.JUDGE, division)
    filed = [
        case_factories.case(
            division_id=division.pk,
            judge_id=judge.pk,
            assign_reason="指定",
            filed_on=clock.today() - timedelta(days=days),
            parties=(case_factories.company_party(), case_factories.company_party("defendant")),
        )
        for days in (400, 170, 140, 3)
    ]
    return filed[1]


@pytest.mark.parametrize("post", LOOKERS, ids=lambda post: post.value)
def test_pages_of_each_post(page: Page, small_court: Case, post: Post) -> None:
    member = small_court.judge if post == Post.JUDGE else factories.person(post, small_court.division)
    sign_in(page, member)
    addresses = pages_of(post)
    if post in (Post.JUDGE, Post.DIVISION_CHIEF):
        addresses.append(reverse("cases:detail", args=[small_court.pk]))
        addresses += [reverse("deadlines:clock", args=[row.pk]) for row in small_court.clocks.all()[:1]]
    assert look(page, addresses, post.value) == []


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_themes_keep_their_contrast(page: Page, theme: str) -> None:
    page.goto(reverse("design"))
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    assert faults(page) == []


def test_the_keyboard_map_opens_and_letters_rest_inside_fields(page: Page) -> None:
    sign_in(page, factories.person(Post.ADMINISTRATOR), reverse("people"))
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    assert not page.is_visible("#keys")
    page.focus("[name=q]")
    page.keyboard.type("jk")
    assert page.input_value("[name=q]") == "jk"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert page.locator("tr.is-on").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*/")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url(lambda url: url.endswith("/"))


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(page: Page) -> None:
    sign_in(page, factories.person(Post.JUDGE), reverse("me"))
    page.click("aside button.btn-main")
    expect(page.locator(".errors")).to_be_focused()
    page.click(".errors a >> nth=0")
    expect(page.locator("[name=since]")).to_be_focused()


def test_the_theme_is_kept_by_the_browser(page: Page) -> None:
    sign_in(page, factories.person(Post.JUDGE))
    page.click("details.menu summary")
    page.click("button[value=dark]")
    page.wait_for_load_state()
    assert page.get_attribute("html", "data-theme") == "dark"


def test_a_panel_that_fails_says_so_alone_and_comes_back_on_retry(page: Page, small_court: Case) -> None:
    sign_in(page, small_court.judge)
    page.route("**/deadlines/cases/*/panel/", lambda route: route.fulfill(status=500, body="broken"))
    page.goto(reverse("cases:detail", args=[small_court.pk]))
    panel = page.locator("#panel-clocks")
    expect(panel.locator(".fail")).to_contain_text("期限")
    expect(page.locator("h1")).to_contain_text(small_court.number)
    page.unroute("**/deadlines/cases/*/panel/")
    panel.locator(".fail button").click()
    expect(panel.locator(".fail")).to_have_count(0)
    expect(panel.locator("table").first).to_be_visible()
    page.problems.clear()


def test_an_ended_session_leads_to_the_sign_in_page_and_back(page: Page, small_court: Case) -> None:
    sign_in(page, small_court.judge)
    page.goto(reverse("cases:detail", args=[small_court.pk]))
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.context.clear_cookies()
    page.evaluate("htmx.trigger(document.querySelector('#panel-clocks'), 'court:retry')")
    page.wait_for_url("**/accounts/login/?next=*")
    assert str(small_court.pk) in page.url
