"""The overdue scan against the bare statements that write the same rows."""

import io
import json
import time

from tests.bench import courts

#: every table that a scan may write; rows are told apart by their id
GROWING = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def measure(cases: int) -> dict[str, object]:
    """Scan a copy of the court, scan it again, and write the same rows by SQL into another copy."""
    name = courts.seeded(cases)
    with courts.copy_of(name) as scanned:
        before = _heads(scanned)
        first = json.loads(courts.manage(scanned, "scan", "--as-of", courts.TODAY, "--json"))
        again = json.loads(courts.manage(scanned, "scan", "--as-of", courts.TODAY, "--json"))
        written = {table: _new_rows(scanned, table, before[table]) for table in _grown(scanned, before)}
        moved = _copy_out(scanned, "SELECT id, next_threshold_on FROM deadlines_clock")
    with courts.copy_of(name) as bare:
        floor = _write(bare, written, moved)
    return {
        "cases": cases,
        "first": first,
        "second": again,
        "rows_written": {table: text.count("\n") for table, text in written.items()},
        "bare_sql_seconds": round(floor, 3),
        "ratio": round(first["seconds"] / floor, 2),
        "second_run_raises": sum(again["raised"].values()),
    }


def _heads(name: str) -> dict[str, int]:
    """The highest id of each table that has one."""
    query = (
        "SELECT table_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND column_name = 'id' AND data_type IN ('bigint', 'integer')"
    )
    tables = [str(table) for (table,) in courts.ask(name, query)]
    return {table: int(str(courts.ask(name, f'SELECT coalesce(max(id), 0) FROM "{table}"')[0][0])) for table in tables}


def _grown(name: str, before: dict[str, int]) -> list[str]:
    after = _heads(name)
    return sorted(table for table, head in after.items() if head > before.get(table, 0))


def _new_rows(name: str, table: str, head: int) -> str:
    """Rows of the first scan, as COPY text. The second scan writes its heartbeat and its entry in the trail alone."""
    return _copy_out(name, f'SELECT * FROM "{table}" WHERE id > {head} ORDER BY id')


def _copy_out(name: str, query: str) -> str:
    connection, out = courts.connect(name), io.StringIO()
    with connection, connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({query}) TO STDOUT", out)
    connection.close()
    return out.getvalue()


def _write(name: str, written: dict[str, str], moved: str) -> float:
    """Seconds of the writes alone: the rows lie ready in temporary tables, each table is filled by one statement."""
    connection = courts.connect(name)
    with connection.cursor() as cursor:
        for number, (table, text) in enumerate(written.items()):
            cursor.execute(f'CREATE TEMP TABLE new_{number} (LIKE "{table}")')
            cursor.copy_expert(f"COPY new_{number} FROM STDIN", io.StringIO(text))
        cursor.execute("CREATE TEMP TABLE moved (id bigint, next_on date)")
        cursor.copy_expert("COPY moved FROM STDIN", io.StringIO(moved))
        cursor.execute("ANALYZE moved")
        connection.commit()
        began = time.perf_counter()
        cursor.execute("SELECT set_config('courtcms.act', 'bench', true)")
        for table in sorted(written, key=_order):
            source = list(written).index(table)
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM new_{source} ON CONFLICT DO NOTHING')
        cursor.execute(
            "UPDATE deadlines_clock c SET next_threshold_on = m.next_on FROM moved m "
            "WHERE m.id = c.id AND c.next_threshold_on IS DISTINCT FROM m.next_on"
        )
        connection.commit()
        seconds = time.perf_counter() - began
    connection.close()
    return seconds


def _order(table: str) -> tuple[bool, bool, str]:
    """Parents before children: the run, then alerts, then what rests on alerts."""
    return (table != "deadlines_scanrun", table != "deadlines_alert", table)
