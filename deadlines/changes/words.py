"""Grounds and sentences of applications in the language in force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deadlines.changes.models import ChangeKind, ChangeRequest
from deadlines.clocks import plain, wording
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Citation, ExtensionRule, UnknownRule


def extension_rule(ground: str) -> ExtensionRule | None:
    """The rung that `civ_1st_ordinary#2` names, in the latest version of its limit."""
    limit_id, _, number = ground.partition("#")
    versions = rulebook().limits.get(limit_id)
    if not versions or not number.isdigit():
        return None
    return versions[-1].extension_after(int(number) - 1)


def ground_text(kind: str, ground: str) -> str:
    """A ground as people read it: the words of the law for an extension, the name of the rule for all else."""
    book = rulebook()
    if kind == ChangeKind.EXTENSION:
        rung = extension_rule(ground)
        return (rung.ground or ground) if rung else ground
    if ground in book.conversions:
        return wording.name_of(book.conversions[ground])
    return wording.ground_name(ground)


def basis_of(kind: str, ground: str, filed: Any = None) -> tuple[Citation, ...]:
    """The articles of a ground."""
    book = rulebook()
    if kind == ChangeKind.EXTENSION:
        rung = extension_rule(ground)
        return (rung.basis,) if rung else ()
    if ground in book.conversions:
        return book.conversions[ground].basis
    try:
        return book.ground(ground, filed).basis
    except UnknownRule:
        return ()


def articles(change: ChangeRequest) -> str:
    """The articles of the ground of an application."""
    return wording.cite(rulebook(), basis_of(change.kind, change.ground, change.clock.filed_on))


def told(lines: Iterable[dict[str, Any]]) -> list[str]:
    """The sentences of a notice; the article of the decision follows the reader's language too."""
    found = []
    for line in lines:
        params = {
            key: wording.cite(rulebook(), basis_of(*value["ground"])) if isinstance(value, dict) and "ground" in value
            else value
            for key, value in line["params"].items()
        }  # fmt: skip
        found += plain.told([{"text": line["text"], "params": params}])
    return found
