"""What each command of manage.py needs before it can run."""

import os
from collections.abc import Sequence

from courtcms import embedded
from courtcms.embedded import schema
from courtcms.embedded.home import var_folder

#: commands that touch neither database nor queue
NOTHING = frozenset(
    {
        "help",
        "version",
        "--help",
        "--version",
        "-h",
        "check",
        "collectstatic",
        "compilemessages",
        "makemessages",
        "diffsettings",
        "findstatic",
        "translations",
        "spectacular",
    }
)
#: commands that need the servers but work on the schema themselves, or start it all in their own order
SERVERS_ONLY = frozenset(
    {
        "migrate",
        "makemigrations",
        "showmigrations",
        "sqlmigrate",
        "squashmigrations",
        "optimizemigration",
        "dbshell",
        "grants",
    }
)
#: commands that may change the schema run as the owner of the tables
AS_OWNER = frozenset(
    {
        "migrate",
        "grants",
        "flush",
        "sqlflush",
    }
)
#: the command that brings up servers, schema and sites in its own order
UP = "up"


def provide_for(command: str, arguments: Sequence[str]) -> None:
    """Start what the command needs. A help request needs nothing."""
    if command in NOTHING or command == UP or {"-h", "--help"} & set(arguments):
        return
    bundled = embedded.bundled_postgres()
    embedded.provide()
    if bundled and command not in SERVERS_ONLY:
        schema.ensure_migrated(var_folder())
    owner = os.environ.get("COURTCMS_OWNER_DATABASE_URL")
    if command in AS_OWNER and owner:
        os.environ["COURTCMS_DATABASE_URL"] = owner
