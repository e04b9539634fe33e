"""The words of the calculator: question, answer, step, problem. No behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from deadlines.rulebook.rules import Amount, Citation, Limit


class Excluded(NamedTuple):
    """Time that does not count, half open: from `start` up to but not including `end`; no end: it still runs."""

    start: date
    end: date | None = None
    ground: str = ""


class Restart(NamedTuple):
    """The limit starts again after `on`, by a conversion of the rulebook."""

    on: date
    conversion: str


class Problem(NamedTuple):
    """One reason why a question cannot be answered; `clocks.wording` puts it into words."""

    code: str
    field: str
    params: dict[str, Any]


class Impossible(ValueError):
    """The question cannot be answered; carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.field}: {p.code} {p.params}" for p in problems))
        self.problems = tuple(problems)


class Step(NamedTuple):
    """One step of a derivation. `reached` is the due date so far; `days` what the step added."""

    key: str
    basis: tuple[Citation, ...] = ()
    amount: int | None = None
    unit: str = ""
    days: int | None = None
    first: date | datetime | None = None
    last: date | datetime | None = None
    reached: date | datetime | None = None
    subject: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be counted. `parts` replaces the length of the limit when the court fixed another one.

    `filed` chooses older rules (the start day when not given); `as_of` is the day on which "paused" is judged.
    """

    limit: Limit
    start: date | datetime
    extensions: tuple[Amount, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    restarts: tuple[Restart, ...] = ()
    in_custody: bool = False
    parts: tuple[Amount, ...] | None = None
    granted: int | None = None
    filed: date | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The dates, and how they came about. A paused clock without a known end has no due date but days remaining."""

    due: date | datetime | None
    unrolled: date | datetime | None
    internal: date | datetime | None
    request_by: date | None
    decide_by: date | None
    provisional: bool
    paused: bool
    resumes_on: date | None
    remaining: int | None
    steps: tuple[Step, ...]
