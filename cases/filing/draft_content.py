"""What a draft keeps of a form: every field as it was typed, the numbers of documents apart from the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.filing.form_rows import Row, typed_rows
from cases.intake import catalogue

#: longer than any field may be; what is cut here the form refuses anyway
LONGEST = 6000
NUMBER = "identity_number"


@dataclass(frozen=True)
class Typed:
    """A form as it was typed: fields of the case by name, rows of parties, keys of papers with what was entered."""

    case: dict[str, str]
    parties: list[Row]
    papers: dict[str, str]

    @property
    def empty(self) -> bool:
        """Nothing worth keeping was typed."""
        told = ("cause", "amount", "claims", "lower_number", "links")
        names = [row.get("name") or row.get(NUMBER) for row in self.parties]
        return not any(self.case.get(name) for name in told) and not any(names)


def read(data: Mapping[str, Any], case_fields: Iterable[str]) -> Typed:
    """The form in a request; unknown fields are left behind."""
    case = {name: _plain(data.get(name)) for name in case_fields if name in data}
    papers = {key: _plain(data.get(key)) for key in data if key.startswith("papers-")}
    return Typed(case, [_plain_row(row) for row in typed_rows(data)], papers)


def _plain(value: Any) -> str:
    return str(value or "").replace("\x00", "")[:LONGEST]


def _plain_row(row: Row) -> Row:
    kept: Row = {name: _plain(value) for name, value in row.items() if name != "representatives"}
    kept["representatives"] = [{name: _plain(value) for name, value in who.items()} for who in row["representatives"]]
    return kept


def split(typed: Typed) -> tuple[dict[str, Any], dict[str, str]]:
    """Content that may stand in the clear, and the numbers of documents by place of the party."""
    numbers = {str(place): row[NUMBER] for place, row in enumerate(typed.parties) if row.get(NUMBER)}
    rows = [{name: value for name, value in row.items() if name != NUMBER} for row in typed.parties]
    return {"case": typed.case, "parties": rows, "papers": typed.papers}, numbers


def join(content: Mapping[str, Any], numbers: Mapping[str, str]) -> Typed:
    """The form again from what was kept."""
    rows = [dict(row) for row in content.get("parties", [])]
    for place, row in enumerate(rows):
        row.setdefault("representatives", [])
        if str(place) in numbers:
            row[NUMBER] = numbers[str(place)]
    return Typed(dict(content.get("case", {})), rows, dict(content.get("papers", {})))


def title(typed: Typed) -> str:
    """By what a clerk knows a draft again: the first parties and the cause."""
    names = [str(row["name"]).strip() for row in typed.parties if row.get("name")]
    shown = "、".join(names[:3]) + ("…" if len(names) > 3 else "")
    return " ".join(part for part in (shown, typed.case.get("cause", "").strip()) if part)[:300]


def type_code(typed: Typed) -> str:
    """The type that was chosen; empty when it is none of the dictionary."""
    code = typed.case.get("type_code", "")
    return code if code in catalogue.case_types() else ""


def received_on(typed: Typed) -> date | None:
    """The day of receipt, if a day was typed."""
    try:
        return date.fromisoformat(typed.case.get("received_on", "").strip())
    except ValueError:
        return None
