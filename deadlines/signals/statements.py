"""The statements of the detectors: each finds (clock, subject, evidence) over all live trial clocks at once."""

from __future__ import annotations

from typing import Any

from django.db import connection

_STOP = """jsonb_build_object('kind', 'stop', 'ground', i.ground, 'from', i.starts_on, 'to', i.ends_on,
    'document', i.document, 'days', coalesce(i.ends_on, %(today)s::date) - i.starts_on)"""
_LIVE = "c.status IN ('running', 'paused') AND c.role = 'trial'"
_OPEN = f"""
    FROM deadlines_clockinterval i JOIN deadlines_clock c ON c.id = i.clock_id AND {_LIVE}
    WHERE i.ends_on IS NULL AND i.voided_on IS NULL AND i.starts_on <= %(today)s::date - %(days)s
"""

FOUND = {
    "same_ground": f"""
        SELECT c.id, c.case_id, i.ground, jsonb_agg({_STOP} ORDER BY i.starts_on)
        FROM deadlines_clockinterval i JOIN deadlines_clock c ON c.id = i.clock_id AND {_LIVE}
        WHERE i.voided_on IS NULL GROUP BY c.id, i.ground HAVING count(*) > %(more_than)s
    """,  # noqa: S608  as above
    "no_document": f"""
        SELECT c.id, c.case_id, i.id::text, jsonb_build_array({_STOP})
        FROM deadlines_clockinterval i JOIN deadlines_clock c ON c.id = i.clock_id AND {_LIVE}
        WHERE i.voided_on IS NULL AND btrim(i.document) = ''
    """,  # noqa: S608  as above
    "open": f"SELECT c.id, c.case_id, i.id::text, jsonb_build_array({_STOP}) {_OPEN}",
    "silent": f"""
        SELECT c.id, c.case_id, i.id::text, jsonb_build_array({_STOP}) {_OPEN}
        AND NOT EXISTS (SELECT FROM cases_docketentry d WHERE d.case_id = c.case_id
            AND d.happened_on BETWEEN i.starts_on AND %(today)s)
    """,  # noqa: S608  as above
    "late_request": f"""
        SELECT c.id, c.case_id, e.id::text, jsonb_build_array(jsonb_build_object('kind', 'request',
            'asked', e.asked_on, 'due', due.on_that_day, 'days', due.on_that_day - e.asked_on, 'reason', e.reason))
        FROM deadlines_clockextension e JOIN deadlines_clock c ON c.id = e.clock_id AND {_LIVE}
        CROSS JOIN LATERAL (
            SELECT (c.due_on - coalesce(sum(
                CASE later.unit WHEN 'month' THEN make_interval(months => later.amount)
                                WHEN 'year' THEN make_interval(years => later.amount)
                                ELSE make_interval(days => later.amount) END), '0')::interval)::date AS on_that_day
            FROM deadlines_clockextension later
            WHERE later.clock_id = e.clock_id AND later.id >= e.id AND later.status = 'approved') due
        WHERE due.on_that_day - e.asked_on <= %(days)s
    """,  # noqa: S608  as above
    "resumed_late": f"""
        SELECT DISTINCT ON (i.id) c.id, c.case_id, i.id::text, jsonb_build_array({_STOP},
            jsonb_build_object('kind', 'received', 'day', d.happened_on, 'days', i.ends_on - d.happened_on))
        FROM deadlines_clockinterval i JOIN deadlines_clock c ON c.id = i.clock_id AND {_LIVE}
        JOIN cases_docketentry d ON d.case_id = c.case_id AND d.kind = 'appraisal_back'
            AND d.happened_on >= i.starts_on AND d.happened_on < i.ends_on - %(days)s
        WHERE i.voided_on IS NULL AND i.ground LIKE 'ded_appraisal%%'
        AND NOT EXISTS (SELECT FROM cases_docketentry u WHERE u.undoes_id = d.id)
        ORDER BY i.id, d.happened_on
    """,  # noqa: S608  as above
    "share": """
        SELECT c.id, c.case_id, 'all', jsonb_build_array(jsonb_build_object('kind', 'share', 'from', c.started_on,
            'calendar', %(today)s::date - c.started_on, 'counted', %(today)s::date - c.started_on - taken.days))
        FROM deadlines_clock c JOIN LATERAL (
            SELECT sum(upper(r) - lower(r)) AS days FROM (
                SELECT unnest(range_agg(daterange(i.starts_on, least(coalesce(i.ends_on, %(today)s), %(today)s)))) AS r
                FROM deadlines_clockinterval i WHERE i.clock_id = c.id AND i.voided_on IS NULL
                AND i.starts_on < %(today)s) spans) taken ON taken.days > 0
        WHERE c.status IN ('running', 'paused') AND c.role = 'trial'
        AND c.started_on <= %(today)s::date - %(days)s
        AND (%(today)s::date - c.started_on - taken.days) * %(whole)s < (%(today)s::date - c.started_on) * %(part)s
        AND EXISTS (SELECT FROM deadlines_clockinterval i WHERE i.clock_id = c.id)
    """,
}  # fmt: skip

