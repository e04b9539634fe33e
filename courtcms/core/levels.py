"""Days left as a level: one scale for every list, so that a colour never means two things."""

from dataclasses import dataclass

#: a full bar of days left
FULL_BAR_DAYS = 90
URGENT_DAYS = 15
NEAR_DAYS = 60

_BAR_START, _DUE_TICK, _BAR_END = 4.0, 60.0, 72.0


@dataclass(frozen=True)
class Bar:
    """The filled part of a days-left bar in its 72 × 12 drawing: left edge and width."""

    x: float
    width: float


def level_of(days: int, urgent: int = URGENT_DAYS, near: int = NEAR_DAYS, paused: bool = False) -> str:
    """`overdue` after the due day, `urgent`, `near` or `ample` before it; `paused` while the clock stands.

    The due day itself is 0 days left and not overdue. Short limits bring their own thresholds from the rule pack.
    """
    if days < 0:
        return "overdue"
    if paused:
        return "paused"
    if days <= urgent:
        return "urgent"
    return "near" if days <= near else "ample"


def bar_of(days: int, full: int = FULL_BAR_DAYS) -> Bar:
    """Left of the due tick the time left, right of it the time overdue (4 units and half a unit a day, to the edge)."""
    if days < 0:
        return Bar(_DUE_TICK, round(min(_BAR_END - _DUE_TICK, 4 + abs(days) * 0.5), 1))
    width = round(min(days, full) / full * (_DUE_TICK - _BAR_START), 1)
    return Bar(round(_DUE_TICK - width, 1), width)
