"""Keeps the bundled database at the migrations of the checkout, so any command works after a clone or an update."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from courtcms.embedded.errors import ServerError
from courtcms.embedded.home import ROOT, state_folder
from courtcms.embedded.locks import Lock

MIGRATE_SECONDS = 600.0
SOURCES = ("*/migrations/*.py", "courtcms/*/migrations/*.py", "*/*/migrations/*.py", "*/*/operations.py")
LOCKFILE = ".ci/lock/runtime.txt"  # a new version of a library may bring migrations of its own


def fingerprint() -> str:
    """A digest of every migration file and of the library versions; equal digests need no migration."""
    digest = hashlib.sha256()
    files = {path for pattern in SOURCES for path in ROOT.glob(pattern) if path.relative_to(ROOT).parts[0] != ".venv"}
    for path in sorted({*files, ROOT / LOCKFILE}):
        if path.exists():
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def ensure_migrated(var: Path) -> None:
    """Migrate when the checkout changed since the last time; two commands at once do it once."""
    state = state_folder(var)
    marker = state / "migrated"
    now = fingerprint()
    if marker.exists() and marker.read_text() == now:
        return
    guard = Lock(state / "migrating")
    if not guard.take(wait=MIGRATE_SECONDS):
        raise ServerError("Another command has been migrating the database for ten minutes; see its output.")
    try:
        if not (marker.exists() and marker.read_text() == now):
            sys.stderr.write("courtcms: preparing the bundled database …\n")
            migrate()
            marker.write_text(now)
    finally:
        guard.drop()


def owner_environment() -> dict[str, str]:
    """The environment of a process that may change the schema."""
    environment = dict(os.environ)
    owner = environment.get("COURTCMS_OWNER_DATABASE_URL")
    return environment | ({"COURTCMS_DATABASE_URL": owner} if owner else {})


def migrate() -> None:
    """Run all migrations as the owner of the tables and set the rights of the other roles; output on standard error."""
    for command in (["migrate", "--noinput", "--skip-checks", "--verbosity", "0"], ["grants"]):
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command],
            env=owner_environment(),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            check=False,
        )
        if done.returncode:
            raise ServerError(
                f"`manage.py {' '.join(command)}` failed (see above). Mend the cause and run the command again."
            )
