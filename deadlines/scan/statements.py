"""The statements of the scan: each works on the whole set at once and may run twice without harm.

A threshold of the rule packs becomes a row of a VALUES list with the due dates it covers on the day of the scan, so
that a change of a threshold is a change of data. Clocks that have nothing to report are never read: the partial index
on `next_threshold_on` holds only running clocks, and each batch moves the date of those it looked at, in the same
statement that raises their alerts. A worker killed between two batches leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection

from deadlines.calendars.rules import WorkCalendar
from deadlines.rulebook.rules import Threshold

_FAR = timedelta(days=36_500)
_COLUMNS = (
    "id text, level text, grp text, category text, in_custody bool, pending bool, extendable bool, "
    "days_least int, days_most int, due_from date, due_to date, used int, whole int, keep_days int, lead_days int"
)

RESUME = """
UPDATE deadlines_clock SET status = 'running', paused_from = NULL, resumes_on = NULL
WHERE status = 'paused' AND resumes_on <= %(as_of)s
"""

_APPLIES = """
    t.grp = c."group" AND t.category IN ('', c.category)
    AND (c.in_custody OR NOT t.in_custody) AND (c.request_by IS NOT NULL OR NOT t.extendable)
    AND coalesce(c.counted_days, 0) BETWEEN t.days_least AND t.days_most
"""
_UNUSED = "greatest(c.counted_days * (t.whole - t.used) / t.whole, t.keep_days)"

#: whether anything is due. Read by the index alone: a plain index scan marks the entries of moved rows as dead, so that
#: the next run passes over them; a bitmap or a table scan would look at each of them again
IS_DUE = "SELECT EXISTS (SELECT FROM deadlines_clock WHERE status = 'running' AND next_threshold_on <= %(as_of)s)"
BY_INDEX = "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)"
#: what is due, looked up once: an index that is read from its beginning for every batch is full of moved rows
FIND_DUE = (
    "DROP TABLE IF EXISTS pg_temp.scan_due",
    "CREATE TEMP TABLE scan_due AS SELECT row_number() OVER (ORDER BY id) AS place, id FROM deadlines_clock "
    "WHERE status = 'running' AND next_threshold_on <= %(as_of)s",
    "CREATE INDEX ON pg_temp.scan_due (place)",
)
#: one batch: take what is due, raise its alerts, move its next date on; the rows stay locked for this batch alone
RAISE_RUNNING = f"""
WITH t AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(%(thresholds)s::jsonb) AS t({_COLUMNS})),
due AS MATERIALIZED (
    SELECT c.id, c.case_id, c."group", c.category, c.in_custody, c.request_by, c.counted_days, c.due_on, c.unrolled_on
    FROM scan_due s JOIN deadlines_clock c ON c.id = s.id
    WHERE s.place > %(start)s AND s.place <= %(start)s + %(batch)s
    AND c.status = 'running' AND c.next_threshold_on <= %(as_of)s
    ORDER BY c.id FOR NO KEY UPDATE OF c
), hit AS (
    SELECT c.id AS clock_id, c.case_id, t.id AS threshold, t.level, c.due_on
    FROM due c JOIN t ON {_APPLIES}
    WHERE c.due_on BETWEEN t.due_from AND t.due_to
    AND (t.whole IS NULL OR c.unrolled_on - %(as_of)s::date <= {_UNUSED})
    AND (NOT t.pending OR EXISTS (
        SELECT FROM deadlines_clockextension e WHERE e.clock_id = c.id AND e.status = 'asked'))
), made AS (
    INSERT INTO deadlines_alert
        (clock_id, case_id, threshold, level, due_on, occurrence, raised_on, days_left, run_id)
    SELECT clock_id, case_id, threshold, level, due_on, 1, %(as_of)s, due_on - %(as_of)s::date, %(run)s FROM hit
    ON CONFLICT DO NOTHING RETURNING 1
), moved AS (
    UPDATE deadlines_clock c SET next_threshold_on = (
        SELECT min(reached) FROM (
            SELECT CASE WHEN t.whole IS NOT NULL THEN d.unrolled_on - {_UNUSED.replace("c.", "d.")}
                        WHEN t.lead_days > 0
                            THEN least(greatest(d.due_on - t.lead_days, %(as_of)s::date + 1), d.due_on)
                        ELSE d.due_on - (t.due_to - %(as_of)s::date) END AS reached
            FROM t WHERE {_APPLIES.replace("c.", "d.")}
        ) r WHERE reached > %(as_of)s
    ) FROM due d WHERE c.id = d.id RETURNING 1
)
SELECT count(*) FROM made
"""  # noqa: S608  put together from constants of this file

#: stops that reached a threshold and were not alerted; the clock is looked up last, for most stops it need not be
FIND_OPEN = (
    "DROP TABLE IF EXISTS pg_temp.scan_open",
    """
