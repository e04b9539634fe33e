"""Runs the processes of the court side by side: prefixed logs, one dead child ends all, nobody is left behind.

honcho, the usual library, was tried: it ignores SIGHUP, and its helper processes survive a kill -9 of the terminal and
keep everything running. See docs/adr.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

GRACE = 10.0  # seconds for an orderly end before the process group is killed
COLOURS = (36, 33, 35, 32, 34)
CHILD = Path(__file__).with_name("child.py")


class Stop(Exception):
    """A signal asked the court to close. `number` is the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@dataclass
class Child:
    """One process of the court and the thread that copies its log lines."""

    name: str
    process: subprocess.Popen[bytes]
    last_lines: list[str] = field(default_factory=list)


class Supervisor:
    """Starts children, waits for the first to end or for a signal, stops all."""

    def __init__(self, out: IO[str]) -> None:
        self.out = out
        self.children: list[Child] = []
        self._writing = threading.Lock()

    def catch_signals(self) -> None:
        """SIGINT, SIGTERM and SIGHUP raise `Stop` in the main thread, once; while closing they are ignored."""

        def stop(number: int, frame: object) -> None:
            for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(name, signal.SIG_IGN)
            raise Stop(number)

        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, stop)

    def start(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], keep: Sequence[int] = ()
    ) -> None:
        """Start one child in its own process group; `keep` are file descriptors that it inherits."""
        process = subprocess.Popen(
            [sys.executable, "-S", "-E", str(CHILD), str(os.getpid()), *command],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=tuple(keep),
        )
        child = Child(name, process)
        self.children.append(child)
        threading.Thread(target=self._copy, args=(child, len(self.children) - 1), daemon=True).start()

    def dead(self) -> Child | None:
        """The first child that has ended, if any."""
        return next((child for child in self.children if child.process.poll() is not None), None)

    def wait(self) -> Child:
        """Block until a child ends."""
        while True:
            child = self.dead()
            if child is not None:
                return child
            time.sleep(0.2)

    def stop(self) -> bool:
        """End all children: politely, then by force. Returns when none is left; False when there were none."""
        for child in self.children:
            _signal_group(child, signal.SIGTERM)
        until = time.monotonic() + GRACE
        while time.monotonic() < until and any(child.process.poll() is None for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            _signal_group(child, signal.SIGKILL)  # also what a dead leader left in its group
            child.process.wait()
        return bool(self.children)

    def say(self, text: str, name: str = "court", colour: int = 1) -> None:
        """One line of log with its origin. A closed terminal is no reason to fail."""
        prefix = f"{name:<6} | "
        if self.out.isatty():
            prefix = f"\x1b[{colour}m{prefix}\x1b[0m"
        with self._writing:
            try:
                self.out.write(f"{prefix}{text}\n")
                self.out.flush()
            except (OSError, ValueError):
                return

    def _copy(self, child: Child, index: int) -> None:
        for raw in child.process.stdout or ():
            line = raw.decode(errors="replace").rstrip()
            child.last_lines = [*child.last_lines[-7:], line]
            self.say(line, child.name, COLOURS[index % len(COLOURS)])


def _signal_group(child: Child, number: signal.Signals) -> None:
    try:
        os.killpg(child.process.pid, number)
    except (ProcessLookupError, PermissionError):
        return
