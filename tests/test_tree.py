"""Promises that the tree itself keeps: closed tables, no hidden imports, no cascade over a record, no foreign host."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("courtcms", "cases", "deadlines", "oversight", "publicity")
SOURCES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if "migrations" not in path.parts)

#: tables of the four apps and the ground that need no audited act, each with its reason
UNGUARDED = {
    "accounts_user": "signing in writes last_login; posts and absences are guarded",
    "cases_importjob": "progress of a running import; each case it writes is an audited act",
    "cases_filingdraft": "a form half filled in, nobody's record yet; handing it in or dropping it is an act",
    "audit_auditlane": "head of a chain, written by act() itself",
    "audit_auditentry": "append-only by its own trigger",
    "publicity_namepass": "how far the worker has read; what it finds is laid down in an act",
    "notices_notice": "telling and reading follow from acts; they change nothing the court answers for",
    "notices_digestsubscription": "one's own address for the digest",
    "notices_digestrun": "what was owed on a day, checked against the messages",
    "notices_outgoingmessage": "state and answer of a mail, written beside the mail server, outside any act",
}


def tracked() -> list[str]:
    """Files that git knows, read once."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return listed.stdout.split()


def own_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in FLOORS and model._meta.app_label != "portal" and model._meta.managed
    ]


@pytest.mark.django_db
def test_every_table_of_the_court_refuses_writes_outside_an_act() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname = 'audit_require_act'"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    tables = {model._meta.db_table for model in own_models()}
    assert tables - guarded - set(UNGUARDED) == set()


def test_nothing_cascades_over_a_record_of_a_person_or_a_case() -> None:
    """Deleting a person, a court or a case must never take a record with it."""
    protected = {"User", "Case", "Court", "Division"}
    found = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model.__name__ in protected
        and field.remote_field.on_delete is models.CASCADE
    ]
    assert found == []


def test_no_function_hides_an_import() -> None:
    """An import inside a function hides a cycle."""
    hidden = []
    for path in SOURCES:
        if "settings" in path.parts or path.name in {"embedded.py"} or "embedded" in path.parts:
            continue  # they run before Django is there
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name != "ready":
                inner = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
                hidden += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in inner]
    assert hidden == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today|timezone\.now)\(")
    found = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path != ROOT / "courtcms/core/clock.py" and asking.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_file_is_over_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert long == {}


def test_templates_and_scripts_are_free_of_inline_code_and_foreign_hosts() -> None:
    script = r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>"
    inline = re.compile(script + r"|\sstyle=\"|\son[a-z]+=\"", re.I)
    foreign = re.compile(r"(?:src|href|action)=\"https?://", re.I)
    found = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(ROOT)}: {match.group(0)}" for match in inline.finditer(text)]
        found += [f"{path.relative_to(ROOT)}: {match.group(0)}" for match in foreign.finditer(text)]
    assert found == []


def test_no_tracked_file_names_a_package_index_or_a_home_folder() -> None:
    bad = re.compile(r"--(?:extra-)?index[-]url|pypi\.org/simple|/[r]oot/|/home/[a-z]+/")
    here = Path(__file__).name
    found = [
        name
        for name in tracked()
        if (ROOT / name).suffix in {".py", ".txt", ".toml", ".md", ".yaml", ".yml", ""}
        and Path(name).name != here
        and (ROOT / name).is_file()
        and bad.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []


def test_every_template_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    pages = {
        str(path.relative_to(ROOT / "templates")): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "templates").rglob("*.html"))
    }
    by_convention = re.compile(r"^(?:\d{3}\w*|account/|mfa/|allauth/|django/|drf_spectacular/)")
    unused = [
        name
        for name in pages
        if not by_convention.match(name)
        and name not in code
        and not any(name in text for other, text in pages.items() if other != name)
    ]
    assert unused == []
