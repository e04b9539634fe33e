"""What happens to escalations by rule, each as one statement over the whole set; safe to run twice.

The ladder comes in as JSON (`rungs`, `starts`), so that its change is a change of data. Who stands on a rung is worked
out from the case (its judge, its presiding judge) and from the appointments of the day.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from courtcms.core.marks import N_

OPENED = N_("期限提醒已发出，请在答复期内答复")
RAISED = N_("提醒级别升高")
UNANSWERED = N_("答复期 %(due)s 已过而没有答复，自动上送")
UNREPORTED = N_("报告期 %(due)s 已过而承办没有报告，自动上送")
UNKEPT = N_("计划日 %(due)s 已过而事由没有消除，自动上送")
REMINDED = N_("今天是最后一日，逾期自动上送")
RESEATED = N_("原答复人不再担任该职务，改由现任答复")
STOPPED = N_("期限已终止：%(why)s")
PAUSED = N_("期限停止计算，自 %(day)s 起")
MOVED = N_("届满日改为 %(day)s")
RESUMED = N_("停止计算已经结束，届满日 %(day)s")
OPENED_LATE = N_("延长申请应在 %(by)s 以前提出，%(on)s 才提出；请审查迟延的原因，并在 %(decide)s 以前决定")
GRANTED = N_("申请已经批准")
REFUSED = N_("申请没有批准")
TAKEN_BACK = N_("申请已经撤回")

_SEATS = """
appointed AS (
    SELECT a.id, a.court_id, a.division_id, a.user_id, (a.kind <> 'substantive')::int AS lesser,
           CASE WHEN a.post = 'deputy_division_chief' AND a.kind = 'acting' THEN 'division_chief'
                ELSE a.post END AS post
    FROM accounts_appointment a JOIN accounts_user u ON u.id = a.user_id AND u.is_active
    WHERE a.since <= %(today)s AND (a.until IS NULL OR a.until > %(today)s)
), of_division AS (
    SELECT DISTINCT ON (post, division_id) post, division_id, user_id FROM appointed
    WHERE division_id IS NOT NULL ORDER BY post, division_id, lesser, id
), of_court AS (
    SELECT DISTINCT ON (post, court_id) post, court_id, user_id FROM appointed ORDER BY post, court_id, lesser, id
), rung AS (
    SELECT * FROM jsonb_to_recordset(%(rungs)s::jsonb) AS r(position int, post text, scope text, due date)
)
"""
_HOLDER = """
    CASE rung.scope WHEN 'case' THEN c.judge_id WHEN 'bench' THEN b.user_id WHEN 'division' THEN d.user_id
                    ELSE coalesce(d.user_id, t.user_id) END
"""
_ON_RUNGS = """
    CROSS JOIN rung
    LEFT JOIN cases_benchmember b ON b.case_id = c.id AND b.role = 'presiding' AND b.until IS NULL
    LEFT JOIN of_division d ON d.post = rung.post AND d.division_id = c.division_id
    LEFT JOIN of_court t ON t.post = rung.post AND t.court_id = c.court_id
