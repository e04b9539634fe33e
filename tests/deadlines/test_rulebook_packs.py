"""The packs: complete, cited, and refused loudly when they are wrong."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from deadlines.rulebook.reading import PACKS, read_packs, rulebook
from deadlines.rulebook.rules import Amount, RulebookError, UnknownRule

COUNTS = {"limit": 182, "service": 39, "backward": 24, "preservation": 24, "appraisal": 16, "publication": 15}


@pytest.mark.parametrize(("group", "count"), COUNTS.items())
def test_every_period_of_the_domain_notes_is_in_the_packs(group, count):
    assert sum(1 for limit in rulebook().iter_limits() if limit.group == group) == count


def test_grounds_conversions_closing_rules_and_caps_are_complete():
    book = rulebook()
    deductions = sum(1 for versions in book.grounds.values() if versions[-1].kind == "deduction")
    assert deductions == 24 + 1  # the one more stops an appraisal, not a trial
    assert sum(1 for versions in book.grounds.values() if versions[-1].kind == "suspension") == 8
    assert (len(book.conversions), len(book.closings), len(book.caps)) == (10, 10, 6)


def test_everything_has_both_names_and_an_article():
    book = rulebook()
    rules = [v for versions in (*book.limits.values(), *book.grounds.values()) for v in versions]
    assert all(rule.name_zh and rule.name_en and rule.basis for rule in rules)
    assert all(book.cite(c, language) for rule in rules for c in rule.basis for language in ("zh", "en"))


def test_older_law_is_chosen_by_the_filing_date():
    book = rulebook()
    assert book.limit("srv_public_notice", date(2021, 12, 31)).parts == (Amount(60, "day"),)
    assert book.limit("srv_public_notice", date(2022, 1, 1)).parts == (Amount(30, "day"),)
    assert book.limit("srv_public_notice_foreign", date(2023, 12, 31)).parts == (Amount(3, "month"),)
    assert book.limit("srv_public_notice_foreign", date(2024, 1, 1)).parts == (Amount(60, "day"),)
    assert book.limit("adm_1st", date(2015, 4, 30)).parts == (Amount(3, "month"),)
    assert book.limit("civ_1st_ordinary").extensions[0].ask_days(date(2018, 4, 25)) == 10
    assert book.limit("civ_1st_ordinary").extensions[0].ask_days(date(2018, 4, 26)) == 15


def test_an_unknown_rule_names_itself():
    with pytest.raises(UnknownRule) as caught:
        rulebook().limit("no_such_limit")
    assert caught.value.rule_id == "no_such_limit"


def test_each_case_clock_names_a_limit_that_exists():
    book = rulebook()
    assert all(rule.limit in book.limits for rule in book.case_clocks)


@pytest.fixture
def packs(tmp_path):
    folder = tmp_path / "packs"
    shutil.copytree(PACKS, folder)
    return folder


def spoil(folder: Path, name: str, old: str, new: str) -> str:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        read_packs(folder)
    return str(caught.value)


def test_an_unknown_unit_names_file_entry_and_reason(packs):
    message = spoil(packs, "civil.yaml", "amount: 7, unit: day", "amount: 7, unit: fortnight")
    assert message.startswith("civil.yaml: civ_filing: unknown unit 'fortnight'")


def test_overlapping_validity_names_file_entry_and_reason(packs):
    message = spoil(packs, "service.yaml", "valid: {to: '2021-12-31'}", "valid: {to: '2022-01-01'}")
    assert message.startswith("service.yaml: srv_public_notice: overlaps the validity")


def test_a_missing_article_names_file_entry_and_reason(packs):
    assert "civil.yaml: civ_filing: an article is missing" in spoil(
        packs, "civil.yaml", "[CPL_2023, '126']", "[CPL_2023, '']"
    )


def test_an_unknown_source_is_refused(packs):
    assert "unknown source 'NO_LAW'" in spoil(packs, "civil.yaml", "[CPL_2023, '126']", "[NO_LAW, '126']")


def test_a_validity_that_ends_before_it_begins_is_refused(packs):
    first, both = "valid: {from: '2022-01-01'}", "valid: {from: '2022-01-01', to: '2021-01-01'}"
    assert "before it begins" in spoil(packs, "service.yaml", first, both)


def test_an_event_without_a_name_is_refused(packs):
    assert "has no name in events.yaml" in spoil(packs, "civil.yaml", "from: complaint_received", "from: moon_rise")


def test_half_a_number_is_no_amount(packs):
    assert "not a whole number" in spoil(packs, "civil.yaml", "amount: 7, unit: day", "amount: 7.5, unit: day")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("civil.yaml", "amount: 7, unit: day", "amuont: 7, unit: day", "civ_filing: unknown key 'counts.amuont'"),
        ("civil.yaml", "  confidence: verified", "  confidnce: verified", "unknown key 'confidnce'"),
        ("civil.yaml", "[CPL_2023, '126']", "[CPL_2023, null]", "civil.yaml: civ_filing: an article is missing"),
        ("civil.yaml", "pack: {kind: limit", "pack: {kind: limt", "civil.yaml: pack: unknown kind 'limt'"),
        ("civil.yaml", "- id: civ_filing\n", "- nr: civ_filing\n", "civil.yaml: entry 1: 'id' is missing"),
        ("caps.yaml", "at_most: 2", "at_most: two", "caps.yaml: cap_adjourn_ordinary: 'two' is not a whole number"),
        ("caps.yaml", "- id: cap_counsel_change", "- id: cap_supp_investigation", "the id stands twice"),
        ("case_clocks.yaml", "types: ['0328']", "types: ['0399']", "civ_payment_order: unknown case type '0399'"),
        ("event_clocks.yaml", "entry: answered", "entry: aswered", "unknown kind of docket entry 'aswered'"),
        ("hearing_rules.yaml", "cap: cap_adjourn_ordinary", "cap: cap_none", "cap_civil: unknown cap 'cap_none'"),
        ("thresholds.yaml", "watch: elapsed", "watch: elapsd", "unknown watch 'elapsd'"),
        ("closing.yaml", "  name: {", "  name: [", "closing.yaml: pack: cannot be read"),
        ("preservation.yaml", "at_most: [1, year]", "at_most: [1]", "preservation.yaml: prv_bank: cannot be read"),
    ],
)  # fmt: skip
def test_every_other_mistake_is_told_with_file_entry_and_reason(packs, name, old, new, told):
    assert told in spoil(packs, name, old, new)
