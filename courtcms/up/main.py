"""`manage.py up`: claims the ports, prepares everything, runs the sites, worker and beat until it is told to stop."""

import argparse
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from courtcms import embedded
from courtcms.embedded.errors import ServerError
from courtcms.embedded.home import ROOT, state_folder, var_folder
from courtcms.embedded.locks import Lock
from courtcms.up import banner, ports, steps
from courtcms.up.supervisor import Child, Stop, Supervisor

READY_SECONDS = 60.0
#: not needed after the migrations
STAFF_SECRETS = ("COURTCMS_OWNER_DATABASE_URL", "COURTCMS_PUBLIC_DATABASE_URL", "COURTCMS_PUBLIC_REDIS_URL")
PUBLIC_KEEPS = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "COURTCMS_HOSTS",
    "COURTCMS_DEBUG",
    "COURTCMS_COURT_CODE",
    "COURTCMS_COURT_NAME",
    "COURTCMS_COURT_NAME_EN",
    "COURTCMS_SITE_ADDRESS",
    "COURTCMS_PUBLIC_PROXIES",
    "COURTCMS_PUBLIC_REDIS_URL",
)


def run(arguments: Sequence[str]) -> int:
    """Exit status: 0 after a signal, 1 when something could not start or a process died."""
    argparse.ArgumentParser(
        prog="manage.py up",
        description="Starts the staff site (COURTCMS_PORT, 8000), the public site (COURTCMS_PUBLIC_PORT, 8001), a "
        "Celery worker and beat; database and queue are bundled unless COURTCMS_DATABASE_URL and COURTCMS_REDIS_URL "
        "name others.",
    ).parse_args(arguments)
    supervisor = Supervisor(sys.stdout)
    supervisor.catch_signals()
    try:
        return _run(supervisor)
    except Stop as stop:
        supervisor.say(f"{stop} received, closing")
        return 0
    except ServerError as problem:
        sys.stderr.write(f"courtcms: {problem}\n")
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stopped = supervisor.stop()
        embedded.withdraw()
        if stopped:
            supervisor.say("everything has stopped")


def _run(supervisor: Supervisor) -> int:
    began = time.monotonic()
    var = var_folder()
    staff, public = ports.claim("COURTCMS_PORT"), ports.claim("COURTCMS_PUBLIC_PORT")
    urls = [ports.url(staff), ports.url(public)]
    only_one = Lock(state_folder(var) / "up")
    if not only_one.take():
        raise ServerError(f"This court is already running (its data folder {var} is in use by another `manage.py up`).")
    embedded.provide(var)
    steps.prepare_schema(var)
    steps.compile_translations()
    steps.collect_static(var)
    steps.load_demo(supervisor.say)
    _start_sites(supervisor, var, staff, public)
    _await_sites(supervisor, urls)
    _start_work(supervisor, var)
    banner.show(supervisor.say, urls, time.monotonic() - began, demo=steps.is_demo())
    _explain(supervisor, supervisor.wait())
    return 1


def _start_sites(supervisor: Supervisor, var: Path, staff: socket.socket, public: socket.socket) -> None:
    supervisor.start("staff", gunicorn_command("courtcms.wsgi", staff), _court_environment(var), [staff.fileno()])
    supervisor.start(
        "public", gunicorn_command("courtcms.public_wsgi", public), public_environment(var), [public.fileno()]
    )
    staff.close()
    public.close()


def _start_work(supervisor: Supervisor, var: Path) -> None:
    court = _court_environment(var)
    celery = [sys.executable, "-W", "ignore", "-m", "celery", "--app", "courtcms.celery", "--quiet"]
    quiet = ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    supervisor.start("worker", [*celery, "worker", "--concurrency", "2", *quiet], court)
    schedule = str(steps.owned(var) / "beat-schedule")
    supervisor.start("beat", [*celery, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "INFO"], court)


def _court_environment(var: Path) -> dict[str, str]:
    """What the staff site, worker and beat may know: not the owner of the tables."""
    kept = {name: value for name, value in os.environ.items() if name not in STAFF_SECRETS}
    return kept | {"DJANGO_SETTINGS_MODULE": "courtcms.settings", "PYTHONUNBUFFERED": "1", "COURTCMS_VAR": str(var)}


def gunicorn_command(application: str, listener: socket.socket) -> list[str]:
    """How a site is served. Threads: a browser opens connections ahead of need, one such would block a plain worker."""
    options = ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    options += [
        "--preload",
        "--graceful-timeout",
        "5",
        "--timeout",
        "60",
        "--chdir",
        str(ROOT),
        "--log-level",
        "warning",
    ]
    return [sys.executable, "-m", "gunicorn", *options, "--bind", f"fd://{listener.fileno()}", application]


def public_environment(var: Path) -> dict[str, str]:
    """What the public process may know: the URL of its own database role and keys that open nothing of the court."""
    kept = {name: os.environ[name] for name in PUBLIC_KEEPS if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "courtcms.settings.public_site",
        "PYTHONUNBUFFERED": "1",
        "COURTCMS_VAR": str(var),
        "COURTCMS_PUBLIC_DATABASE_URL": os.environ["COURTCMS_PUBLIC_DATABASE_URL"],
        "COURTCMS_SECRET_KEY": os.environ.get("COURTCMS_PUBLIC_SECRET_KEY") or secrets.token_urlsafe(48),
        "COURTCMS_FIELD_KEY": secrets.token_urlsafe(48),
    }


def _await_sites(supervisor: Supervisor, urls: list[str]) -> None:
    until = time.monotonic() + READY_SECONDS
    for url in urls:
        while not ports.answers(url):
            child = supervisor.dead()
            if child is not None:
                _explain(supervisor, child)
                raise ServerError("A part of the court did not start (see the lines above).")
            if time.monotonic() > until:
                raise ServerError(f"{url} did not answer within {READY_SECONDS:.0f} s (see the lines above).")
            time.sleep(0.1)


def _explain(supervisor: Supervisor, child: Child) -> None:
    time.sleep(0.2)  # its last lines are still on their way
    supervisor.say(f"{child.name} ended with status {child.process.returncode}; the rest is stopped. Its last lines:")
    for line in child.last_lines:
        supervisor.say(f"  {line}")
