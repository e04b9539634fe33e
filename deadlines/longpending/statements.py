"""The statements that work the board out anew, each over all cases at once."""

from __future__ import annotations

_LINE = "SELECT * FROM jsonb_to_recordset(%(lines)s::jsonb) AS l(months int, categories jsonb)"
_CROSSED = "(c.filed_on + make_interval(months => l.months))::date"
_INTO = "INSERT INTO deadlines_boardcell (court_id, division_id, cause_code, line, flow, month, days, number, paused)"
_OF = "c.court_id, c.division_id, c.cause_code, l.months"
_JOIN = "FROM line l JOIN cases_case c ON l.categories ? c.category"

CLEAR = "DELETE FROM deadlines_boardcell"
INFLOW = f"""
WITH line AS ({_LINE}) {_INTO}
SELECT {_OF}, 'in', date_trunc('month', {_CROSSED})::date, 0, count(*), 0
{_JOIN} AND c.filed_on BETWEEN %(first)s::date - l.months * 31 AND %(today)s::date - l.months * 28
WHERE c.status <> 'cancelled' AND {_CROSSED} BETWEEN %(first)s AND %(today)s
AND (c.closed_on IS NULL OR c.closed_on >= {_CROSSED})
GROUP BY 1, 2, 3, 4, 6
"""
OUTFLOW = f"""
WITH line AS ({_LINE}) {_INTO}
SELECT {_OF}, 'out', date_trunc('month', c.closed_on)::date, 0, count(*), 0
{_JOIN} AND c.status = 'closed' AND c.closed_on BETWEEN %(first)s AND %(today)s AND c.closed_on >= {_CROSSED}
GROUP BY 1, 2, 3, 4, 6
"""
STANDING = f"""
WITH line AS ({_LINE}) {_INTO}
SELECT {_OF}, 'standing', NULL, 0, count(*), 0
{_JOIN} AND c.status = 'open' AND c.filed_on <= %(today)s::date - l.months * 28 AND {_CROSSED} <= %(today)s
GROUP BY 1, 2, 3, 4
"""
COMING = f"""
WITH line AS ({_LINE}),
coming AS (
    SELECT {_OF} AS months, c.id, {_CROSSED} - %(today)s::date AS away
    {_JOIN} AND c.status = 'open' AND c.filed_on BETWEEN %(today)s::date - l.months * 31 AND %(today)s::date + 92
        - l.months * 28
    WHERE {_CROSSED} > %(today)s AND {_CROSSED} <= %(today)s::date + 90
), stopped AS (SELECT DISTINCT case_id FROM deadlines_clock WHERE role = 'trial' AND status = 'paused')
{_INTO}
SELECT court_id, division_id, cause_code, months, 'coming', NULL, d, count(*), count(stopped.case_id)
FROM coming JOIN unnest(%(horizons)s::int[]) d ON away <= d LEFT JOIN stopped ON stopped.case_id = coming.id
GROUP BY 1, 2, 3, 4, 7
"""  # noqa: S608  as above
WAITING = """
WITH reason AS (SELECT key AS ground, value AS id FROM jsonb_each_text(%(grounds)s::jsonb)),
stop AS (
    SELECT DISTINCT ON (k.case_id) k.case_id, i.ground, i.starts_on
    FROM deadlines_clockinterval i JOIN deadlines_clock k ON k.id = i.clock_id
        AND k.role = 'trial' AND k.status IN ('running', 'paused')
    WHERE i.ends_on IS NULL AND i.voided_on IS NULL ORDER BY k.case_id, i.starts_on
), fixed AS (
    SELECT DISTINCT case_id FROM deadlines_hearing WHERE status = 'scheduled' AND lower(slot) >= %(now)s
)
INSERT INTO deadlines_waiting AS w (case_id, court_id, division_id, cause_code, category, filed_on, reason, since)
SELECT c.id, c.court_id, c.division_id, c.cause_code, c.category, c.filed_on,
    CASE WHEN stop.case_id IS NOT NULL THEN coalesce(reason.id, 'other_stop')
         WHEN fixed.case_id IS NOT NULL THEN 'hearing' ELSE 'nobody' END, stop.starts_on
FROM cases_case c LEFT JOIN stop ON stop.case_id = c.id LEFT JOIN reason ON reason.ground = stop.ground
LEFT JOIN fixed ON fixed.case_id = c.id
WHERE c.status = 'open' AND c.filed_on <= %(since)s
ON CONFLICT (case_id) DO UPDATE SET court_id = excluded.court_id, division_id = excluded.division_id,
    cause_code = excluded.cause_code, category = excluded.category, filed_on = excluded.filed_on,
    reason = excluded.reason, since = excluded.since
WHERE (w.court_id, w.division_id, w.cause_code, w.category, w.filed_on, w.reason, w.since) IS DISTINCT FROM
    (excluded.court_id, excluded.division_id, excluded.cause_code, excluded.category, excluded.filed_on,
     excluded.reason, excluded.since)
"""
GONE = """
DELETE FROM deadlines_waiting w USING cases_case c
WHERE c.id = w.case_id AND (c.status <> 'open' OR c.filed_on > %(since)s)
"""
OPEN = "SELECT count(*) FROM cases_case WHERE status = 'open'"
NO_JIT = "SELECT set_config('jit', 'off', true)"
