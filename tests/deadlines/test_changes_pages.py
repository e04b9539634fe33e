"""Pages and API of applications, suppositions, court targets and requests of basic courts."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from courtcms.approvals.models import ApprovalStep
from courtcms.approvals.services import decide
from courtcms.core import clock as court_clock
from courtcms.core.errors import Refusal
from courtcms.files.services import content_of
from deadlines.changes.models import ChangeRequest, HigherLetter, LowerRequest
from deadlines.clocks.models import Clock
from deadlines.clocks.services import start_clock
from deadlines.rulebook import catalogue
from deadlines.rulebook.models import TargetVersion
from deadlines.rulebook.reading import PACKS
from deadlines.rulebook.services import propose
from tests.deadlines import factories
from tests.deadlines.change_factories import agree, asked, court_people, paper

pytestmark = pytest.mark.django_db
D = date.fromisoformat


@pytest.fixture
def people():
    return court_people()


@pytest.fixture
def case(people):
    return factories.civil_case(people, "2025-02-10")


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"deadlines:{name}", args=args), query)


def upload(actor):
    stored = paper(actor)
    return SimpleUploadedFile("paper.docx", content_of(actor=actor, file=stored))


def test_a_judge_asks_in_the_browser_and_a_petition_is_refused_with_its_article(client, people, case):
    clock = factories.clock_of(case)
    address = reverse("deadlines:ask", args=[clock.pk]) + "?kind=deduction"
    with court_clock.as_of(D("2025-04-10")):
        client.force_login(people["judge"])
        assert "当事人信访" in client.get(address).content.decode()
        data = {"ground": "nd_petition", "starts_on": "2025-03-03", "reason": "信访", "document": "信访件"}
        answer = client.post(address, data | {"file": upload(people["judge"])})
        assert answer.status_code == 400 and "审限规定第9条" in answer.content.decode()
        answer = client.post(address, data | {"ground": "ded_appraisal", "file": upload(people["judge"])})
        assert answer.status_code == 302
        change = ChangeRequest.objects.get()
        page = client.get(answer.url).content.decode()
        assert "已申请" in page and "停止计算" in page
        client.force_login(people["chief"])
        assert reverse("approvals:detail", args=[change.approval_id]) in client.get(answer.url).content.decode()
        client.force_login(people["criminal_judge"])
        assert client.get(answer.url).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(client, people, case, language):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-07-20")), translation.override(language):
        client.cookies["django_language"] = language
        change = asked(people["judge"], clock, "extension", ground="civ_1st_ordinary#1", amount=6, unit="month")
        for kind in ("extension", "deduction", "suspension", "adjournment", "conversion"):
            assert get(client, people["judge"], "ask", clock.pk, kind=kind).status_code == 200
        for who in ("judge", "chief", "president", "management"):
            for name, args in (
                ("changes", []), ("change", [change.pk]), ("limits", []), ("limit", ["civ_1st_ordinary"]),
                ("limit", ["apr_general"]), ("limit", ["ded_second_instance_reading"]), ("what_if", [clock.pk]),
                ("plain", [clock.pk]), ("clock", [clock.pk]),
            ):  # fmt: skip
                assert get(client, people[who], name, *args).status_code == 200, (who, name)
        agree(people["chief"], change)
        agree(people["president"], change)
        notice = change.party_notices.first()
        assert get(client, people["judge"], "party_notice", notice.pk).status_code == 200
        assert get(client, people["judge"], "change", change.pk).status_code == 200
    with court_clock.as_of(D("2026-01-20")):
        second = asked(people["judge"], clock, "extension", ground="civ_1st_ordinary#2", amount=3, unit="month")
        agree(people["chief"], second)
        agree(people["president"], second)
        letter = HigherLetter.objects.get()
        assert letter.number in get(client, people["judge"], "letter", letter.pk).content.decode()
        client.post(reverse("deadlines:letter_sent", args=[letter.pk]), {"sent_on": "2026-01-20"})
        client.post(reverse("deadlines:letter_receipt", args=[letter.pk]), {"receipt_on": "2026-01-20", "receipt": "7"})
        refused = client.post(reverse("deadlines:letter_answer", args=[letter.pk]), {"outcome": "x"})
        assert refused.status_code == 400
        answer = client.post(
            reverse("deadlines:letter_answer", args=[letter.pk]),
            {"outcome": "approved", "decided_on": "2026-01-20", "decision_number": "1号", "amount": "3",
             "file": upload(people["judge"])},
        )  # fmt: skip
        assert answer.status_code == 302
    assert Clock.objects.get(pk=clock.pk).due_on == D("2026-05-11")


def test_what_if_shows_the_date_and_writes_nothing(client, people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-04-10")):
        page = get(client, people["judge"], "what_if", clock.pk, kind="deduction", ground="ded_appraisal",
                   starts_on="2025-03-03", ends_on="2025-03-28")  # fmt: skip
        assert page.status_code == 200 and "2025-09-04" in page.content.decode()
        bad = get(client, people["judge"], "what_if", clock.pk, kind="deduction", ground="", starts_on="2025-02-30")
        assert bad.status_code == 400
        answer = client.post(f"/api/v1/clocks/{clock.pk}/what-if/", {"amount": 6}, content_type="application/json")
        assert answer.json()["due_on"] == "2026-02-10"
        answer = client.post(f"/api/v1/clocks/{clock.pk}/what-if/", {}, content_type="application/json")
        assert answer.status_code == 400
    assert Clock.objects.get(pk=clock.pk).due_on == D("2025-08-11")


def test_the_api_takes_and_refuses_applications(client, people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-04-10")):
        client.force_login(people["judge"])
        data = {"clock": clock.pk, "kind": "deduction", "ground": "nd_petition", "starts_on": "2025-03-03",
                "reason": "信访", "document": "信访件", "file": paper(people["judge"], case).pk}  # fmt: skip
        answer = client.post("/api/v1/changes/", data, content_type="application/json")
        assert answer.status_code == 400 and answer.json()["errors"][0]["code"] == "not_deductible"
        answer = client.post("/api/v1/changes/", data | {"ground": "ded_appraisal"}, content_type="application/json")
        assert answer.status_code == 201 and answer.json()["state"] == "asked"
        assert len(client.get("/api/v1/changes/", {"case": case.pk}).json()["results"]) == 1
        client.force_login(people["criminal_judge"])
        assert client.post("/api/v1/changes/", data, content_type="application/json").status_code == 404
        client.force_login(people["president"])
        assert client.post("/api/v1/changes/", data, content_type="application/json").status_code == 403


def test_the_catalogue_holds_every_rule_and_finds_by_name_article_and_filter(client, people):
    rows = catalogue.rows()
    kinds = {kind: sum(1 for row in rows if row.kind == kind) for kind in catalogue.KINDS}
    assert (kinds["limit"], kinds["service"], kinds["backward"], kinds["conversion"]) == (182, 39, 24, 10)
    assert {row.id for row in catalogue.search(rows, q="上诉期 民事判决")} == {"srv_appeal_civil_judgment"}
    assert all(row.status == "target" for row in catalogue.search(rows, status="target"))
    page = get(client, people["judge"], "limits", q="152", kind="limit").content.decode()
    assert "民事一审普通程序审限" in page


def test_a_court_target_holds_for_later_cases_only_and_needs_the_president(client, people):
    old = factories.civil_case(people, "2025-02-10")
    with court_clock.as_of(D("2025-03-01")):
        client.force_login(people["management"])
        address = reverse("deadlines:target", args=["apr_general"])
        form = {"amount": "20", "unit": "working_day", "effective_from": "2025-04-01", "reason": "加快鉴定"}
        assert client.post(address, form).status_code == 302
        row = TargetVersion.objects.get()
        step = ApprovalStep.objects.get(request=row.approval_id, state="open")
        decide(actor=people["president"], step_id=step.pk, decision="approve")
        row.refresh_from_db()
        assert row.state == "in_force"
        client.force_login(people["judge"])
        assert client.post(address, form).status_code == 403
    new = factories.civil_case(people, "2025-04-01")
    with court_clock.as_of(D("2025-05-06")):
        before = start_clock(actor=None, case=old, limit_id="apr_general", start_on=D("2025-05-06"))
        after = start_clock(actor=None, case=new, limit_id="apr_general", start_on=D("2025-05-06"))
    # working days after Tuesday 2025-05-06, Monday 06-02 off (Dragon Boat): the 20th is 06-04, the 30th 06-18
    assert (before.due_on, after.due_on) == (D("2025-06-18"), D("2025-06-04"))


@pytest.mark.parametrize(
    ("limit", "fields", "code"),
    [
        ("civ_1st_ordinary", {}, "statutory"),
        ("apr_general", {"amount": 61}, "too_long"),
        ("apr_general", {"effective_from": D("2025-03-01")}, "past"),
        ("apr_general", {"reason": " "}, "reason"),
        ("no_such", {}, "statutory"),
    ],
)
def test_a_target_that_is_law_too_long_or_reaches_back_is_refused(people, limit, fields, code):
    values = {"amount": 20, "unit": "working_day", "effective_from": D("2025-04-01"), "reason": "加快"}
    with court_clock.as_of(D("2025-03-01")), pytest.raises(Refusal) as refusal:
        propose(actor=people["management"], limit_id=limit, **(values | fields))
    assert {reason.code for reason in refusal.value.reasons} == {code}
    assert not TargetVersion.objects.exists()


def test_a_request_of_a_basic_court_is_decided_here(client, people):
    with court_clock.as_of(D("2025-07-20")):
        client.force_login(people["management"])
        form = {
            "court": people["basic"].pk, "letter_number": "津0102审限报1号", "case_number": "（2024）津0102民初9号",
            "case_title": "甲诉乙买卖合同纠纷", "limit_id": "civ_1st_ordinary", "filed_on": "2024-08-12",
            "due_on": "2025-08-12", "amount": "3", "unit": "month", "received_on": "2025-07-18", "reason": "案情复杂",
        }  # fmt: skip
        bad = client.post(reverse("deadlines:lower_new"), form | {"amount": "4", "due_on": "2025-07-19"})
        assert bad.status_code == 400
        for words in ("至多延长", "届满之后不得申请", "附上报请的文件"):
            assert words in bad.content.decode()
        answer = client.post(reverse("deadlines:lower_new"), form | {"file": upload(people["management"])})
        row = LowerRequest.objects.get()
        assert answer.status_code == 302 and not row.asked_late
        step = ApprovalStep.objects.get(request=row.approval_id, state="open")
        client.force_login(people["president"])
        assert client.get(reverse("approvals:detail", args=[row.approval_id])).status_code == 200
        decide(actor=people["president"], step_id=step.pk, decision="approve")
        row.refresh_from_db()
        # six and three months from 2024-08-12 are 2025-02-12 and 2025-05-12, 89 days apart; 2025-08-12 + 89: Sunday
        # 2025-11-09, so Monday 11-10
        assert (row.outcome, row.new_due_on) == ("approved", D("2025-11-10"))
        letter = client.get(reverse("deadlines:lower", args=[row.pk]), {"print": 1}).content.decode()
        assert "（2025）津02审限批1号" in letter and "2025-11-10" in letter


def test_check_packs_names_file_entry_and_reason(tmp_path):
    out = StringIO()
    call_command("check_packs", stdout=out)
    assert "limit 182" in out.getvalue()
    for path in PACKS.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / "common.yaml").read_text(encoding="utf-8")
    (tmp_path / "common.yaml").write_text(text.replace("unit: day", "unit: fortnight", 1), encoding="utf-8")
    with pytest.raises(CommandError, match=r"common\.yaml: all_file_to_division: unknown unit 'fortnight'"):
        call_command("check_packs", folder=tmp_path)


def test_no_ledger_form_is_offered_to_whoever_must_ask(client, people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-04-10")):
        for who in ("judge", "chief", "president"):
            assert get(client, people[who], "clock", clock.pk).context["changes"] == []
        page = get(client, people["management"], "clock", clock.pk)
        assert page.context["changes"] and "更正的原因" in page.content.decode()
