"""Legal periods of hearings from the packs: last day of notice, longest gap, cap on adjournments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.intake.models import Case
from deadlines.calendars.selectors import work_calendar
from deadlines.clocks.rules import compute
from deadlines.clocks.terms import Impossible, Question
from deadlines.clocks.wording import Teller
from deadlines.hearings import rules
from deadlines.hearings.models import Adjournment
from deadlines.rulebook.reading import rulebook


@dataclass(frozen=True)
class Period:
    """A day reached by the calculator, with its article and its working."""

    day: date
    article: str
    steps: tuple[dict[str, Any], ...]


def _period(limit_id: str, start: date, case: Case) -> Period | None:
    """None for a day outside the calendar (1990-2100): no hearing can be there, and the form says so itself."""
    book = rulebook()
    limit = book.limit(limit_id, case.filed_on)
    try:
        answer = compute(Question(limit=limit, start=start, filed=case.filed_on), book, work_calendar())
    except Impossible:
        return None
    teller = Teller(book)
    if not isinstance(answer.due, date):
        raise ValueError(f"{limit_id} gives no day")
    return Period(answer.due, teller.citation(limit.basis[:1]), tuple(teller.record(step) for step in answer.steps))


def notice_of(case: Case, day: date) -> Period | None:
    """The last day on which parties may be notified of a hearing on `day`; None where the law sets none."""
    limit = rules.NOTICE_LIMITS.get(case.category)
    return _period(limit, day, case) if limit else None


def gap_of(case: Case, previous: date) -> Period | None:
    """The last day for the next hearing of a civil case after one that was adjourned (法释〔2018〕9号 art. 5)."""
    return _period(rules.GAP_LIMIT, previous, case) if case.category == "civil" else None


@dataclass(frozen=True)
class Cap:
    """How often the hearings of a case were adjourned, and how often they may be."""

    used: int
    most: int | None
    article: str = ""

    @property
    def is_used_up(self) -> bool:
        """No further adjournment is allowed."""
        return self.most is not None and self.used >= self.most


def cap_of(case: Case) -> Cap:
    """The cap on adjournments of a case."""
    used = Adjournment.objects.filter(hearing__case=case).count()
    key = rules.cap_key(case.category, case.procedure)
    return Cap(used, rulebook().caps[key], "法释〔2018〕9号第三条") if key else Cap(used, None)
