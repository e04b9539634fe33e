"""Appraisal without tables: kinds, the draw that anybody can repeat, the chase ladder."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Kind:
    """A kind of appraisal; `limit` is its entry in the pack of legal time."""

    key: str
    zh: str
    en: str
    limit: str
    starts: str
    valuation: bool

    def name(self, language: str) -> str:
        """Its name in a language."""
        return self.en if language.startswith("en") else self.zh


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by key, in the order of the file."""
    return {
        row["key"]: Kind(row["key"], row["zh"], row["en"], row["limit"], row["starts"], row["valuation"] == "1")
        for row in _rows("kinds.tsv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def draw(seed: str, candidates: Sequence[int]) -> int:
    """The candidate that a seed chooses: SHA-256 of `seed:id,id,…` (ids ascending), as a number modulo their count.

    Whoever has seed and list gets the same answer, by hand or in any language. Raises ValueError for an empty list.
    """
    if not candidates:
        raise ValueError("nobody to draw from")
    ordered = sorted(candidates)
    text = f"{seed}:{','.join(str(number) for number in ordered)}"
    return ordered[int(hashlib.sha256(text.encode()).hexdigest(), 16) % len(ordered)]


@dataclass(frozen=True)
class ChaseStep:
    """A rung of the chase ladder: reached when so many days or fewer are left (negative: days overdue)."""

    key: str
    days_left: int


@cache
def chases() -> tuple[ChaseStep, ...]:
    """The rungs of `data/chases.tsv`, the earliest first."""
    found = [ChaseStep(row["key"], int(row["days_left"])) for row in _rows("chases.tsv")]
    return tuple(sorted(found, key=lambda step: -step.days_left))


def chase_step(days_left: int) -> ChaseStep | None:
    """The farthest rung reached; None while there is time. Days that nobody looked raise one letter, not several."""
    reached = [step for step in chases() if days_left <= step.days_left]
    return reached[-1] if reached else None


def deduction_ground(category: str, kind: Kind) -> str:
    """The ground on which a trial limit of this category stops for the appraisal; empty when its time counts.

    审限规定（法释〔2000〕29号）9(6) appraisal, 9(8) audit and valuation, 9(1) psychiatric appraisal of an accused:
    in a criminal case no other appraisal is taken out.
    """
    if category in ("civil", "administrative"):
        return "ded_audit_valuation" if kind.valuation else "ded_appraisal"
    if category == "enforcement":
        return "ded_audit_valuation" if kind.valuation else ""
    if category == "criminal":
        return "ded_psychiatric" if kind.key == "psychiatric" else ""
    return "ded_self_comp" if category == "compensation" else ""
