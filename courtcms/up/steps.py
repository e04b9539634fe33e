"""What has to be in place before the sites start: schema, roles, translations, static files, the demo court."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path

import psycopg2

from courtcms.demo.accounts import ACCOUNTS
from courtcms.embedded import cluster, schema
from courtcms.embedded.errors import ServerError
from courtcms.embedded.home import ROOT
from courtcms.up import roles

STATIC_SOURCES = ("courtcms/static", "publicity/static")


def manage(*arguments: str, owner: bool = False) -> None:
    """Run a command of manage.py with its output on our standard error; ServerError when it fails."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=schema.owner_environment() if owner else dict(os.environ),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode:
        raise ServerError(f"`manage.py {' '.join(arguments)}` failed (see above); the court was not started.")


def prepare_schema(var: Path) -> None:
    """Migrations and rights; on a database of the court's own also the role of the public site."""
    if not roles.external():
        schema.ensure_migrated(var)
        return
    _check_connection()
    roles.provide_extensions()
    roles.provide_public_role(var)
    schema.migrate()


def compile_translations() -> None:
    """Write the binary catalogues that are missing or older than their source."""
    for source in (ROOT / "locale").glob("*/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            manage("translations", "--compile", "--verbosity", "0")
            return


def collect_static(var: Path) -> None:
    """Gather and hash static files when a source or a library has changed since the last time."""
    marker = var / "static" / ".sources"
    now = _static_digest()
    if marker.exists() and marker.read_text() == now:
        return
    manage("collectstatic", "--noinput", "--clear", "--verbosity", "0")
    marker.write_text(now)


#: no court yet, or a demo court whose loading was interrupted before its first case
DEMO_OWED = """
SELECT NOT EXISTS (SELECT FROM courts_court)
    OR (NOT EXISTS (SELECT FROM cases_case) AND EXISTS (SELECT FROM accounts_user WHERE username = %s))
"""


def load_demo(say: Callable[[str], None]) -> None:
    """The demo court, once; a court of the operator's own is left alone."""
    dsn = os.environ["COURTCMS_DATABASE_URL"]
    if not is_demo() or not cluster.ask(dsn, DEMO_OWED, ACCOUNTS[0][0]):
        return
    say("loading the demo court (once, about a minute) …")
    manage("seed_demo")


def is_demo() -> bool:
    """Invented people and cases are wanted; in production never."""
    wanted = os.environ.get("COURTCMS_DEMO", "1").lower() not in {"0", "false", "no", "off"}
    return wanted and os.environ.get("COURTCMS_ENV") != "production"


def _check_connection() -> None:
    try:
        cluster.ask(os.environ["COURTCMS_DATABASE_URL"], "SELECT 1")
    except psycopg2.OperationalError as problem:
        raise ServerError(f"The database of COURTCMS_DATABASE_URL does not answer: {problem}") from problem


def _static_digest() -> str:
    """Names, sizes and times of our own static files and the versions of all libraries."""
    digest = hashlib.sha256(os.environ.get("COURTCMS_ENV", "").encode())
    for folder in STATIC_SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            status = path.stat()
            digest.update(f"{path.relative_to(ROOT)} {status.st_size} {status.st_mtime_ns}\n".encode())
    for name in sorted(f"{found.name} {found.version}" for found in distributions()):
        digest.update(name.encode())
    return digest.hexdigest()


def owned(var: Path) -> Path:
    """Folder of the scheduler's memory."""
    folder = var / "celery"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
