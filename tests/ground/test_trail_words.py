"""What the trail says of people and acts is shown in the reader's language, and kept in that of the court."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from courtcms.accounts import records
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import record
from courtcms.core import texts
from courtcms.desks.verbs import VERBS
from tests.factories import division, person

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("courtcms", "cases", "deadlines", "publicity", "oversight")


def _verbs() -> Iterator[tuple[str, str]]:
    """(verb or its beginning, where) of every act of the sources."""
    for path in (path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text())):
            for keyword in node.keywords if isinstance(node, ast.Call) else ():
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                value = keyword.value
                if keyword.arg != "verb":
                    continue
                if isinstance(value, ast.Constant) and "." in str(value.value):
                    yield str(value.value), where
                elif isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
                    yield str(value.values[0].value), where


def test_every_act_of_the_sources_has_words() -> None:
    found = dict(_verbs())
    assert len(found) > 100
    bare = {
        verb: where
        for verb, where in found.items()
        if verb not in VERBS and not (verb.endswith(".") and any(known.startswith(verb) for known in VERBS))
    }
    assert bare == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stored", "english"),
    [
        ("civil-1庭副庭长", "Deputy division chief, Division civil-1"),
        ("civil-1庭庭长", "Division chief, Division civil-1"),
        ("副院长", "Vice president"),
        ("civil-1庭庭长（代甲休假）", "Division chief, Division civil-1 (for 甲休假)"),
        ("没有这个庭庭长", "Division chief, 没有这个庭"),
        ("系统", "The system"),
        ("看不懂的职务", "看不懂的职务"),
        ("", ""),
    ],
)
def test_a_stored_post_in_english(stored: str, english: str) -> None:
    division()
    with translation.override("en"):
        assert records.shown(stored) == english
        assert texts.rendered("%(who)s", {"who": {"post": stored}}) == english
    with translation.override("zh-hans"):
        assert records.shown(stored) == stored


@pytest.mark.django_db
def test_the_trail_keeps_the_language_of_the_court() -> None:
    chief = person(Post.DIVISION_CHIEF, name="顾问竹", name_en="Gu Wenzhu")
    with translation.override("en"):
        record(actor=chief, verb="file.read")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor_name, entry.capacity) == ("顾问竹", "civil-1庭庭长")
