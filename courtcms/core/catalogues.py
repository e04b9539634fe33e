"""Message catalogues without gettext binaries: collect msgids from Python and templates, compare, write, compile.

msgids are Simplified Chinese, so only English is kept in catalogues, one per floor: `locale/<floor>/en/LC_MESSAGES`.
A msgid used on two floors needs English in one of them only, since Django merges the catalogues.
"""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

FLOORS = ("courtcms", "cases", "deadlines", "publicity", "oversight")
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]")
ALIAS = re.compile(r"\b(?:gettext(?:_lazy|_noop)?|N_) as (\w+)")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

KEYWORDS: dict[str, tuple[int, ...] | tuple[tuple[int, str], int] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}

Msgid = str | tuple[str, str]


@dataclass
class Use:
    """A msgid in the sources: the floor it belongs to and where it stands."""

    msgid: Msgid
    context: str | None
    floor: str
    places: list[str] = field(default_factory=list)


@dataclass
class Report:
    """What stands between the sources and a complete English."""

    missing: list[Use]
    unused: list[tuple[str, Msgid]]
    broken: list[tuple[str, Msgid]]

    def __bool__(self) -> bool:
        return bool(self.missing or self.unused or self.broken)


def floor_of(path: Path) -> str:
    """The floor whose catalogue holds the sentences of a file (path relative to the project)."""
    parts = path.parts
    if parts[0] == "templates":
        if parts[1] in FLOORS:
            return parts[1]
        return "publicity" if parts[1] == "portal" else "courtcms"
    return parts[0]


def sources(root: Path) -> Iterator[Path]:
    """Python files and templates of the project, relative to its root."""
    for floor in FLOORS:
        yield from (
            path.relative_to(root) for path in sorted((root / floor).rglob("*.py")) if "migrations" not in path.parts
        )
    yield from (
        path.relative_to(root) for path in sorted((root / "templates").rglob("*")) if path.suffix in {".html", ".txt"}
    )


def _readable(root: Path, path: Path) -> bytes:
    text = (root / path).read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    # templatize leaves Python calls between blanked text; indentation would only confuse the tokenizer
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines()).encode()


def aliases(source: str) -> set[str]:
    """Other names under which a Python file imports the translating functions."""
    return set(ALIAS.findall(source))


def messages_in(root: Path, path: Path) -> Iterator[tuple[int, Msgid, str | None]]:
    """(line, msgid, context) of each translated sentence of one file; a plural is a pair."""
    source = _readable(root, path)
    keywords = KEYWORDS | dict.fromkeys(aliases(source.decode()))
    found = extract("python", io.BytesIO(source), keywords=keywords, options={"encoding": "utf-8"})
    for line, message, _comments, context in found:
        if isinstance(message, list | tuple):
            message = (message[0], message[1])
        yield line, message, context


def _first(msgid: Msgid) -> str:
    return msgid if isinstance(msgid, str) else msgid[0]


def collect(root: Path) -> dict[tuple[str, str | None], Use]:
    """Every Chinese sentence of the sources, by its first form and context."""
    uses: dict[tuple[str, str | None], Use] = {}
    for path in sources(root):
        for line, msgid, context in messages_in(root, path):
            if not HAN.search(_first(msgid)):
                continue
            key = (_first(msgid), context)
            use = uses.setdefault(key, Use(msgid, context, floor_of(path)))
            if isinstance(msgid, tuple):
                use.msgid = msgid
            use.places.append(f"{path}:{line}")
    return uses


def catalogue_path(root: Path, floor: str) -> Path:
    """Where the English of a floor lies."""
    return root / "locale" / floor / "en" / "LC_MESSAGES" / "django.po"


def load(root: Path, floor: str) -> Catalog:
    """The catalogue of a floor; an empty one when the floor has none yet."""
    path = catalogue_path(root, floor)
    if not path.exists():
        return Catalog(locale="en", project="courtcms", charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale="en")


def _complete(message: object) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)  # type: ignore[attr-defined]
    return all(texts) and "fuzzy" not in message.flags  # type: ignore[attr-defined]


def _placeholders_agree(msgid: Msgid, string: str | tuple[str, ...]) -> bool:
    wanted = set(PLACEHOLDER.findall(" ".join(msgid) if isinstance(msgid, tuple) else msgid))
    texts = string if isinstance(string, tuple | list) else (string,)
    # the singular of a plural may say "one" instead of the number
    found = set().union(*(PLACEHOLDER.findall(text) for text in texts))
    return found == wanted


def compare(root: Path) -> Report:
    """Sentences without English, English without a sentence, and English whose placeholders differ."""
    uses = collect(root)
    complete: set[tuple[str, str | None]] = set()
    unused: list[tuple[str, Msgid]] = []
    broken: list[tuple[str, Msgid]] = []
    for floor in FLOORS:
        for message in load(root, floor):
            if not message.id:
                continue
            key = (_first(message.id), message.context)
            if key not in uses:
                unused.append((floor, message.id))
            elif _complete(message) and isinstance(uses[key].msgid, tuple) == isinstance(message.id, tuple):
                complete.add(key)
                if not _placeholders_agree(message.id, message.string):
                    broken.append((floor, message.id))
    missing = [use for key, use in uses.items() if key not in complete]
    return Report(missing, unused, broken)


def write_missing(root: Path) -> int:
    """Append empty entries for what is missing, each to its own floor; gives the number of new entries."""
    written = 0
    missing = compare(root).missing
    for floor in FLOORS:
        catalogue = load(root, floor)
        new = [use for use in missing if use.floor == floor and catalogue.get(use.msgid, use.context) is None]
        if not new:
            continue
        path = catalogue_path(root, floor)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(_HEADER, encoding="utf-8")
        addition = Catalog(locale="en", charset="utf-8")
        for use in new:
            addition.add(use.msgid, locations=[(use.places[0].rsplit(":", 1)[0], 0)], context=use.context)
        buffer = io.BytesIO()
        write_po(buffer, addition, omit_header=True, width=0, include_lineno=False)
        with path.open("ab") as stream:
            stream.write(b"\n" + buffer.getvalue().strip() + b"\n")
        written += len(new)
    return written


_HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: courtcms\\n"\n"Language: en\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)


def compile_all(root: Path) -> list[Path]:
    """Write the .mo of every catalogue; gives their paths."""
    written = []
    for floor in FLOORS:
        source = catalogue_path(root, floor)
        if not source.exists():
            continue
        target = source.with_suffix(".mo")
        draft = target.with_suffix(f".{os.getpid()}.draft")  # moved into place whole: others may be reading
        with draft.open("wb") as stream:
            write_mo(stream, load(root, floor))
        draft.replace(target)
        written.append(target)
    return written
