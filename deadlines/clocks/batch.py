"""Many due dates at once, for commands and machines: one answer per entry, in order, a bad one with its error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deadlines.calendars.rules import WorkCalendar
from deadlines.clocks.parsing import read_all
from deadlines.clocks.rules import compute
from deadlines.clocks.terms import Answer, Impossible
from deadlines.clocks.wording import Teller, day_text, problem_text
from deadlines.rulebook.book import Rulebook


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


def due_dates(entries: Iterable[Any], book: Rulebook, calendar: WorkCalendar) -> Iterator[dict[str, Any]]:
    """Answer every entry: `{id, limit_id, due_on, …}`, or `{id, limit_id, error, errors}` for one that cannot be."""
    teller = Teller(book)
    for position, (entry, question, problems) in enumerate(read_all(entries, book), 1):
        known = entry if isinstance(entry, Mapping) else {}
        head = {"id": known.get("id", position), "limit_id": known.get("limit_id", known.get("limit"))}
        try:
            if question is None:
                raise Impossible(problems)
            yield head | answer_record(compute(question, book, calendar), teller)
        except Impossible as error:
            texts = [{"field": p.field, "code": p.code, "message": problem_text(p)} for p in error.problems]
            yield head | {"error": "；".join(t["message"] for t in texts), "errors": texts}
