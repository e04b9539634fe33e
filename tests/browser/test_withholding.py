"""The five ways a document is kept from publication, in a browser, and what the public reads in its place."""

import re
import urllib.request
from datetime import date
from html import unescape

import pytest

from cases.intake.catalogue import closing_methods
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from publicity.judgments.models import Publication, State
from tests import factories as ground
from tests.browser.conftest import DB, sign_in
from tests.cases import factories as intake
from tests.publicity import factories as make

pytestmark = DB
JUDGED = date(2026, 10, 20)
REASONS = {
    "X2": "未成年人犯罪", "X3": "以调解方式结案", "X4": "离婚诉讼", "X5": "其他情形",
}  # fmt: skip


def changed(case, **fields):
    with act(actor=None, verb="test"):
        for name, value in fields.items():
            setattr(case, name, value)
        case.save()
    return case


@pytest.fixture
def cases(live_server):
    with clock.as_of(date(2026, 6, 1)):
        first = make.inheritance_case()
        intake.criminal_division()
        young = intake.register_case(actor=None, draft=intake.criminal_draft())
        made = {
            "X1": changed(first, secrecy="secret"),
            "X2": young,
            "X3": make.inheritance_case(duplicate_note="另一套房屋"),
            "X4": make.inheritance_case(make.cause("离婚纠纷")),
            "X5": make.inheritance_case(duplicate_note="再一套房屋"),
        }
    with act(actor=None, verb="test"):
        young.parties.filter(role="accused").update(is_minor=True)
    mediated = next(code for code, method in closing_methods().items() if "调解" in method.zh)
    changed(made["X3"], closing_method=mediated)
    return made


def ask(page, case, ground_):
    """The judge opens the page, finds the ground that record shows already chosen, and submits it."""
    publication = make.opened(case, effective_on=None)
    sign_in(page, case.judge, f"/publicity/judgments/{publication.pk}/withhold/")
    if ground_ == "X5":
        page.select_option("[name=ground]", "X5")
        page.click("main form .btn-main")
        assert "请写明可以公开的理由" in page.locator(".errors").inner_text()
        page.fill("[name=note]", "涉及案外人隐私")
        page.fill("[name=opinion]", "判决记载案外人的病史，删去后无法理解裁判理由。")
    assert page.input_value("[name=ground]") == ground_
    page.fill("[name=judged_on]", JUDGED.isoformat())
    page.click("main form .btn-main")
    page.wait_for_url(re.compile(rf"/judgments/{publication.pk}/$"))
    page.context.clear_cookies()
    publication.refresh_from_db()
    return publication


def approve(page, person, publication):
    sign_in(page, person, "/approvals/")
    page.locator("main a[href^='/approvals/']", has_text=publication.case.number).first.click()
    page.check("[name=decision][value=approve]")
    page.locator("main form[action$='/decide/'] .btn-main").click()
    page.wait_for_url(re.compile(r"/approvals/\d+/$"))
    page.context.clear_cookies()
    publication.refresh_from_db()


def test_every_way_of_not_publishing_and_the_four_items_in_its_place(page, cases, public_address):
    division = cases["X5"].division
    chief, vice = (ground.person(post, division) for post in (Post.DIVISION_CHIEF, Post.VICE_PRESIDENT))
    done = {ground_: ask(page, case, ground_) for ground_, case in cases.items()}
    assert {key: one.state for key, one in done.items()} == dict.fromkeys(done, State.WITHHELD) | {"X5": State.DECIDING}
    assert all(one.version == 0 for one in Publication.objects.all())
    notices = unescape(urllib.request.urlopen(f"{public_address}/notices/").read().decode())
    assert cases["X5"].number not in notices
    approve(page, chief, done["X5"])
    assert done["X5"].state == State.DECIDING
    approve(page, vice, done["X5"])
    assert done["X5"].state == State.WITHHELD

    page.goto(f"{public_address}/notices/")
    rows = {re.sub(r"\s", "", row) for row in page.locator("main li").all_inner_texts()}
    for key, words in REASONS.items():
        (row,) = [row for row in rows if re.sub(r"[（）()]", "", cases[key].number) in re.sub(r"[（）()]", "", row)]
        assert "天津市第二中级人民法院" in row and "2026" in row and "10" in row and words in row
        assert not any(party.name in row for party in cases[key].parties.all())
    assert any("涉及案外人隐私" in row for row in rows) and not any("病史" in row for row in rows)
    secret = re.sub(r"[（）()]", "", cases["X1"].number)
    assert not any(re.sub(r"[（）()]", "", row).find(f"{secret[:-1]}号") >= 0 for row in rows)
