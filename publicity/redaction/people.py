"""The persons of a judgment while they are being collected; a person met twice is one person."""

from __future__ import annotations

import re

from publicity.redaction.folding import canon, plain
from publicity.redaction.head import MASKED
from publicity.redaction.types import NATURAL, Person

# Words that introduce a further name of somebody.
ALIAS_WORDS = (
    "曾用名|又名|别名|化名|绰号|外号|诨名|诨号|乳名|小名|人称|网名|(?:微信|QQ|抖音|快手|网络|支付宝)?昵称|微信名|QQ名|"
    "真名|本名|原名|真实姓名|英文名|外文名"
)
_SEPARATOR = re.compile(r"[· .]")


class Census:
    """Persons by folded name; a person met twice is one person."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}

    def person(self, name: str, who: str, *, role: str = "", sure: float = 1.0) -> Person:
        key = plain(canon(name))
        written = re.sub(r"[\s\u3000]+", " ", name).strip()
        found = self.people.get(key)
        if not found:
            found = self.people[key] = Person(name=written, confidence=sure, role=role)
        if written not in found.spellings:
            found.spellings.append(written)
        found.who.add(who)
        found.confidence = max(found.confidence, sure)
        found.role = found.role or role
        return found

    def known(self, name: str) -> Person | None:
        """The person of this name or other spelling."""
        key = plain(canon(name))
        return self.people.get(key) or next((p for p in self.people.values() if _spelt(p, key.casefold())), None)

    def half_of(self, name: str) -> Person | None:
        """The person of whose name of several parts this is one: 古丽娜尔 of 古丽娜尔·吐尔逊, Smith of John Smith."""
        key = canon(name).strip().casefold()
        several = self.of_several_parts()
        return next((p for p in several if any(key in _parts(spelling) for spelling in p.spellings)), None)

    def of_several_parts(self) -> list[Person]:
        """Persons of whose name a part may stand alone."""
        return [p for p in self.people.values() if any(_SEPARATOR.search(canon(s)) for s in p.spellings)]


def _spelt(person: Person, key: str) -> bool:
    more = person.spellings[1:]
    return bool(more) and any(plain(canon(spelling)).casefold() == key for spelling in more)


def _parts(spelling: str) -> list[str]:
    parts = re.split(r"[\s·.]+", canon(spelling).casefold())
    return parts if len(parts) > 1 else []


def is_masked(name: str) -> bool:
    """Whether a name was made unreadable by somebody before: 张某某, 吴某甲, 丁××, 张3."""
    return bool(MASKED.search(name)) or len(plain(name)) < 2


def natural(kind: str) -> bool:
    """Whether a party of the record is a human being; an empty kind counts as one."""
    return kind in ("", NATURAL)


def add_aliases(person: Person, aliases: list[str] | tuple[str, ...]) -> None:
    """Further names of a person; those of hidden persons are deleted where they are introduced."""
    for alias in aliases:
        if alias and alias not in person.spellings and not is_masked(alias):
            person.spellings.append(alias)
            person.dropped.append(alias)
