"""The ladder and the measures as data: read, checked, asked. Pure functions; no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
SCOPES = ("case", "bench", "division", "court")
EFFECTS = ("ask", "plan", "note", "refer")
LEVELS = ("amber", "red", "overdue")


class LadderError(ValueError):
    """The data file says something that cannot be followed; the message names the place."""


@dataclass(frozen=True)
class Rung:
    """One rung: who stands on it and how many working days there are to answer."""

    position: int
    key: str
    post: str
    scope: str
    bench: bool
    answer_days: int
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        """Name of the rung in a language."""
        return self.names["en" if language.startswith("en") else "zh"]


@dataclass(frozen=True)
class Start:
    """Which alerts start at which rung; empty conditions fit everything."""

    rung: int
    level: str
    group: str
    threshold: str
    single: bool


@dataclass(frozen=True)
class Occasion:
    """Something people do that opens an escalation at once: where it starts, and the rule it rests on."""

    event: str
    rung: int
    level: str
    single: bool
    basis: str
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        """What it is, in a language."""
        return self.names["en" if language.startswith("en") else "zh"]


@dataclass(frozen=True)
class Ladder:
    """One version of the ladder."""

    version: str
    valid_from: str
    basis: str
    rungs: tuple[Rung, ...]
    starts: tuple[Start, ...]
    occasions: tuple[Occasion, ...] = ()

    def on_occasion(self, event: str) -> Occasion | None:
        """Where an event starts, None when it opens nothing."""
        return next((one for one in self.occasions if one.event == event), None)

    def at(self, position: int) -> Rung:
        """The rung at a position; the top one for positions beyond it (a shorter ladder came into force)."""
        return self.rungs[min(position, len(self.rungs)) - 1]

    def start_for(self, level: str, group: str, threshold: str) -> Start | None:
        """Where an alert starts, None when it starts nowhere."""
        for start in self.starts:
            fits = start.level == level and start.group in ("", group) and start.threshold in ("", threshold)
            if fits:
                return start
        return None


@dataclass(frozen=True)
class Measure:
    """One thing a supervisor may do, with its conditions."""

    code: str
    effect: str
    longest: int
    four_kinds: bool
    bulk: bool
    most: int
    needs: Mapping[str, str]
    decided_by: str
    names: Mapping[str, str]
    notes: Mapping[str, str]

    def name(self, language: str) -> str:
        """Name in a language."""
        return self.names["en" if language.startswith("en") else "zh"]

    def note(self, language: str) -> str:
        """The small condition beside the name."""
        key = "en" if language.startswith("en") else "zh"
        return self.notes.get(key, "") or self.needs.get(key, "")


def _need(raw: Mapping[str, Any], key: str, place: str) -> Any:
    if key not in raw:
        raise LadderError(f"{place}: '{key}' is missing")
    return raw[key]


def _names(raw: Mapping[str, Any], place: str) -> Mapping[str, str]:
    names = _need(raw, "name", place)
    if not isinstance(names, dict) or not names.get("zh") or not names.get("en"):
        raise LadderError(f"{place}: 'name' needs zh and en")
    return names


def parse_ladder(raw: Any) -> Ladder:
    """A ladder from its data. Raises LadderError with the place of what is wrong."""
    if not isinstance(raw, dict):
        raise LadderError("the file is not a mapping")
    rungs = tuple(_rung(position, rung) for position, rung in enumerate(_need(raw, "rungs", "ladder"), start=1))
    if not rungs or len({rung.key for rung in rungs}) != len(rungs):
        raise LadderError("rungs: at least one, each with its own key")
    keys = {rung.key: rung.position for rung in rungs}
    starts = tuple(_start(number, start, keys) for number, start in enumerate(_need(raw, "starts", "ladder"), start=1))
    known = raw["occasions"] if "occasions" in raw else _shipped_occasions(keys)
    occasions = tuple(_occasion(number, one, keys) for number, one in enumerate(known, start=1))
    return Ladder(
        str(_need(raw, "version", "ladder")), str(_need(raw, "valid_from", "ladder")), str(raw.get("basis", "")),
        rungs, starts, occasions,
    )  # fmt: skip


def _shipped_occasions(keys: Mapping[str, int]) -> list[Any]:
    """A version from before occasions follows those of the package, where it has their rungs."""
    return [one for one in shipped_ladder().get("occasions", []) if one["rung"] in keys]


def _occasion(number: int, raw: Any, keys: Mapping[str, int]) -> Occasion:
    place = f"occasion {number}"
    start = _start(number, raw, keys)
    return Occasion(
        str(_need(raw, "event", place)), start.rung, start.level, start.single, str(_need(raw, "basis", place)),
        _names(raw, place),
    )  # fmt: skip


def _rung(position: int, raw: Any) -> Rung:
    place = f"rung {position}"
    if not isinstance(raw, dict):
        raise LadderError(f"{place}: not a mapping")
    scope, days = _need(raw, "scope", place), _need(raw, "answer_days", place)
    if scope not in SCOPES:
        raise LadderError(f"{place}: unknown scope {scope!r}")
    if not isinstance(days, int) or not 1 <= days <= 60:
        raise LadderError(f"{place}: answer_days must be 1 to 60")
    return Rung(
        position, str(_need(raw, "key", place)), str(_need(raw, "post", place)), scope, bool(raw.get("bench")), days,
        _names(raw, place),
    )  # fmt: skip


def _start(number: int, raw: Any, keys: Mapping[str, int]) -> Start:
    place = f"start {number}"
    if not isinstance(raw, dict):
        raise LadderError(f"{place}: not a mapping")
    level, rung = _need(raw, "level", place), _need(raw, "rung", place)
    if level not in LEVELS:
        raise LadderError(f"{place}: unknown level {level!r}")
    if rung not in keys:
        raise LadderError(f"{place}: unknown rung {rung!r}")
    return Start(keys[rung], level, str(raw.get("group", "")), str(raw.get("threshold", "")), bool(raw.get("single")))


def _measure(raw: Mapping[str, Any]) -> Measure:
    code = str(_need(raw, "code", "measure"))
    effect = _need(raw, "effect", code)
    if effect not in EFFECTS:
        raise LadderError(f"{code}: unknown effect {effect!r}")
    return Measure(
        code, effect, int(raw.get("longest", 0)), bool(raw.get("four_kinds")), bool(raw.get("bulk")),
        int(raw.get("most", 0)), raw.get("needs") or {}, str(raw.get("from", "")), _names(raw, code),
        raw.get("note") or {},
    )  # fmt: skip


def shipped_ladder() -> Any:
    """The ladder that comes with the system, as data."""
    return yaml.safe_load((DATA / "ladder.yaml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def measures() -> Mapping[str, Measure]:
    """All measures by code, in the order of the file."""
    raw = yaml.safe_load((DATA / "measures.yaml").read_text(encoding="utf-8"))
    return {measure.code: measure for measure in map(_measure, raw)}
