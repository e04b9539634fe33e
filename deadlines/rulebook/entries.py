"""The raw entries of the packs, with their place, so that every complaint can name file and entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from deadlines.rulebook.rules import RulebookError, Validity
from deadlines.rulebook.shapes import KINDS, VERSIONED, unknown_keys

Raw = Mapping[str, Any]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Entry:
    """One entry of a pack with its place, so that every complaint can name it."""

    def __init__(self, file: str, raw: Raw) -> None:
        self.file = file
        self.raw = raw
        self.id = str(raw.get("id", "?"))

    def wrong(self, reason: str) -> RulebookError:
        """The error to raise for this entry."""
        return RulebookError(f"{self.file}: {self.id}: {reason}")

    def need(self, key: str) -> Any:
        """A value that must be there."""
        if self.raw.get(key) is None:
            raise self.wrong(f"'{key}' is missing")
        return self.raw[key]

    def one_of(self, value: Any, allowed: Iterable[str], what: str) -> str:
        """The value as text, when it is one of the known words."""
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(f"unknown {what} {value!r}; known are {', '.join(sorted(allowed))}")
        return str(value)

    def name(self, language: str) -> str:
        """The name in Chinese or English; both must be there."""
        names = self.need("name")
        if not isinstance(names, dict) or not isinstance(names.get(language), str) or not names[language].strip():
            raise self.wrong(f"'name' lacks {language}")
        return str(names[language])

    def each_of(self, values: Any, allowed: Iterable[str], what: str) -> frozenset[str]:
        """Several values, each of them one of the known words."""
        if not isinstance(values, list | tuple):
            raise self.wrong(f"{what}s are no list: {values!r}")
        known = frozenset(allowed)
        unknown = [value for value in values if value not in known]
        if unknown:
            raise self.wrong(f"unknown {what} {', '.join(map(repr, unknown))}")
        return frozenset(values)

    def number(self, raw: Raw, key: str) -> int | None:
        """A whole number that may be missing."""
        value = raw.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            raise self.wrong(f"{key!r} is not a whole number: {value!r}")
        return value

    def read(self, reader: Callable[[Entry], Any]) -> Any:
        """What a reader makes of the entry; whatever it stumbles over is told with file and entry."""
        try:
            return reader(self)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise self.wrong(f"cannot be read: {type(error).__name__} {error}") from error

    def note(self, language: str) -> str:
        """The note in Chinese or English, or an empty text."""
        return str((self.raw.get("note") or {}).get(language, ""))

    def day(self, value: Any) -> date | None:
        """A date written as YYYY-MM-DD, or None."""
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise self.wrong(f"{value!r} is not a date") from error

    def valid(self) -> Validity:
        """From when to when the entry applies."""
        span = self.raw.get("valid") or {}
        validity = Validity(self.day(span.get("from")), self.day(span.get("to")))
        if validity.first and validity.last and validity.last < validity.first:
            raise self.wrong(f"valid ends on {validity.last}, before it begins on {validity.first}")
        return validity


class Entries:
    """All entries of a folder by the kind their pack declares."""

    def __init__(self, folder: Path) -> None:
        self._by_kind: dict[str, list[Entry]] = {}
        self.version = ""
        for path in sorted(folder.glob("*.yaml")):
            data = _load(path)
            head = data.get("pack") if isinstance(data, dict) else None
            if not isinstance(head, dict) or "kind" not in head or "version" not in head:
                raise RulebookError(f"{path.name}: pack: 'kind' and 'version' are missing")
            kind, rows = head["kind"], data.get("entries")
            if kind not in KINDS:
                raise RulebookError(f"{path.name}: pack: unknown kind {kind!r}; known are {', '.join(sorted(KINDS))}")
            if not isinstance(rows, list) or not rows:
                raise RulebookError(f"{path.name}: pack: 'entries' is no list of entries")
            self.version = max(self.version, str(head["version"]))
            self._by_kind.setdefault(kind, []).extend(_entry(path.name, kind, at, raw) for at, raw in enumerate(rows))
        if not self._by_kind:
            raise RulebookError(f"{folder}: packs: no pack found")
        for kind, found in self._by_kind.items():
            _once(kind, found)

    def of(self, kind: str) -> list[Entry]:
        """The entries of a kind, in the order of the files."""
        return self._by_kind.get(kind, [])


def _load(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RulebookError(f"{path.name}: pack: cannot be read: {' '.join(str(error).split())}") from error


def _entry(file: str, kind: str, at: int, raw: Any) -> Entry:
    if not isinstance(raw, dict):
        raise RulebookError(f"{file}: entry {at + 1}: is no entry: {raw!r}")
    entry = Entry(file, raw)
    if not isinstance(raw.get("id"), str):
        raise RulebookError(f"{file}: entry {at + 1}: 'id' is missing")
    for key in unknown_keys(kind, raw):
        raise entry.wrong(f"unknown key {key!r}")
    entry.raw = {**raw, "group": kind}
    return entry


def _once(kind: str, found: list[Entry]) -> None:
    """One entry an id, unless the kind has versions, which their validity tells apart."""
    seen: dict[str, str] = {}
    for entry in found if kind not in VERSIONED else ():
        if entry.id in seen:
            raise entry.wrong(f"the id stands twice, also in {seen[entry.id]}")
        seen[entry.id] = entry.file
