"""What may be shown to whom, read from `data/items.yaml` and checked. Pure: no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data" / "items.yaml"


@dataclass(frozen=True)
class Items:
    """The rules of 法释〔2018〕7号 as this court follows them."""

    basis: Mapping[str, str]
    categories: frozenset[str]
    valid_days: int
    no_code_for: frozenset[str]
    hidden: Mapping[str, frozenset[str]]
    docket: tuple[str, ...]
    services: frozenset[str]
    sittings: frozenset[str]
    stages: Mapping[str, Mapping[str, str]]
    other_stage: Mapping[str, str]

    def shows(self, key: str, role: str) -> bool:
        """May a party in this position see the item? An item without a line is shown to nobody."""
        return key in self.hidden and role not in self.hidden[key]

    def stage(self, key: str, language: str) -> str:
        """The public word for a stage."""
        return self.stages.get(key, self.other_stage)["en" if language.startswith("en") else "zh"]


@cache
def items() -> Items:
    """The rules, read once. A key that is missing is a KeyError at the start, not an open page later."""
    raw: dict[str, Any] = yaml.safe_load(DATA.read_text("utf-8"))
    return Items(
        basis=raw["basis"], categories=frozenset(raw["categories"]), valid_days=int(raw["valid_days"]),
        no_code_for=frozenset(raw["no_code_for"]),
        hidden={row["key"]: frozenset(row.get("not_for", ())) for row in raw["items"]}, docket=tuple(raw["docket"]),
        services=frozenset(raw["services"]), sittings=frozenset(raw["sittings"]), stages=raw["stages"],
        other_stage=raw["other_stage"],
    )  # fmt: skip
