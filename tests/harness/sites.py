"""Real processes beside a test: the public site under its own database role, and a Celery worker."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import Celery

from courtcms.embedded.home import ROOT
from tests.harness import servers

START_SECONDS = 60.0
OF_THE_COURT = ("COURTCMS_DATABASE_URL", "COURTCMS_OWNER_DATABASE_URL", "COURTCMS_REDIS_URL")


@contextmanager
def running(
    name: str, command: list[str], environment: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A child process with its log file; ended when the block ends."""
    log = servers.run_folder() / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process, log
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def public_site() -> Iterator[str]:
    """The address of the public site, which knows the database only as `court_public`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    environment = {name: value for name, value in os.environ.items() if name not in OF_THE_COURT}
    environment["DJANGO_SETTINGS_MODULE"] = "courtcms.settings.public_site"
    _collect_static(environment)
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--worker-class", "gthread", "--bind", address]
    with running("public", [*command, "courtcms.public_wsgi"], environment) as (process, log):
        until = time.monotonic() + START_SECONDS
        while not _answers(f"http://{address}/"):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the public site did not start:\n{log.read_text()}")
            time.sleep(0.1)
        yield f"http://{address}"


@contextmanager
def worker() -> Iterator[Celery]:
    """The Celery app, with one real worker process listening to this test process's Redis number."""
    from courtcms.celery import app  # noqa: PLC0415  reads the settings, which the harness sets first

    command = [sys.executable, "-m", "celery", "--app", "courtcms.celery", "--quiet", "worker", "--pool", "solo"]
    command += ["--without-gossip", "--without-mingle", "--loglevel", "INFO", "--hostname", f"test-{os.getpid()}@%h"]
    with running("worker", command, {**os.environ, "DJANGO_SETTINGS_MODULE": "courtcms.settings.test"}) as (
        process,
        log,
    ):
        until = time.monotonic() + START_SECONDS
        while not app.control.ping(timeout=1):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the worker did not start:\n{log.read_text()}")
        yield app


def _collect_static(environment: dict[str, str]) -> None:
    """Once for each test process; the public site serves hashed files as in production."""
    if not (servers.run_folder() / "static" / "staticfiles.json").exists():
        command = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdin=subprocess.DEVNULL)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False
