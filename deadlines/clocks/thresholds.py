"""When a clock will next reach a threshold: pure dates from the rule packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.calendars.rules import WorkCalendar
from deadlines.rulebook.rules import Threshold


@dataclass(frozen=True, slots=True)
class Watched:
    """What the thresholds need to know of a running clock."""

    group: str
    category: str
    in_custody: bool
    extendable: bool
    counted_days: int | None
    due_on: date
    unrolled_on: date


def applies(threshold: Threshold, clock: Watched) -> bool:
    """Whether the threshold is meant for such a clock at all (an open extension comes and goes and is not asked)."""
    least, most = threshold.limit_days
    days = clock.counted_days or 0
    return (
        threshold.watch != "open_days"
        and threshold.group == clock.group
        and threshold.category in ("", clock.category)
        and (clock.in_custody or not threshold.in_custody)
        and (clock.extendable or not threshold.extendable)
        and (least is None or days >= least)
        and (most is None or days <= most)
    )


def left_at(threshold: Threshold, counted_days: int) -> int:
    """Days left to the unrolled date at which a share threshold is reached: the unused share, rounded down."""
    assert threshold.fraction is not None
    used, whole = threshold.fraction
    left = counted_days * (whole - used) // whole
    return max(left, threshold.at_least_days_left or 0)


def reached_on(threshold: Threshold, clock: Watched, calendar: WorkCalendar) -> date:
    """The first day on which the condition holds."""
    if threshold.watch == "elapsed":
        return clock.unrolled_on - timedelta(days=left_at(threshold, clock.counted_days or 0))
    most = threshold.most if threshold.most is not None else 0
    if threshold.watch == "working_days_left":
        return calendar.add_working_days(calendar.roll_back(clock.due_on), -most) if most else clock.due_on
    return clock.due_on - timedelta(days=most)


def next_threshold(
    thresholds: Iterable[Threshold], clock: Watched, after: date | None, calendar: WorkCalendar
) -> date | None:
    """The next day after `after` on which any threshold is reached; the earliest of all when `after` is None."""
    days = [reached_on(t, clock, calendar) for t in thresholds if applies(t, clock)]
    coming = [day for day in days if after is None or day > after]
    return min(coming, default=None)
