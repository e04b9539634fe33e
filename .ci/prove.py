"""Proves `make run` on a clean clone: it starts, both sites answer, a scan has run, it stops and comes back.

Prints one line for each proof and a closing line like that of pytest; exit status 1 at the first proof that fails.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_START = 900.0  # seconds; installation from a cold package cache included
RESTART = 10.0  # on a machine that is otherwise idle
FOREIGN = ("COURTCMS_", "DJANGO_", "PYTEST_")
COUNT = "from {module} import {model}; print({model}.objects.count())"


class Failed(Exception):
    """A proof did not hold."""


class Court:
    """A clone of the project in a temporary folder and its `make run`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = [free_port(), free_port()]
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)} | {
            "COURTCMS_PORT": str(self.ports[0]),
            "COURTCMS_PUBLIC_PORT": str(self.ports[1]),
        }
        self.log = folder.parent / "run.log"
        self.process: subprocess.Popen[bytes] | None = None

    def clone(self) -> None:
        """The committed state, or a copy of the folder where there is no git."""
        if (ROOT / ".git").exists() and shutil.which("git"):
            subprocess.run(["git", "clone", "--quiet", str(ROOT), str(self.folder)], check=True)
        else:
            skipped = shutil.ignore_patterns(".venv", "var", "__pycache__")
            shutil.copytree(ROOT, self.folder, ignore=skipped)

    def start(self, within: float) -> float:
        """`make run` until both sites answer; the seconds it took."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                ["make", "run"], cwd=self.folder, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        for port in self.ports:
            while not answers(port):
                if self.process.poll() is not None:
                    raise Failed(f"make run ended with status {self.process.returncode}")
                if time.monotonic() - began > within:
                    raise Failed(f"no answer on port {port} within {within:.0f} s")
                time.sleep(0.1)
        return time.monotonic() - began

    def manage(self, *arguments: str) -> str:
        """Output of a command run beside the running court."""
        command = [".venv/bin/python", "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Failed(f"{' '.join(arguments)}: {done.stderr.strip()[-500:]}")
        return done.stdout.strip().splitlines()[-1]

    def stop(self, number: signal.Signals) -> None:
        """Send the signal to the group, as a terminal does, and wait for the end."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(timeout=40)

    def clean(self) -> None:
        """End what still runs and remove everything that lies outside of the clone, too."""
        self.stop(signal.SIGKILL)
        command = ["make", "clean"]
        subprocess.run(command, cwd=self.folder, env=self.environment, check=False, capture_output=True)

    def leftovers(self) -> list[str]:
        """Processes that still know the folder of the clone, or the private one of its servers."""
        note = self.folder / "var" / "servers" / "home.json"
        names = [str(self.folder), note.read_text().split('"')[3] if note.exists() else str(self.folder)]
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                known = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
                known += os.fsencode((entry / "cwd").readlink())
            except OSError:
                continue
            if int(entry.name) != os.getpid() and any(os.fsencode(name) in known for name in names):
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def a_scan_has_run(court: Court) -> None:
    """The catch-up scan that the start triggers."""
    until = time.monotonic() + 60
    while court.manage("shell", "-c", COUNT.format(module="deadlines.scan.models", model="ScanRun")) == "0":
        if time.monotonic() > until:
            raise Failed("no scan within a minute of the start")
        time.sleep(1)


def nothing_is_left(court: Court) -> None:
    left = court.leftovers()
    if left:
        raise Failed("still running: " + "; ".join(left))
    if any(answers(port) for port in court.ports):
        raise Failed("a port still answers")


def comes_back(court: Court, cases: str) -> None:
    load = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))  # other people's work makes everything so much slower
    seconds = court.start(RESTART * load)
    print(f"       restart took {seconds:.1f} s (load {load:.1f} per core)")
    if court.manage("shell", "-c", COUNT.format(module="cases.models", model="Case")) != cases:
        raise Failed("the cases of before are not all there")


def prove(court: Court) -> int:
    """Run the proofs in order; their number."""
    cases: list[str] = []

    def first_start() -> None:
        print(f"       first start took {court.start(FIRST_START):.1f} s")

    proofs: list[tuple[str, Callable[[], None]]] = [
        ("a clean clone starts and both sites answer", first_start),
        ("a scan has run", lambda: a_scan_has_run(court)),
        (
            "the demo court is loaded",
            lambda: cases.append(court.manage("shell", "-c", COUNT.format(module="cases.models", model="Case"))),
        ),
        ("Ctrl-C stops it", lambda: court.stop(signal.SIGINT)),
        ("nothing is left running", lambda: nothing_is_left(court)),
        ("it comes back within 10 s with its data", lambda: comes_back(court, cases[0])),
        ("SIGTERM stops it", lambda: court.stop(signal.SIGTERM)),
        ("again nothing is left running", lambda: nothing_is_left(court)),
    ]
    for name, proof in proofs:
        print(f"proving: {name}", flush=True)
        proof()
    return len(proofs)


def main() -> int:
    began = time.monotonic()
    place = Path(tempfile.mkdtemp(prefix="courtcms-proof-"))
    court = Court(place / "clone")
    try:
        court.clone()
        proofs = prove(court)
    except (Failed, subprocess.SubprocessError) as problem:
        print(court.log.read_text(errors="replace")[-6000:] if court.log.exists() else "")
        print(f"=== 1 failed in {time.monotonic() - began:.1f}s: {problem} ===")
        return 1
    finally:
        court.clean()
        shutil.rmtree(place, ignore_errors=True)
    print(f"=== {proofs} passed in {time.monotonic() - began:.1f}s ===")
    return 0


if __name__ == "__main__":
    sys.exit(main())
