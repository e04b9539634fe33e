"""A database that holds nothing but published documents, laid out once and kept in `var/bench` for every later run.

It is migrated forward instead of being made anew, and an interrupted laying-out goes on where it stopped.
"""

import os
import sys
import time

from courtcms.embedded.home import state_folder
from courtcms.embedded.locks import Lock
from publicity.portal import rules
from tests.bench import courts

#: BENCH_PUBLISHED=200000 measures the size the site is meant for; laying it out takes some minutes, once
DOCUMENTS = int(os.environ.get("BENCH_PUBLISHED", "20000"))
INDEX = "portal_judgment_search"


def published(number: int = DOCUMENTS) -> str:
    """Name of a database with so many published documents."""
    name = f"published_{number}"
    guard = Lock(state_folder(courts.VAR) / name)
    guard.take(wait=courts.SEED_SECONDS)
    try:
        if (name,) not in courts.ask("postgres", "SELECT datname FROM pg_database", as_owner=True):
            courts.owner(f"CREATE DATABASE {name}")
        courts.manage(name, "migrate", "--noinput", "--skip-checks", "--verbosity", "0", owner=True)
        courts.manage(name, "grants", owner=True)
        if count(name) < number:
            _lay_out(name, number)
    finally:
        guard.drop()
    return name


def count(name: str) -> int:
    """How many documents it holds."""
    return int(str(courts.ask(name, "SELECT count(*) FROM portal_judgment")[0][0]))


def matching(name: str, query: str) -> int:
    """How many hold the words, or bear a number that begins so."""
    if rules.starts_like_case_number(query):
        condition = f"number_key LIKE '{rules.number_key(query)}%'"
    else:
        condition = f"search @@ $words${rules.query(query)}$words$::tsquery"
    return int(str(courts.ask(name, f"SELECT count(*) FROM portal_judgment WHERE {condition}")[0][0]))


def _lay_out(name: str, number: int) -> None:
    """The index of the words is built at the end, which is much quicker than row by row."""
    began = time.monotonic()
    ((definition,),) = courts.ask(name, f"SELECT pg_get_indexdef('{INDEX}'::regclass)", as_owner=True)
    courts.ask(name, f"DROP INDEX {INDEX}", as_owner=True)
    try:
        courts.manage(
            name, "seed_demo", "--cases", "0", "--append", "--published", str(number), "--today", courts.TODAY,
            "--verbosity", "0",
        )  # fmt: skip
    finally:
        courts.ask(name, f"SET maintenance_work_mem = '512MB'; {definition}", as_owner=True)
    courts.ask(name, "VACUUM ANALYZE portal_judgment", as_owner=True)
    sys.stderr.write(f"laid out {number} documents in {time.monotonic() - began:.0f} s\n")
