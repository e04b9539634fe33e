"""Both languages are complete: no sentence without English, none hard-wired, placeholders agree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from courtcms.core import catalogues
from courtcms.core.management.commands.translations import Command

ROOT = Path(__file__).resolve().parent.parent.parent
HAN = re.compile(r"[\u3400-\u9fff]")
MARKS = {"_", "N_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}

#: files whose Chinese is matter, not interface: court text that is parsed, dictionaries, invented data
MATTER = (
    "courtcms/core/gallery.py",
    "courtcms/settings/base.py",
    "courtcms/embedded/",
    "cases/filing/citations.py",
    "cases/intake/catalogue.py",
    "cases/intake/import_columns.py",
    "cases/intake/import_rows.py",
    "cases/intake/import_template.py",
    "cases/intake/identity.py",
    "cases/intake/names.py",
    "cases/intake/number_repair.py",
    "cases/intake/numbers.py",
    "cases/intake/titles.py",
    "deadlines/calendars/notice.py",
    "deadlines/clocks/parsing.py",
    "publicity/judgments/clearance.py",
    "publicity/judgments/documents.py",
    "publicity/judgments/facts.py",
    "publicity/judgments/parser.py",
    "publicity/judgments/titles.py",
    "publicity/judgments/words.py",
    "publicity/redaction/",
    "*/rules.py",
    "*/rules_*.py",
    "*/demo/*",
    "*/demo.py",
    "*/data/*",
    "*/management/commands/*",
)
#: a legal source is cited in its own language
CITATION = re.compile(r"(?:\S*法[释发]?(?:〔\d{4}〕\d+号)?|)第?[^，。]{0,12}[号条项款]\S*")
#: single letters that mark a kind of hidden text
LETTERS_OF = ("publicity/", "deadlines/rulebook/book.py")
TEMPLATE_MATTER = ("design.html",)


def is_matter(path: Path) -> bool:
    name = path.as_posix()
    return any(name.startswith(entry) or path.match(entry) for entry in MATTER)


def hard_wired(source: str) -> Iterator[tuple[int, str]]:
    """Chinese string constants outside translation calls, docstrings and citations."""
    tree, marks = ast.parse(source), MARKS | catalogues.aliases(source)
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in marks:
                inside.update(id(child) for argument in node.args for child in ast.walk(argument))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in inside:
            continue
        if HAN.search(node.value) and not CITATION.fullmatch(node.value):
            yield node.lineno, node.value


def test_every_sentence_has_english_and_no_english_is_stale() -> None:
    report = catalogues.compare(ROOT)
    assert [f"{use.places[0]} {use.msgid}" for use in report.missing] == []
    assert report.unused == []
    assert report.broken == []


def test_no_python_file_shows_chinese_outside_a_translation() -> None:
    found = []
    for path in catalogues.sources(ROOT):
        if path.suffix != ".py" or is_matter(path):
            continue
        source = (ROOT / path).read_text(encoding="utf-8")
        lines = source.splitlines()
        found += [
            f"{path}:{line} {text[:40]}"
            for line, text in hard_wired(source)
            if "# not translated:" not in lines[line - 1]
            and not (len(text) == 1 and path.as_posix().startswith(LETTERS_OF))
        ]
    assert found == [], "\n".join(found)


TAGS = re.compile(
    r"{#.*?#}|{% *comment.*?{% *endcomment *%}|"
    r"{% *blocktrans(?:late)?\b.*?{% *endblocktrans(?:late)? *%}|{%.*?%}|{{.*?}}",
    re.S,
)
TRANSLATED = re.compile(r"""_\((?:"[^"]*"|'[^']*')\)|{% *trans(?:late)? +(?:"[^"]*"|'[^']*')""")


def bare(text: str) -> str:
    """What a template shows as it stands, and strings inside tags that are not translated."""
    shown = TAGS.sub(" ", text)
    inside = " ".join(
        TRANSLATED.sub(" ", tag) for tag in re.findall(r"{%[^%]*%}|{{[^}]*}}", text) if "blocktrans" not in tag
    )
    return shown + inside


def test_no_template_shows_chinese_outside_a_translation() -> None:
    found = []
    for path in catalogues.sources(ROOT):
        if path.suffix == ".py" or path.name in TEMPLATE_MATTER:
            continue
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if "{# not translated:" not in line)
        text = re.sub(r"{#.*?#}", "", text, flags=re.S)
        # the name of a language stands in that language
        for match in HAN.finditer(bare(text).replace(">中文", ">")):
            found.append(f"{path} {bare(text)[max(0, match.start() - 15) : match.start() + 15]!r}")
            break
    assert found == [], "\n".join(found)


def test_no_script_holds_a_sentence() -> None:
    scripts = sorted((ROOT / "courtcms/static/courtcms").glob("*.js"))
    assert scripts
    assert [path.name for path in scripts if HAN.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("floor", catalogues.FLOORS)
def test_a_catalogue_holds_each_sentence_once(floor: str) -> None:
    path = catalogues.catalogue_path(ROOT, floor)
    if not path.exists():
        pytest.skip("this floor has no catalogue yet")
    text = path.read_text(encoding="utf-8")
    with path.open("rb") as stream:
        known = sum(1 for message in read_po(stream) if message.id)
    assert len(re.findall(r"^msgid ", text, re.M)) - 1 == known


def test_a_lost_sentence_and_a_wrong_placeholder_are_found(tmp_path: Path) -> None:
    (tmp_path / "courtcms").mkdir()
    (tmp_path / "courtcms" / "a.py").write_text(
        '_("你好")\n_("%(n)s 件")\nngettext("%(n)s 项", "%(n)s 项", n)\n', encoding="utf-8"
    )
    (tmp_path / "templates" / "cases").mkdir(parents=True)
    (tmp_path / "templates" / "cases" / "b.html").write_text(
        "  {% translate '再见' %}\n{{ _('可以') }}", encoding="utf-8"
    )
    assert catalogues.write_missing(tmp_path) == 5
    assert catalogues.write_missing(tmp_path) == 0
    path = catalogues.catalogue_path(tmp_path, "courtcms")
    filled = path.read_text(encoding="utf-8").replace(
        'msgid "%(n)s 件"\nmsgstr ""', 'msgid "%(n)s 件"\nmsgstr "%(m)s cases"'
    )
    path.write_text(filled + '\nmsgid "没有了"\nmsgstr "gone"\n', encoding="utf-8")
    report = catalogues.compare(tmp_path)
    assert {str(use.msgid) for use in report.missing} == {"你好", "再见", "可以", "('%(n)s 项', '%(n)s 项')"}
    assert report.unused == [("courtcms", "没有了")]
    assert report.broken == [("courtcms", "%(n)s 件")]
    assert {use.floor for use in report.missing if use.msgid in {"再见", "可以"}} == {"cases"}


def test_the_compiled_catalogue_speaks_english() -> None:
    catalogues.compile_all(ROOT)
    with translation.override("en"):
        assert translation.gettext("退出登录") == "Sign out"


def test_the_command_is_there_without_a_database() -> None:
    assert Command.requires_system_checks == []
