"""File locks: how the commands of one checkout agree on who uses the bundled servers.

A lock of `flock` belongs to an open file and is dropped by the kernel when its process dies, however it dies. So a
killed command never counts as a user for ever, and no process id needs to be trusted.
"""

import fcntl
import os
import time
from pathlib import Path

PAUSE = 0.02  # seconds between two attempts


class Lock:
    """One lockable file. Child processes do not inherit it, because the descriptor closes on exec."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, shared: bool = False, wait: float = 0) -> bool:
        """Try for up to `wait` seconds; True when the lock is held."""
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        until = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(self._fd, kind | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() >= until:
                    return False
                time.sleep(PAUSE)

    def drop(self) -> None:
        """Give the lock back; the file stays open and can be locked again."""
        fcntl.flock(self._fd, fcntl.LOCK_UN)
