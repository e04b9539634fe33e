"""Courts of a given size to measure on: one database each, seeded once, kept in `var/bench` for the next run."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from courtcms import embedded
from courtcms.embedded import schema
from courtcms.embedded.home import ROOT, state_folder
from courtcms.embedded.locks import Lock

VAR = Path(os.environ.get("COURTCMS_BENCH_VAR") or ROOT / "var" / "bench")
URLS = ("COURTCMS_DATABASE_URL", "COURTCMS_OWNER_DATABASE_URL", "COURTCMS_PUBLIC_DATABASE_URL")
SEED_SECONDS = 3600.0
SEED = "20261124"
TODAY = "2026-11-24"


def provide() -> None:
    """Start the servers for this run; the cluster keeps its durability settings, as a court's would."""
    os.environ["COURTCMS_VAR"] = str(VAR)
    embedded.provide(VAR)


def environment(name: str, *, owner: bool = False) -> dict[str, str]:
    """The environment of a process that works in the database `name`."""
    urls = {variable: _named(os.environ[variable], name) for variable in URLS if variable in os.environ}
    if owner:
        urls["COURTCMS_DATABASE_URL"] = urls["COURTCMS_OWNER_DATABASE_URL"]
    return {**os.environ, **urls, "DJANGO_SETTINGS_MODULE": "courtcms.settings"}


def seeded(cases: int) -> str:
    """Name of a database with so many open cases; made when there is none for the present schema."""
    name = f"bench_{cases}_{schema.fingerprint()[:8]}"
    guard = Lock(state_folder(VAR) / name)
    guard.take(wait=SEED_SECONDS)
    try:
        if not _exists(name):
            _seed(name, cases)
    finally:
        guard.drop()
    return name


def _seed(name: str, cases: int) -> None:
    began = time.monotonic()
    draft = f"{name}_draft"
    owner(f"DROP DATABASE IF EXISTS {draft} WITH (FORCE)", f"CREATE DATABASE {draft}")
    manage(draft, "migrate", "--noinput", "--skip-checks", "--verbosity", "0", owner=True)
    manage(draft, "grants", owner=True)
    manage(draft, "seed_demo", "--cases", str(cases), "--seed", SEED, "--today", TODAY, "--open", "--verbosity", "0")
    owner(f"ALTER DATABASE {draft} RENAME TO {name}")
    ask(name, "VACUUM ANALYZE", as_owner=True)
    sys.stderr.write(f"seeded {cases} cases in {time.monotonic() - began:.0f} s\n")


@contextmanager
def copy_of(name: str) -> Iterator[str]:
    """A throw-away copy of a database."""
    copy = f"{name}_copy_{os.getpid()}"
    files = "STRATEGY FILE_COPY"  # a court of millions is copied in seconds, past the write-ahead log
    owner(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)", f"CREATE DATABASE {copy} TEMPLATE {name} {files}")
    try:
        yield copy
    finally:
        owner(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")


def manage(name: str, *arguments: str, owner: bool = False) -> str:
    """Output of a command of manage.py in the database `name`; its errors pass through."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, env=environment(name, owner=owner), cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


@cache
def collect_static() -> None:
    """The files that pages name, as they are now; once a run."""
    command = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, env=environment("postgres"), cwd=ROOT, check=True)


def connect(name: str, *, as_owner: bool = False) -> "psycopg2.extensions.connection":
    """A plain connection, without Django."""
    return psycopg2.connect(_named(os.environ[URLS[1] if as_owner else URLS[0]], name))


def ask(name: str, statement: str, *, as_owner: bool = False) -> list[tuple[object, ...]]:
    """Run one statement by itself; its rows."""
    connection = connect(name, as_owner=as_owner)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def owner(*statements: str) -> None:
    """Run statements as the owner role, outside any of the court's databases."""
    for statement in statements:
        ask("postgres", statement, as_owner=True)


def _exists(name: str) -> bool:
    return (name,) in ask("postgres", "SELECT datname FROM pg_database", as_owner=True)


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
