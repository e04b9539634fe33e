"""The persons of a judgment while they are being collected; a person met twice is one person."""

from __future__ import annotations

import re

from publicity.redaction.folding import canon, plain
from publicity.redaction.head import MASKED
from publicity.redaction.types import NATURAL, Person


class Census:
    """Persons by folded name; a person met twice is one person."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}

    def person(self, name: str, who: str, *, role: str = "", sure: float = 1.0) -> Person:
        key = plain(canon(name))
        found = self.people.get(key)
        if not found:
            found = self.people[key] = Person(
                name=re.sub(r"[\s\u3000]+", " ", name).strip(), confidence=sure, role=role
            )
            found.spellings.append(found.name)
        found.who.add(who)
        found.confidence = max(found.confidence, sure)
        found.role = found.role or role
        return found

    def known(self, name: str) -> Person | None:
        return self.people.get(plain(canon(name)))


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
