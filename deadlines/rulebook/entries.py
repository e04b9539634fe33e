"""The raw entries of the packs, with their place, so that every complaint can name file and entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from deadlines.rulebook.rules import RulebookError, Validity

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
        if value not in allowed:
            raise self.wrong(f"unknown {what} {value!r}; known are {', '.join(sorted(allowed))}")
        return str(value)

    def name(self, language: str) -> str:
        """The name in Chinese or English; both must be there."""
        names = self.need("name")
        if not isinstance(names, dict) or not names.get(language):
            raise self.wrong(f"'name' lacks {language}")
        return str(names[language])

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
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
            head = data.get("pack") if isinstance(data, dict) else None
            if not isinstance(head, dict) or "kind" not in head or "version" not in head:
                raise RulebookError(f"{path.name}: pack: 'kind' and 'version' are missing")
            self.version = max(self.version, str(head["version"]))
            rows = [Entry(path.name, raw) for raw in data.get("entries") or []]
            self._by_kind.setdefault(head["kind"], []).extend(rows)
        if not self._by_kind:
            raise RulebookError(f"{folder}: packs: no pack found")

    def of(self, kind: str) -> list[Entry]:
        for entry in self._by_kind.get(kind, []):
            entry.need("id")
            entry.raw = {**entry.raw, "group": kind}
        return self._by_kind.get(kind, [])