"""
_PICK = f"""
WITH {_SEATS}, start AS (
    SELECT * FROM jsonb_to_recordset(%(starts)s::jsonb)
    AS s(rank int, rung int, level text, grp text, threshold text, single bool)
), hit AS (
    SELECT DISTINCT ON (a.clock_id) a.id AS alert_id, a.clock_id, a.case_id, a.threshold, a.level, a.due_on AS cause_on,
           CASE WHEN a.days_left IS NULL THEN 'stop' ELSE 'due' END AS cause, s.rung, s.single
    FROM deadlines_alert a
    JOIN deadlines_clock k ON k.id = a.clock_id
    CROSS JOIN LATERAL (
        SELECT * FROM start WHERE start.level = a.level AND start.grp IN ('', k."group")
        AND start.threshold IN ('', a.threshold) ORDER BY start.rank LIMIT 1) s
    WHERE a.id > %(after)s AND a.run_id = %(run)s
    ORDER BY a.clock_id, s.rung DESC, (a.level = 'overdue') DESC, a.id DESC
), pick AS (
    SELECT DISTINCT ON (hit.clock_id) hit.*, rung.position, rung.due, {_HOLDER} AS holder_id
    FROM hit JOIN cases_case c ON c.id = hit.case_id {_ON_RUNGS}
    WHERE rung.position >= hit.rung AND {_HOLDER} IS NOT NULL
    ORDER BY hit.clock_id, rung.position
)
"""  # noqa: S608  put together from constants of this file
_TRACE = (
    "INSERT INTO oversight_escalationact (escalation_id, kind, position, measure, basis, text, params, until, "
    'actor_id, capacity, holder_id, from_holder_id, "on", at) '
)

OPEN = f"""
{_PICK}, made AS (
    INSERT INTO oversight_escalation (clock_id, case_id, alert_id, cause, cause_on, level, threshold, single, ladder,
        position, holder_id, state, due_on, opened_on, reached_on, close_text, close_params)
    SELECT clock_id, case_id, alert_id, cause, cause_on, level, threshold, single, %(version)s, position, holder_id,
        'open', due, %(today)s, %(today)s, '', '{{}}' FROM pick
    ON CONFLICT DO NOTHING
    RETURNING id, position, holder_id, due_on
)
{_TRACE} SELECT id, 'opened', position, '', '', %(text)s, '{{}}', due_on, NULL::bigint, '', holder_id, NULL::bigint,
    %(today)s, %(now)s FROM made
RETURNING escalation_id, holder_id
"""  # noqa: S608  as above

RAISE = f"""
{_PICK}, old AS (
    SELECT e.id, e.position, e.holder_id, pick.position > e.position AS up
    FROM oversight_escalation e JOIN pick USING (clock_id)
    WHERE e.state <> 'closed' AND e.cause <> 'late' AND e.alert_id <> pick.alert_id
    ORDER BY e.id FOR UPDATE OF e
), moved AS (
    UPDATE oversight_escalation e SET alert_id = pick.alert_id, level = pick.level, threshold = pick.threshold,
        cause = pick.cause, cause_on = pick.cause_on, single = e.single OR pick.single,
        position = CASE WHEN old.up THEN pick.position ELSE e.position END,
        holder_id = CASE WHEN old.up THEN pick.holder_id ELSE e.holder_id END,
        state = CASE WHEN old.up THEN 'open' ELSE e.state END,
        due_on = CASE WHEN old.up THEN pick.due ELSE e.due_on END,
        reached_on = CASE WHEN old.up THEN %(today)s ELSE e.reached_on END,
        reminded_on = CASE WHEN old.up THEN NULL ELSE e.reminded_on END
    FROM pick, old WHERE e.clock_id = pick.clock_id AND e.id = old.id
    RETURNING e.id, e.position, e.holder_id, e.due_on, old.holder_id AS was, old.up
)
{_TRACE} SELECT id, 'raised', position, '', '', %(text)s, '{{}}', due_on, NULL::bigint, '', holder_id,
    CASE WHEN up THEN was END, %(today)s, %(now)s FROM moved
RETURNING escalation_id, holder_id
"""  # noqa: S608  as above

CLIMB = f"""
WITH {_SEATS}, late AS (
    SELECT e.id, e.case_id, e.position, e.holder_id, e.state, e.due_on FROM oversight_escalation e
    WHERE e.state <> 'closed' AND e.due_on < %(today)s ORDER BY e.id FOR UPDATE SKIP LOCKED
), pick AS (
    SELECT DISTINCT ON (late.id) late.id, late.holder_id AS was, late.state, late.due_on AS missed,
           rung.position, rung.due, {_HOLDER} AS holder_id
    FROM late JOIN cases_case c ON c.id = late.case_id {_ON_RUNGS}
    WHERE rung.position > late.position AND {_HOLDER} IS DISTINCT FROM late.holder_id AND {_HOLDER} IS NOT NULL
    ORDER BY late.id, rung.position
), moved AS (
    UPDATE oversight_escalation e SET position = pick.position, holder_id = pick.holder_id, state = 'open',
        due_on = pick.due, reached_on = %(today)s, reminded_on = NULL, ladder = %(version)s
    FROM pick WHERE e.id = pick.id
    RETURNING e.id, e.position, e.holder_id, e.due_on, pick.was, pick.state AS before, pick.missed
)
{_TRACE} SELECT id, 'climbed', position, '', '',
    CASE before WHEN 'open' THEN %(unanswered)s WHEN 'awaiting' THEN %(unreported)s ELSE %(unkept)s END,
    jsonb_build_object('due', missed::text), due_on, NULL::bigint, '', holder_id, was, %(today)s, %(now)s FROM moved
