"""The detectors as data: read and checked. Pure; no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data" / "detectors.yaml"
#: what a detector may look for, and the measures it needs
MEASURES: Mapping[str, tuple[str, ...]] = {
    "same_ground": ("more_than",),
    "no_document": (),
    "open": ("days",),
    "silent": ("days",),
    "late_request": ("days",),
    "resumed_late": ("days",),
    "share": ("days", "share"),
}


class DetectorError(ValueError):
    """The data file says something that cannot be looked for; the message names the entry."""


@dataclass(frozen=True)
class Detector:
    """One way in which a ledger may hide an overdue limit."""

    id: str
    measure: str
    names: Mapping[str, str]
    how: Mapping[str, str]
    answer_days: int
    more_than: int = 0
    days: int = 0
    share: tuple[int, int] = (0, 1)

    def name(self, language: str) -> str:
        """Name in a language."""
        return self.names["en" if language.startswith("en") else "zh"]

    def explained(self, language: str) -> str:
        """How it is found, in a language."""
        return self.how["en" if language.startswith("en") else "zh"]


def parse(raw: Any) -> tuple[Detector, ...]:
    """Detectors from their data. Raises DetectorError naming the entry that is wrong."""
    if not isinstance(raw, dict) or not isinstance(raw.get("detectors"), list):
        raise DetectorError("detectors: a list is missing")
    found = tuple(_detector(entry) for entry in raw["detectors"])
    if len({detector.id for detector in found}) != len(found):
        raise DetectorError("detectors: an id stands twice")
    return found


def _detector(raw: Any) -> Detector:
    place = str(raw.get("id", "?")) if isinstance(raw, dict) else "?"
    if not isinstance(raw, dict) or place == "?":
        raise DetectorError(f"{place}: an id is missing")
    measure = str(raw.get("measure", ""))
    if measure not in MEASURES:
        raise DetectorError(f"{place}: unknown measure {measure!r}; known are {', '.join(sorted(MEASURES))}")
    for key in ("name", "how"):
        words = raw.get(key)
        if not isinstance(words, dict) or not words.get("zh") or not words.get("en"):
            raise DetectorError(f"{place}: '{key}' needs zh and en")
    missing = [key for key in ("answer_days", *MEASURES[measure]) if raw.get(key) is None]
    if missing:
        raise DetectorError(f"{place}: {', '.join(missing)} missing")
    share = raw.get("share", [0, 1])
    if not isinstance(raw["answer_days"], int) or not 1 <= raw["answer_days"] <= 60 or share[1] <= 0:
        raise DetectorError(f"{place}: answer_days must be 1 to 60, share a fraction")
    return Detector(
        place, measure, raw["name"], raw["how"], raw["answer_days"], int(raw.get("more_than", 0)),
        int(raw.get("days", 0)), (int(share[0]), int(share[1])),
    )  # fmt: skip


@cache
def detectors() -> tuple[Detector, ...]:
    """The detectors in force, in the order of their file."""
    return parse(yaml.safe_load(DATA.read_text(encoding="utf-8")))
