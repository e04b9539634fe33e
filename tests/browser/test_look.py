"""Every page of the staff site, both languages, wide and narrow: no accessibility fault, no overflow, no error."""

from __future__ import annotations

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from courtcms.accounts.posts import Post
from tests import factories
from tests.browser.conftest import DB, sign_in

pytestmark = DB
SIZES = [(1440, 900), (390, 844)]


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


def look(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """Faults by address, size and language."""
    wrong = {}
    for language in ("zh-hans", "en"):
        page.goto(addresses[0])
        page.evaluate(
            """language => { const form = document.querySelector('.tools form[action*=setlang]');
            const button = form.querySelector('button'); if (button.value === language) { button.click(); } }""",
            language,
        )
        page.wait_for_load_state()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for address in addresses:
                page.goto(address, wait_until="networkidle")
                keep_picture(page, f"{address}-{language}-{width}")
                if found := faults(page):
                    wrong[f"{address} {language} {width}"] = found
    return wrong


def test_pages_before_signing_in(page: Page) -> None:
    assert look(page, [reverse("account_login"), reverse("design")]) == {}


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
    assert look(page, [*map(reverse, names), reverse("person", args=[judge.pk]), "/no-such-page/"]) == {}


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
    assert page.evaluate("document.activeElement.className") == "errors"
    page.click(".errors a >> nth=0")
    assert page.evaluate("document.activeElement.name") == "since"


def test_the_theme_is_kept_by_the_browser(page: Page) -> None:
    sign_in(page, factories.person(Post.JUDGE))
    page.click("details.menu summary")
    page.click("button[value=dark]")
    page.wait_for_load_state()
    assert page.get_attribute("html", "data-theme") == "dark"
