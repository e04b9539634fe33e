"""Rulings that a filing is not accepted, and their grounds. Pure: no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cases.filing.tables import Kind, first, rows


@dataclass(frozen=True)
class RefusalKind:
    """A kind of ruling; `numbered`: it takes the next number of its type; `appeal` days against it, 0 = none."""

    key: str
    zh: str
    en: str
    numbered: bool
    law: str
    appeal: int
    appeal_article: str
    confidence: str


@dataclass(frozen=True)
class Ground:
    """A ground of not accepting, with its article and what the person is told to do instead."""

    key: str
    kinds: tuple[str, ...]
    zh: str
    en: str
    article: str
    instead: str
    instead_en: str
    confidence: str


def _kind(row: Mapping[str, str]) -> RefusalKind:
    return RefusalKind(
        row["key"], row["zh"], row["en"], row["numbered"] == "1", row["law"], int(row["appeal"]),
        row["appeal_article"], row["confidence"],
    )  # fmt: skip


def kind_of(kind: Kind) -> RefusalKind | None:
    """The ruling by which a filing of that kind is not accepted; None where it is registered in any case."""
    row = first("refusal_kinds.tsv", kind)
    return _kind(row) if row else None


@cache
def kinds() -> Mapping[str, RefusalKind]:
    """All kinds of rulings by key."""
    return {row["key"]: _kind(row) for row in rows("refusal_kinds.tsv")}


@cache
def grounds() -> Mapping[str, Ground]:
    """All grounds by key."""
    return {
        row["key"]: Ground(**(row | {"kinds": tuple(row["kinds"].split(","))})) for row in rows("refusal_grounds.tsv")
    }  # type: ignore[arg-type]


def grounds_of(kind: str) -> list[Ground]:
    """The grounds that a kind of ruling may stand on, in the order of the table."""
    return [ground for ground in grounds().values() if kind in ground.kinds]
