"""`python -m courtcms.embedded.clean`: remove `var` and the private server folder; refused while somebody uses them."""

import shutil
import sys
from pathlib import Path

from courtcms.embedded.errors import ServerError
from courtcms.embedded.home import far_folder, settle, state_folder, var_folder
from courtcms.embedded.keeper import SERVICES, service
from courtcms.embedded.locks import Lock


def clean(var: Path) -> None:
    """Stop leftovers and delete everything under `var`, the servers of test runs (`var/test`) included."""
    nested = var / "test"
    if (nested / "servers").exists():
        clean(nested)
    if not (var / "servers").exists():
        shutil.rmtree(var, ignore_errors=True)
        return
    guards = [Lock(state_folder(var, name) / file) for name in SERVICES for file in ("mutex", "users")]
    if not all(guard.take(wait=5) for guard in guards):
        raise ServerError(f"The servers of {var} are in use: stop `make run` and other commands first.")
    for name in SERVICES:
        _stop_leftover(name, var)
    far = far_folder(var)
    if far is not None:
        shutil.rmtree(far, ignore_errors=True)
    shutil.rmtree(var)


def _stop_leftover(name: str, var: Path) -> None:
    try:
        server = service(name, settle(var))
        found = server.find()
    except ServerError:
        return  # no data folder, so nothing of ours can run on it
    if found:
        server.stop(found[0])


if __name__ == "__main__":
    try:
        clean(var_folder())
    except ServerError as problem:
        sys.exit(f"courtcms: {problem}")
