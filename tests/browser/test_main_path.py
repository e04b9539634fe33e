"""The main job from end to end, each post in its own sign-in: filed, logged, overdue, answered, published, read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from cases.intake.models import Case
from courtcms.accounts.posts import Post
from courtcms.core import clock
from courtcms.courts.models import DivisionKind
from oversight.escalation.models import Escalation
from publicity.judgments import name_services
from publicity.judgments.models import Publication
from tests import factories as ground
from tests.browser.conftest import DB, sign_in
from tests.cases import factories
from tests.publicity.factories import signed_text

pytestmark = DB
HIDDEN, COMPANY = "欧阳青岚", "天津甲乙丙建材有限公司"


@pytest.fixture
def court():
    """A civil division with its people, and those beside it."""
    where = factories.civil_division()
    return {
        "filing": factories.filing_clerk(),
        "chief": ground.person(Post.DIVISION_CHIEF, where),
        "tmo": ground.person(Post.TRIAL_MANAGEMENT, ground.division("management", DivisionKind.TRIAL_MANAGEMENT)),
    }


def switch(page: Page, user, address: str) -> None:
    """The next person sits down at the desk."""
    page.context.clear_cookies()
    sign_in(page, user, address)


def seated(case: Case, role: str):
    """Who sits beside the judge in this role."""
    return case.bench.get(role=role, until__isnull=True).user


def file_case(page: Page, clerk) -> Case:
    """Step 1: a filing clerk registers an inheritance case that came in eight months ago."""
    sign_in(page, clerk, "/cases/new/")
    page.fill("#id_cause", "法定继承纠纷")
    page.fill("#id_filed_on", (clock.today() - timedelta(days=245)).isoformat())
    page.fill("#id_parties-0-name", HIDDEN)
    page.fill("#id_parties-0-identity_number", factories.resident_id("19720101"))
    page.fill("#id_parties-0-address", "天津市河西区黑牛城道27号1门201号")
    page.fill("#id_parties-1-name", "尉迟川")
    page.fill("#id_parties-1-address", "天津市东丽区万新街道5号楼602号")
    page.locator("button.btn-main[name=register]").click()
    page.wait_for_url(lambda url: "/new" not in url)
    return Case.objects.get()


def log_progress(page: Page, case: Case) -> None:
    """Step 2: the judge writes one line and takes it back within five minutes."""
    switch(page, case.judge, f"/cases/{case.pk}/")
    expect(page.locator(".case-due")).to_contain_text("超期")
    page.keyboard.press("n")
    page.keyboard.type("合议 今天 意见一致")
    page.keyboard.press("Enter")
    expect(page.locator("#timeline")).to_contain_text("意见一致")


def answer_escalation(page: Page, case: Case, chief) -> None:
    """Steps 4 and 5: the scan finds the case, the chief asks for a report, the judge gives it, the bench reads all."""
    call_command("scan", "--json")
    escalation = Escalation.objects.get(case=case)
    switch(page, chief, "/oversight/escalations/")
    expect(page.locator("main")).to_contain_text("超期")
    page.goto(f"/oversight/escalations/{escalation.pk}/")
    page.get_by_label("要求限期报告进展").check()
    page.get_by_label("要求或者意见").fill("请说明未结原因和结案计划")
    page.locator("[name=until]").fill((clock.today() + timedelta(days=1)).isoformat())
    page.get_by_role("button", name="提交答复").click()
    expect(page.locator("main")).to_contain_text("请说明未结原因和结案计划")
    switch(page, case.judge, f"/oversight/escalations/{escalation.pk}/")
    page.locator("form[aria-label=报告] textarea").first.fill("双方已提交补充证据，本周宣判")
    page.get_by_role("button", name="提交报告").click()
    page.goto(f"/cases/{case.pk}/")
    expect(page.locator("main")).to_contain_text("双方已提交补充证据，本周宣判")


def close_case(page: Page, case: Case) -> None:
    """The judge closes the case; clock and escalation end by themselves."""
    page.goto(f"/cases/{case.pk}/close/")
    page.locator("select[name=method]").select_option(label="判决")
    page.get_by_role("button", name="结案").click()
    page.wait_for_url(lambda url: "/close/" not in url)
    assert Escalation.objects.get(case=case).state == "closed"
    page.goto(f"/cases/{case.pk}/")
    page.keyboard.press("n")
    page.keyboard.type("生效 今天")
    page.keyboard.press("Enter")
    expect(page.locator("#timeline")).to_contain_text("生效")


def redact(page: Page, case: Case, clerk, text: str) -> Publication:
    """Step 6: a clerk uploads the signed text, looks at every doubtful place and hands it to a colleague."""
    publication = Publication.objects.get(case=case)
    switch(page, clerk, f"/publicity/judgments/{publication.pk}/")
    page.set_input_files(
        "input[type=file]", {"name": "判决书.txt", "mimeType": "text/plain", "buffer": text.encode("utf-8")}
    )
    page.get_by_role("button", name="上传并自动脱敏").click()
    page.wait_for_url("**/desk/")
    name_services.run(publication.versions.get().pk)  # the worker
    page.goto(f"/publicity/judgments/{publication.pk}/desk/")
    for _ in range(12):
        if page.locator(".tag[data-level=near]").count() == 0:
            break
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
    page.get_by_role("button", name="送保密审查").click()
    expect(page.locator(".steps")).to_contain_text("保密审查")
    return publication


def clear_and_publish(page: Page, publication: Publication, other, tmo) -> None:
    """Another person clears, trial management publishes."""
    switch(page, other, f"/publicity/judgments/{publication.pk}/clear/")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="审查通过").click()
    switch(page, tmo, f"/publicity/judgments/{publication.pk}/publish/")
    page.get_by_role("button", name="公布到互联网").click()
    expect(page.locator(".steps")).to_contain_text("已公布")


def test_the_main_job(page: Page, court, public_address: str) -> None:
    case = file_case(page, court["filing"])
    assert case.number.endswith("民初1号") and case.clocks.count() == 1
    log_progress(page, case)
    answer_escalation(page, case, court["chief"])
    close_case(page, case)
    text = signed_text(case, party=HIDDEN, other="尉迟川", more=f"{COMPANY}出具证明。欧 阳 青 岚的电话是13900001234。")
    publication = redact(page, case, seated(case, "clerk"), text)
    clear_and_publish(page, publication, seated(case, "assistant"), court["tmo"])

    page.context.clear_cookies()
    page.goto(f"{public_address}/judgments/?q={COMPANY}")
    page.locator("main a", has_text="继承").first.click()
    shown = page.locator("main").inner_text()
    assert "欧阳某" in shown and COMPANY in shown
    for secret in (HIDDEN, "欧 阳 青 岚", "尉迟川", "13900001234", "黑牛城道27号"):
        assert secret not in page.content()
    assert page.context.cookies(public_address) == []
    call_command("verify_audit")
