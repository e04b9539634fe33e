"""Many due dates at once, for commands and machines: one answer per entry, in order, a bad one with its error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import Any

from deadlines.calendars.rules import WorkCalendar
from deadlines.clocks.parsing import read_all
from deadlines.clocks.rules import compute
from deadlines.clocks.terms import Answer, Impossible, Problem
from deadlines.clocks.wording import Teller, day_text, problem_text
from deadlines.rulebook.book import Rulebook

_encode = json.JSONEncoder(ensure_ascii=False).encode


def answer_record(answer: Answer, teller: Teller) -> dict[str, Any]:
    """An answer as JSON; dates as ISO text."""
    return {
        "due_on": day_text(answer.due),
        "unrolled": day_text(answer.unrolled),
        "internal_due": day_text(answer.internal),
        "request_by": day_text(answer.request_by),
        "decide_by": day_text(answer.decide_by),
        "provisional": answer.provisional,
        "paused": answer.paused,
        "remaining_days": answer.remaining,
        "derivation": [teller.record(step) for step in answer.steps],
    }


def answer_json(answer: Answer, teller: Teller) -> str:
    """The same as JSON text without its opening brace, several times faster than encoding the record."""
    days = (answer.due, answer.unrolled, answer.internal, answer.request_by, answer.decide_by)
    due, unrolled, internal, ask, decide = ("null" if day is None else f'"{day_text(day)}"' for day in days)
    remaining = "null" if answer.remaining is None else answer.remaining
    return (
        f'"due_on": {due}, "unrolled": {unrolled}, "internal_due": {internal}, "request_by": {ask}, '
        f'"decide_by": {decide}, "provisional": {str(answer.provisional).lower()}, '
        f'"paused": {str(answer.paused).lower()}, "remaining_days": {remaining}, '
        f'"derivation": [{", ".join(map(teller.json, answer.steps))}]}}'
    )


def due_dates_json(entries: Iterable[Any], book: Rulebook, calendar: WorkCalendar) -> Iterator[tuple[str, str]]:
    """Answer every entry as JSON text, with the line that names it and its fault (empty for a good one)."""
    teller = Teller(book)
    for head, answer, error in _answers(entries, book, calendar):
        if answer is not None:
            yield f"{_encode(head)[:-1]}, {answer_json(answer, teller)}", ""
        else:
            record = head | _fault(error)
            yield _encode(record), f"{record['id']}: {record['error']}"


def due_dates(entries: Iterable[Any], book: Rulebook, calendar: WorkCalendar) -> Iterator[dict[str, Any]]:
    """Answer every entry: `{id, limit_id, due_on, …}`, or `{id, limit_id, error, errors}` for one that cannot be."""
    teller = Teller(book)
    for head, answer, error in _answers(entries, book, calendar):
        yield head | (answer_record(answer, teller) if answer is not None else _fault(error))


def _answers(
    entries: Iterable[Any], book: Rulebook, calendar: WorkCalendar
) -> Iterator[tuple[dict[str, Any], Answer | None, Impossible | None]]:
    named: dict[Any, tuple[int, Any]] = {}
    for position, (entry, question, problems) in enumerate(read_all(entries, book), 1):
        known = entry if isinstance(entry, Mapping) else {}
        limit_id = known.get("limit_id", known.get("limit"))
        head = {"id": _plain(known.get("id", position), position), "limit_id": _plain(limit_id, str(limit_id))}
        if "id" in known:
            first, other = named.setdefault((type(head["id"]), head["id"]), (position, entry))
            if first != position and other != entry:
                question, problems = None, [*problems, Problem("id_repeated", "id", {"number": first})]
        if question is None:
            yield head, None, Impossible(problems)
            continue
        try:
            yield head, compute(question, book, calendar), None
        except Impossible as error:
            yield head, None, error


def _plain(value: Any, otherwise: Any) -> Any:
    """What JSON can say again in one word: lists, infinite numbers and the like become `otherwise`."""
    if value is None or isinstance(value, str | int):
        return value
    return value if isinstance(value, float) and isfinite(value) else otherwise


def _fault(error: Impossible | None) -> dict[str, Any]:
    problems = error.problems if error is not None else ()
    texts = [{"field": p.field, "code": p.code, "message": problem_text(p)} for p in problems]
    return {"error": "；".join(text["message"] for text in texts), "errors": texts}
