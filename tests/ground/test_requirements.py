"""The locked requirements: complete, by hash, from nowhere in particular, and without what must stay out."""

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = {"runtime": ROOT / ".ci" / "lock" / "runtime.txt", "dev": ROOT / ".ci" / "lock" / "dev.txt"}


def wanted(name: str) -> list[str]:
    """Requirements as pyproject.toml states them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[str] = project["project"]["dependencies"] if name == "runtime" else project["dependency-groups"]["dev"]
    return found


def canonical(requirement: str) -> str:
    """`Django-Allauth[mfa]==1` → `django-allauth==1`, as the lock writes it."""
    name, _, version = re.sub(r"\[.*?\]", "", requirement).partition("==")
    return f"{re.sub(r'[-_.]+', '-', name).lower()}=={version}"


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_holds_what_the_project_asks_for(name: str) -> None:
    locked = set(re.findall(r"^([a-z0-9.\-]+==\S+) \\$", LOCKS[name].read_text(encoding="utf-8"), re.MULTILINE))
    assert {canonical(requirement) for requirement in wanted(name)} - locked == set()


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_hashes_and_no_index(name: str) -> None:
    lines = LOCKS[name].read_text(encoding="utf-8").splitlines()[1:]
    allowed = re.compile(r"[a-z0-9.\-]+==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if line and not allowed.fullmatch(line)] == []


def test_psycopg_3_stays_out() -> None:
    """Django prefers it wherever it is installed, and the project is tested with psycopg2."""
    assert find_spec("psycopg") is None
