"""A court of any size, grown inside the database: open cases, three clocks each, some of them stopped."""

import sys
import time

from courtcms.embedded import schema
from courtcms.embedded.home import state_folder
from courtcms.embedded.locks import Lock
from tests.bench import courts

SEEDED, MILLION = 10_000, 1_000_000
#: days a copied case is filed earlier than its pattern, so that every line of long pending cases has some
_EARLIER = "CASE WHEN k %% 10 < 8 THEN 0 WHEN k %% 10 = 8 THEN 200 + (k * 37) %% 500 ELSE 400 + (k * 53) %% 900 END"
_CASES = f"""
INSERT INTO cases_case (court_id, year, type_code, type_mark, sequence, number, category, procedure, cause_code, cause,
    title, division_id, judge_id, filed_on, closing_method, status, stage, secrecy, in_custody, amount, lower_number,
    claims, duplicate_note, search_text, search_grams, created_at)
SELECT court_id, extract(year FROM c.filed_on - ({_EARLIER})), type_code, type_mark, 1000000 + k * %(base)s + c.id,
    c.number || '-' || k, category, procedure, cause_code, cause, title, division_id, judge_id,
    c.filed_on - ({_EARLIER}), '', 'open', stage, secrecy, in_custody, amount, lower_number, claims, duplicate_note,
    '', '{{}}', c.created_at
FROM cases_case c CROSS JOIN generate_series(%(first)s, %(last)s) k WHERE c.id <= %(base)s
"""
_PATTERN = """
INSERT INTO {table} ({columns})
SELECT {values} FROM {table} p
JOIN cases_case o ON o.id = p.case_id AND o.id <= %(base)s
JOIN cases_case c ON c.sequence > 1000000 AND c.sequence %% %(base)s = o.id %% %(base)s AND c.id > %(above)s
"""
_BENCH = ("role", "since", "until", "how", "reason", "user_id")
_CLOCK = (
    "pack_version", "category", "started_on", "start_event", "filed_on", "in_custody", "provisional", "stop_reason",
    "derivation", "created_at", "internal_due_on", "request_by", "decide_by",
)  # fmt: skip
#: the two other clocks of a case: publication of a judgment, a measure on real estate
_OTHERS = (("pub_judgment", "publication", 10, 120), ("prv_immovable", "preservation", 1095, 1000))
_STOPPED = """
WITH stopped AS (
    UPDATE deadlines_clock SET status = 'paused', paused_from = %(today)s::date - (20 + id %% 200)::int,
        remaining_days = 60, due_on = NULL, unrolled_on = NULL, next_threshold_on = NULL
    WHERE role = 'trial' AND status = 'running' AND id %% 33 = 0 RETURNING id, paused_from
)
INSERT INTO deadlines_clockinterval (clock_id, ground, starts_on, document, end_document, approved_by, void_reason,
    created_at)
SELECT id, 'ded_appraisal', paused_from, CASE WHEN id %% 5 = 0 THEN '' ELSE '委托书' END, '', '', '', now() FROM stopped
"""


def grown(cases: int) -> str:
    """Name of a database with so many open cases and three clocks a case; made when there is none for this schema."""
    pattern = courts.seeded(SEEDED)
    name = f"bench_grown_{cases}_{schema.fingerprint()[:8]}"
    guard = Lock(state_folder(courts.VAR) / name)
    guard.take(wait=courts.SEED_SECONDS)
    try:
        if (name,) not in courts.ask("postgres", "SELECT datname FROM pg_database", as_owner=True):
            _grow(pattern, name, cases)
    finally:
        guard.drop()
    return name


def drop(cases: int) -> None:
    """Give the room back: a court of a million cases takes about six gigabytes."""
    courts.owner(f"DROP DATABASE IF EXISTS bench_grown_{cases}_{schema.fingerprint()[:8]} WITH (FORCE)")


def _grow(pattern: str, name: str, cases: int) -> None:
    began, draft = time.monotonic(), f"{name}_draft"
    courts.owner(f"DROP DATABASE IF EXISTS {draft} WITH (FORCE)", f"CREATE DATABASE {draft} TEMPLATE {pattern}")
    connection = courts.connect(draft)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('courtcms.act', 'bench', false), set_config('jit', 'off', false)")
        copies = cases // SEEDED - 1
        for first in range(1, copies + 1, 10):
            cursor.execute("SELECT max(id) FROM cases_case")
            span = {"base": SEEDED, "first": first, "last": min(first + 9, copies), "above": cursor.fetchone()[0]}
            cursor.execute(_CASES, span)
            cursor.execute(_copied("cases_benchmember", _BENCH, "p.role = 'presiding'"), span)
            cursor.execute(_trial(), span | {"today": courts.TODAY})
            sys.stderr.write(f"\rgrown to {SEEDED * (span['last'] + 1)} cases, {time.monotonic() - began:.0f} s")
        for limit, group, days, spread in _OTHERS:
            cursor.execute(_other(limit, group, days, spread), {"today": courts.TODAY})
        cursor.execute(_STOPPED, {"today": courts.TODAY})
    connection.close()
    courts.owner(f"ALTER DATABASE {draft} RENAME TO {name}")
    courts.ask(name, "VACUUM ANALYZE", as_owner=True)
    sys.stderr.write(f"\ngrown {cases} cases in {time.monotonic() - began:.0f} s\n")


def _copied(table: str, columns: tuple[str, ...], only: str) -> str:
    values = ", ".join(f"p.{column}" for column in columns)
    pattern = _PATTERN.format(table=table, columns=f"case_id, {', '.join(columns)}", values=f"c.id, {values}")
    return f"{pattern} WHERE {only}"


def _trial() -> str:
    """Copies of the trial clock; one that the seeding scan alerted is due again."""
    columns = (*_CLOCK, "due_on", "unrolled_on", "counted_days", "near_on", "urgent_on")
    due = (
        "CASE WHEN EXISTS (SELECT FROM deadlines_alert a WHERE a.clock_id = p.id) THEN %(today)s::date "
        "ELSE p.next_threshold_on END"
    )
    fixed = "p.limit_id, p.\"group\", p.role, 'running', ''"
    values = ", ".join(f"p.{column}" for column in columns)
    return _PATTERN.format(
        table="deadlines_clock",
        columns=f'case_id, limit_id, "group", role, status, subject, next_threshold_on, {", ".join(columns)}',
        values=f"c.id, {fixed}, {due}, {values}",
    ) + " WHERE p.role = 'trial' AND p.status IN ('running', 'paused')"  # fmt: skip


def _other(limit: str, group: str, days: int, spread: int) -> str:
    """A clock of each trial clock's case, due spread evenly; its next alert comes with its thresholds."""
    due = f"%(today)s::date - 5 + (id * 7919 %% {spread})::int"
    lead = 60 if group == "preservation" else 4
    columns = ", ".join(_CLOCK)
    return (
        f'INSERT INTO deadlines_clock (case_id, limit_id, "group", role, status, subject, counted_days, due_on, '
        f"unrolled_on, near_on, urgent_on, next_threshold_on, {columns}) "
        f"SELECT case_id, '{limit}', '{group}', '{group}', 'running', '', {days}, {due}, {due}, {due} - 30, {due} - 3, "
        f"greatest({due} - {lead}, %(today)s::date), {columns.replace('category', chr(39) * 2)} "
        "FROM deadlines_clock WHERE role = 'trial'"
    )
