"""Days left of the trial limit in lists of cases: one query a page, one condition a filter."""

from __future__ import annotations

from collections.abc import Sequence

from cases.intake.querysets import CaseQuerySet
from cases.intake.selectors import DaysLeft, RiskProvider
from courtcms.core import clock as court_clock
from deadlines.clocks.models import Clock
from deadlines.clocks.selectors import days_left


def for_cases(ids: Sequence[int]) -> dict[int, DaysLeft]:
    """Days left by case id; of several live trial limits the one that ends first."""
    today = court_clock.today()
    live = Clock.objects.trial().live().filter(case__in=ids).defer("derivation").order_by("-due_on", "-pk")
    return {clock.case_id: DaysLeft(days_left(clock, today), clock.status == "paused", clock.due_on) for clock in live}


def narrow(cases: CaseQuerySet, level: str) -> CaseQuerySet:
    """Cases with a live trial limit of that risk."""
    at_risk = Clock.objects.trial().at_risk(level, court_clock.today())
    return cases.filter(pk__in=at_risk.values("case"))


PROVIDER = RiskProvider(for_cases=for_cases, narrow=narrow)
