"""The geometry of inline SVG charts; colours stand in the style sheet, the numbers in a table on the same page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, FLOOR, TALLEST, GAP = 720.0, 100.0, 78.0, 8.0


@dataclass(frozen=True)
class Bar:
    """A number with its label, its level and the address of its list."""

    label: Any
    number: int
    level: str = "ample"
    href: str = ""


@dataclass(frozen=True)
class DrawnBar:
    """A bar ready to be drawn; lengths are text so that no locale rewrites the decimal point."""

    label: Any
    number: int
    level: str
    href: str
    x: str
    y: str
    width: str
    height: str
    middle: str
    label_y: str


@dataclass(frozen=True)
class BarChart:
    """Bars with the words of their table."""

    bars: list[DrawnBar]
    head: Any
    unit: Any
    total_word: Any
    total: int


def bar_chart(bars: Sequence[Bar], head: Any, unit: Any, total_word: Any) -> BarChart:
    """Bars across the full width, the highest 78 units tall; an empty chart has no bars."""
    most = max((bar.number for bar in bars), default=0) or 1
    slot = WIDTH / len(bars) if bars else WIDTH
    drawn = []
    for place, bar in enumerate(bars):
        height = bar.number / most * TALLEST
        x, width = place * slot + GAP / 2, slot - GAP
        drawn.append(
            DrawnBar(
                bar.label,
                bar.number,
                bar.level,
                bar.href,
                f"{x:.1f}",
                f"{FLOOR - height:.1f}",
                f"{width:.1f}",
                f"{height:.1f}",
                f"{x + width / 2:.1f}",
                f"{FLOOR - height - 6:.1f}",
            )
        )
    return BarChart(drawn, head, unit, total_word, sum(bar.number for bar in bars))
