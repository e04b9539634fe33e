"""`manage.py up`: clear words when it cannot start, nothing left when it ends."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from courtcms.embedded.home import ROOT
from courtcms.up import ports
from tests.harness.processes import of_court

COMMAND = [sys.executable, str(ROOT / "manage.py"), "up"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A court of its own: data folder, two free ports, no demo."""
    folder = ROOT / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    var = Path(mkdtemp(prefix="up-", dir=folder))
    var.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COURTCMS_", "DJANGO_"))}
    yield kept | {
        "COURTCMS_VAR": str(var),
        "COURTCMS_DEMO": "0",
        "COURTCMS_VOLATILE": "1",
        "COURTCMS_PORT": str(free_port()),
        "COURTCMS_PUBLIC_PORT": str(free_port()),
    }
    assert of_court(var) == []
    shutil.rmtree(var)


def start(environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Run it until both sites answer."""
    with log.open("wb") as out:
        process = subprocess.Popen(COMMAND, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True)
    until = time.monotonic() + 120
    while "Ctrl-C stops everything" not in log.read_text():
        assert process.poll() is None and time.monotonic() < until, log.read_text()
        time.sleep(0.1)
    return process


def test_a_taken_port_is_named_and_nothing_is_started(environment: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        done = subprocess.run(
            COMMAND,
            cwd=ROOT,
            env=environment | {"COURTCMS_PUBLIC_PORT": taken},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert f"Port {taken} on 127.0.0.1 cannot be used" in done.stderr
    assert "COURTCMS_PUBLIC_PORT=" in done.stderr
    assert not (Path(environment["COURTCMS_VAR"]) / "data").exists()


@pytest.mark.parametrize("value", ["0", "65536", "http", "８０００", "-1"])
def test_a_port_that_is_none_is_refused(environment: dict[str, str], value: str) -> None:
    done = subprocess.run(
        COMMAND, cwd=ROOT, env=environment | {"COURTCMS_PORT": value}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"COURTCMS_PORT={value} is not a port number" in done.stderr


def test_the_whole_court_starts_and_a_closed_terminal_stops_all_of_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    process = start(environment, tmp_path / "log")
    assert ports.answers(f"http://127.0.0.1:{environment['COURTCMS_PORT']}/")
    assert ports.answers(f"http://127.0.0.1:{environment['COURTCMS_PUBLIC_PORT']}/")
    second = subprocess.run(
        COMMAND,
        cwd=ROOT,
        env=environment | {"COURTCMS_PORT": str(free_port()), "COURTCMS_PUBLIC_PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert "already running" in second.stderr
    process.send_signal(signal.SIGHUP)
    assert process.wait(timeout=40) == 0
    assert of_court(Path(environment["COURTCMS_VAR"])) == []


def test_a_dead_part_stops_the_rest_and_a_killed_court_leaves_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    process = start(environment, tmp_path / "log")
    os.kill(child_of(process.pid, "beat"), signal.SIGKILL)
    assert process.wait(timeout=40) == 1
    assert "beat ended with status -9" in (tmp_path / "log").read_text()
    again = start(environment, tmp_path / "again")
    again.kill()
    again.wait()
    var, until = Path(environment["COURTCMS_VAR"]), time.monotonic() + 30
    while of_court(var) and time.monotonic() < until:
        time.sleep(0.2)


def child_of(parent: int, word: str) -> int:
    """The child whose command line has this word."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status, command = (folder / "stat").read_text(), (folder / "cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(status.rpartition(")")[2].split()[1]) == parent and word.encode() in command:
            return int(folder.name)
    raise AssertionError(f"{parent} has no child {word}")