CREATE TEMP TABLE scan_open AS
WITH t AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(thresholds)s::jsonb)
    AS t(id text, level text, least int, every int, grounds jsonb)
), hit AS MATERIALIZED (
    SELECT i.id AS interval_id, i.clock_id, t.id AS threshold, t.level, i.starts_on,
           CASE WHEN t.every IS NULL THEN 1 ELSE (%(as_of)s::date - i.starts_on - t.least) / t.every + 1 END AS turn
    FROM deadlines_clockinterval i
    JOIN t ON %(as_of)s::date - i.starts_on >= t.least AND (t.grounds IS NULL OR t.grounds ? i.ground)
    WHERE i.ends_on IS NULL AND i.voided_on IS NULL AND i.starts_on <= %(as_of)s::date - %(least)s
), fresh AS MATERIALIZED (
    SELECT * FROM hit WHERE NOT EXISTS (
        SELECT FROM deadlines_alert a WHERE a.clock_id = hit.clock_id AND a.threshold = hit.threshold
        AND a.due_on = hit.starts_on AND a.occurrence = hit.turn)
)
SELECT row_number() OVER (ORDER BY c.id, f.threshold, f.starts_on) AS place, f.*, c.case_id
FROM fresh f JOIN deadlines_clock c ON c.id = f.clock_id AND c.status IN ('running', 'paused')
""",
    "CREATE INDEX ON pg_temp.scan_open (place)",
)
#: one batch of them; a stop that ended meanwhile is passed over
RAISE_OPEN = """
WITH made AS (
    INSERT INTO deadlines_alert
        (clock_id, case_id, threshold, level, due_on, occurrence, raised_on, days_left, run_id)
    SELECT s.clock_id, s.case_id, s.threshold, s.level, s.starts_on, s.turn, %(as_of)s, NULL, %(run)s
    FROM scan_open s
    JOIN deadlines_clock c ON c.id = s.clock_id AND c.status IN ('running', 'paused')
    JOIN deadlines_clockinterval i ON i.id = s.interval_id AND i.ends_on IS NULL AND i.voided_on IS NULL
    WHERE s.place > %(start)s AND s.place <= %(start)s + %(batch)s
    ON CONFLICT DO NOTHING RETURNING 1
)
SELECT count(*) FROM made
"""

#: the tally of live clocks, folded into one row
SEEN = """
WITH folded AS (DELETE FROM deadlines_clocktally RETURNING live)
INSERT INTO deadlines_clocktally (live) SELECT coalesce(sum(live), 0) FROM folded RETURNING live
"""
#: alerts of this run and of runs that broke off since the last one that finished
RAISED = "SELECT level, count(*) FROM deadlines_alert WHERE run_id > %(since)s AND run_id <= %(run)s GROUP BY level"
ALREADY = "SELECT coalesce(sum(raised_total), 0) FROM deadlines_scanrun WHERE id <= %(since)s"
HEAD = "SELECT coalesce(max(id), 0) FROM deadlines_alert"
#: two scans at once would only wait for each other; the lock ends with the connection, however that ends
TRY_LOCK = "SELECT pg_try_advisory_lock(%(key)s)"
UNLOCK = "SELECT pg_advisory_unlock(%(key)s)"
#: the alerts of a run that grows from nothing are unknown to the planner's statistics: no plan may read a whole table,
#: and none is worth compiling
STEADY = "SELECT set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true)"
NO_JIT = "SELECT set_config('jit', 'off', true)"


def running_rows(thresholds: Iterable[Threshold], as_of: date, calendar: WorkCalendar) -> list[dict[str, Any]]:
    """The thresholds of running clocks, each with the due dates it covers on the day of the scan."""
    return [_row(t, as_of, calendar) for t in thresholds if t.watch != "open_days"]


def _row(t: Threshold, as_of: date, calendar: WorkCalendar) -> dict[str, Any]:
    first, last, lead = as_of, as_of + _FAR, 0
    if t.watch == "days_left":
        first = as_of - _FAR if t.least is None else as_of + timedelta(days=t.least)
        last = as_of + timedelta(days=t.most) if t.most is not None else last
    elif t.watch == "working_days_left":
        most = t.most or 0
        first = calendar.add_working_days(as_of, t.least) if t.least else as_of
        last = calendar.add_working_days(as_of, most + 1) - timedelta(days=1)
        lead = 2 * most + 14  # calendar days that surely hold the working days, holidays included
    used, whole = t.fraction or (None, None)
    least, most_days = t.limit_days
    return {
        "id": t.id, "level": t.level, "grp": t.group, "category": t.category, "in_custody": t.in_custody,
        "pending": t.extension_pending, "extendable": t.extendable, "days_least": least or 0,
        "days_most": most_days if most_days is not None else 1_000_000, "due_from": str(first), "due_to": str(last),
        "used": used, "whole": whole, "keep_days": t.at_least_days_left or 0, "lead_days": lead,
    }  # fmt: skip


def open_rows(thresholds: Iterable[Threshold]) -> list[dict[str, Any]]:
    """The thresholds of deductions and suspensions that have not ended."""
    return [
        {"id": t.id, "level": t.level, "least": t.least or 0, "every": t.every, "grounds": sorted(t.grounds) or None}
        for t in thresholds
        if t.watch == "open_days"
    ]


def run(statement: str, **params: Any) -> int:
    """Run a writing statement; how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


def rows(statement: str, **params: Any) -> list[tuple[Any, ...]]:
    """Run a reading statement; its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()
