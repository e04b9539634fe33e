"""One civil case through every change of its limit, in Chromium, as judge, chief, president, trial management and, for
a basic court, as the higher court. After each step the page shows the due day that was worked out by hand here.

Filed Monday 2025-02-10, simplified procedure, three months: counted from 02-11, the last day is 2025-05-10, a Saturday,
so Monday 2025-05-12.

1. Appraisal entrusted 03-03: the limit stands still. Days left, 0 on the last day itself: 05-10 less 03-03 is
   28 + 30 + 10 = 68; they are left again on the day it resumes.
2. Report received 03-28: 25 days (03-03 to 03-27) do not count. 05-10 + 25 = Wednesday 2025-06-04.
3. One month more by the president, asked on 05-30, after the fifteen days before 06-04 (05-20): late, so an escalation.
   Four months: 06-10, + 25 = Saturday 07-05, so Monday 2025-07-07.
4. Ordinary procedure by ruling of 06-10: six months from 02-11: 08-10, + 25 = Thursday 2025-09-04.
5. Six months more by the president, asked in time on 08-15: twelve months 2026-02-10, + 25 = Saturday 2026-03-07, so
   Monday 2026-03-09.
6. Three months more by the high court, asked 2026-02-10, answered 02-20: fifteen months 2026-05-10, + 25 = Thursday
   2026-06-04.
7. Suspended 2026-04-01: 06-04 less 04-01 = 29 + 31 + 4 = 64 days are left. Resumed 05-06: 35 days (30 of April,
   5 of May) do not count. 06-04 + 35 = Thursday 2026-07-09.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from docx import Document
from playwright.sync_api import Page, expect

from cases.appraisal import services as appraisal
from courtcms.core import clock
from courtcms.courts.models import Court
from deadlines.changes.models import ChangeRequest, LowerRequest
from deadlines.clocks.models import Clock
from oversight.escalation.models import Escalation
from tests.browser.conftest import DB
from tests.cases import appraisal_factories
from tests.deadlines import factories
from tests.deadlines.change_factories import court_people

pytestmark = DB
D = date.fromisoformat


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let it be a day of the court for this thread and for those of the server."""

    def be(day: str) -> None:
        held: ContextVar[date | None] = ContextVar("as_of", default=D(day))  # noqa: B039  a date is not mutable
        monkeypatch.setattr(clock, "_as_of", held)

    return be


