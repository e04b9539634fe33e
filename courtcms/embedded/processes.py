"""Looking at and ending server processes by their id, also those that are no child of ours."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path


def command_line(pid: int) -> str:
    """The command line of a running process, empty when there is none or only its zombie."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    shown = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)
    return shown.stdout.strip()


def runs(pid: int) -> bool:
    """True while the process exists; reaps it when it is a finished child of ours."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == 0
    except ChildProcessError:  # not ours: only its entry in the process table tells
        return bool(command_line(pid))


def end(pid: int, steps: Sequence[tuple[signal.Signals, float]]) -> None:
    """Send one signal after the other, each with its time in seconds, until the process is gone."""
    for number, seconds in steps:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not runs(pid):
                return
            time.sleep(0.01)
