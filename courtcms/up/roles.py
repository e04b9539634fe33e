"""Database roles on a PostgreSQL server of the court's own: made when we may, spelled out when we may not."""

import os
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg2

from courtcms.embedded import cluster
from courtcms.embedded.errors import ServerError
from courtcms.embedded.home import state_folder
from courtcms.embedded.secretfile import passwords

PUBLIC_ROLE = "court_public"


def external() -> bool:
    """True when the database was given from outside (the bundled one sets its URL to our own role names and port)."""
    return os.environ.get("COURTCMS_BUNDLED") != "1"


def provide_public_role(var: Path) -> None:
    """Set COURTCMS_PUBLIC_DATABASE_URL, making the role `court_public` when the variable is absent.

    Raises ServerError with the SQL to run when the given role may not create roles.
    """
    if os.environ.get("COURTCMS_PUBLIC_DATABASE_URL"):
        return
    owner = os.environ.get("COURTCMS_OWNER_DATABASE_URL") or os.environ["COURTCMS_DATABASE_URL"]
    password = passwords(state_folder(var))[PUBLIC_ROLE]
    known = cluster.ask(owner, "SELECT 1 FROM pg_roles WHERE rolname = %s", PUBLIC_ROLE)
    verb = "ALTER" if known else "CREATE"
    try:
        cluster.ask(owner, f"{verb} ROLE {PUBLIC_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD %s", password)
    except psycopg2.errors.InsufficientPrivilege as refused:
        raise ServerError(_instructions(owner)) from refused
    os.environ["COURTCMS_PUBLIC_DATABASE_URL"] = url_for(owner, PUBLIC_ROLE, password)


def provide_extensions() -> None:
    """Make the extensions that the tables need; ServerError with the SQL to run when that is not permitted."""
    owner = os.environ.get("COURTCMS_OWNER_DATABASE_URL") or os.environ["COURTCMS_DATABASE_URL"]
    wanted = [
        name
        for name in cluster.EXTENSIONS
        if not cluster.ask(owner, "SELECT 1 FROM pg_extension WHERE extname = %s", name)
    ]
    try:
        for name in wanted:
            cluster.ask(owner, f"CREATE EXTENSION IF NOT EXISTS {name}")
    except psycopg2.Error as refused:
        lines = "\n".join(f"  CREATE EXTENSION {name};" for name in wanted)
        raise ServerError(f"Let a database administrator run this in the court's database:\n{lines}") from refused
    if not cluster.ask(owner, cluster.CHINESE_CHECK):
        raise ServerError("This database does not split Chinese text (pg_trgm): create it with LOCALE 'C.UTF-8'.")


def url_for(url: str, role: str, password: str) -> str:
    """The same database, logged in as another role."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password, safe='')}@{host}"))


def _instructions(owner: str) -> str:
    name = unquote(urlsplit(owner).path.lstrip("/"))
    return (
        "The public site needs a database role of its own, and the role of the given URL may not create one.\n"
        "Let a database administrator run this, with a password of your choice:\n"
        f"  CREATE ROLE {PUBLIC_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '…';\n"
        f'  GRANT CONNECT ON DATABASE "{name}" TO {PUBLIC_ROLE};\n'
        f"  GRANT USAGE ON SCHEMA public TO {PUBLIC_ROLE};\n"
        f"and set COURTCMS_PUBLIC_DATABASE_URL=postgresql://{PUBLIC_ROLE}:…@host/{name}"
    )
