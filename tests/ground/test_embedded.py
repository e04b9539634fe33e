"""The bundled servers: started once, shared, stopped by the last user, whatever happens to the others."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import psycopg2
import pytest

from courtcms.embedded.home import ROOT
from tests.harness.processes import of_court

USER = """
import json, os, sys
from courtcms import embedded
embedded.provide()
print(json.dumps({name: value for name, value in os.environ.items() if name.startswith("COURTCMS_")}), flush=True)
sys.stdin.readline()
"""
OUTSIDE = ("COURTCMS_DATABASE_URL", "COURTCMS_OWNER_DATABASE_URL", "COURTCMS_PUBLIC_DATABASE_URL", "COURTCMS_REDIS_URL")


@pytest.fixture
def var() -> Iterator[Path]:
    """A data folder that the servers' user can reach, with nothing running afterwards."""
    folder = ROOT / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix="embedded-", dir=folder))
    made.chmod(0o755)
    yield made
    assert gone(made), of_court(made)
    shutil.rmtree(made)


class Command:
    """A command that uses the servers until `end`."""

    def __init__(self, var: Path, **extra: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in OUTSIDE} | {
            "COURTCMS_VAR": str(var),
            "COURTCMS_VOLATILE": "1",
            **extra,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def urls(self) -> dict[str, str]:
        """What the command was given; fails with the command's own words when it was given nothing."""
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        found: dict[str, str] = json.loads(line)
        return found

    def end(self) -> None:
        """Let it finish in an orderly way."""
        _, errors = self.process.communicate("\n", timeout=60)
        assert errors == ""

    def kill(self) -> None:
        """No time for any last words."""
        self.process.kill()
        self.process.communicate()


def gone(var: Path, seconds: float = 8) -> bool:
    """True when no process of this folder is left, after waiting for it."""
    until = time.monotonic() + seconds
    while of_court(var) and time.monotonic() < until:
        time.sleep(0.1)
    return not of_court(var)


def ask(url: str, statement: str) -> object:
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def test_a_command_gets_three_roles_and_leaves_nothing_running(var: Path) -> None:
    command = Command(var)
    urls = command.urls()
    roles = [ask(urls[name], "SELECT current_user") for name in OUTSIDE[:3]]
    assert roles == ["court_app", "court_owner", "court_public"]
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        ask(urls["COURTCMS_DATABASE_URL"].replace("court_app:", "court_app:x"), "SELECT 1")
    command.end()
    assert of_court(var) == []


def test_passwords_and_data_are_closed_to_others(var: Path) -> None:
    command = Command(var)
    command.urls()
    command.end()
    modes = {name: stat.S_IMODE((var / name).stat().st_mode) for name in ("servers", "servers/secrets.json", "data")}
    assert modes == {"servers": 0o700, "servers/secrets.json": 0o600, "data": 0o700}


def test_data_outlives_a_restart(var: Path) -> None:
    first = Command(var)
    ask(first.urls()["COURTCMS_OWNER_DATABASE_URL"], "CREATE TABLE kept AS SELECT 7 AS seven")
    first.end()
    second = Command(var)
    assert ask(second.urls()["COURTCMS_DATABASE_URL"], "SELECT seven FROM kept") == 7
    second.end()


def test_servers_are_shared_until_the_last_user_leaves(var: Path) -> None:
    first, second = Command(var), Command(var)
    urls = first.urls()
    assert second.urls() == urls
    first.end()
    assert ask(urls["COURTCMS_DATABASE_URL"], "SELECT 1") == 1
    second.end()
    assert of_court(var) == []


def test_a_killed_command_leaves_no_servers(var: Path) -> None:
    command = Command(var)
    command.urls()
    command.kill()
    assert gone(var)


def test_a_killed_keeper_is_replaced_and_its_server_stopped_in_the_end(var: Path) -> None:
    first = Command(var)
    urls = first.urls()
    os.kill(int((var / "servers" / "postgres" / "keeper").read_text()), signal.SIGKILL)
    second = Command(var)
    assert second.urls() == urls
    second.end()
    assert ask(urls["COURTCMS_DATABASE_URL"], "SELECT 1") == 1
    first.end()
    assert gone(var)


def test_a_lock_file_of_another_process_does_not_stop_the_start(var: Path) -> None:
    first = Command(var)
    first.urls()
    first.end()
    bystander = subprocess.Popen(["sleep", "60"])
    (var / "data" / "pgdata" / "postmaster.pid").write_text(f"{bystander.pid}\n{var}\n1\n5432\n\n127.0.0.1\n\nready\n")
    second = Command(var)
    assert ask(second.urls()["COURTCMS_DATABASE_URL"], "SELECT 1") == 1
    second.end()
    bystander.kill()
    bystander.wait()


def test_given_servers_are_used_and_none_is_started(var: Path) -> None:
    given = {
        "COURTCMS_DATABASE_URL": "postgresql://a@db.invalid/court",
        "COURTCMS_REDIS_URL": "redis://queue.invalid/0",
    }
    command = Command(var, **given)
    urls = command.urls()
    assert {name: urls[name] for name in given} == given
    command.end()
    assert not (var / "data").exists()


def test_a_server_that_cannot_start_says_why(var: Path) -> None:
    first = Command(var)
    first.urls()
    first.end()
    (var / "data" / "pgdata" / "global" / "pg_control").unlink()
    second = Command(var)
    _, errors = second.process.communicate(timeout=60)
    assert "PostgreSQL did not start" in errors
    assert "pg_control" in errors


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers under another user")
def test_as_root_a_closed_folder_is_left_closed(var: Path) -> None:
    closed = var / "closed"
    closed.mkdir(mode=0o700)
    command = Command(closed / "var")
    assert ask(command.urls()["COURTCMS_DATABASE_URL"], "SELECT 1") == 1
    place = Path(json.loads((closed / "var" / "servers" / "home.json").read_text())["data"])
    command.end()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert not place.is_relative_to(var)
    clean = [sys.executable, "-m", "courtcms.embedded.clean"]
    subprocess.run(clean, cwd=ROOT, env={**os.environ, "COURTCMS_VAR": str(closed / "var")}, check=True)
    with suppress(FileNotFoundError):
        assert not place.parent.exists()
