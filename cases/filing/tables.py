"""Reading the data of this room, and which of its lines fits a case. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cases.intake.catalogue import CaseType, case_types, causes

DATA = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of a table by the names of its columns; lines with # explain."""
    lines = [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    head = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(head, line.split("\t"), strict=True))


@dataclass(frozen=True)
class Kind:
    """What the tables look at: type, procedure and cause of a case, by their keys."""

    type_code: str
    procedure: str = ""
    cause_code: str = ""

    @property
    def case_type(self) -> CaseType | None:
        """The type of the dictionary, None for an unknown code."""
        return case_types().get(self.type_code)


@cache
def above(cause_code: str) -> frozenset[str]:
    """The cause itself and everything it lies under."""
    found = set()
    cause = causes().get(cause_code)
    while cause is not None and cause.code not in found:
        found.add(cause.code)
        cause = causes().get(cause.parent)
    return frozenset(found)


def fits(row: Mapping[str, str], kind: Kind) -> bool:
    """Does a line apply? Columns types, categories, instances, procedures, cause_under; * or a missing column = any."""
    case_type = kind.case_type
    if case_type is None:
        return False
    procedure = kind.procedure or case_type.procedure_keys[0]
    asked = (
        ("types", {case_type.code}),
        ("categories", {case_type.category}),
        ("instances", {case_type.instance}),
        ("procedures", {procedure}),
        ("cause_under", above(kind.cause_code)),
    )
    return all(row.get(column, "*") == "*" or set(row[column].split(",")) & wanted for column, wanted in asked)


def first(name: str, kind: Kind) -> dict[str, str] | None:
    """The first line of a table that fits, or None."""
    return next((row for row in rows(name) if fits(row, kind)), None)
