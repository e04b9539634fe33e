"""Reading signals."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count

from deadlines.signals.models import SignalQuerySet


def counts(rows: SignalQuerySet) -> dict[str, dict[str, int]]:
    """By detector: how many stand in each state, `all`, and `open` (asked or overdue)."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"all": 0, "open": 0, "answered": 0})
    for detector, state, number in rows.order_by().values_list("detector", "state").annotate(n=Count("pk")):
        row = found[detector]
        row[state] = number
        row["all"] += number
        row["open"] += number if state in ("asked", "referred") else 0
    return dict(found)
