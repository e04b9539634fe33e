"""The public site as `make run` starts it, on a database of the measurements."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from courtcms.up.main import gunicorn_command, public_environment
from tests.bench import courts, pages

ROLE_URL = "COURTCMS_PUBLIC_DATABASE_URL"


@contextmanager
def served(name: str) -> Iterator[int]:
    """The port of the site; its processes end with the block."""
    courts.manage(name, "collectstatic", "--noinput", "--verbosity", "0")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        environment = public_environment(courts.VAR) | {ROLE_URL: courts.environment(name)[ROLE_URL]}
        process = subprocess.Popen(
            gunicorn_command("courtcms.public_wsgi", listener), env=environment, pass_fds=[listener.fileno()]
        )
    try:
        while not _answers(port):
            if process.poll() is not None:
                raise RuntimeError("the public site did not start")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        return pages.get(port, "/healthz")[0] == 200
    except OSError:
        return False


def cores() -> int:
    """Cores that these processes may use."""
    return len(os.sched_getaffinity(0))
