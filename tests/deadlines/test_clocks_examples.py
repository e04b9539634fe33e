"""Every worked example of the domain notes, against each date it states."""

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from deadlines.clocks.closing import closing_date, in_time
from deadlines.clocks.rules import compute
from deadlines.clocks.terms import Excluded, Question
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Amount

EXAMPLES = yaml.safe_load((Path(__file__).parent / "data" / "examples.yaml").read_text(encoding="utf-8"))
COUNTED = [row for row in EXAMPLES if row["kind"] in ("forward", "backward", "hours")]


def moment(text):
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def answer(row, calendar):
    book = rulebook()
    question = Question(
        limit=book.limit(row["limit"], moment(row["start"]) if row["kind"] != "hours" else None),
        start=moment(row["start"]),
        parts=tuple(Amount(*pair) for pair in row["counts"]),
        excluded=tuple(
            Excluded(date.fromisoformat(a), date.fromisoformat(b), ground) for a, b, ground in row.get("out", [])
        ),
        in_custody=row.get("in_custody", False),
    )
    return compute(question, book, calendar)


def test_all_fifty_six_examples_are_here():
    assert len(EXAMPLES) == 56
    assert len({row["id"] for row in EXAMPLES}) == 56


@pytest.mark.parametrize("row", COUNTED, ids=[row["id"] for row in COUNTED])
def test_dates_of_the_example(row, calendar):
    got, expect = answer(row, calendar), row["expect"]
    assert got.due == moment(expect["due"])
    if "unrolled" in expect:
        assert got.unrolled == moment(expect["unrolled"])
    if "internal" in expect:
        assert got.internal == moment(expect["internal"])
    if "request_by" in expect:
        assert got.request_by == moment(expect["request_by"])
    assert got.steps[-1].reached is not None


@pytest.mark.parametrize("row", COUNTED, ids=[row["id"] for row in COUNTED])
def test_the_length_of_the_rule_itself_with_its_extensions_gives_the_same_dates(row, calendar):
    """The examples give whole lengths; the packs give the base and the rungs: both must land on the same day."""
    book = rulebook()
    limit = book.limit(row["limit"])
    parts = [Amount(*pair) for pair in row["counts"]]
    base = list(limit.parts)
    if parts[: len(base)] == base:
        extensions = parts[len(base) :]
    else:  # "three months at the latest": the two of the rule and the one the court may use itself
        extensions = [limit.extensions[0].amount, *parts[1:]]
    question = Question(
        limit=limit,
        start=moment(row["start"]),
        extensions=tuple(extensions),
        excluded=tuple(Excluded(date.fromisoformat(a), date.fromisoformat(b), g) for a, b, g in row.get("out", [])),
        in_custody=row.get("in_custody", False),
    )
    got = compute(question, book, calendar)
    assert got.due == moment(row["expect"]["due"])
    if "request_by" in row["expect"]:
        assert got.request_by == moment(row["expect"]["request_by"])


@pytest.mark.parametrize("row", [r for r in EXAMPLES if r["kind"] == "closing"], ids=lambda row: row["id"])
def test_when_the_clock_stops(row):
    facts = {fact: [date.fromisoformat(day) for day in days] for fact, days in row["facts"].items()}
    closed = closing_date(rulebook().closings[row["rule"]], facts)
    assert closed == date.fromisoformat(row["expect"]["closed"])
    assert in_time(closed, date.fromisoformat(row["limit_ends"])) is row["expect"]["in_time"]


@pytest.mark.parametrize("row", [r for r in EXAMPLES if r["kind"] == "hard_date"], ids=lambda row: row["id"])
def test_hard_dates(row, calendar):
    book, event = rulebook(), date.fromisoformat(row["event"])
    suit = compute(Question(book.limit(row["suit_limit"]), event), book, calendar)
    decide = compute(Question(book.limit(row["limit"]), event), book, calendar)
    assert suit.unrolled == date.fromisoformat(row["expect"]["latest_suit"])
    assert in_time(date.fromisoformat(row["done"]), suit.unrolled) is row["expect"]["in_time"]
    assert decide.due == date.fromisoformat(row["expect"]["decided_by"])
