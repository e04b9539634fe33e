"""Several people act for one party: in the form without script, in the reasons, in the register."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cases.intake.models import Case, Representative
from tests.cases import factories
from tests.cases.test_intake_pages import form_data, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    factories.civil_division()
    return factories.filing_clerk()


def acting(*people: dict[str, str], party: int = 0) -> dict[str, str]:
    """Fields of those who act for a party, as a browser sends them."""
    prefix = f"parties-{party}-representatives"
    data = {f"{prefix}-TOTAL_FORMS": str(len(people)), f"{prefix}-INITIAL_FORMS": "0"}
    for place, person in enumerate(people):
        data |= {f"{prefix}-{place}-{key}": value for key, value in ({"kind": "lawyer"} | person).items()}
    return data


LAWYER = {"name": "温甲", "firm": "天津甲乙律师事务所", "licence": "11201201610123456"}
STAFF = {"name": "苏乙", "kind": "staff"}


def test_two_people_act_for_a_party_and_the_register_keeps_their_order(clerk):
    signed_in(clerk).post(reverse("cases:new"), form_data(**acting(LAWYER, STAFF), **acting(LAWYER, party=1)))
    company, man = Case.objects.get().parties.all()
    assert [(r.name, r.kind, r.firm) for r in company.representatives.all()] == [
        ("温甲", "lawyer", "天津甲乙律师事务所"),
        ("苏乙", "staff", ""),
    ]
    assert [r.licence for r in man.representatives.all()] == ["11201201610123456"]


def test_rows_come_and_go_without_script_and_nothing_typed_is_lost(clerk):
    client = signed_in(clerk)
    data = form_data(**acting(LAWYER, STAFF)) | {"register": ""}
    more = client.post(reverse("cases:new"), data | {"add_acting": "0"}).content.decode()
    assert 'name="parties-0-representatives-2-name"' in more and 'value="温甲"' in more and 'value="苏乙"' in more
    focused = re.findall(r"<input[^>]*autofocus[^>]*>", more)
    assert len(focused) == 1 and "parties-0-representatives-2-name" in focused[0]
    less = client.post(reverse("cases:new"), data | {"remove_acting": "0-0"}).content.decode()
    assert 'value="温甲"' not in less and 'name="parties-0-representatives-0-name" value="苏乙"' in less
    gone = client.post(reverse("cases:new"), data | {"remove_party": "1"}).content.decode()
    assert 'value="温甲"' in gone and 'value="苏乙"' in gone and "尉迟川" not in gone


def test_a_blank_row_at_the_end_is_no_person(clerk):
    signed_in(clerk).post(reverse("cases:new"), form_data(**acting(LAWYER, {"name": ""})))
    assert Representative.objects.count() == 1


def test_reasons_stand_at_the_field_of_the_person_they_speak_of(clerk):
    wrong = acting(LAWYER, STAFF | {"licence": "123"}, {"name": "", "firm": "无名事务所"})
    answer = signed_in(clerk).post(reverse("cases:new"), form_data(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 400 and not Case.objects.exists()
    assert 'href="#id_parties-0-representatives-1-licence"' in page and "第 1 方代理人 2" in page
    assert 'href="#id_parties-0-representatives-2-name"' in page


def test_three_entrusted_are_too_many_but_a_guardian_is_not_entrusted(clerk):
    client = signed_in(clerk)
    three = [LAWYER, STAFF, {"name": "赵丙", "kind": "relative"}]
    answer = client.post(reverse("cases:new"), form_data(**acting(*three)))
    page = answer.content.decode()
    assert answer.status_code == 400 and "民事诉讼法第六十一条" in page
    assert 'href="#id_parties-0-representatives-2-name"' in page
    client.post(reverse("cases:new"), form_data(**acting(LAWYER, STAFF, {"name": "赵丙", "kind": "statutory"})))
    assert Representative.objects.count() == 3


def test_the_same_person_typed_twice_is_told(clerk):
    answer = signed_in(clerk).post(reverse("cases:new"), form_data(**acting(LAWYER, LAWYER)))
    assert answer.status_code == 400 and "填了两次" in answer.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"add_acting": "99"}, {"add_acting": "x"}, {"remove_acting": "0-99"}, {"remove_acting": "-"},
        {"remove_acting": "９-０"}, {"parties-0-representatives-TOTAL_FORMS": "x"},
        {"parties-0-representatives-TOTAL_FORMS": "9999999999"},
        acting({"name": "甲" * 400, "kind": "robot"}), acting(*[{"name": f"甲{n}"} for n in range(30)]),
    ],
)  # fmt: skip
def test_no_input_breaks_the_rows(clerk, changes):
    answer = signed_in(clerk).post(reverse("cases:new"), form_data(**changes))
    assert answer.status_code in (200, 400) and not Case.objects.exists()
