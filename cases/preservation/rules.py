"""Preservation without tables: objects and their periods, the ladder before expiry, the measure of excess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

#: what is preserved -> the entry of the preservation pack that bounds the measure (民诉解释 485, 海诉法 28, 46)
LIMIT_OF_OBJECT: Mapping[str, str] = {
    "deposit": "prv_bank",
    "movable": "prv_movable",
    "immovable": "prv_immovable",
    "rights": "prv_other_rights",
    "ship": "prv_ship_arrest",
    "cargo": "prv_cargo_arrest",
}
#: longest life of the warning that measures exceed the claim: measures worth more than this share of the amount asked
EXCESS = Decimal("1.20")


@dataclass(frozen=True)
class Rung:
    """A step before expiry: who is warned when so many days or fewer are left."""

    days: int
    to: tuple[str, ...]


#: own standard of the court, the last is the day by which the party must have asked (财产保全规定 18)
LADDER = (
    Rung(90, ("court",)),
    Rung(60, ("court", "applicant")),
    Rung(30, ("court", "applicant")),
    Rung(7, ("court", "applicant")),
)
ASK_BEFORE_DAYS = 7
HORIZON_DAYS = max(rung.days for rung in LADDER)


def rung_at(days_left: int) -> Rung | None:
    """The nearest rung reached; None while more time is left, or when the measure has lapsed."""
    reached = [rung for rung in LADDER if 0 <= days_left <= rung.days]
    return reached[-1] if reached else None


def decision_limit(kind: str, urgent: bool) -> str:
    """The period for ruling: 48 hours before suit and in an emergency, otherwise five days (民诉法 103, 104)."""
    if kind == "pre_suit":
        return "prv_decide_pre_suit"
    return "prv_decide_urgent" if urgent else "prv_decide"


def exceeds(measures: Decimal, asked: Decimal) -> bool:
    """Are measures worth more than 120 % of the amount asked for?"""
    return measures > asked * EXCESS
