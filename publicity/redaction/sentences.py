"""Sentences of punishment: who was given three years or less, or was exempted (rules of 2013)."""

from __future__ import annotations

import re

from publicity.redaction.types import Person

LIGHT_MONTHS = 36
_TERM = re.compile(
    r"(?:决定执行|判处)有期徒刑(?:([一二三四五六七八九十]{1,3})年)?(?:零?([一二三四五六七八九十]{1,3})个月)?"
)
_LESS = re.compile(r"判处(?:拘役|管制|罚金)|单处罚金|免予刑事处罚|免于刑事处罚")
_MORE = re.compile(r"无期徒刑|死刑")
_HABITUAL = re.compile(r"累犯|惯犯")
_DIGIT = {letter: value for value, letter in enumerate("零一二三四五六七八九")}


def number(text: str) -> int:
    """A Chinese number below one hundred; 0 for an empty string."""
    if not text:
        return 0
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _DIGIT.get(tens, 1) * 10 + _DIGIT.get(ones, 0)
    return _DIGIT.get(text, 0)


def light_sentence(disposition: str, reasons: str, people: list[Person]) -> set[str]:
    """Names of defendants whose final sentence is three years or less, recidivists excepted."""
    found = set()
    defendants = [person for person in people if "defendant" in person.who]
    for person in defendants:
        parts = [part for part in re.split(r"[。\n]", disposition) if person.name in part]
        joined = "。".join(parts)
        habitual = re.search(re.escape(person.name) + r"[^。\n]{0,60}(?:累犯|惯犯)", reasons)
        if not joined or habitual or _HABITUAL.search(joined) or _MORE.search(joined):
            continue
        terms = [number(years) * 12 + number(months) for years, months in _TERM.findall(joined) if years or months]
        if terms and terms[-1] <= LIGHT_MONTHS or (not terms and _LESS.search(joined)):
            found.add(person.name)
    return found
