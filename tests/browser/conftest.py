"""Chromium of the machine, driven by Playwright; without it these tests are skipped unless REQUIRE_BROWSER=1."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from courtcms.accounts.models import User
from courtcms.core import catalogues

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "court-test-2026"

#: every browser test reads what other threads wrote, so it commits
DB = pytest.mark.django_db(transaction=True)
#: saved, and the new buttons are those of htmx: a key within its 20 ms of settling sends the form without script
REDRAWN = """was => document.querySelector("#desk-side").dataset.revision !== was
  && !document.querySelector(".htmx-added, .htmx-settling")"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them, and skip them all where there is no browser and none is required."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists() and os.environ.get("REQUIRE_BROWSER") != "1":
                item.add_marker(
                    pytest.mark.skip(reason=f"no browser at {CHROMIUM}; REQUIRE_BROWSER=1 makes this a failure")
                )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser a worker."""
    catalogues.compile_all(ROOT)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A fresh window at 1440 that fails the test on any script error or refused resource."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(f"{opened.url}: {error}"))
    opened.on("console", lambda line: problems.append(f"{opened.url}: {line.text}") if line.type == "error" else None)
    opened.problems = problems  # type: ignore[attr-defined]
    yield opened
    context.close()
    expected = ("the server responded with a status of 4",)
    assert [line for line in problems if not any(text in line for text in expected)] == []


def sign_in(page: Page, user: User, next_page: str = "/") -> None:
    """Through the sign-in page, as a person does."""
    page.goto(f"/accounts/login/?next={next_page}")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main form[data-login-form] button")
    page.wait_for_url(lambda url: "/login/" not in url)
