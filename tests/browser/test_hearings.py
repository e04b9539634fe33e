"""Hearings in Chromium: booked from a quick line, moved by key and by dragging, looked at in both languages."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Page, expect

from courtcms.accounts.posts import Post
from deadlines.hearings.models import Hearing
from tests import factories as ground
from tests.browser.conftest import DB, sign_in
from tests.browser.test_look import LOOKS, faults, keep_picture
from tests.deadlines import hearing_factories as make

pytestmark = DB


def test_a_line_on_the_desk_becomes_a_booked_courtroom(page: Page, transactional_db) -> None:
    case = make.case()
    make.room(3)
    day = make.working_day(12)
    sign_in(page, case.judge)
    page.fill("#entry", f"{case.sequence} 开庭 {day.isoformat()} 0930 三庭")
    page.keyboard.press("Enter")
    page.goto(reverse("cases:detail", args=[case.pk]))
    page.locator("#panel-hearings").get_by_role("link", name="排期").last.click()
    expect(page.get_by_label("日期")).to_have_value(day.isoformat())
    expect(page.get_by_label("开始时间")).to_have_value("09:30")
    page.get_by_role("button", name="先查冲突").click()
    expect(page.get_by_text("没有冲突")).to_be_visible()
    page.get_by_role("button", name="排期").click()
    expect(page.locator("h1")).to_contain_text("09:30–11:30")
    hearing = Hearing.objects.get()
    assert (hearing.day, hearing.courtroom.code) == (day, "room-3")


def test_a_block_moves_by_key_and_by_dragging_after_a_preview(page: Page, transactional_db) -> None:
    hearing = make.hearing(day=make.working_day(10))
    make.room(2)
    sign_in(page, hearing.case.judge)
    week = f"{reverse('hearings:week')}?day={hearing.day.isoformat()}"
    page.goto(week)
    page.locator("a.hb").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_text("可以改期")).to_be_visible()
    hearing.refresh_from_db()
    assert hearing.courtroom.code == "room-1"
    page.goto(week)
    target = page.locator(f"td[data-day='{hearing.day.isoformat()}'][data-room='{make.room(2).pk}']")
    page.locator("a.hb").drag_to(target)
    expect(page.get_by_text("可以改期")).to_be_visible()
    page.get_by_role("button", name="确认改期").click()
    expect(page.get_by_text("已改期")).to_be_visible()
    assert Hearing.objects.get().courtroom.code == "room-2"


def test_the_public_list_looks_right(page: Page, transactional_db, public_address: str) -> None:
    make.hearing(make.case(), day=make.working_day(5))
    make.hearing(make.case(), day=make.working_day(6), number=2)
    wrong = {}
    for path in ("/hearings/", "/en/hearings/"):
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 844})
            answer = page.goto(public_address + path)
            assert answer is not None and answer.ok
            expect(page.locator("main .list > li")).to_have_count(2)
            keep_picture(page, f"hearings-public-{width}{path}")
            found = faults(page)
            if found:
                wrong[f"{path} {width}"] = found
    assert wrong == {}


def test_pages_of_hearings_look_right(page: Page, transactional_db) -> None:
    hearing = make.hearing(make.with_lawyer(), day=make.working_day(10))
    make.hearing(make.case(), day=hearing.day, hour=14, is_public=False, closed_ground="privacy")
    chief = ground.person(Post.DIVISION_CHIEF)
    sign_in(page, chief)
    day = f"?day={hearing.day.isoformat()}"
    addresses = {
        "week": reverse("hearings:week") + day,
        "judges": reverse("hearings:week") + day + "&by=judge",
        "month": reverse("hearings:month") + day,
        "day": reverse("hearings:day") + day,
        "list": reverse("hearings:list"),
        "certainty": reverse("hearings:certainty"),
        "show": reverse("hearings:show", args=[hearing.pk]),
        "summons": reverse("hearings:summons", args=[hearing.pk]),
        "move": reverse("hearings:move", args=[hearing.pk]) + day,
        "new": reverse("hearings:new", args=[hearing.case_id]),
        "bulk": f"{reverse('hearings:bulk')}?last={make.working_day(20).isoformat()}",
        "feeds": reverse("hearings:feeds"),
        "case": reverse("cases:detail", args=[hearing.case_id]),
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
            keep_picture(page, f"hearings-{name}-{width}-{language}")
            found = faults(page)
            if found:
                wrong[f"{name} {width} {language}"] = found
    assert wrong == {}
