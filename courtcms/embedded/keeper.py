"""The keeper: one small process per bundled server that lives as long as the server has users.

It is started by the first command that needs the server, holds the lock `keeper` for its whole life, and stops the
server when told to by the last user or when it notices that all users have died. A keeper that is itself killed leaves
the server running; the next keeper adopts it and stops it in turn.
"""

import contextlib
import json
import os
import signal
import sys
import threading
from pathlib import Path

from courtcms.embedded import processes
from courtcms.embedded.errors import ServerError
from courtcms.embedded.home import Home, settle, state_folder
from courtcms.embedded.locks import Lock
from courtcms.embedded.postgres import Postgres
from courtcms.embedded.valkey import Valkey

LOOK_SECONDS = 1.0  # how often a keeper looks whether anybody still uses its server
SERVICES: dict[str, type[Postgres] | type[Valkey]] = {"postgres": Postgres, "redis": Valkey}


def service(name: str, home: Home) -> Postgres | Valkey:
    """The handle of one kind of server in this home."""
    return SERVICES[name](home, state_folder(home.var))


class Keeper:
    """Runs one server until nobody uses it."""

    def __init__(self, name: str, var: Path) -> None:
        self.folder = state_folder(var, name)
        self.service = service(name, settle(var))
        self.told = threading.Event()
        self.alive = Lock(self.folder / "keeper")
        self.mutex = Lock(self.folder / "mutex")
        self.users = Lock(self.folder / "users")

    def run(self) -> None:
        """Start or adopt, say `ready` on standard output, wait, stop. The starter holds the mutex meanwhile."""
        self.alive.take(wait=10)
        (self.folder / "keeper").write_text(str(os.getpid()))
        signal.signal(signal.SIGTERM, lambda *_: self.told.set())
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        pid, port = self.service.find() or self.service.start()
        note = self.folder / "running.json"
        note.write_text(json.dumps({"pid": pid, "port": port}))
        _report_ready()
        while not self.told.wait(LOOK_SECONDS):
            if not processes.runs(pid) or self._deserted():
                break
        self.service.stop(pid)
        note.unlink(missing_ok=True)

    def _deserted(self) -> bool:
        """True when no user is left; the mutex is then kept, so nobody joins a server that is about to stop."""
        if not self.mutex.take():
            return False
        if self.users.take():
            return True
        self.mutex.drop()
        return False


def _report_ready() -> None:
    """Tell the starter, which may have died meanwhile, and cut the pipes to it."""
    with contextlib.suppress(BrokenPipeError):
        os.write(1, b"ready\n")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


if __name__ == "__main__":
    try:
        Keeper(sys.argv[1], Path(sys.argv[2])).run()
    except ServerError as problem:
        sys.exit(f"{problem}")
