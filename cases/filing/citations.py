"""Articles of the data in the language of the reader. Pure: no Django.

民事诉讼法第一百二十七条第二项 is Civil Procedure Law art. 127(2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cases.filing.tables import rows

NUMERAL = "[零一二三四五六七八九十百]+"
ARTICLE = re.compile(
    rf"(?P<law>[^第]*)第(?P<article>{NUMERAL})条(?:第(?P<paragraph>{NUMERAL})款)?(?:第(?P<item>{NUMERAL})项)?"
    rf"(?:至第(?P<last>{NUMERAL})项)?"
)
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


@cache
def laws() -> Mapping[str, str]:
    """English names of the laws by their Chinese names."""
    return {row["zh"]: row["en"] for row in rows("laws.tsv")}


def number(numeral: str) -> int:
    """一百二十七 is 127, 十五 is 15, 三百零三 is 303; up to 999."""
    total, digit = 0, 0
    for character in numeral:
        if character in DIGITS:
            digit = DIGITS[character]
        else:
            total += (digit or 1) * {"十": 10, "百": 100}[character]
            digit = 0
    return total + digit


def cite(text: str, language: str) -> str:
    """The citation in English for an English reader, otherwise as it stands; what is not understood stays Chinese."""
    if not language.startswith("en") or not text:
        return text
    return ", ".join(_one(piece) for piece in text.split("、"))


def _one(piece: str) -> str:
    found = ARTICLE.fullmatch(piece)
    if found is None:
        return laws().get(piece, piece)
    law = laws().get(found["law"], found["law"])
    words = f"{law} art. {number(found['article'])}" if law else f"art. {number(found['article'])}"
    words += f" para. {number(found['paragraph'])}" if found["paragraph"] else ""
    words += f"({number(found['item'])})" if found["item"] else ""
    return words + (f"-({number(found['last'])})" if found["last"] else "")
