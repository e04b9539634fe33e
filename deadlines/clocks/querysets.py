"""Conditions on clocks that read as sentences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from cases.intake.models import Case

if TYPE_CHECKING:
    pass

LIVE = ("running", "paused")
RISKS = ("overdue", "urgent", "near", "ample", "paused")


class ClockQuerySet(QuerySet["Clock"]):
    """Clocks by state, risk and reader."""

    def live(self) -> ClockQuerySet:
        """Clocks that run or are paused."""
        return self.filter(status__in=LIVE)

    def trial(self) -> ClockQuerySet:
        """Trial limits (审限)."""
        return self.filter(role="trial")

    def visible_to(self, user: Any) -> ClockQuerySet:
        """Clocks of the cases within the person's posts."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def at_risk(self, risk: str, today: date) -> ClockQuerySet:
        """Live clocks of one risk on a day."""
        return self.live().filter(risk_condition(risk, today))

    def risk_counts(self, today: date) -> dict[str, int]:
        """How many live clocks stand at each risk, in one query."""
        counts = {risk: Count("pk", filter=risk_condition(risk, today)) for risk in RISKS}
        return self.live().aggregate(**counts)


def risk_condition(risk: str, today: date) -> Q:
    """One risk as a condition; the due day itself is not overdue. Together the risks cover every live clock once."""
    if risk == "paused":
        return Q(status="paused")
    running = Q(status="running")
    if risk == "overdue":
        return running & Q(due_on__lt=today)
    if risk == "urgent":
        return running & Q(due_on__gte=today, urgent_on__lte=today)
    if risk == "near":
        return running & Q(urgent_on__gt=today, near_on__lte=today)
    return running & (Q(near_on__gt=today) | Q(due_on__isnull=True))
