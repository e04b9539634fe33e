"""PostgreSQL and Redis: given from outside by COURTCMS_DATABASE_URL and COURTCMS_REDIS_URL, else bundled.

`provide()` is called before Django is loaded. It starts what is needed and not running, sets the variables that the
settings read, and arranges that the last command out stops the servers. docs/adr says why, docs/operations.md how.
"""

import atexit
import os
from pathlib import Path

from courtcms.embedded import valkey
from courtcms.embedded.errors import ServerError
from courtcms.embedded.home import state_folder, var_folder
from courtcms.embedded.lease import Lease
from courtcms.embedded.secretfile import passwords

__all__ = ["ServerError", "provide", "withdraw"]

DATABASE_URLS = {
    "COURTCMS_DATABASE_URL": "court_app",
    "COURTCMS_OWNER_DATABASE_URL": "court_owner",
    "COURTCMS_PUBLIC_DATABASE_URL": "court_public",
}
_leases: list[Lease] = []


def bundled_postgres() -> bool:
    """True when the database is not given from outside."""
    return not (os.environ.get("COURTCMS_DATABASE_URL") or os.environ.get("COURTCMS_DATABASE_URL_FILE"))


def provide(var: Path | None = None) -> None:
    """Make both servers available to this process and its children until it ends; ServerError when that fails."""
    try:
        _provide(var or var_folder())
    except PermissionError as refused:
        raise ServerError(f"{refused.filename} belongs to another user: run as that user, or remove it.") from refused


def _provide(folder: Path) -> None:
    wanted = [Lease("postgres", folder)] if bundled_postgres() else []
    if not (os.environ.get("COURTCMS_REDIS_URL") or os.environ.get("COURTCMS_REDIS_URL_FILE")):
        wanted.append(Lease("redis", folder))
    for lease in wanted:
        lease.begin()
        _leases.append(lease)
    if wanted:
        atexit.register(withdraw)
    ports = {lease.name: lease.port() for lease in wanted}
    secrets = passwords(state_folder(folder))
    if "postgres" in ports:
        os.environ["COURTCMS_BUNDLED"] = "1"
        for variable, role in DATABASE_URLS.items():
            os.environ[variable] = f"postgresql://{role}:{secrets[role]}@127.0.0.1:{ports['postgres']}/courtcms"
    if "redis" in ports:
        server = f"127.0.0.1:{ports['redis']}/0"
        os.environ["COURTCMS_REDIS_URL"] = f"redis://:{secrets['redis']}@{server}"
        password = valkey.public_password(secrets["redis"])
        os.environ["COURTCMS_PUBLIC_REDIS_URL"] = f"redis://{valkey.PUBLIC_USER}:{password}@{server}"


def withdraw() -> None:
    """Give the servers back; they stop when nobody else uses them."""
    while _leases:
        _leases.pop().end()
