"""Case numbers: what the registry relies on when it reads numbers of its own and of other courts."""

from pathlib import Path

import pytest

from cases.intake.number_repair import parse
from cases.intake.numbers import IRREGULARITIES, compose, read_strict, year_not_after

WILD = Path(__file__).resolve().parents[3] / "shared" / "data" / "case-numbers.txt"

REGULAR = [
    ("（2026）津02民终1号", "current", 2026, "津02", "", "民终", "1", ""),
    ("(2023)津02民终702号", "current", 2023, "津02", "", "民终", "702", ""),
    ("（2020）最高法知民终9号", "current", 2020, "最高法", "知", "民终", "9", ""),
    ("（2021）津刑终45号", "current", 2021, "津", "", "刑终", "45", ""),
    ("（2024）津0103民初11065号", "current", 2024, "津0103", "", "民初", "11065", ""),
    ("（2022）津02民辖终31号", "current", 2022, "津02", "", "民辖终", "31", ""),
    ("（2022）津02破申6号", "current", 2022, "津02", "", "破申", "6", ""),
    ("（2021）津0102执403号之一", "current", 2021, "津0102", "", "执", "403", "之一"),
    ("（2018）最高法刑核51730146号", "current", 2018, "最高法", "", "刑核", "51730146", ""),
    ("（2014）二中民一终字第0123号", "legacy", 2014, "二中", "", "民一终", "0123", ""),
    ("(2012)津高民二终字第31号", "legacy", 2012, "津高", "", "民二终", "31", ""),
    ("(2014)二中执字第12号-1", "legacy", 2014, "二中", "", "执", "12", "-1"),
    ("(2015)二中法赔字第1号", "legacy", 2015, "二中", "", "法赔", "1", ""),
    ("(1998)二中经终字第7号", "legacy", 1998, "二中", "", "经终", "7", ""),
]


@pytest.mark.parametrize("text, form, year, court, special, mark, seq, suffix", REGULAR)
def test_regular_numbers_of_both_forms_are_read_exactly(text, form, year, court, special, mark, seq, suffix):
    number = parse(text)
    assert (number.form, number.year, number.court, number.special) == (form, year, court, special)
    assert (number.type, number.seq, number.suffix) == (mark, seq, suffix)
    assert number.regular
    assert read_strict(text) == number


IRREGULAR = [
    ("（2015）津02民终123号", {"form_before_2016"}, "（2015）津02民终123号"),
    ("（2016）津02民终字第123号", {"zi_extra"}, "（2016）津02民终123号"),
    ("（2018）津02民终第123号", {"di_extra"}, "（2018）津02民终123号"),
    ("2016津02民终123号", {"year_brackets_missing"}, "（2016）津02民终123号"),
    ("（2016）津02民终0123号", {"leading_zero"}, "（2016）津02民终123号"),
    ("（2016）津02民终123", {"hao_missing"}, "（2016）津02民终123号"),
    ("（2016）津2民终123号", {"court_digits"}, "（2016）津2民终123号"),
    ("（2016）天津02民终123号", {"court_name_long"}, "（2016）津02民终123号"),
    ("（2016）津02民二终123号", {"chamber_in_type"}, "（2016）津02民终123号"),
    ("（2016）津02邢初12号", {"wrong_character"}, "（2016）津02刑初12号"),
    ("（16）津02民终123号", {"year_two_digits"}, "（2016）津02民终123号"),
    ("（2016）津02终民123号", {"unlisted_type"}, "（2016）津02终民123号"),
    ("（2016)津02民终123号 ", {"blank"}, "（2016）津02民终123号"),
    ("（2016）津02\n民终 123号", {"blank"}, "（2016）津02民终123号"),
    ("（2016）津02民终123456789号", {"sequence_too_long"}, "（2016）津02民终123456789号"),
    ("（2016）民终123号", {"court_missing"}, "（2016）民终123号"),
    ("[2016]津02民终123号", {"square_brackets"}, "（2016）津02民终123号"),
    ("〔2016〕津02民终123号", {"square_brackets"}, "（2016）津02民终123号"),
    ("（２０１６）津０２民终１２３号", {"fullwidth_digits"}, "（2016）津02民终123号"),
    ("（2016）津02民终l2O号", {"letters_for_digits"}, "（2016）津02民终120号"),
    ("（2016）0102民初9号", {"court_province_missing"}, "（2016）0102民初9号"),
    ("（2016）津02民终9-1号", {"suffix_inside"}, "（2016）津02民终9号-1"),
    ("（2016）津02民终9号-1", {"suffix_dashed"}, "（2016）津02民终9号-1"),
    ("（2016）津0102津民初9号", {"court_repeated"}, "（2016）津0102民初9号"),
    ("（2019）津02刑核12号", {"review_number"}, "（2019）津02刑核12号"),
    ("（2014）二中民终123号", {"zi_missing", "di_missing"}, "（2014）二中民终字第123号"),
    ("（2014）二中民终字123号", {"di_missing"}, "（2014）二中民终字第123号"),
    ("（2014）民终字第123号", {"court_missing"}, "（2014）民终字第123号"),
    ("（2016）二中民终字第123号", {"zi_extra", "legacy_court"}, "（2016）二中民终字第123号"),
    ("（2014）二中字第123号", {"type_missing"}, "（2014）二中字第123号"),
    ("（2014）二中行审字第8号", {"unlisted_type"}, "（2014）二中行审字第8号"),
]


@pytest.mark.parametrize("text, codes, normal", IRREGULAR)
def test_irregular_numbers_are_read_with_their_irregularity_named(text, codes, normal):
    number = parse(text)
    assert set(number.irregularities) == codes
    assert number.text == normal
    assert number.original == text
    assert read_strict(text) is None


@pytest.mark.parametrize(
    "text", ["", "号", "（2016）", "合同第12号附件", "not a number", "（2016）号", "🙂", "(((", "2016"]
)
def test_what_is_no_case_number_is_kept_and_said_to_be_none(text):
    number = parse(text)
    assert number.original == text
    assert not number.regular


def test_suffix_of_a_further_ruling_does_not_change_the_case():
    assert parse("（2021）津0102执403号之一").key == parse("（2021）津0102执403号").key


def test_new_numbers_are_regular():
    assert compose(2026, "津02", "民终", 1) == "（2026）津02民终1号"
    assert parse(compose(2026, "津02", "民终", 1)).regular


def test_year_after_the_current_one_is_marked():
    assert year_not_after(parse("（2031）津02民终1号"), 2026).irregularities == ("year_impossible",)
    assert year_not_after(parse("（2026）津02民终1号"), 2026).regular


def test_every_number_from_the_wild_is_read_and_none_dropped():
    if not WILD.exists():
        pytest.skip(f"{WILD} is not there; the numbers from the wild are not part of the repository")
    lines = WILD.read_text("utf-8").splitlines()
    assert len(lines) == 1433
    numbers = [parse(line) for line in lines]
    irregular = [n for n in numbers if not n.regular]
    assert len(irregular) == 44
    assert all(n.form != "unknown" and n.year and n.seq for n in numbers)
    assert all(code in IRREGULARITIES for n in irregular for code in n.irregularities)
    assert all(read_strict(n.original) for n in numbers if n.regular)
    assert all(parse(n.text).key == n.key for n in numbers if n.regular)
