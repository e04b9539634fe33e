"""Identity numbers and names. The numbers are invented: region 120000 is never issued as an address code."""

from datetime import date

import pytest

from cases.intake.identity import age_on, check, check_resident_id, mask
from cases.intake.names import check_organisation_name, check_person_name, name_form, normalise_name, sort_key

TODAY = date(2026, 11, 23)


def codes(kind, number):
    return [reason.code for reason in check(kind, number, TODAY).reasons]


# GB 11643-1999 gives 11010519491231002X and 440524188001010014 as its own examples.
@pytest.mark.parametrize(
    "number", ["11010519491231002X", "11010519491231002x", " 440524188001010014 ", "110105491231002"]
)
def test_valid_resident_ids_pass(number):
    assert codes("resident_id", number) == []


@pytest.mark.parametrize(
    "number, expected",
    [
        ("110105194912310021", ["check_digit"]),
        ("11010519491331002X", ["birth_date", "check_digit"]),
        ("99010519491231002X", ["region", "check_digit"]),
        ("1101051949123100", ["resident_form"]),
        ("11010519491231002A", ["resident_form"]),
        ("", ["resident_form"]),
    ],
)
def test_wrong_resident_ids_tell_all_reasons(number, expected):
    assert codes("resident_id", number) == expected


def test_a_birth_date_in_the_future_is_refused():
    assert "birth_range" in codes("resident_id", "110105202712310025")


def test_resident_id_tells_birth_date_and_sex():
    checked = check_resident_id("11010519491231002X", TODAY)
    assert (checked.born_on, checked.sex) == (date(1949, 12, 31), "female")


def test_reason_names_the_expected_character():
    reason = check("resident_id", "110105194912310021", TODAY).reasons[0]
    assert "应为 X" in str(reason) and "填的是 1" in str(reason)


# 91350100M000100Y43 is the example of GB 32100-2015.
def test_credit_code():
    assert codes("credit_code", "91350100M000100Y43") == []
    assert codes("credit_code", "91350100M000100Y44") == ["check_digit"]
    assert codes("credit_code", "91350100M000100I43") == ["credit_characters"]
    assert codes("credit_code", "9135") == ["credit_form"]


def test_organisation_code():
    assert codes("org_code", "D2143569-X") == []  # example of GB 11714
    assert codes("org_code", "D2143569-1") == ["check_digit"]


@pytest.mark.parametrize(
    "kind, number, fine",
    [
        ("passport", "E12345678", True),
        ("passport", "!!", False),
        ("hk_macao_permit", "H12345678", True),
        ("taiwan_permit", "12345678", True),
        ("lawyer_licence", "11201201610123456", True),
        ("lawyer_licence", "1120120161012345", False),
        ("lawyer_licence", "11201203110123456", False),
        ("unheard_of", "1", False),
    ],
)
def test_other_documents(kind, number, fine):
    assert check(kind, number, TODAY).ok is fine


def test_display_hides_the_middle():
    assert mask("120101199001011234") == "120***********1234"
    assert mask("E12345678") == "E*******8"
    assert mask("") == ""


def test_age_counts_from_the_day_after_the_birthday():
    assert age_on(date(2008, 11, 23), date(2026, 11, 23)) == 17
    assert age_on(date(2008, 11, 23), date(2026, 11, 24)) == 18


@pytest.mark.parametrize(
    "raw, normal, form",
    [
        ("甲　一", "甲一", "chinese"),
        (" 欧阳 甲乙 ", "欧阳甲乙", "chinese"),
        ("阿依古丽•甲买提", "阿依古丽·甲买提", "minority"),
        ("阿依古丽・甲买提", "阿依古丽·甲买提", "minority"),
        ("阿依古丽 . 甲买提", "阿依古丽·甲买提", "minority"),
        ("Anna  Maria O'Test-Smith", "Anna Maria O'Test-Smith", "foreign"),
        ("José Müllér", "José Müllér", "foreign"),
        ("约翰·甲·史密斯", "约翰·甲·史密斯", "minority"),
        ("𠮷田甲", "𠮷田甲", "chinese"),
    ],
)
def test_names_of_every_form_are_accepted(raw, normal, form):
    assert normalise_name(raw) == normal
    assert name_form(normal) == form
    assert check_person_name(normal) == []


@pytest.mark.parametrize(
    "name, code",
    [
        ("", "name_missing"),
        ("甲1", "name_digits"),
        ("甲@乙", "name_form"),
        ("张某", "name_masked"),
        ("张某甲", "name_masked"),
        ("甲", "name_short"),
        ("\ue000甲", "name_private"),
        ("甲" * 61, "name_long"),
    ],
)
def test_wrong_names_say_why(name, code):
    assert code in [finding.code for finding in check_person_name(name)]


def test_organisation_names():
    assert check_organisation_name("天津甲乙建材有限公司") == []
    assert [f.code for f in check_organisation_name("甲")] == ["org_short"]


@pytest.mark.parametrize(
    "name, key",
    [
        ("单甲一", "shan jia yi"),
        ("解甲", "xie jia"),
        ("区甲", "ou jia"),
        ("查甲", "zha jia"),
        ("仇甲", "qiu jia"),
        ("曾甲", "zeng jia"),
        ("盖甲", "ge jia"),
        ("乜甲", "nie jia"),
        ("尉迟甲", "yu chi jia"),
        ("万俟甲", "mo qi jia"),
        ("欧阳甲", "ou yang jia"),
        ("单于甲", "chan yu jia"),
        ("Smith", "smith"),
    ],
)
def test_surnames_are_sorted_by_their_reading_as_surnames(name, key):
    assert sort_key(name) == key


def test_an_organisation_is_not_read_as_a_surname():
    assert sort_key("单位信托公司", person=False).startswith("dan wei")
