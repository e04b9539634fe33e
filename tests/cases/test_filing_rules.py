"""Limit, papers, jurisdiction by amount and grounds of not accepting, as pure rules."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.filing import tables
from cases.filing.jurisdiction import warnings
from cases.filing.limits import due, limit_of
from cases.filing.materials import papers_for
from cases.filing.refusals import grounds, grounds_of, kind_of, kinds
from cases.filing.tables import Kind
from cases.intake.catalogue import case_types, causes, procedures
from cases.intake.drafts import PartyDraft, RepresentativeDraft
from deadlines.rulebook.reading import rulebook

SALE = "civil:88"
CIVIL = Kind("0301", "ordinary", SALE)


def weekdays(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (CIVIL, 7), (Kind("0308"), 30), (Kind("0301", "ordinary", "civil:512.1"), 15), (Kind("0401"), 7),
        (Kind("0201", "private_prosecution"), 15), (Kind("0201"), 7), (Kind("1002"), 7), (Kind("0302"), 5),
        (Kind("0305"), None), (Kind("9999"), None),
    ],
)  # fmt: skip
def test_days_for_the_decision_on_filing(kind, days):
    found = limit_of(kind)
    assert (found.days if found else None) == days


def test_the_days_are_those_of_the_rule_packs():
    book = rulebook()
    for row in tables.rows("limits.tsv"):
        rule = book.limit(row["rule"])
        assert [(part.amount, part.unit) for part in rule.parts] == [(int(row["days"]), "day")], row["rule"]


def test_the_day_itself_does_not_count_and_a_weekend_moves_on():
    assert due(date(2026, 11, 16), 7, weekdays) == date(2026, 11, 23)  # Monday to Monday
    assert due(date(2026, 11, 14), 7, weekdays) == date(2026, 11, 23)  # the last day is a Saturday


def party(role: str, kind: str = "natural", **fields) -> PartyDraft:
    return PartyDraft(role, kind, "甲", **fields)


def test_papers_follow_the_parties():
    parties = [party("plaintiff", "legal"), party("defendant"), party("third_party")]
    found = {paper.key: paper for paper in papers_for(CIVIL, parties)}
    assert found["complaint"].copies == 3 and found["complaint"].must
    assert {"licence", "legal_representative", "opponent", "evidence"} <= set(found)
    assert not {"identity", "mandate", "whereabouts", "appeal"} & set(found)
    assert not found["address_confirmation"].must
    natural = [
        party("plaintiff", representatives=(RepresentativeDraft("乙"),)), party("defendant", whereabouts_unknown=True)
    ]  # fmt: skip
    more = {paper.key for paper in papers_for(CIVIL, natural)}
    assert {"identity", "mandate", "agent_identity", "whereabouts"} <= more and "licence" not in more


@pytest.mark.parametrize(
    ("kind", "paper"),
    [(Kind("0302"), "appeal"), (Kind("1002"), "enforced_title"), (Kind("0201"), "indictment"),
     (Kind("0201", "private_prosecution"), "private_complaint"), (Kind("0401"), "admin_complaint"),
     (Kind("0305"), "retrial_application"), (Kind("1103"), "bankruptcy_application")],
)  # fmt: skip
def test_each_kind_of_case_has_its_own_paper(kind, paper):
    assert paper in {found.key for found in papers_for(kind, [party("plaintiff"), party("defendant")])}


HERE, AWAY = "天津市甲区乙路1号", "北京市甲区乙路1号"


@pytest.mark.parametrize(
    ("amount", "addresses", "day", "article"),
    [
        (3_860_000, (HERE, HERE), date(2026, 11, 20), "法发〔2021〕27号"),
        (500_000_000, (HERE, HERE), date(2026, 11, 20), None),
        (499_999_999, (HERE, HERE), date(2026, 11, 20), "法发〔2021〕27号"),
        (499_999_999, (AWAY, AWAY), date(2026, 11, 20), "法发〔2021〕27号"),
        (100_000_000, (HERE, AWAY), date(2026, 11, 20), None),
        (99_999_999, (HERE, AWAY), date(2026, 11, 20), "法发〔2021〕27号"),
        (200_000_000, (HERE, ""), date(2026, 11, 20), "法发〔2021〕27号"),
        (20_000_000, (HERE, AWAY), date(2021, 9, 30), None),
        (20_000_000, (HERE, AWAY), date(2021, 10, 1), "法发〔2021〕27号"),
        (29_999_999, (HERE, HERE), date(2021, 9, 30), "法发〔2015〕7号"),
        (None, (HERE, HERE), date(2026, 11, 20), None),
    ],
)  # fmt: skip
def test_the_amount_warns_by_residence_and_day(amount, addresses, day, article):
    parties = [party(role, address=text) for role, text in zip(("plaintiff", "defendant"), addresses, strict=True)]
    found = warnings(CIVIL, Decimal(amount) if amount else None, parties, day, "天津")
    assert [warning.article for warning in found] == ([article] if article else [])


def test_foreign_parties_have_their_own_amount_and_intellectual_property_none():
    parties = [party("plaintiff", address=HERE), party("defendant", identity_kind="passport", address="")]
    day = date(2026, 11, 20)
    assert warnings(CIVIL, Decimal(40_000_000), parties, day, "天津") == []
    assert warnings(CIVIL, Decimal(39_999_999), parties, day, "天津")[0].article == "法释〔2022〕18号第二条"
    assert warnings(Kind("0301", "ordinary", "civil:165.2"), Decimal(1), parties, day, "天津") == []
    assert warnings(Kind("0302", "appeal", SALE), Decimal(1), parties, day, "天津") == []


@pytest.mark.parametrize(
    ("kind", "key", "numbered"),
    [(CIVIL, "civil", True), (Kind("0401"), "administrative", True),
     (Kind("0502"), "administrative_compensation", True), (Kind("0201", "private_prosecution"), "private", True),
     (Kind("0201"), None, None), (Kind("0302"), None, None),
     (Kind("1002"), "enforcement", True), (Kind("0511"), "compensation", False), (Kind("1103"), None, None)],
)  # fmt: skip
def test_which_filings_can_be_refused_and_whether_the_ruling_is_numbered(kind, key, numbered):
    found = kind_of(kind)
    assert (found.key if found else None, found.numbered if found else None) == (key, numbered)


def test_every_ground_has_an_article_and_belongs_to_a_kind_and_every_kind_has_grounds():
    assert all(ground.article and set(ground.kinds) <= set(kinds()) for ground in grounds().values())
    assert all(grounds_of(key) for key in kinds())


@pytest.mark.parametrize("name", ["fee_choice.tsv", "limits.tsv", "materials.tsv", "refusal_kinds.tsv"])
def test_the_tables_name_only_types_procedures_and_causes_that_exist(name):
    for row in tables.rows(name):
        for column, known in (("types", case_types()), ("procedures", procedures()), ("cause_under", causes())):
            cell = row.get(column, "*")
            assert cell == "*" or set(cell.split(",")) <= set(known), (name, row)
        assert row["confidence"] in ("verified", "likely", "uncertain")