RETURNING escalation_id, holder_id, from_holder_id
"""  # noqa: S608  as above

REMIND = f"""
WITH owed AS (
    UPDATE oversight_escalation e SET reminded_on = %(today)s
    WHERE e.state <> 'closed' AND e.due_on <= %(today)s AND e.reminded_on IS NULL
    RETURNING e.id, e.position, e.due_on, e.holder_id, e.state, e.case_id
)
{_TRACE} SELECT owed.id, 'reminded', position, '', '', %(text)s, '{{}}', due_on, NULL::bigint, '',
    CASE WHEN state = 'open' THEN holder_id ELSE coalesce(c.judge_id, holder_id) END, NULL::bigint, %(today)s, %(now)s
    FROM owed JOIN cases_case c ON c.id = owed.case_id
RETURNING escalation_id, holder_id
"""  # noqa: S608  as above

RESEAT = f"""
WITH {_SEATS}, changed AS (
    SELECT e.id, e.holder_id AS was, {_HOLDER} AS holder_id
    FROM oversight_escalation e JOIN cases_case c ON c.id = e.case_id {_ON_RUNGS}
    WHERE e.state <> 'closed' AND rung.position = e.position AND {_HOLDER} IS NOT NULL
    AND {_HOLDER} <> e.holder_id AND NOT EXISTS (
        SELECT FROM appointed a WHERE rung.scope IN ('division', 'court') AND a.user_id = e.holder_id
        AND a.post = rung.post AND CASE rung.scope WHEN 'division' THEN a.division_id = c.division_id
                                                   ELSE a.court_id = c.court_id END)
    AND (%(case)s::bigint IS NULL OR e.case_id = %(case)s)
), moved AS (
    UPDATE oversight_escalation e SET holder_id = changed.holder_id FROM changed WHERE e.id = changed.id
    RETURNING e.id, e.position, e.holder_id, e.due_on, changed.was
)
{_TRACE} SELECT id, 'reseated', position, '', '', %(text)s, '{{}}', due_on, NULL::bigint, '', holder_id, was,
    %(today)s, %(now)s FROM moved
RETURNING escalation_id, holder_id
"""  # noqa: S608  as above

ONLY_TOLD = """
WITH start AS (
    SELECT * FROM jsonb_to_recordset(%(starts)s::jsonb)
    AS s(rank int, rung int, level text, grp text, threshold text, single bool)
)
SELECT c.judge_id, min(a.clock_id), count(DISTINCT a.clock_id), min(c.number), min(a.case_id),
       bool_and(a.days_left IS NULL)
FROM deadlines_alert a JOIN deadlines_clock k ON k.id = a.clock_id JOIN cases_case c ON c.id = a.case_id
WHERE a.run_id > %(since)s AND a.run_id <= %(run)s AND c.judge_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM start WHERE start.level = a.level AND start.grp IN ('', k."group")
    AND start.threshold IN ('', a.threshold))
AND NOT EXISTS (
    SELECT FROM oversight_escalation e WHERE e.clock_id = a.clock_id AND e.state <> 'closed' AND e.cause <> 'late')
