"""A PostgreSQL database and a Redis number for each test process, also when many runs share one machine.

All runs of a checkout share one bundled cluster in `var/test`, tuned for speed and stopped when the last run ends. The
schema is migrated once into a template database named by the digest of the migrations; each test process works in a
copy, which PostgreSQL makes in a tenth of a second. A run holds a numbered slot; its databases and Redis numbers
derive from it, so two runs never meet, and what a killed run left behind is replaced by the next run of that slot.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from courtcms import embedded
from courtcms.embedded import schema
from courtcms.embedded.home import ROOT, state_folder
from courtcms.embedded.locks import Lock

SLOTS = 64
WORKERS = 8  # Redis numbers kept for each slot
TEST_VAR = ROOT / "var" / "test"
URLS = ("COURTCMS_DATABASE_URL", "COURTCMS_OWNER_DATABASE_URL", "COURTCMS_PUBLIC_DATABASE_URL")
_held: list[Lock] = []


def with_name(url: str, name: str) -> str:
    """The same URL for another database (or Redis number)."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def begin() -> None:
    """Called once in each process of a run, before Django reads its settings."""
    if "COURTCMS_TEST_SLOT" not in os.environ:  # the first process of the run; workers inherit the rest
        os.environ["COURTCMS_VOLATILE"] = "1"
        embedded.provide(TEST_VAR)
        os.environ.setdefault("COURTCMS_OWNER_DATABASE_URL", os.environ["COURTCMS_DATABASE_URL"])
        os.environ["COURTCMS_TEST_SLOT"] = str(_slot())
    slot, worker = int(os.environ["COURTCMS_TEST_SLOT"]), worker_number()
    for variable in URLS:
        if variable in os.environ:
            os.environ[variable] = with_name(os.environ[variable], f"test_{slot}_{worker}")
    if "redis" not in os.environ.get("COURTCMS_TEST_KEEP", ""):
        number = slot * WORKERS + worker
        for variable in ("COURTCMS_REDIS_URL", "COURTCMS_PUBLIC_REDIS_URL"):
            if variable in os.environ:
                os.environ[variable] = with_name(os.environ[variable], str(number))
    var = TEST_VAR / "runs" / f"{slot}_{worker}"
    (var / "static").mkdir(parents=True, exist_ok=True)
    os.environ["COURTCMS_VAR"] = str(var)


def worker_number() -> int:
    """0 for a run without xdist, else 1 for gw0, 2 for gw1 …"""
    name = os.environ.get("PYTEST_XDIST_WORKER", "")
    return int(name.removeprefix("gw")) + 1 if name else 0


def database_name() -> str:
    """The test database of this process."""
    return urlsplit(os.environ["COURTCMS_DATABASE_URL"]).path.lstrip("/")


def create_database() -> None:
    """Make this process's database from the template, in place of an older one."""
    name = database_name()
    _owner(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template()}")


def drop_database() -> None:
    """Remove this process's database."""
    _owner(f"DROP DATABASE IF EXISTS {database_name()} WITH (FORCE)")


def template() -> str:
    """Name of the migrated template database; made by one process, while others wait, when migrations changed."""
    name = f"template_{schema.fingerprint()[:16]}"
    guard = Lock(state_folder(TEST_VAR) / "template")
    guard.take(wait=schema.MIGRATE_SECONDS)
    try:
        known = _templates()
        if name not in known:
            for stale in known:
                _try_drop(stale)
            _migrate_into(name)
    finally:
        guard.drop()
    return name


def _migrate_into(name: str) -> None:
    draft = f"draft_{os.getpid()}"
    _owner(f"DROP DATABASE IF EXISTS {draft} WITH (FORCE)", f"CREATE DATABASE {draft}")
    environment = {variable: with_name(os.environ[variable], draft) for variable in URLS if variable in os.environ}
    environment["COURTCMS_DATABASE_URL"] = environment["COURTCMS_OWNER_DATABASE_URL"]
    for command in (["migrate", "--noinput", "--skip-checks", "--verbosity", "0"], ["grants"]):
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            _try_drop(draft)
            raise RuntimeError(
                f"manage.py {' '.join(command)} failed on the test database:\n{done.stdout}{done.stderr}"
            )
    _owner(f"ALTER DATABASE {draft} RENAME TO {name}")


def _slot() -> int:
    folder = state_folder(TEST_VAR) / "slots"
    folder.mkdir(exist_ok=True)
    for number in range(SLOTS):
        lock = Lock(folder / str(number))
        if lock.take():
            _held.append(lock)
            return number
    raise RuntimeError(f"{SLOTS} test runs are under way in {ROOT}; wait for one to end")


def _owner(*statements: str) -> list[tuple[str, ...]]:
    """Run statements as the owner role, outside of any transaction."""
    connection = psycopg2.connect(with_name(os.environ["COURTCMS_OWNER_DATABASE_URL"], "postgres"))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def _templates() -> list[str]:
    return [name for (name,) in _owner("SELECT datname FROM pg_database") if name.startswith("template_")]


def _try_drop(name: str) -> None:
    """An older template may be in the middle of being copied by another run; then it stays for the next time."""
    try:
        _owner(f"DROP DATABASE IF EXISTS {name}")
    except psycopg2.OperationalError:
        return


def run_folder() -> Path:
    """Files, secrets and collected static files of this process."""
    return Path(os.environ["COURTCMS_VAR"])
