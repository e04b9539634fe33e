"""The name-finding pass: persons whom neither record nor head nor role tells. Slower than the rest and never certain.

What it finds is shown to the clerk and changes nothing by itself. Evidence: a word of the dictionary ends before the
name, a surname begins it, and what follows stands behind names (boundaries.py); the text repeats it, or a verb follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import rjieba

from publicity.redaction.boundaries import ADVERBS, BARE, NOT_GIVEN, edge, is_word, name_at, tag_of
from publicity.redaction.folding import canon
from publicity.redaction.surnames import COMPOUND, EVERYDAY, FOREIGN, RARE, surname_length
from publicity.redaction.types import Result, Span

DOUBT = "疑似人名，案件信息和诉讼身份均未列明，请核对"
STEP = 4_000  # letters between two reports of progress
_STOPS = re.compile(r"[。\n]")
_MASKED = re.compile("[某×ＸX*＊]")
_PLACE = re.compile(
    "省|市|县|区|镇|乡|村|路|街|里|庄|屯|法院|公司|银行|医院|学校|小区|大厦|派出所|分局|支行|商行|超市|饭店|酒店|宾馆"
)
_LATIN = re.compile(r"[A-Z][a-z'’]+(?:[A-Z][a-z]+)?(?: [A-Z][A-Za-z'’]+){1,3}(?![A-Za-z])")
# Words of judgments that look like a surname and a given name.
_WORDS = re.compile(
    "查明|查实|查获|通知|牟利|麻古|麻果|毒品|冰毒|口罩|钥匙|铁锤|项链|手机|现金|[一二三四五六七八九十两][次人名个]|印证"
    r"|[牌车部廓时间品克次处罪款元页号级幢栋室楼层]\Z"
)
# Surnames that mostly are something else: only what the text repeats counts.
_UNLIKELY = frozenset("查和元包左右车路向年戴余")


@dataclass(frozen=True)
class Suspect:
    """A name standing at `text[start:end]`; `sure` is a degree between 0 and 1."""

    start: int
    end: int
    sure: float


def find_suspects(text: str, result: Result, progress: Callable[[int, int], None] | None = None) -> list[Span]:
    """Review items for names that `result` knows nothing of. `progress` is told (letters read, letters in all)."""
    folded = canon(text)
    known = sorted((span.start, span.end) for span in result.spans)
    spans, at = [], 0
    for start, end in _pieces(folded):
        for one in sorted((*suspects(folded, start, end), *_latin(folded, start, end)), key=lambda one: one.start):
            while at < len(known) and known[at][1] <= one.start:
                at += 1
            if at == len(known) or known[at][0] >= one.end:
                shown = text[one.start : one.end]
                spans.append(
                    Span(one.start, one.end, shown, "name", "review", shown, "suspect", "第八条", one.sure, DOUBT)
                )
        if progress:
            progress(end, len(text))
    return spans


def before_place(text: str, end: int) -> bool:
    """Whether what ends before `text[end]` begins the name of a place, a firm or an office."""
    return _PLACE.match(text, end) is not None


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text):
        stop = _STOPS.search(text, min(len(text), at + STEP))
        end = stop.end() if stop else len(text)
        yield at, end
        at = end


def _latin(text: str, start: int, end: int) -> Iterator[Suspect]:
    """Two or three words with capitals: John Smith; single ones are trade marks and file names."""
    for found in _LATIN.finditer(text, start, end):
        yield Suspect(*found.span(), 0.6)


def suspects(text: str, start: int, end: int) -> Iterator[Suspect]:
    """The names of a piece of the folded text, in order, without overlap."""
    at, done = start, start
    for word, tag in rjieba.tag(text[start:end]):
        here, at = at, at + len(word)
        if here < done or not _opens(word, tag):
            continue
        found = _name(text, here, word, tag)
        if found:
            done = found.end
            yield found


def _opens(word: str, tag: str) -> bool:
    """Whether a name may begin with this word of the dictionary."""
    if len(word) > 1 and word[:2] in COMPOUND:
        return True
    if len(word) == 1:
        return bool(surname_length(word + "一")) or word in FOREIGN or word in RARE
    return tag.startswith("nr") and (surname_length(word) > 0 or all(letter in FOREIGN for letter in word))


def _name(text: str, at: int, word: str, tag: str) -> Suspect | None:
    found = name_at(text, at, listed=tag.startswith("nr"))
    if not found:
        return None
    end, sure = found
    name = text[at:end]
    if _MASKED.search(text[at : end + 1]) or name in ADVERBS or BARE.match(name) or _WORDS.search(name):
        return None
    if "·" in name:
        return Suspect(at, end, 0.8)
    if is_word(name) and not tag_of(name).startswith("nr") or before_place(text, end) or _PLACE.search(name[1:]):
        return None
    repeated = text.find(name, end) >= 0 or text.find(name, 0, at) >= 0
    strong = edge(text, end) >= 2.5
    everyday = (name[0] in EVERYDAY or name[0] in _UNLIKELY) and name[:2] not in COMPOUND
    foreign = not surname_length(name) and name[0] not in RARE
    if foreign and not (repeated and len(name) > 2) or everyday and not (repeated and strong):
        return None
    if not (strong or repeated) or any(letter in NOT_GIVEN for letter in name[1:]) and not foreign:
        return None
    return Suspect(at, end, round(min(0.9, sure * (0.6 + 0.2 * strong + 0.2 * repeated)), 2))
