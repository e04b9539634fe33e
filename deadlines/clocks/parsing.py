"""From what people and files write to a question; every mistake is kept, none stops at the first.

An entry is `{id, limit_id, start, kind, extensions: [{amount, unit}], excluded: [{from, to, ground}], in_custody}`;
allowed as well are `add` (the whole length instead of the limit's own), `filed` (chooses older rules) and `note`, which
nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from deadlines.clocks.arithmetic import parse_amount
from deadlines.clocks.terms import Excluded, Problem, Question
from deadlines.rulebook.book import Rulebook
from deadlines.rulebook.rules import Amount, Limit, UnknownRule

FORWARD_KINDS = frozenset({"forward", "after", "day", "days", "month", "working_day", "working_days", "year"})
BACKWARD_KINDS = frozenset({"backward", "before", "hard_date"})
HOUR_KINDS = frozenset({"hour", "hours"})
#: keys of an entry and of its parts; another one is a mistake, since whoever wrote it meant something by it
ENTRY_KEYS = frozenset({
    "id", "limit_id", "limit", "start", "kind", "extensions", "excluded", "exclude", "in_custody", "add", "filed",
    "note",
})  # fmt: skip
AMOUNT_KEYS = frozenset({"amount", "unit", "note"})
INTERVAL_KEYS = frozenset({"from", "to", "ground", "note"})
_NAIVE_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")


class Reader:
    """Reads one entry and collects what is wrong with it."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.problems: list[Problem] = []

    def wrong(self, code: str, field: str, **params: Any) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, field, params))

    def keys(self, row: Mapping[Any, Any], known: frozenset[str], field: str, place: str = "") -> None:
        """Note keys that nobody reads; `place` names the row in the message."""
        if not row.keys() <= known:
            for key in row:
                if key not in known:
                    self.wrong(
                        "key_unknown", field or str(key), key=str(key), place=place, known="、".join(sorted(known))
                    )

    def moment(self, value: Any, field: str, place: str = "") -> date | datetime | None:
        """A day, or a day with a time, from ISO text or from what YAML made of it; `place` names it in the message."""
        if isinstance(value, datetime):
            return value.replace(tzinfo=None)
        if isinstance(value, date):
            return value
        if value in (None, ""):
            self.wrong("date_missing", field, place=place or field)
            return None
        text = str(value).strip()
        try:
            if not _NAIVE_ISO.fullmatch(text):
                raise ValueError
            return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
        except ValueError:
            self.wrong("date_impossible", field, value=text, place=place or field)
            return None

    def day(self, value: Any, field: str, place: str = "") -> date | None:
        """A day; of a moment its date."""
        moment = self.moment(value, field, place)
        return moment.date() if isinstance(moment, datetime) else moment

    def flag(self, value: Any, field: str) -> bool:
        """Yes or no, as JSON, YAML or people write it; nothing is no."""
        if value in (None, "", False, 0):
            return False
        if value is True or value == 1:
            return True
        word = str(value).strip().lower()
        if word not in ("true", "yes", "false", "no", "是", "否"):
            self.wrong("flag_unknown", field, value=value)
        return word in ("true", "yes", "是")

    def amounts(self, rows: Any, field: str) -> tuple[Amount, ...]:
        """`[{amount, unit}, …]`, or texts such as "6 month"."""
        found: list[Amount] = []
        for number, row in enumerate(rows if isinstance(rows, list | tuple) else [rows], 1):
            if isinstance(row, Mapping):
                self.keys(row, AMOUNT_KEYS, field, f"{field} {number}, ")
            amount, unit = self._pair(row)
            try:
                found += parse_amount(amount, unit)
            except ValueError as error:
                if str(error) == "unit":
                    code = "unit_unknown" if unit else "amount_shape"
                    self.wrong(code, field, number=number, unit=unit, value=amount)
                else:
                    self.wrong("amount_not_positive", field, number=number, amount=amount)
        return tuple(found)

    @staticmethod
    def _pair(row: Any) -> tuple[Any, Any]:
        if isinstance(row, Mapping):
            return row.get("amount"), row.get("unit")
        if isinstance(row, list | tuple) and len(row) == 2:
            return row[0], row[1]
        match = re.fullmatch(r"\s*(-?[0-9.]+)\s*(\S.*?)\s*", str(row))
        return (match[1], match[2]) if match else (str(row), "")

    def intervals(self, rows: Any) -> tuple[Excluded, ...]:
        """`[{from, to, ground}, …]`, or texts such as 2025-03-03..2025-03-28:ded_appraisal."""
        found = []
        for number, row in enumerate(rows if isinstance(rows, list | tuple) else [rows], 1):
            interval = self._interval(row, number)
            if interval is not None:
                found.append(interval)
        return tuple(found)

    def _interval(self, row: Any, number: int) -> Excluded | None:
        if isinstance(row, str):
            head, separator, tail = row.partition("..")
            end, _, ground = tail.partition(":")
            if not separator:
                self.wrong("interval_shape", "excluded", value=row)
                return None
            row = {"from": head, "to": end.strip() or None, "ground": ground.strip()}
        if not isinstance(row, Mapping):
            self.wrong("interval_shape", "excluded", value=str(row))
            return None
        self.keys(row, INTERVAL_KEYS, "excluded", f"excluded {number}, ")
        first = self.day(row.get("from"), "excluded", f"excluded {number}, from")
        last = self.day(row["to"], "excluded", f"excluded {number}, to") if row.get("to") not in (None, "") else None
        if first is None or (last is None and row.get("to") not in (None, "")):
            return None
        return Excluded(first, last, str(row.get("ground") or ""))

    def limit(self, limit_id: Any, filed: date | None) -> Limit | None:
        """The version of the limit for the filing day."""
        if limit_id in (None, ""):
            self.wrong("limit_missing", "limit_id")
            return None
        try:
            return self.book.limit(str(limit_id), filed)
        except UnknownRule as error:
            self.wrong(error.code, "limit_id", limit=str(limit_id))
            return None

    def kind(self, kind: Any, limit: Limit) -> None:
        """Whether the way of counting that the entry names fits the limit."""
        in_hours = any(part.unit == "hour" for part in limit.parts)
        fits = BACKWARD_KINDS if limit.before else FORWARD_KINDS | HOUR_KINDS if in_hours else FORWARD_KINDS
        if kind is None or str(kind) in fits:
            return
        known = str(kind) in FORWARD_KINDS | BACKWARD_KINDS | HOUR_KINDS
        self.wrong("kind_mismatch" if known else "kind_unknown", "kind", kind=str(kind), limit=limit.id)


