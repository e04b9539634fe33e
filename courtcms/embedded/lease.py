"""A command's share in a bundled server: taken before the first query, given back when the command ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from courtcms.embedded.errors import ServerError
from courtcms.embedded.home import ROOT, state_folder
from courtcms.embedded.locks import Lock

PATIENCE = 120.0  # seconds to wait for another command that is starting or stopping the same server


class Lease:
    """Use of one server. As long as one lease is held anywhere, the server runs."""

    def __init__(self, name: str, var: Path) -> None:
        self.name = name
        self.var = var
        self.folder = state_folder(var, name)
        self.owner = os.getpid()
        self._users = Lock(self.folder / "users")
        self._mutex = Lock(self.folder / "mutex")
        self._keeper = Lock(self.folder / "keeper")
        self._process: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        """Join the running server or begin to start it; `port` waits for the result, so servers start side by side."""
        if not self._mutex.take(wait=PATIENCE):
            raise ServerError(
                f"Another command has been starting or stopping {self.name} for {PATIENCE:.0f} s (see {self.folder})."
            )
        self._users.take(shared=True)
        if self._keeper.take():
            self._keeper.drop()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "courtcms.embedded.keeper", self.name, str(self.var)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                start_new_session=True,
            )

    def port(self) -> int:
        """The port of the server, once it answers."""
        try:
            if self._process is not None and self._process.stdout is not None and self._process.stderr is not None:
                if self._process.stdout.readline() != "ready\n":
                    raise ServerError(self._process.stderr.read().strip() or f"{self.name} did not start")
                self._process.stdout.close()
                self._process.stderr.close()
            return int(json.loads((self.folder / "running.json").read_text())["port"])
        finally:
            self._mutex.drop()

    def end(self) -> None:
        """Leave; the last one out has the server stopped and waits for it. In a forked child: nothing."""
        if os.getpid() != self.owner:
            return
        self._mutex.take(wait=PATIENCE)
        self._users.drop()
        if self._users.take():
            self._users.drop()
            if not self._keeper.take():
                self._stop_keeper()
        self._mutex.drop()

    def _stop_keeper(self) -> None:
        pid = int((self.folder / "keeper").read_text() or 0)
        if pid:
            os.kill(pid, signal.SIGTERM)
        self._keeper.take(wait=PATIENCE)
        self._keeper.drop()
        if self._process is not None:
            self._process.wait()
