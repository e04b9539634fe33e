"""Legal periods of hearings from the packs: last day of notice, longest gap, cap on adjournments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.intake.models import Case
from deadlines.calendars.selectors import work_calendar
from deadlines.changes.adjournments import adjournments_of
from deadlines.clocks import wording
from deadlines.clocks.rules import compute
from deadlines.clocks.terms import Impossible, Question
from deadlines.clocks.wording import Teller
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import HearingRule


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


def rule_of(rule: str, case: Case) -> HearingRule | None:
    """The rule of the packs for the notice, the gap or the cap of a case."""
    return rulebook().hearing_rule(rule, case.category, case.procedure)


def notice_of(case: Case, day: date) -> Period | None:
    """The last day on which parties may be notified of a hearing on `day`; None where the law sets none."""
    rule = rule_of("notice", case)
    return _period(rule.limit, day, case) if rule and rule.limit else None


def simple_notice(case: Case) -> str:
    """Why no last day of notice binds (summary procedures), with the articles; empty where one does, or no rule is."""
    rule = rule_of("notice", case)
    if rule is None or rule.limit:
        return ""
    return f"{wording.name_of(rule)}（{wording.cite(rulebook(), rule.basis)}）"


@dataclass(frozen=True)
class Before:
    """Something else that is due by a day before a hearing."""

    name: str
    day: date
    article: str


def before_of(case: Case, day: date) -> list[Before]:
    """What else must be done before a hearing on `day`, the earliest first (indictment, legal aid, appraiser …)."""
    rules = [
        rule for rule in rulebook().hearing_rules if rule.rule == "before" and rule.fits(case.category, case.procedure)
    ]
    if any(rule.appraised for rule in rules) and not case.entrustments.filter(state="reported").exists():
        rules = [rule for rule in rules if not rule.appraised]
    found = []
    for rule in rules:
        period = _period(rule.limit, day, case)
        if period is not None:
            found.append(Before(wording.name_of(rule), period.day, wording.cite(rulebook(), rule.basis)))
    return sorted(found, key=lambda row: row.day)


def gap_of(case: Case, previous: date) -> Period | None:
    """The last day for the next hearing of a civil case after one that was adjourned (法释〔2018〕9号 art. 5)."""
    rule = rule_of("gap", case)
    return _period(rule.limit, previous, case) if rule and rule.limit else None


@dataclass(frozen=True)
class Cap:
    """How often the hearings of a case were adjourned (ordered or granted as a change), and how often they may be."""

    used: int
    most: int | None
    article: str = ""

    @property
    def is_used_up(self) -> bool:
        """No further adjournment is allowed."""
        return self.most is not None and self.used >= self.most


def cap_of(case: Case) -> Cap:
    """The cap on adjournments of a case."""
    used = adjournments_of(case)
    rule = rule_of("cap", case)
    return Cap(used, rulebook().caps[rule.cap], wording.cite(rulebook(), rule.basis)) if rule else Cap(used, None)
