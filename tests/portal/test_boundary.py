"""The boundary is the database role: what court_public can read and do, tried on every table and column in SQL."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection

from courtcms.core import grants
from publicity.portal.models import Notice
from tests.portal import documents

ROOT = Path(__file__).resolve().parent.parent.parent
PUBLIC_URL = "COURTCMS_PUBLIC_DATABASE_URL"


@pytest.fixture
def visitor(db: None) -> Iterator[Any]:
    """A bare connection as the role of the public site, without Django and without its read-only default.

    Rights on the database itself are not copied with a template, so the court's own statements are run again here.
    """
    rights = grants.statements(tables=[], owner="court_owner", app="court_app", public="court_public")
    owner = psycopg2.connect(os.environ["COURTCMS_OWNER_DATABASE_URL"])
    owner.autocommit = True
    with owner.cursor() as cursor:
        for statement in rights:
            if " DATABASE " in statement:
                cursor.execute(statement)
    owner.close()
    held = psycopg2.connect(os.environ[PUBLIC_URL])
    held.autocommit = True
    with held.cursor() as cursor:
        yield cursor
    held.close()


def columns() -> list[tuple[str, str, str]]:
    """Every column of every table, view and foreign table of the database, seen by its owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname, c.relname, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
            "WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') "
            "AND n.nspname NOT LIKE 'pg_toast%' ORDER BY 1, 2, 3"
        )
        return cursor.fetchall()


def allowed(cursor: Any, statement: str) -> bool:
    try:
        cursor.execute(statement)
    except psycopg2.errors.InsufficientPrivilege:
        return False
    return True


def test_only_portal_tables_can_be_read_column_by_column(visitor: Any) -> None:
    tried = columns()
    assert {"cases_case", "cases_party", "audit_auditentry", "accounts_user", "django_migrations"} <= {
        t for _, t, _ in tried
    }
    readable = {
        table
        for schema, table, column in tried
        if allowed(visitor, f'SELECT "{column}" FROM "{schema}"."{table}" LIMIT 1')  # noqa: S608  names of the catalogue
    }
    assert readable == {table for _, table, _ in tried if table.startswith("portal_")} - {"portal_inbox"}


def test_nothing_can_be_written_made_or_taken_over(visitor: Any) -> None:
    for table in ("portal_judgment", "portal_tombstone", "portal_notice", "cases_case"):
        for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"UPDATE {table} SET id = id"):  # noqa: S608
            assert not allowed(visitor, statement), statement
    for statement in (
        "INSERT INTO portal_notice (id) VALUES (1)",
        "CREATE TABLE public.mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "SET ROLE court_owner",
        "SET ROLE court_app",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY portal_judgment TO PROGRAM 'true'",
    ):
        assert not allowed(visitor, statement), statement


def test_no_function_acts_for_its_owner_and_no_role_is_lent(visitor: Any) -> None:
    """A function that runs with its owner's rights would be a door in the wall; so would membership in another role."""
    visitor.execute(
        "SELECT proname FROM pg_proc WHERE prosecdef AND has_function_privilege(oid, 'EXECUTE') "
        "AND pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
    )
    assert visitor.fetchall() == []
    visitor.execute("SELECT rolname FROM pg_roles WHERE pg_has_role(oid, 'MEMBER') AND rolname <> current_user")
    assert visitor.fetchall() == []
    visitor.execute("SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication FROM pg_roles "
                    "WHERE rolname = current_user")  # fmt: skip
    assert visitor.fetchall() == [(False,) * 5]


def test_no_sequence_tells_how_many_cases_there_are(visitor: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
    assert names
    assert [name for name in names if allowed(visitor, f'SELECT last_value FROM "{name}"')] == []  # noqa: S608


def test_publishing_outside_an_audited_act_is_refused_by_the_database(db: None) -> None:
    with pytest.raises(Exception, match="outside an audited act"):
        Notice.objects.create(
            public_id="x", case_number="x", number_key="x", court_name="x", judged_on="2026-01-01", reason="minor",
            published_on="2026-01-02",
        )  # fmt: skip


def get(url: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, dict(refused.headers), refused.read().decode()


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, free_port: int) -> Iterator[str]:
    """The real public process: its settings, its role, its server."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "courtcms.settings.public_site"}
    environment.pop("COURTCMS_DATABASE_URL", None)
    environment.pop("COURTCMS_OWNER_DATABASE_URL", None)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--no-control-socket",
        "-b",
        f"127.0.0.1:{free_port}",
        "--workers",
        "1",
    ]
    collect = [sys.executable, "-m", "django", "collectstatic", "--verbosity", "0", "--no-input"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "courtcms.public_wsgi:application"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        for _ in range(100):
            try:
                get(f"http://127.0.0.1:{free_port}/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{free_port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.django_db(transaction=True)
def test_the_real_public_process_serves_everything_as_its_own_role(site: str) -> None:
    receipt = documents.push()
    gone = documents.withdraw(documents.push("（2026）津02民终2号").public_id)
    documents.announce()
    pages = [
        "/",
        "/judgments/?q=%E6%88%BF%E5%B1%8B%E8%B4%A8%E9%87%8F",
        receipt.path,
        f"{receipt.path}text/",
        "/notices/",
    ]
    pages += ["/withdrawals/", "/statistics/", "/about/", "/api/v1/judgments/", "/api/v1/schema/", "/api/v1/docs/"]
    for page in [*pages, "/en/", f"/en{receipt.path}", "/feed.atom", "/sitemap-1.xml", "/robots.txt"]:
        status, headers, _text = get(site + page)
        assert status == 200, page
        assert "Set-Cookie" not in headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert get(site + gone.path)[0] == 410
    assert get(f"{site}/nothing/")[0] == 404
    for private in ("/accounts/login/", "/api/v1/cases/", "/admin/"):
        assert get(site + private)[0] == 404
