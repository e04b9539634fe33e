"""Audited acts against plain inserts, with one writer and with many at once."""

import json
import time

from tests.bench import courts

SECONDS = 5.0
WRITERS = (1, 8, 32, 64)
#: runs inside the database: `kind` writes for `seconds` in `writers` threads; the number of commits
WRITING = """
import json, threading, time
from django.db import connection, transaction
from courtcms.audit.services import act

def plain():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_plain (text) VALUES (repeat('x', 300))")

def audited():
    with act(actor=None, verb="bench.write", reason="bench") as entry:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_plain (text) VALUES (repeat('x', 300))")
        entry.after = {{"value": 1}}

def writer(work, until, counts, index):
    while time.monotonic() < until:
        work()
        counts[index] += 1
    connection.close()

found = {{}}
for kind, work in (("plain", plain), ("audited", audited), ("plain again", plain)):
    for writers in {writers}:
        counts = [0] * writers
        until = time.monotonic() + {seconds}
        threads = [threading.Thread(target=writer, args=(work, until, counts, n)) for n in range(writers)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        found[f"{{kind}}, {{writers}} at once"] = round(sum(counts) / {seconds})
print(json.dumps(found))
"""


def measure(cases: int) -> dict[str, object]:
    """Commits a second, and whether the chain is whole afterwards."""
    with courts.copy_of(courts.seeded(cases)) as name:
        courts.ask(name, "CREATE TABLE bench_plain (id bigserial PRIMARY KEY, text text)", as_owner=True)
        program = WRITING.format(writers=WRITERS, seconds=SECONDS)
        found = json.loads(courts.manage(name, "shell", "--verbosity", "0", "-c", program).splitlines()[-1])
        began = time.perf_counter()
        courts.manage(name, "verify_audit", "--json")  # a broken chain ends with a status that raises here
        verified = time.perf_counter() - began
        [(entries,)] = courts.ask(name, "SELECT count(*) FROM audit_auditentry")
    return {
        "commits_per_second": found,
        "entries_verified": entries,
        "verify_seconds": round(verified, 2),
    }
