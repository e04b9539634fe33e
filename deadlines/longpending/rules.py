"""Lines of long-pending cases, months as the law counts them, and what a case waits for. Pure; no Django."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data" / "waits.yaml"
#: months; the first is a warning, the others are the steps of the pack `long_pending`
WARNING, LINES = 6, (12, 18, 24, 36)
HORIZONS = (30, 60, 90)
MONTHS_SHOWN = 12
#: the entry of the waits for a case that nothing stops
NOBODY = "nobody"
#: four fifths of a normal distribution lie within so many standard deviations
_FOUR_FIFTHS = 1.2816


@dataclass(frozen=True)
class Wait:
    """Something a case waits for."""

    id: str
    names: Mapping[str, str]
    movers: Mapping[str, str]
    grounds: tuple[str, ...]

    def name(self, language: str) -> str:
        """Name in a language."""
        return self.names["en" if language.startswith("en") else "zh"]

    def mover(self, language: str) -> str:
        """Whose move it is, in a language."""
        return self.movers["en" if language.startswith("en") else "zh"]


@cache
def waits() -> tuple[Wait, ...]:
    """Everything a case may wait for, in the order of the board."""
    raw = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return tuple(Wait(row["id"], row["name"], row["mover"], tuple(row.get("grounds") or ())) for row in raw["waits"])


def add_months(day: date, months: int) -> date:
    """The same day so many months on (negative: back), or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def cut(day: date, months: int) -> date:
    """The latest filing day whose case has been pending for `months` on `day`."""
    found = add_months(day, -months)
    while add_months(found + timedelta(days=1), months) <= day:
        found += timedelta(days=1)
    return found


def months_back(today: date, count: int = MONTHS_SHOWN) -> list[date]:
    """The first days of the last months, oldest first, this month last."""
    return [add_months(today.replace(day=1), -back) for back in range(count - 1, -1, -1)]


@dataclass(frozen=True)
class Forecast:
    """What stands at the end of a horizon if nothing changes: the number, and where it lies four times in five."""

    days: int
    crossing: int
    fixed: int
    paused: int
    closing: int
    stock: int
    low: int
    high: int


def forecast(days: int, stock: int, crossing: int, fixed: int, paused: int, closed_a_year: int) -> Forecast:
    """Those that cross a line are known; closings go on at the pace of the last twelve months.

    `fixed` and `paused` are those of the crossing that have a hearing fixed, or a stopped clock.
    """
    closing = round(closed_a_year * days / 365)
    middle = max(0, stock + crossing - closing)
    spread = round(_FOUR_FIFTHS * math.sqrt(closing + 0.1 * crossing))
    return Forecast(days, crossing, fixed, paused, closing, middle, max(0, middle - spread), middle + spread)
