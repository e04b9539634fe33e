"""The overdue scan against the bare statements that write the same rows."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from courtcms.embedded.home import ROOT
from tests.bench import courts

#: written after the scan, by the follow-up that the command adds; the report's seconds do not hold it either
FOLLOW_UP = {
    "deadlines_signal", "deadlines_signalcell", "deadlines_boardcell", "deadlines_waitcell", "deadlines_waiting",
    "deadlines_boardrefresh",
}  # fmt: skip
#: runs the command and tells the most memory it ever held, in kilobytes
RUN = """
import json, resource, subprocess, sys
out = subprocess.run([sys.executable, "manage.py", "scan", "--as-of", sys.argv[1], "--json"], stdout=subprocess.PIPE,
                     check=True).stdout
print(json.dumps(json.loads(out) | {"most_kilobytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}))
"""


def measure(name: str) -> dict[str, object]:
    """Scan a copy of the court, scan it again, and write the same rows by SQL into another copy."""
    with tempfile.TemporaryDirectory(dir=courts.VAR) as folder:
        written = {}
        with courts.copy_of(name) as scanned:
            before = _heads(scanned)
            first, again = scanned_by_command(scanned), scanned_by_command(scanned)
            for table in _grown(scanned, before):
                if table in FOLLOW_UP:
                    continue
                written[table] = Path(folder) / table
                query = f'SELECT * FROM "{table}" WHERE id > {before[table]} ORDER BY id'
                _copy_out(scanned, query, written[table])
            moved = Path(folder) / "moved"
            _copy_out(scanned, "SELECT id, next_threshold_on FROM deadlines_clock", moved)
            rows = {table: _count(scanned, table, before[table]) for table in written}
        with courts.copy_of(name) as bare:
            floor = _write(bare, written, moved)
    return {
        "first": first,
        "second": again,
        "rows_written": rows,
        "bare_sql_seconds": round(floor, 3),
        "ratio": round(first["seconds"] / floor, 2),
        "second_run_raises": sum(again["raised"].values()),
    }


def scanned_by_command(name: str) -> dict[str, object]:
    """The report of `manage.py scan` and the memory that its process needed."""
    command = [sys.executable, "-c", RUN, courts.TODAY]
    done = subprocess.run(command, env=courts.environment(name), cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def _count(name: str, table: str, head: int) -> int:
    return int(str(courts.ask(name, f'SELECT count(*) FROM "{table}" WHERE id > {head}')[0][0]))


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


def _copy_out(name: str, query: str, target: Path) -> None:
    connection = courts.connect(name)
    with connection, connection.cursor() as cursor, target.open("w") as out:
        cursor.copy_expert(f"COPY ({query}) TO STDOUT", out)
    connection.close()


def _write(name: str, written: dict[str, Path], moved: Path) -> float:
    """Seconds of the writes alone: the rows lie ready in temporary tables, each table is filled by one statement."""
    connection = courts.connect(name)
    with connection.cursor() as cursor:
        for number, (table, source) in enumerate(written.items()):
            cursor.execute(f'CREATE TEMP TABLE new_{number} (LIKE "{table}")')
            with source.open() as rows:
                cursor.copy_expert(f"COPY new_{number} FROM STDIN", rows)
        cursor.execute("CREATE TEMP TABLE moved (id bigint, next_on date)")
        with moved.open() as rows:
            cursor.copy_expert("COPY moved FROM STDIN", rows)
        cursor.execute("ANALYZE moved")
        connection.commit()
        began = time.perf_counter()
        cursor.execute("SELECT set_config('courtcms.act', 'bench', true)")
        for table in sorted(written, key=_order):
            number = list(written).index(table)
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM new_{number} ON CONFLICT DO NOTHING')
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
