"""What a fresh cluster gets: three roles, one database, the extensions. All of it may be run again without harm."""

import psycopg2

DATABASE = "courtcms"
ROLES = ("court_owner", "court_app", "court_public")
CHINESE_CHECK = "SELECT show_trgm('合同') <> '{}'"  # false when LC_CTYPE of the database is C
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")


def ask(dsn: str, statement: str, *values: str) -> object:
    """Run one statement outside any transaction; the first value of its first row, or None."""
    connection = psycopg2.connect(dsn, connect_timeout=10)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None
    finally:
        connection.close()


def prepare(server: str, passwords: dict[str, str]) -> None:
    """`server` is a libpq connection string of the superuser without a database name."""
    for role in ROLES:
        if not ask(f"{server} dbname=postgres", "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
            ask(f"{server} dbname=postgres", f"CREATE ROLE {role}")
        ask(f"{server} dbname=postgres", f"ALTER ROLE {role} LOGIN PASSWORD %s", passwords[role])
    ask(f"{server} dbname=postgres", "ALTER ROLE court_owner CREATEDB")
    ask(f"{server} dbname=postgres", "GRANT pg_signal_backend TO court_owner")
    furnish(f"{server} dbname=template1")
    if not ask(f"{server} dbname=postgres", "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
        ask(f"{server} dbname=postgres", f"CREATE DATABASE {DATABASE} OWNER court_owner")
    furnish(f"{server} dbname={DATABASE}")


def furnish(dsn: str) -> None:
    """Extensions and default rights of one database; template1 has them so that test databases are born with them."""
    rights = "ALTER DEFAULT PRIVILEGES FOR ROLE court_owner IN SCHEMA public GRANT"
    for statement in (
        *(f"CREATE EXTENSION IF NOT EXISTS {name}" for name in EXTENSIONS),
        "GRANT ALL ON SCHEMA public TO court_owner",
        "GRANT USAGE ON SCHEMA public TO court_app, court_public",
        f"{rights} SELECT, INSERT, UPDATE, DELETE ON TABLES TO court_app",
        f"{rights} USAGE, SELECT ON SEQUENCES TO court_app",
    ):
        ask(dsn, statement)
