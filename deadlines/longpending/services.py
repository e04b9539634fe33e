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
from deadlines.longpending.rules import HORIZONS, LINES, WARNING, cut, months_back, waits
from deadlines.rulebook.reading import rulebook


def refresh(*, as_of: date | None = None) -> BoardRefresh:
    """Work out every number of the board for a day; readers see the old ones until all new ones are there."""
    with court_clock.as_of(as_of), act(actor=None, verb="board.refresh") as entry:
        today = court_clock.today()
        params = {
            "today": today, "now": court_clock.now(), "first": months_back(today)[0], "lines": json.dumps(line_rows()),
            "horizons": list(HORIZONS), "since": cut(today + timedelta(days=max(HORIZONS)), min(LINES)),
            "grounds": json.dumps({ground: wait.id for wait in waits() for ground in wait.grounds}),
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(statements.NO_JIT)
            cursor.execute(statements.CLEAR)
            for statement in (
                statements.INFLOW, statements.OUTFLOW, statements.STANDING, statements.COMING, statements.WAITING,
                statements.GONE,
            ):  # fmt: skip
                cursor.execute(statement, params)
            cursor.execute(statements.OPEN)
            [number] = cursor.fetchone()
        done, _made = BoardRefresh.objects.update_or_create(
            pk=1, defaults={"as_of": today, "finished_at": court_clock.now(), "open_cases": number}
        )
        entry.target, entry.after = done, {"as_of": today, "open": number}
    return done


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
