"""The rights of the database roles, set again after every migration.

The boundary between the court and the public is a database role: `court_public` reads the `portal_` tables, puts rows
into `portal_inbox`, and has no right on anything else.
"""

from urllib.parse import unquote, urlsplit

from django.db import connection

PORTAL_PREFIX = "portal_"
INBOX = "portal_inbox"


def apply(*, app: str, public: str) -> list[str]:
    """Set all rights for the two roles; the statements that were run. An empty name leaves that role out.

    Raises django.db.ProgrammingError when the current role does not own the tables.
    """
    done = planned(app=app, public=public)
    with connection.cursor() as cursor:
        for statement in done:
            cursor.execute(statement)
    return done


def planned(*, app: str, public: str) -> list[str]:
    """The statements that `apply` would run on this database."""
    return statements(tables=connection.introspection.table_names(), owner=_owner(), app=app, public=public)


def role_of(url: str) -> str:
    """The role that logs in with a database URL."""
    return unquote(urlsplit(url).username or "")


def statements(*, tables: list[str], owner: str, app: str, public: str) -> list[str]:
    """The SQL, ready to be run by hand by a database administrator. An empty role name leaves that role out."""
    quote = connection.ops.quote_name
    result = []
    if app and app != owner:
        result += [
            f"GRANT USAGE ON SCHEMA public TO {quote(app)}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quote(app)}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quote(app)}",
            f"REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM {quote(app)}",
        ]
    if public and public != owner:
        result += _closed(app, public)
        result += [
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quote(public)}",
            f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {quote(public)}",
            f"GRANT USAGE ON SCHEMA public TO {quote(public)}",
        ]
        for table in sorted(tables):
            if table == INBOX:
                result.append(f"GRANT INSERT ON {quote(table)} TO {quote(public)}")
            elif table.startswith(PORTAL_PREFIX):
                result.append(f"GRANT SELECT ON {quote(table)} TO {quote(public)}")
    return result


def _closed(app: str, public: str) -> list[str]:
    """What everybody may do by default in PostgreSQL is taken away: only the named roles come in."""
    quote = connection.ops.quote_name
    database = quote(connection.settings_dict["NAME"])
    result = [f"GRANT CONNECT ON DATABASE {database} TO {quote(public)}"]
    if app:
        result.append(f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {quote(app)}")
    return [
        *result,
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC",
    ]


def _owner() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])
