"""What makes a question impossible: every problem is found before anything is counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from deadlines.clocks.terms import Excluded, Problem, Question
from deadlines.rulebook.book import Rulebook
from deadlines.rulebook.rules import Limit, UnknownRule


def check(question: Question, book: Rulebook) -> list[Problem]:
    """Everything that makes a question impossible, all at once."""
    limit, found = question.limit, []
    hours = any(amount.unit == "hour" for amount in question.parts or limit.parts)
    if hours and not isinstance(question.start, datetime):
        found.append(Problem("hour_needs_time", "start", {"limit": limit.id, "start": str(question.start)}))
    if (hours or limit.before) and (question.extensions or question.excluded):
        found.append(Problem("fixed_period", "extensions" if question.extensions else "excluded", {"limit": limit.id}))
    for number, amount in enumerate(question.extensions, 1):
        if amount.amount <= 0:
            found.append(Problem("amount_not_positive", "extensions", {"number": number, "amount": amount.amount}))
        elif amount.unit == "hour" and not hours:
            found.append(Problem("unit_mismatch", "extensions", {"number": number, "unit": amount.unit}))
    for number, interval in enumerate(question.excluded, 1):
        found += _interval_problems(number, interval, question, book)
    return found


def _interval_problems(number: int, interval: Excluded, question: Question, book: Rulebook) -> list[Problem]:
    where: dict[str, Any] = {"number": number, "from": str(interval.start), "to": str(interval.end)}
    found = []
    if interval.end is not None and interval.end < interval.start:
        found.append(Problem("interval_reversed", "excluded", where))
    if interval.ground:
        code = ground_problem(interval.ground, question.limit, filed_on(question), book)
        if code:
            found.append(Problem(code, "excluded", {**where, "ground": interval.ground, "limit": interval.ground}))
    return found


def ground_problem(ground_id: str, limit: Limit, filed: date, book: Rulebook) -> str:
    """Why a ground may not be taken out of this limit, as a code; empty when it may."""
    if ground_id in book.not_deductible:
        return "not_deductible"
    try:
        ground = book.ground(ground_id, filed)
    except UnknownRule as error:
        return error.code
    if ground.effect != "stops":
        return f"ground_{ground.effect}"
    category = limit.category
    if category and category != "other" and category not in ground.applies_to:
        return "ground_other_category"
    return ""


def filed_on(question: Question) -> date:
    """The day that chooses between older and newer rules."""
    if question.filed is not None:
        return question.filed
    return question.start.date() if isinstance(question.start, datetime) else question.start


def may_roll(limit: Limit, in_custody: bool) -> bool:
    """Whether the last day moves past a day off. In criminal cases never while anyone is held (刑诉法 105)."""
    if limit.rolls_unless_in_custody:
        return not in_custody
    return limit.rolls and not (limit.category == "criminal" and in_custody)
