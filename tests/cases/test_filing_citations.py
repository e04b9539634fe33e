"""Articles of the filing data in English; every law that the data cites has an English name."""

from __future__ import annotations

import re

import pytest

from cases.filing import tables
from cases.filing.citations import cite, number


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("七", 7), ("十", 10), ("十五", 15), ("二十", 20), ("九十五", 95), ("一百", 100), ("一百零三", 103),
     ("一百一十", 110), ("一百二十七", 127), ("三百二十", 320)],
)  # fmt: skip
def test_numerals(numeral, value):
    assert number(numeral) == value


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("民事诉讼法第一百二十七条第二项", "Civil Procedure Law art. 127(2)"),
        ("审限规定第六条", "Provisions on trial limits art. 6"),
        ("法发〔2021〕27号", "Fa Fa [2021] No. 27"),
        ("法释〔2015〕8号第七条第三款", "Provisions on registration of filings (Fa Shi [2015] No. 8) art. 7 para. 3"),
        ("法释〔2015〕8号第五条、第六条", "Provisions on registration of filings (Fa Shi [2015] No. 8) art. 5, art. 6"),
        ("某法第三条", "某法 art. 3"),
        ("", ""),
    ],
)
def test_citations(text, english):
    assert cite(text, "en") == english and cite(text, "zh-hans") == text


@pytest.mark.parametrize(
    ("name", "column"),
    [("limits.tsv", "article"), ("materials.tsv", "article"), ("jurisdiction.tsv", "article"),
     ("refusal_kinds.tsv", "law"), ("refusal_kinds.tsv", "appeal_article"), ("refusal_grounds.tsv", "article")],
)  # fmt: skip
def test_everything_cited_is_understood(name, column):
    for row in tables.rows(name):
        assert not re.search("[\u4e00-\u9fff]", cite(row[column], "en")), row[column]
