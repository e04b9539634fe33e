"""The memory of the worker that scans: a real Celery worker, as `make run` starts it, over a grown court."""

import os
import subprocess
import sys
import time
from pathlib import Path

from courtcms.embedded.home import ROOT
from tests.bench import courts

SECONDS = 1200.0
DONE = (
    "SELECT count(*) FROM deadlines_scanrun r, deadlines_boardrefresh b "
    "WHERE r.finished_at IS NOT NULL AND r.as_of = b.as_of AND r.as_of > '{today}' AND b.as_of > '{today}'"
)


def measure(name: str) -> dict[str, object]:
    """The most that parent and children held while the scan of the day and its follow-up ran, in megabytes.

    `rss` counts what parent and children share in each of them; `pss` divides it among them. A worker that starts asks
    by itself for the scan that is owed: the courts to measure on were scanned yesterday.
    """
    with courts.copy_of(name) as copy:
        command = [sys.executable, "-W", "ignore", "-m", "celery", "--app", "courtcms.celery", "--quiet", "worker"]
        environment = {**courts.environment(copy), "COURTCMS_REDIS_URL": os.environ["COURTCMS_REDIS_URL"]}
        worker = subprocess.Popen([*command, "--concurrency", "2", "--loglevel", "ERROR"], cwd=ROOT, env=environment)
        most: dict[int, dict[str, int]] = {}
        began = time.monotonic()
        try:
            while not courts.ask(copy, DONE.format(today=courts.TODAY))[0][0]:
                if worker.poll() is not None or time.monotonic() - began > SECONDS:
                    raise RuntimeError("the worker did not scan")
                for pid in (worker.pid, *_children(worker.pid)):
                    held = _held(pid)
                    most[pid] = {key: max(held[key], most.get(pid, held)[key]) for key in held}
                time.sleep(0.5)
        finally:
            worker.terminate()
            worker.wait()
    children = [held for pid, held in most.items() if pid != worker.pid]
    scanning = max(children, key=lambda held: held["pss"])
    return {
        "process_that_scans": _megabytes(scanning), "parent": _megabytes(most[worker.pid]),
        "all_pss": round(sum(held["pss"] for held in most.values()) / 1024), "processes": len(most),
        "seconds": round(time.monotonic() - began),
    }  # fmt: skip


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _held(pid: int) -> dict[str, int]:
    """Kilobytes of a process, by /proc; nothing of one that has ended."""
    held = {"rss": 0, "pss": 0}
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            key, _, rest = line.partition(":")
            if key.lower() in held:
                held[key.lower()] = int(rest.split()[0])
    except (FileNotFoundError, ProcessLookupError):
        pass
    return held


def _megabytes(held: dict[str, int]) -> dict[str, int]:
    return {key: round(kilobytes / 1024) for key, kilobytes in held.items()}