def read_question(entry: Any, book: Rulebook) -> tuple[Question | None, list[Problem]]:
    """The question an entry asks, or None with every problem found in it."""
    reader = Reader(book)
    if not isinstance(entry, Mapping):
        return None, [Problem("entry_shape", "", {})]
    reader.keys(entry, ENTRY_KEYS, "")
    start = reader.moment(entry.get("start"), "start")
    filed = reader.day(entry["filed"], "filed") if entry.get("filed") else None
    on = filed or (start.date() if isinstance(start, datetime) else start)
    limit = reader.limit(entry.get("limit_id", entry.get("limit")), on)
    if limit is not None:
        reader.kind(entry.get("kind") or None, limit)
    extensions = reader.amounts(entry.get("extensions") or [], "extensions")
    parts = reader.amounts(entry["add"], "add") if entry.get("add") else None
    excluded = reader.intervals(entry.get("excluded") or entry.get("exclude") or [])
    in_custody = reader.flag(entry.get("in_custody"), "in_custody")
    if reader.problems or limit is None or start is None:
        return None, reader.problems
    question = Question(
        limit=limit,
        start=start,
        extensions=extensions,
        excluded=excluded,
        in_custody=in_custody,
        parts=parts,
        filed=filed,
    )
    return question, []


def read_all(entries: Iterable[Any], book: Rulebook) -> Iterable[tuple[Any, Question | None, list[Problem]]]:
    """Every entry with its question or its problems."""
    for entry in entries:
        question, problems = read_question(entry, book)
        yield entry, question, problems