RAISE = """
WITH found(clock_id, case_id, subject, evidence) AS ({found})
INSERT INTO deadlines_signal (clock_id, case_id, detector, subject, evidence, found_on, judge_id, state, due_on, answer,
    review)
SELECT found.clock_id, found.case_id, %(detector)s, found.subject, found.evidence, %(today)s, c.judge_id, 'asked',
    %(due)s, '', ''
FROM found JOIN cases_case c ON c.id = found.case_id
WHERE NOT EXISTS (SELECT FROM deadlines_signal s WHERE s.clock_id = found.clock_id AND s.detector = %(detector)s
    AND s.subject = found.subject)
ON CONFLICT DO NOTHING RETURNING id, case_id
"""
HEAD = "SELECT coalesce(max(id), 0) FROM deadlines_signal"
#: found before, but the limit that it was about has ended
SETTLE = """
UPDATE deadlines_signal s SET state = 'settled' FROM deadlines_clock c
WHERE c.id = s.clock_id AND s.state IN ('asked', 'referred') AND c.status NOT IN ('running', 'paused')
"""
REFER = """
UPDATE deadlines_signal SET state = 'referred', referred_on = %(today)s WHERE state = 'asked' AND due_on < %(today)s
"""
#: one line a person: judges of what is asked, chiefs and trial management of what was not answered
TOLD = """
INSERT INTO notices_notice (recipient_id, kind, text, params, url, case_id, created_at)
SELECT judge_id, %(kind)s, %(text)s, jsonb_build_object('n', count(*), 'due', min(due_on)::text), %(url)s, NULL, %(now)s
FROM deadlines_signal WHERE id > %(after)s AND found_on = %(today)s AND judge_id IS NOT NULL GROUP BY judge_id
"""
REFERRED_TOLD = """
INSERT INTO notices_notice (recipient_id, kind, text, params, url, case_id, created_at)
SELECT a.user_id, %(kind)s, %(text)s, jsonb_build_object('n', count(DISTINCT s.id)), %(url)s, NULL, %(now)s
FROM deadlines_signal s JOIN cases_case c ON c.id = s.case_id
JOIN accounts_appointment a ON a.since <= %(today)s AND (a.until IS NULL OR a.until > %(today)s)
    AND (a.post = 'division_chief' AND a.division_id = c.division_id
         OR a.post = 'trial_management' AND a.court_id = c.court_id)
WHERE s.referred_on = %(today)s AND s.state = 'referred' GROUP BY a.user_id
"""


def run(statement: str, **params: Any) -> list[tuple[Any, ...]]:
    """Run a statement; the rows it returns, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def write(statement: str, **params: Any) -> int:
    """Run a writing statement; how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)
