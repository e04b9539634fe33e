"""What must not be left: every spelling of hidden persons and every number of the rules, searched in the result."""

from __future__ import annotations

import re

from publicity.redaction.folding import canon, letters
from publicity.redaction.numbers import Window, find_numbers, long_runs, torn
from publicity.redaction.packs import Pack
from publicity.redaction.surnames import surname_length
from publicity.redaction.tight import Tight, words_in
from publicity.redaction.types import Person, Residue, Span

_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{3,4}\Z")
_EVERYDAY = (
    "建国 国庆 和平 平安 海洋 长江 黄河 中华 建设 建军 国家 光明 红旗 胜利 友谊 文化 文明 天津 东方 春天 青年 永"
    "远 长城 幸福 健康 安全 建筑"
)
_EVERYDAY_GIVEN = frozenset(_EVERYDAY.split())


def check(
    result: str,
    spans: tuple[Span, ...] | list[Span],
    persons: list[Person] | tuple[Person, ...],
    pack: Pack,
    quiet: set[Window] | None = None,
) -> tuple[Residue, ...]:
    """Everything found, in order of place. Kept spans are passed over: a judge may bear a victim's name.

    `quiet` are places that were searched before the redaction and hold no number: where the result has the same
    letters, they are passed over.
    """
    folded = canon(result)
    kept = _kept_ranges(spans)
    found = _names(result, folded, persons, kept) + _numbers(result, folded, pack, kept, quiet)
    return tuple(sorted(found, key=lambda residue: (residue.start, residue.end)))


def _kept_ranges(spans: tuple[Span, ...] | list[Span]) -> list[tuple[int, int]]:
    """Where the result shows something that was kept on purpose."""
    ranges, shift = [], 0
    for span in sorted(spans, key=lambda one: one.start):
        if span.changes:
            if span.replacement:
                ranges.append((span.start + shift, span.start + shift + len(span.replacement)))
        elif span.action in ("keep", "review"):
            ranges.append((span.start + shift, span.end + shift))
        shift += len(span.replacement) - (span.end - span.start)
    return ranges


def _inside(start: int, end: int, ranges: list[tuple[int, int]]) -> bool:
    return any(left <= start and end <= right for left, right in ranges)


def _names(
    result: str, folded: str, persons: list[Person] | tuple[Person, ...], kept: list[tuple[int, int]]
) -> list[Residue]:
    spellings: dict[str, Person] = {}
    given: dict[str, Person] = {}
    for person in persons:
        if not person.hidden:
            continue
        for spelling in person.spellings:
            spellings[letters(spelling).casefold()] = person
        name = letters(person.name)
        first = name[surname_length(name) or 1 :]
        if _HAN_NAME.match(name) and len(first) == 2 and first not in _EVERYDAY_GIVEN:
            given.setdefault(first, person)
    if not spellings:
        return []
    tight = Tight(folded)
    small = tight.text.casefold() if any(key[:1].isascii() for key in spellings) else tight.text
    found: list[Residue] = []
    for table, why in ((spellings, "被隐去人员的写法"), (given, "被隐去人员的名字（无姓）")):
        for left, right, key in words_in(small, table):
            start, end = tight.span(left, right)
            if not _inside(start, end, kept) and not any(one.start <= start < one.end for one in found):
                found.append(Residue(start, end, result[start:end], "name", why, table[key].name))
    return found


def _numbers(
    result: str, folded: str, pack: Pack, kept: list[tuple[int, int]], quiet: set[Window] | None
) -> list[Residue]:
    """Numbers that the rules would still take out, and those torn by blanks that their check digit proves."""
    found: list[Residue] = []
    longs = long_runs(folded)
    for span in find_numbers(folded, result, pack, quiet, longs):
        if span.changes and span.action in ("delete", "mask"):
            _add(found, span.start, span.end, result, span.kind, pack.by_id[span.rule].name, kept)
    for match in torn(folded, longs):
        _add(found, *match.span(), result, "identity", "被空格或者换行拆开的号码", kept)
    return found


def _add(
    found: list[Residue], start: int, end: int, result: str, kind: str, why: str, kept: list[tuple[int, int]]
) -> None:
    if not _inside(start, end, kept) and not any(one.start < end and start < one.end for one in found):
        found.append(Residue(start, end, result[start:end], kind, why))
