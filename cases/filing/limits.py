"""Until when a filing must be decided: days from receipt, and again from the supplement. Pure: no Django."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.filing.tables import Kind, first
from courtcms.core.workdays import add_working_days


@dataclass(frozen=True)
class FilingLimit:
    """Days for the decision; `once`: what is missing must be told at one time, in writing; `rule` names the same limit
    in the rule packs."""

    days: int
    rule: str
    once: bool
    article: str
    confidence: str


def limit_of(kind: Kind) -> FilingLimit | None:
    """The limit of a kind of case; None where the law sets none for the filing."""
    row = first("limits.tsv", kind)
    if row is None:
        return None
    return FilingLimit(int(row["days"]), row["rule"], row["once"] == "1", row["article"], row["confidence"])


#: an older day of receipt is a slip of the pen
EARLIEST = date(2000, 1, 1)


def plausible(received: date | None, today: date) -> bool:
    """Can the papers have come on that day: not in the future, not before this century?"""
    return received is not None and EARLIEST <= received <= today


def due(start: date, days: int, adder: Callable[[date, int], date] | None = None) -> date:
    """The last of `days` calendar days after `start` (the day itself does not count); a last day off work moves on.

    `adder` counts working days; without it the calendar of the court does.
    """
    last = start + timedelta(days=days)
    return (adder or add_working_days)(last - timedelta(days=1), 1)
