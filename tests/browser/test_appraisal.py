"""Appraisals and measures in Chromium: every page with rows in it, both languages, wide and narrow."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from playwright.sync_api import Page, expect

from cases.appraisal import progress_services, services
from cases.preservation import watch_services
from courtcms.core import clock
from tests.browser.conftest import DB, sign_in
from tests.browser.test_look import look
from tests.cases import appraisal_factories as make
from tests.cases import factories

pytestmark = DB


def test_the_pages_of_appraisals_and_measures(page: Page) -> None:
    factories.civil_division()
    today = clock.today()
    case = factories.case(actor=factories.filing_clerk(), filed_on=today - timedelta(days=60))
    for _number in range(3):
        make.institution()
    row = make.decided(case, today - timedelta(days=50))
    with clock.as_of(today - timedelta(days=50)):
        day = clock.today()
        services.choose(actor=None, entrustment=row, mode="random", chosen_on=day, seed="481516")
        services.entrust(actor=None, entrustment=row, letter_number="委鉴1号", entrusted_on=day)
        services.hand_over(actor=None, entrustment=row, names=["借条原件", "样本"], handed_on=day)
        row.refresh_from_db()
        progress_services.ask(
            actor=None, entrustment=row, kind="extension", asked_on=day, text="案情复杂", document="函1号", amount=30,
            unit="working_day",
        )  # fmt: skip
        asked = make.granted(case, day.isoformat())
        measure = make.measure(asked, day.isoformat(), value=Decimal(1_500_000))
    progress_services.raise_chases(as_of=row.due_on)
    watch_services.raise_reminders(as_of=measure.expires_on - timedelta(days=30))
    sign_in(page, case.judge)
    addresses = [
        reverse("appraisal:list"), reverse("appraisal:institutions"), reverse("appraisal:detail", args=[row.pk]),
        reverse("appraisal:propose", args=[case.pk]), reverse("appraisal:letter", args=[row.chases.get().pk]),
        reverse("preservation:list"), reverse("preservation:detail", args=[asked.pk]),
        reverse("preservation:apply", args=[case.pk]),
        reverse("preservation:notice", args=[measure.reminders.get(to="applicant").pk]),
        reverse("cases:detail", args=[case.pk]),
    ]  # fmt: skip
    assert look(page, addresses, "appraisal") == []


def test_a_judge_decides_and_draws_with_the_keyboard_and_mouse(page: Page) -> None:
    factories.civil_division()
    case = factories.case(actor=factories.filing_clerk(), filed_on=clock.today() - timedelta(days=20))
    for _number in range(3):
        make.institution()
    sign_in(page, case.judge, reverse("appraisal:propose", args=[case.pk]))
    page.fill("[name=propose-matters]", "借条笔迹")
    page.fill("[name=propose-purpose]", "查明真伪")
    page.keyboard.press("Tab")
    page.click("main form button.btn-main")
    panel = page.locator("a[href^='/appraisal/']", has_text="一般司法鉴定").first
    panel.click()
    page.get_by_text("选定机构", exact=True).first.click()
    page.select_option("[name=choose-mode]", "random")
    page.fill("[name=choose-seed]", "42")
    page.locator("form[action$='/choose/'] button.btn-main").click()
    expect(page.get_by_text("按种子和名单重算，结果一致")).to_be_visible()
