"""Conditions on institutions and entrustments that read as sentences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import F, Q, QuerySet

if TYPE_CHECKING:
    from cases.appraisal.models import Entrustment, Institution  # noqa: F401  names the element types


class InstitutionQuerySet(QuerySet["Institution"]):
    """Institutions by what they may do on a day."""

    def available(self, kind: str, day: date) -> InstitutionQuerySet:
        """Licensed on the day, not suspended, registered for the kind."""
        free = Q(suspended_on__isnull=True) | Q(suspended_on__gt=day)
        return self.filter(free, kinds__contains=[kind], licensed_from__lte=day, licensed_until__gte=day)


class EntrustmentQuerySet(QuerySet["Entrustment"]):
    """Entrustments by reader, state and days."""

    def visible_to(self, user: Any) -> EntrustmentQuerySet:
        """Those of the cases within the person's posts."""
        return self.filter(case__in=apps.get_model("cases", "Case").objects.visible_to(user))

    def running(self) -> EntrustmentQuerySet:
        """Entrusted and not reported."""
        return self.filter(state="entrusted")

    def overdue(self, today: date) -> EntrustmentQuerySet:
        """Running past their due day; the due day itself is not overdue."""
        return self.running().filter(due_on__lt=today)

    def reported(self) -> EntrustmentQuerySet:
        """Those whose report was received."""
        return self.filter(state="reported")

    def on_time(self) -> EntrustmentQuerySet:
        """Reported by the due day."""
        return self.reported().filter(Q(due_on__isnull=True) | Q(ended_on__lte=F("due_on")))

    def late(self) -> EntrustmentQuerySet:
        """Reported after the due day."""
        return self.reported().filter(ended_on__gt=F("due_on"))
