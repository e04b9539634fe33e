"""Forms of article 9: what stands in place of a name, and the numbers that keep persons apart."""

from __future__ import annotations

import re
from collections import defaultdict

from publicity.redaction.folding import canon
from publicity.redaction.surnames import COMPOUND
from publicity.redaction.types import Person

STEMS = "甲乙丙丁戊己庚辛壬癸"


def is_latin(name: str) -> bool:
    """Whether a spelling is written in Latin letters."""
    return name[:1].isascii() and name[:1].isalpha()


def base(name: str, mark: str) -> str:
    """The form without number: 李某, 欧阳某, 古某, J."""
    plain = re.sub(r"[\s\u3000]", "", name)
    if is_latin(plain):
        return plain[0].upper()
    folded = canon(plain)
    for length in (4, 2):
        if folded[:length] in COMPOUND and len(folded) > length and "·" not in folded[: length + 1]:
            return folded[:length] + mark
    return folded[0] + mark


def assign(persons: list[Person], text: str, numbering: str, mark: str) -> None:
    """Gives each hidden person a replacement; equal forms are numbered by first appearance.

    A form that the text already uses for somebody masked before is taken into account: the count goes on behind it.
    """
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in sorted((p for p in persons if p.hidden), key=lambda p: (p.first, p.name)):
        groups[base(person.name, mark)].append(person)
    used = _used(text, mark) if groups and mark in text else {}
    for form, members in groups.items():
        taken = set() if is_latin(form) else _taken(form, used)
        if len(members) == 1 and not taken:
            members[0].replacement = form
            continue
        start = max(taken, default=0)
        for number, person in enumerate(members, start + 1):
            person.replacement = form + numeral(number, numbering)


def _taken(form: str, used: dict[str, set[int]]) -> set[int]:
    return {number for written, numbers in used.items() if written.endswith(form) for number in numbers}


def _used(text: str, mark: str) -> dict[str, set[int]]:
    """Forms that somebody has put into the text before, with their numbers."""
    used: dict[str, set[int]] = defaultdict(set)
    form = re.compile(rf"([\u4e00-\u9fff]{{1,4}}){re.escape(mark)}(\d{{1,2}}|[{STEMS}某])?")
    done = 0
    while (at := text.find(mark, done + 1)) >= 0 and (found := form.search(text, max(done, at - 4))):
        done = found.end()
        tail = found[2] or ""
        stem = STEMS.find(tail) + 1 if tail else 1
        used[found[1] + mark].add(int(tail) if tail.isdigit() else max(1, stem))
    return used


def numeral(number: int, numbering: str) -> str:
    """1, 2, 3 or 甲, 乙, 丙; beyond ten the stems give way to Arabic numbers."""
    if numbering == "stems" and number <= len(STEMS):
        return STEMS[number - 1]
    return str(number)


def spelled(person: Person, spelling: str, mark: str) -> str:
    """The replacement of one spelling: an English form keeps its first letter and takes the person's number."""
    if not is_latin(spelling) or is_latin(person.name):
        return person.replacement
    tail = person.replacement[len(base(person.name, mark)) :]
    return spelling[0].upper() + tail
