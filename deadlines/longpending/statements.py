"""The statements that work the board out anew, each over all cases at once.

The open cases are read once and gathered by division, cause, day of filing and what they wait for (`board_base`); every
number of open cases is a sum over a span of filing days of it. The spans come in as JSON (`spans`): a line, its
categories, and the filing days whose cases stand beyond it, cross it in a month, or will cross it within a horizon.
"""

from __future__ import annotations

_CELLS = (
    "INSERT INTO deadlines_boardcell "
    "(court_id, division_id, cause_code, line, flow, month, days, number, paused, fixed)"
)
_SPANS = (
    "SELECT * FROM jsonb_to_recordset(%(spans)s::jsonb) "
    "AS s(months int, categories jsonb, flow text, month date, days int, after date, upto date)"
)

DROP = "DROP TABLE IF EXISTS pg_temp.board_wait, pg_temp.board_base"
#: open cases that wait for something: the ground of the oldest open stop, else a fixed hearing
WAIT = """
CREATE TEMP TABLE board_wait ON COMMIT DROP AS
WITH reason AS (SELECT key AS ground, value AS id FROM jsonb_each_text(%(grounds)s::jsonb)),
stop AS (
    SELECT DISTINCT ON (k.case_id) k.case_id, i.ground, i.starts_on
    FROM deadlines_clockinterval i JOIN deadlines_clock k ON k.id = i.clock_id
        AND k.role = 'trial' AND k.status IN ('running', 'paused')
    WHERE i.ends_on IS NULL AND i.voided_on IS NULL ORDER BY k.case_id, i.starts_on
), heard AS (
    SELECT DISTINCT case_id FROM deadlines_hearing WHERE status = 'scheduled' AND lower(slot) >= %(now)s
)
SELECT c.id AS case_id, c.court_id, c.division_id, c.cause_code, c.category, c.filed_on,
    CASE WHEN stop.case_id IS NULL THEN 'hearing' ELSE coalesce(reason.id, 'other_stop') END AS reason,
    stop.starts_on AS since, heard.case_id IS NOT NULL AS fixed
FROM stop FULL JOIN heard ON heard.case_id = stop.case_id
JOIN cases_case c ON c.id = coalesce(stop.case_id, heard.case_id) AND c.status = 'open'
LEFT JOIN reason ON reason.ground = stop.ground
"""
BASE = """
CREATE TEMP TABLE board_base ON COMMIT DROP AS
SELECT c.court_id, c.division_id, c.cause_code, c.category, c.filed_on, coalesce(w.reason, 'nobody') AS reason,
    w.since, count(*) AS number, count(p.case_id) AS paused, count(*) FILTER (WHERE w.fixed) AS fixed
FROM cases_case c LEFT JOIN board_wait w ON w.case_id = c.id
LEFT JOIN (SELECT DISTINCT case_id FROM deadlines_clock WHERE role = 'trial' AND status = 'paused') p
    ON p.case_id = c.id
WHERE c.status = 'open' GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
KNOWN = ("ANALYZE board_wait", "CREATE INDEX ON board_base (filed_on)", "ANALYZE board_base")
CLEAR = ("DELETE FROM deadlines_boardcell", "DELETE FROM deadlines_waitcell", "DELETE FROM deadlines_signalcell")
#: inflow counts besides what is still open what was closed after it had crossed
OF_OPEN = f"""
WITH span AS ({_SPANS}) {_CELLS}
SELECT court_id, division_id, cause_code, months, flow, month, days, sum(number), sum(paused), sum(fixed) FROM (
    SELECT b.court_id, b.division_id, b.cause_code, s.months, s.flow, s.month, s.days, b.number,
        CASE s.flow WHEN 'coming' THEN b.paused ELSE 0 END AS paused,
        CASE s.flow WHEN 'coming' THEN b.fixed ELSE 0 END AS fixed
    FROM span s JOIN board_base b ON b.filed_on > s.after AND b.filed_on <= s.upto AND s.categories ? b.category
    UNION ALL
    SELECT c.court_id, c.division_id, c.cause_code, s.months, s.flow, s.month, s.days, 1, 0, 0
    FROM span s JOIN cases_case c ON c.filed_on > s.after AND c.filed_on <= s.upto AND s.categories ? c.category
    WHERE s.flow = 'in' AND c.status = 'closed' AND c.closed_on >= c.filed_on + make_interval(months => s.months)
) found GROUP BY 1, 2, 3, 4, 5, 6, 7
"""  # noqa: S608  put together from constants of this file
OUTFLOW = f"""
WITH span AS ({_SPANS}) {_CELLS}
SELECT c.court_id, c.division_id, c.cause_code, s.months, 'out', date_trunc('month', c.closed_on)::date, 0, count(*),
    0, 0
FROM span s JOIN cases_case c ON s.categories ? c.category
WHERE s.flow = 'standing' AND c.status = 'closed' AND c.closed_on BETWEEN %(first)s AND %(today)s
AND c.closed_on >= c.filed_on + make_interval(months => s.months)
GROUP BY 1, 2, 3, 4, 6
"""  # noqa: S608  as above
WAIT_CELLS = """
INSERT INTO deadlines_waitcell (court_id, division_id, category, line, reason, since, number)
SELECT b.court_id, b.division_id, b.category, (
        SELECT max(e.months) FROM jsonb_to_recordset(%(edges)s::jsonb) AS e(months int, upto date)
        WHERE b.filed_on <= e.upto), b.reason, b.since, sum(b.number)
FROM board_base b WHERE b.filed_on <= %(warned)s GROUP BY 1, 2, 3, 4, 5, 6
"""
SIGNAL_CELLS = """
INSERT INTO deadlines_signalcell (court_id, division_id, detector, state, number)
SELECT c.court_id, c.division_id, s.detector, s.state, count(*)
FROM deadlines_signal s JOIN cases_case c ON c.id = s.case_id GROUP BY 1, 2, 3, 4
"""
#: rows that stay as they are are not written again
WAITING = """
INSERT INTO deadlines_waiting AS w (case_id, court_id, division_id, cause_code, category, filed_on, reason, since)
SELECT case_id, court_id, division_id, cause_code, category, filed_on, reason, since FROM board_wait
ON CONFLICT (case_id) DO UPDATE SET court_id = excluded.court_id, division_id = excluded.division_id,
    cause_code = excluded.cause_code, category = excluded.category, filed_on = excluded.filed_on,
    reason = excluded.reason, since = excluded.since
WHERE (w.court_id, w.division_id, w.cause_code, w.category, w.filed_on, w.reason, w.since) IS DISTINCT FROM
    (excluded.court_id, excluded.division_id, excluded.cause_code, excluded.category, excluded.filed_on,
     excluded.reason, excluded.since)
"""
GONE = "DELETE FROM deadlines_waiting w WHERE NOT EXISTS (SELECT FROM board_wait b WHERE b.case_id = w.case_id)"
OPEN = "SELECT coalesce(sum(number), 0) FROM board_base"
NO_JIT = "SELECT set_config('jit', 'off', true)"
