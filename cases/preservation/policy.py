"""How preservation asks the floor above what the law of time says; that floor plugs itself in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from courtcms.core.errors import Reason


@dataclass(frozen=True)
class Ordered:
    """The length that a ruling orders: `amount` of `unit` (day, month, year)."""

    amount: int
    unit: str


#: limit of the object, filing day of the case, day from which it runs, length -> the reason against it, if any
Bound = Callable[[str, date, date, Ordered], Reason | None]
_bound: list[Bound] = []


def provide_bound(bound: Bound) -> None:
    """Let `bound` answer; called in `AppConfig.ready()` of the floor that knows the limits."""
    _bound[:] = [bound]


def against_order(limit_id: str, filed_on: date, runs_from: date, ordered: Ordered) -> Reason | None:
    """The reason against an ordered length: no measure lasts longer than the law allows."""
    return _bound[0](limit_id, filed_on, runs_from, ordered) if _bound else None
