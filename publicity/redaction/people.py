"""The persons of a judgment while they are being collected; a person met twice is one person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from publicity.redaction.folding import canon, letters, plain
from publicity.redaction.head import MASKED
from publicity.redaction.types import NATURAL, Person

# Words that introduce a further name of somebody.
ALIAS_WORDS = (
    "曾用名|又名|别名|化名|绰号|外号|诨名|诨号|乳名|小名|人称|网名|昵称|微信昵称|QQ昵称|抖音昵称|快手昵称|网络昵称|微信名|QQ名|"
    "真名|本名|原名|真实姓名|英文名|外文名"
)
_SEPARATOR = re.compile(r"[\s·.]+")
_BLANKS = re.compile(r"[\s\u3000]+")


class Census:
    """Persons by folded name; a person met twice is one person."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self._others: dict[str, Person] = {}

    def person(self, name: str, who: str, *, role: str = "", sure: float = 1.0) -> Person:
        key = letters(name)
        written = _BLANKS.sub(" ", name).strip()
        found = self.people.get(key)
        if not found:
            found = self.people[key] = Person(name=written, confidence=sure, role=role)
        self.spell(found, written)
        found.who.add(who)
        found.confidence = max(found.confidence, sure)
        found.role = found.role or role
        return found

    def spell(self, person: Person, *names: str) -> None:
        """Adds further spellings of a person."""
        for name in names:
            if name not in person.spellings:
                person.spellings.append(name)
                self._others.setdefault(letters(name).casefold(), person)

    def drop(self, key: str) -> None:
        """Takes a person out who turned out to be another one."""
        gone = self.people.pop(key)
        self._others = {form: person for form, person in self._others.items() if person is not gone}

    def known(self, name: str) -> Person | None:
        """The person of this name or other spelling."""
        key = letters(name)
        return self.people.get(key) or self._others.get(key.casefold())

    def halves(self) -> dict[str, Person]:
        """Persons by each part of a name of several: 古丽娜尔 of 古丽娜尔·吐尔逊, Smith of John Smith."""
        found: dict[str, Person] = {}
        for person in self.people.values():
            for spelling in person.spellings:
                if spelling.isalpha():
                    continue
                folded = canon(spelling).casefold()
                if _SEPARATOR.search(folded):
                    for part in _SEPARATOR.split(folded):
                        found.setdefault(part, person)
        found.pop("", None)
        return found


@lru_cache(maxsize=20_000)
def is_masked(name: str) -> bool:
    """Whether a name was made unreadable by somebody before: 张某某, 吴某甲, 丁××, 张3."""
    return bool(MASKED.search(name)) or len(plain(name)) < 2


def natural(kind: str) -> bool:
    """Whether a party of the record is a human being; an empty kind counts as one."""
    return kind in ("", NATURAL)


def add_aliases(census: Census, person: Person, aliases: Iterable[str]) -> None:
    """Further names of a person; those of hidden persons are deleted where they are introduced."""
    for alias in aliases:
        if alias and alias not in person.spellings and not is_masked(alias):
            census.spell(person, alias)
            person.dropped.append(alias)