class Walk:
    """The case, its people, and what they do in the browser."""

    def __init__(self, page: Page, address: str, file: Path) -> None:
        self.page, self.address, self.file = page, address, file
        self.people = court_people()

    def sit(self, who: str) -> None:
        """Somebody else takes the seat."""
        browser = Client()
        browser.force_login(self.people[who])
        value = browser.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.clear_cookies()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.address}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def shows(self, pk: int, text: str) -> None:
        """The page of the clock says the due day, and its working reaches it."""
        self.page.goto(f"/deadlines/clocks/{pk}/")
        expect(self.page.locator("header.case-head")).to_contain_text(text)

    def ask(self, pk: int, kind: str, **fields: str) -> ChangeRequest:
        """The judge fills in the application; a paper is always attached."""
        page = self.page
        self.sit("judge")
        page.goto(f"/deadlines/clocks/{pk}/ask/?kind={kind}")
        for name, value in {"reason": "案情需要", "document": "第1号文书", **fields}.items():
            control = page.locator(f"main [name={name}]")
            if control.evaluate("node => node.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)
        page.set_input_files("main [name=file]", str(self.file))
        page.click("main form button.btn-main")
        page.wait_for_url("**/deadlines/changes/*/")
        return ChangeRequest.objects.latest("pk")

    def agree(self, change: Any, *posts: str) -> None:
        """Each opens the approval and agrees."""
        for who in posts:
            self.sit(who)
            self.page.goto(f"/approvals/{change.approval_id}/")
            self.page.check("main [name=decision][value=approve]")
            self.page.click("main form[action$='/decide/'] button.btn-main")
            expect(self.page.locator("main form[action$='/decide/']")).to_have_count(0)

    def enter(self, action: str, **fields: str) -> None:
        """A form on the page of the application."""
        form = self.page.locator(f"main form[action$='{action}']")
        for name, value in fields.items():
            control = form.locator(f"[name={name}]").first
            if control.get_attribute("type") == "radio":
                form.locator(f"[name={name}][value={value}]").check()
            elif name == "file":
                control.set_input_files(value)
            else:
                control.fill(value)
        form.locator("button.btn-main").click()
        self.page.wait_for_load_state()


def test_the_right_date_at_each_step(page: Page, live_server: Any, tmp_path: Path, on: Callable[[str], None]) -> None:
    file = tmp_path / "paper.docx"
    Document().save(str(file))
    walk = Walk(page, live_server.url, file)
    people = walk.people
    case = factories.civil_case(people, "2025-02-10", procedure="simplified")
    first = factories.clock_of(case).pk
    on("2025-02-11")
    walk.sit("judge")
    walk.shows(first, "2025-05-12")

    on("2025-03-03")  # 1
    row = appraisal_factories.entrusted(case, D("2025-03-03"))
    walk.shows(first, "68")
    expect(page.locator("#derive")).to_contain_text("停止计算时余 68 天")

    on("2025-03-28")  # 2
    appraisal.receive_report(actor=None, entrustment=row, report_number="司鉴1号", received_on=D("2025-03-28"))
    walk.shows(first, "2025-06-04")

    on("2025-05-30")  # 3
    walk.sit("judge")
    page.goto(f"/deadlines/clocks/{first}/ask/?kind=extension")
    expect(page.locator("main [role=alert]")).to_contain_text("2025-05-20")
    late = walk.ask(first, "extension", amount="1")
    expect(page.locator("main")).to_contain_text("逾期申请")
    walk.shows(first, "2025-06-04")  # nothing changes before the decision
    walk.sit("management")
    page.goto("/deadlines/changes/?late=on")
    expect(page.locator("tbody tr")).to_have_count(1)
    walk.sit("chief")
    page.goto("/oversight/escalations/")
    expect(page.locator("main")).to_contain_text("延长申请晚于法定时间 10 天")
    page.goto(f"/approvals/{late.approval_id}/")
    expect(page.locator("main")).to_contain_text("2025-07-07")  # the preview says it beforehand
    walk.agree(late, "chief", "president")
    walk.shows(first, "2025-07-07")
    assert Escalation.objects.get(cause="late").state == "closed"

    on("2025-06-10")  # 4
    change = walk.ask(first, "conversion", ground="cnv_civ_simplified_ordinary", starts_on="2025-06-10")
    walk.agree(change, "chief")
    change.refresh_from_db()
    second = change.new_clock_id
    walk.shows(second, "2025-09-04")

    on("2025-08-15")  # 5
    walk.agree(walk.ask(second, "extension", amount="6"), "chief", "president")
    walk.shows(second, "2026-03-09")

    on("2026-02-10")  # 6
    up = walk.ask(second, "extension", amount="3")
    walk.agree(up, "chief", "president")
    walk.shows(second, "2026-03-09")  # this court agreed, the higher court has not decided
    on("2026-02-20")
    walk.sit("management")
    page.goto(f"/deadlines/changes/{up.pk}/")
    walk.enter("/sent/", sent_on="2026-02-11")
    walk.enter("/receipt/", receipt_on="2026-02-12", receipt="津高收9号")
    walk.enter("/answer/", outcome="approved", decided_on="2026-02-20", decision_number="津高审批7号", amount="3",
               file=str(file))  # fmt: skip
    walk.shows(second, "2026-06-04")

    on("2026-04-01")  # 7
    walk.agree(walk.ask(second, "suspension", ground="sus_civil", starts_on="2026-04-01"), "chief")
    walk.shows(second, "64")
    on("2026-05-06")
    walk.agree(walk.ask(second, "resumption", ends_on="2026-05-06"), "chief")
    walk.shows(second, "2026-07-09")
    steps = page.locator("#derive tbody tr")
    for words in ("鉴定", "中止诉讼", "批准延长"):
        expect(steps.filter(has_text=words).first).to_be_visible()
    # the working day by day: the last day that did not count, and the one after it
    spans = page.locator("figure[data-days]")
    spans.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-day-reason]").first).to_contain_text("2025-02-11")
    assert Clock.objects.get(pk=second).due_on == D("2026-07-09")
    assert page.context.cookies()  # still the chief, who sees the case
    _as_the_higher_court(walk)


def _as_the_higher_court(walk: Walk) -> None:
    """A basic court asks for three months more: six and nine months after 2025-12-15 are 2026-06-15 and 2026-09-15.

    They lie 92 days apart (15 of June, 31, 31, 15 of September); 2026-06-15 + 92 = Tuesday 2026-09-15.
    """
    page, basic = walk.page, Court.objects.get(code="津0102")
    walk.sit("management")
    page.goto("/deadlines/lower/new/")
    page.select_option("main [name=court]", str(basic.pk))
    page.select_option("main [name=limit_id]", "civ_1st_ordinary")
    values = {
        "letter_number": "（2026）津0102审限报1号", "case_number": "（2025）津0102民初77号", "case_title": "甲诉乙",
        "filed_on": "2025-12-15", "due_on": "2026-06-15", "amount": "3", "received_on": "2026-05-06",
        "reason": "案情复杂",
    }  # fmt: skip
    for name, value in values.items():
        page.fill(f"main [name={name}]", value)
    page.select_option("main [name=unit]", "month")
    page.set_input_files("main [name=file]", str(walk.file))
    page.click("main form button.btn-main")
    page.wait_for_url("**/deadlines/lower/*/")
    row = LowerRequest.objects.get()
    walk.agree(row, "president")
    page.goto(f"/deadlines/lower/{row.pk}/?print=1")
    expect(page.locator("article")).to_contain_text("2026-09-15")
