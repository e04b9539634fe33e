"""The pages of registry and docket as their users meet them, without script and with htmx."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.docket.models import DocketEntry
from cases.intake.models import Case
from cases.intake.services import close_case
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.core import clock
from tests import factories as ground
from tests.cases import factories

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_data(**changes):
    """The filing form as a browser sends it: a sale case of two parties without a fault."""
    data = {
        "type_code": "0301", "filed_on": clock.today().isoformat(), "cause": "买卖合同纠纷", "secrecy": "none",
        "procedure": "ordinary", "amount": "3,860,000.00", "claims": "判令被告支付货款。",
        "parties-TOTAL_FORMS": "2", "parties-INITIAL_FORMS": "2",
        "parties-MIN_NUM_FORMS": "0", "parties-MAX_NUM_FORMS": "50",
        "parties-0-role": "plaintiff", "parties-0-kind": "legal", "parties-0-name": "天津甲乙建材有限公司",
        "parties-0-identity_number": factories.credit_code(77), "parties-0-address": "天津市甲区丙路2号",
        "parties-1-role": "defendant", "parties-1-kind": "natural", "parties-1-name": "尉迟川",
        "parties-1-identity_number": factories.resident_id(serial=77), "parties-1-address": "天津市甲区乙路1号",
        "register": "1",
    }  # fmt: skip
    return data | changes


@pytest.fixture
def clerk():
    factories.civil_division()
    return factories.filing_clerk()


def test_a_clerk_files_a_case(clerk):
    answer = signed_in(clerk).post(reverse("cases:new"), form_data(), follow=True)
    case = Case.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("cases:detail", args=[case.pk])
    page = answer.content.decode()
    assert case.number in page and "尉迟川" in page
    assert factories.resident_id(serial=77) not in page


def test_errors_stand_on_top_and_at_the_field_and_nothing_typed_is_lost(clerk):
    wrong = form_data(
        **{"cause": "合同纠纷", "parties-1-address": "", "amount": "很多", "parties-0-identity_number": "91"}
    )
    answer = signed_in(clerk).post(reverse("cases:new"), wrong)
    page = answer.content.decode()
    assert answer.status_code == 400 and not Case.objects.exists()
    summary = page[page.index('class="errors"') : page.index("</ol>", page.index('class="errors"'))]
    for target in ("#id_cause", "#id_parties-1-address", "#id_amount", "#id_parties-0-identity_number"):
        assert f'href="{target}"' in summary
    assert "第三级" in page and "民事诉讼法第一百二十四条" in page
    assert 'value="合同纠纷"' in page and 'value="很多"' in page and "尉迟川" in page
    assert len(re.findall(r'aria-invalid="true"', page)) == 4


def test_rows_are_added_and_removed_by_the_server(clerk):
    client = signed_in(clerk)
    more = client.post(reverse("cases:new"), form_data(add_party="1") | {"register": ""}).content.decode()
    assert 'name="parties-2-name"' in more and "尉迟川" in more and 'class="errors"' not in more
    less = client.post(reverse("cases:new"), form_data(remove_party="0")).content.decode()
    assert 'name="parties-1-name"' not in less and "尉迟川" in less and "天津甲乙建材有限公司" not in less


def test_another_type_brings_its_own_positions_and_procedures(clerk):
    client = signed_in(clerk)
    page = client.post(
        reverse("cases:new"), form_data(type_code="0302", refresh="type"), headers={"HX-Request": "true"}
    )
    text = page.content.decode()
    assert text.lstrip().startswith('<div id="intake"')
    assert "上诉（对裁定）" in text and text.index("上诉人") < text.index("被告人")


def test_a_duplicate_is_shown_and_needs_a_note(clerk):
    client = signed_in(clerk)
    client.post(reverse("cases:new"), form_data())
    first = Case.objects.get()
    again = client.post(reverse("cases:new"), form_data())
    page = again.content.decode()
    assert again.status_code == 400 and first.number in page and 'name="duplicate_note"' in page
    client.post(reverse("cases:new"), form_data(duplicate_note="另一批货物"))
    assert Case.objects.count() == 2


def test_causes_are_offered_while_typing(clerk):
    answer = signed_in(clerk).get(reverse("cases:causes"), {"type_code": "0301", "cause": "建设工程"})
    assert '<option value="建设工程施工合同纠纷">' in answer.content.decode()


def test_a_secret_case_sends_its_clerk_to_the_list(clerk):
    answer = signed_in(clerk).post(reverse("cases:new"), form_data(secrecy="secret"))
    assert answer["Location"] == reverse("cases:list")


@pytest.mark.parametrize(
    "changes",
    [
        {"parties-TOTAL_FORMS": "x"}, {"parties-TOTAL_FORMS": "9999"}, {"type_code": "9999"}, {"type_code": ""},
        {"filed_on": "2026-02-30"}, {"judge": "999999"}, {"division": "abc"}, {"parties-0-kind": "robot"},
        {"amount": "1e999"}, {"amount": "NaN"}, {"cause": "\x00"}, {"parties-0-name": "甲" * 300},
        {"lower_number": "￥" * 80},
        {"filed_on": "0001-01-01"}, {"filed_on": "9999-12-31"}, {"remove_party": "77"}, {"secrecy": "?"},
    ],
)  # fmt: skip
def test_no_input_breaks_the_form(clerk, changes):
    answer = signed_in(clerk).post(reverse("cases:new"), form_data(**changes))
    assert answer.status_code in (200, 400)
    assert not Case.objects.exists()


def test_the_list_finds_and_narrows(clerk):
    one = factories.case(parties=(factories.company_party(), factories.person_party(name="单甲丙")))
    two = factories.case()
    client = signed_in(clerk)
    page = client.get(reverse("cases:list"), {"q": "单甲"}).content.decode()
    assert one.number in page and two.number not in page
    close_case(actor=None, case=two, method="first_instance_civil:1", closed_on=clock.today())
    page = client.get(reverse("cases:list"), {"status": "closed"}).content.decode()
    assert two.number in page and one.number not in page
    nothing = client.get(reverse("cases:list"), {"q": "没有这样的人"}).content.decode()
    assert "没有符合条件的案件" in nothing


@pytest.mark.parametrize(
    "query", [{"division": "x"}, {"judge": "9" * 30}, {"cursor": "!!"}, {"q": "%_\\'"}, {"type": "zzzz"}, {"risk": "?"}]
)
def test_no_address_breaks_the_list(clerk, query):
    factories.case()
    assert signed_in(clerk).get(reverse("cases:list"), query).status_code == 200


def test_list_and_case_page_ask_the_same_number_of_questions_whatever_the_rows(clerk):
    client = signed_in(clerk)

    def count(address) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    case = factories.case()
    count(reverse("cases:list"))  # the first request of a session writes it
    few = count(reverse("cases:list")), count(reverse("cases:detail", args=[case.pk]))
    for _number in range(12):
        factories.case(
            parties=tuple(factories.company_party("plaintiff") for _ in range(3)) + (factories.person_party(),)
        )
    many_case = Case.objects.latest("id")
    many = count(reverse("cases:list")), count(reverse("cases:detail", args=[many_case.pk]))
    assert many == few


def test_others_do_not_see_the_case(clerk):
    case = factories.case()
    stranger = ground.person(Post.JUDGE, ground.division("civil-9"))
    assert signed_in(stranger).get(reverse("cases:detail", args=[case.pk])).status_code == 404
    assert case.number not in signed_in(stranger).get(reverse("cases:list")).content.decode()


def test_reading_a_secret_case_leaves_an_entry(clerk):
    case = factories.case(secrecy="secret")
    signed_in(case.judge).get(reverse("cases:detail", args=[case.pk]))
    assert AuditEntry.objects.filter(verb="case.read", actor=case.judge, case_id=case.pk).count() == 1


def test_progress_by_one_line_without_script(clerk):
    case = factories.case()
    client = signed_in(case.judge)
    answer = client.post(reverse("cases:write", args=[case.pk]), {"line": "合议 达成一致"}, follow=True)
    page = answer.content.decode()
    entry = DocketEntry.objects.get()
    undo = reverse("cases:undo", args=[case.pk, entry.pk])
    assert entry.kind == "deliberation" and entry.note == "达成一致" and undo in page
    page = client.post(undo, follow=True).content.decode()
    assert "<del>" in page and DocketEntry.objects.count() == 2


def test_progress_by_htmx_redraws_line_and_timeline_only(clerk):
    case = factories.case()
    client = signed_in(case.judge)
    answer = client.post(
        reverse("cases:write", args=[case.pk]), {"line": "开庭 0930 三庭"}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert "<html" not in page and 'id="timeline"' in page and 'hx-swap-oob="true"' in page
    assert "undo" in answer["HX-Trigger"]
    fresh = client.get(reverse("cases:detail", args=[case.pk]), headers={"HX-Request": "true"}).content.decode()
    lines = re.findall(r"<li data-kind.*?</li>", page, re.S)
    assert [re.sub(r'value="[^"]*"', "", x) for x in lines] == [
        re.sub(r'value="[^"]*"', "", x) for x in re.findall(r"<li data-kind.*?</li>", fresh, re.S)
    ]


def test_a_refused_line_stays_in_the_field(clerk):
    case = factories.case()
    client = signed_in(case.judge)
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.post(reverse("cases:write", args=[case.pk]), {"line": "开庭 2-30 三庭"}, headers=headers)
        page = answer.content.decode()
        assert answer.status_code == 400 and "日期不存在" in page and 'value="开庭 2-30 三庭"' in page


def test_the_desk_line_finds_the_case_by_its_number(clerk):
    case = factories.case()
    client = signed_in(case.judge)
    client.post(reverse("cases:quick"), {"line": f"{case.sequence} 合议 今天"}, headers={"HX-Request": "true"})
    assert DocketEntry.objects.get().case == case
    for line in ("合议 今天", "999 合议", ""):
        answer = client.post(reverse("cases:quick"), {"line": line})
        assert answer.status_code == 400


def test_acts_on_the_case_have_pages(clerk):
    case = factories.case(filed_on=clock.today() - timedelta(days=3))
    chief = signed_in(ground.person(Post.DIVISION_CHIEF, ground.division("civil-1")))
    page = chief.get(reverse("cases:detail", args=[case.pk])).content.decode()
    for name in ("close", "reassign", "recuse"):
        assert reverse(f"cases:{name}", args=[case.pk]) in page
        assert chief.get(reverse(f"cases:{name}", args=[case.pk])).status_code == 200
        assert chief.post(reverse(f"cases:{name}", args=[case.pk]), {}).status_code == 400
    done = chief.post(reverse("cases:reassign", args=[case.pk]), {"reason": "原承办法官调离"}, follow=True)
    assert "改由" in done.content.decode()
    late = {"method": "first_instance_civil:1", "closed_on": (clock.today() + timedelta(days=1)).isoformat()}
    refused = chief.post(reverse("cases:close", args=[case.pk]), late)
    assert refused.status_code == 400 and "不能晚于今天" in refused.content.decode()
    chief.post(reverse("cases:close", args=[case.pk]), late | {"closed_on": clock.today().isoformat()})
    case.refresh_from_db()
    assert case.status == "closed"


def test_pages_speak_english(clerk):
    case = factories.case()
    client = signed_in(clerk)
    for address in (
        reverse("cases:list"),
        reverse("cases:new"),
        reverse("cases:import"),
        reverse("cases:detail", args=[case.pk]),
    ):
        page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
        assert 'lang="en"' in page
    assert "Sale contract" in page and "Civil, first instance" in page


def test_the_api_lists_files_and_writes(clerk):
    client = signed_in(clerk)
    asked = {
        "type_code": "0301", "cause": "买卖合同纠纷", "filed_on": clock.today().isoformat(),
        "parties": [
            {"role": "plaintiff", "kind": "legal", "name": "天津甲乙建材有限公司", "identity_kind": "credit_code",
             "identity_number": factories.credit_code(78)},
            {"role": "defendant", "kind": "natural", "name": "尉迟川", "address": "天津市甲区乙路1号"},
        ],
    }  # fmt: skip
    answer = client.post("/api/v1/cases/", asked, content_type="application/json")
    assert answer.status_code == 201, answer.content
    case = Case.objects.get()
    assert answer.json()["number"] == case.number
    listed = client.get("/api/v1/cases/", {"q": "尉迟"}).json()
    assert [row["id"] for row in listed["results"]] == [case.pk]
    assert "identity_encrypted" not in client.get(f"/api/v1/cases/{case.pk}/").json()["parties"][0]
    wrong = client.post("/api/v1/cases/", asked | {"cause": "合同纠纷", "parties": []}, content_type="application/json")
    assert wrong.status_code == 400
    assert {e["code"] for e in wrong.json()["errors"]} >= {"cause_level", "parties_missing"}
    judge = signed_in(case.judge)
    entry = {"case": case.pk, "kind": "hearing", "happened_on": clock.today().isoformat(), "note": "双方到庭"}
    written = judge.post("/api/v1/docket/", entry, content_type="application/json")
    assert written.status_code == 201
    assert judge.post(f"/api/v1/docket/{written.json()['id']}/undo/").status_code == 201
    assert judge.post(f"/api/v1/docket/{written.json()['id']}/undo/").status_code == 409
    assert client.post("/api/v1/docket/", entry, content_type="application/json").status_code == 403
    for bad in (
        {},
        {"case": "x"},
        entry | {"case": 0},
        entry | {"kind": "?"},
        [],
        entry | {"happened_on": "2026-13-01"},
    ):
        assert judge.post("/api/v1/docket/", bad, content_type="application/json").status_code == 400
    assert judge.post("/api/v1/docket/", entry | {"case": 10**9}, content_type="application/json").status_code == 404