GROUP BY c.judge_id ORDER BY c.judge_id
"""

SEATS_OF_CASE = f"""
WITH {_SEATS}
SELECT rung.position, {_HOLDER} AS holder_id FROM cases_case c {_ON_RUNGS}
WHERE c.id = %(case)s AND {_HOLDER} IS NOT NULL ORDER BY rung.position
"""  # noqa: S608  as above

_ENDED = """
    CASE WHEN e.cause = 'late' AND x.state = 'decided' THEN %(granted)s
         WHEN e.cause = 'late' AND x.state = 'rejected' THEN %(refused)s
         WHEN e.cause = 'late' AND x.state = 'withdrawn' THEN %(taken_back)s
         WHEN k.status IN ('stopped', 'converted') THEN %(stopped)s
         WHEN e.cause = 'late' THEN NULL
         WHEN e.cause = 'stop' THEN CASE WHEN NOT EXISTS (
            SELECT FROM deadlines_clockinterval i WHERE i.clock_id = k.id AND i.starts_on = e.cause_on
            AND i.ends_on IS NULL AND i.voided_on IS NULL) THEN %(resumed)s END
         WHEN k.status = 'paused' THEN %(paused)s
         WHEN k.due_on IS DISTINCT FROM e.cause_on THEN %(moved)s END
"""
CLOSE = f"""
WITH finished AS (
    SELECT e.id, {_ENDED} AS text, jsonb_build_object(
        'why', k.stop_reason,
        'day', coalesce((CASE WHEN k.status = 'paused' THEN k.paused_from ELSE k.due_on END)::text, '')) AS params
    FROM oversight_escalation e JOIN deadlines_clock k ON k.id = e.clock_id
    LEFT JOIN deadlines_changerequest x ON x.id = e.change_id
    WHERE e.state <> 'closed' AND (%(clock)s::bigint IS NULL OR e.clock_id = %(clock)s)
), ended AS (
    UPDATE oversight_escalation e SET state = 'closed', closed_on = %(today)s, close_text = finished.text,
        close_params = finished.params
    FROM finished WHERE e.id = finished.id AND finished.text IS NOT NULL
    RETURNING e.id, e.position, e.holder_id, e.close_text, e.close_params
)
{_TRACE} SELECT id, 'closed', position, '', '', close_text, close_params, NULL::date, NULL::bigint, '', holder_id,
    NULL::bigint, %(today)s, %(now)s FROM ended
RETURNING escalation_id, holder_id
"""  # noqa: S608  as above


_NOTICES = """
counted AS (SELECT m.escalation_id, m.person, count(*) OVER (PARTITION BY m.person) AS n FROM moved m)
INSERT INTO notices_notice (recipient_id, kind, text, params, url, case_id, created_at)
SELECT person, %(kind)s, %(single)s, jsonb_build_object('case', c.number, 'due', e.due_on::text,
        'what', %(words)s::jsonb -> CASE WHEN e.cause IN ('stop', 'late') THEN e.cause ELSE e.level END),
    replace(%(url)s, '/0/', '/' || e.id || '/'), e.case_id, %(now)s::timestamptz
FROM counted JOIN oversight_escalation e ON e.id = escalation_id JOIN cases_case c ON c.id = e.case_id
WHERE n <= %(most)s
UNION ALL
SELECT person, %(kind)s, %(many)s, jsonb_build_object('n', n, 'due', min(e.due_on)::text), %(inbox)s, NULL, %(now)s
FROM counted JOIN oversight_escalation e ON e.id = escalation_id WHERE n > %(most)s GROUP BY person, n
"""
TELL = f"""
WITH moved AS (
    SELECT * FROM unnest(%(escalations)s::bigint[], %(people)s::bigint[]) AS m(escalation_id, person)
), {_NOTICES}"""  # noqa: S608  as above

#: escalations whose latest alert is of these runs, and that were opened or raised since the first of them began
TELL_OF_SCAN = f"""
WITH moved AS (
    SELECT x.escalation_id, x.holder_id AS person
    FROM deadlines_alert a
    JOIN oversight_escalation e ON e.alert_id = a.id AND e.state <> 'closed'
    JOIN oversight_escalationact x ON x.escalation_id = e.id AND x.kind = %(act)s
    WHERE a.run_id > %(since)s AND a.run_id <= %(run)s
    AND x.at >= (SELECT started_at FROM deadlines_scanrun WHERE id > %(since)s ORDER BY id LIMIT 1)
), {_NOTICES}"""  # noqa: S608  as above


def write(statement: str, **params: Any) -> int:
    """Run a writing statement; how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


def run(statement: str, **params: Any) -> list[tuple[Any, ...]]:
    """Run a writing statement; the rows it returns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()
