"""Preservation without tables: objects and their periods, the ladder before expiry, the measure of excess."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

#: what is preserved -> the entry of the preservation pack that bounds the measure (民诉解释 485, 海诉法 28, 46)
LIMIT_OF_OBJECT: Mapping[str, str] = {
    "deposit": "prv_bank",
    "movable": "prv_movable",
    "immovable": "prv_immovable",
    "rights": "prv_other_rights",
    "ship": "prv_ship_arrest",
    "cargo": "prv_cargo_arrest",
}
DATA = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Rung:
    """A step before expiry: who is warned when so many days or fewer are left."""

    days: int
    to: tuple[str, ...]


def _rows(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


@cache
def ladder() -> tuple[Rung, ...]:
    """The rungs before expiry, the farthest first. Raises ValueError for an addressee that does not exist."""
    found = [Rung(int(row["days"]), tuple(row["to"].split("|"))) for row in _rows("ladder.tsv")]
    strange = {to for rung in found for to in rung.to} - {"court", "applicant"}
    if strange:
        raise ValueError(f"ladder.tsv: {strange}")
    return tuple(sorted(found, key=lambda rung: -rung.days))


@cache
def standard(key: str) -> int:
    """A number of `data/standards.tsv`: ask_before (days), answer (working days), excess (percent)."""
    return next(int(row["value"]) for row in _rows("standards.tsv") if row["key"] == key)


def rung_at(days_left: int) -> Rung | None:
    """The nearest rung reached; None while more time is left, or when the measure has lapsed."""
    reached = [rung for rung in ladder() if 0 <= days_left <= rung.days]
    return reached[-1] if reached else None


def decision_limit(kind: str, urgent: bool) -> str:
    """The period for ruling: 48 hours before suit and in an emergency, otherwise five days (民诉法 103, 104)."""
    if kind == "pre_suit":
        return "prv_decide_pre_suit"
    return "prv_decide_urgent" if urgent else "prv_decide"


def exceeds(measures: Decimal, asked: Decimal) -> bool:
    """Are measures worth more than the standard (120 %) of the amount asked for?"""
    return measures * 100 > asked * standard("excess")
