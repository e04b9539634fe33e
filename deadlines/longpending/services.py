"""Working the board out: once a day after the scan, and again whenever somebody asks."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.db import connection

from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from deadlines.longpending import statements
from deadlines.longpending.models import BoardRefresh
from deadlines.longpending.rules import HORIZONS, LINES, WARNING, add_months, cut, months_back, waits
from deadlines.rulebook.reading import rulebook


def refresh(*, as_of: date | None = None, trail: int = 0) -> BoardRefresh:
    """Work out every number of the board for a day; readers see the old ones until all new ones are there.

    `trail` is the last entry of the trail whose effects are in the numbers.
    """
    with court_clock.as_of(as_of), act(actor=None, verb="board.refresh") as entry:
        today = court_clock.today()
        params = {
            "today": today, "now": court_clock.now(), "first": months_back(today)[0],
            "spans": json.dumps(spans(today)), "edges": json.dumps(_edges(today)), "warned": cut(today, WARNING),
            "grounds": json.dumps({ground: wait.id for wait in waits() for ground in wait.grounds}),
        }  # fmt: skip
        with connection.cursor() as cursor:
            for statement in (
                statements.NO_JIT, statements.DROP, statements.WAIT, statements.BASE, *statements.KNOWN,
                *statements.CLEAR, statements.OF_OPEN, statements.OUTFLOW, statements.WAIT_CELLS,
                statements.SIGNAL_CELLS, statements.WAITING, statements.GONE, statements.OPEN,
            ):  # fmt: skip
                cursor.execute(statement, params)
            [number] = cursor.fetchone()
        done, _made = BoardRefresh.objects.update_or_create(
            pk=1,
            defaults={"as_of": today, "finished_at": court_clock.now(), "open_cases": number, "trail": trail},
        )
        entry.target, entry.after = done, {"as_of": today, "open": number}
    return done


def spans(today: date) -> list[dict[str, Any]]:
    """The filing days, later than `after` and up to `upto`, that each number of open cases sums up, line by line."""
    found = []
    for line in line_rows():
        months = line["months"]
        found.append(_span(line, "standing", date.min, cut(today, months)))
        for days in HORIZONS:
            found.append(
                _span(line, "coming", cut(today, months), cut(today + timedelta(days=days), months), days=days)
            )
        for first in months_back(today):
            last = min(add_months(first, 1) - timedelta(days=1), today)
            found.append(_span(line, "in", cut(first - timedelta(days=1), months), cut(last, months), month=str(first)))
    return found


def _span(line: dict[str, Any], flow: str, after: date, upto: date, **rest: Any) -> dict[str, Any]:
    return line | {"flow": flow, "after": str(after), "upto": str(upto), "month": None, "days": 0} | rest


def _edges(today: date) -> list[dict[str, Any]]:
    return [{"months": months, "upto": str(cut(today, months))} for months in (WARNING, *LINES)]


def line_rows() -> list[dict[str, Any]]:
    """The lines with the categories they apply to; the warning applies to all of them."""
    steps = {
        rule.months: sorted(rule.applies_to)
        for rule in rulebook().long_pending.values()
        if rule.counted == "from_filing" and rule.months in LINES
    }
    everything = sorted({category for categories in steps.values() for category in categories})
    return [{"months": WARNING, "categories": everything}] + [
        {"months": months, "categories": steps[months]} for months in LINES if months in steps
    ]


def categories_at(line: int) -> list[str]:
    """The case categories that a line applies to."""
    return next((row["categories"] for row in line_rows() if row["months"] == line), [])
