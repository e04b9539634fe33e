"""Conditions on measures that read as sentences."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import QuerySet

if TYPE_CHECKING:
    from cases.preservation.models import Measure, PreservationApplication  # noqa: F401  names the element types


class ApplicationQuerySet(QuerySet["PreservationApplication"]):
    """Applications by reader."""

    def visible_to(self, user: Any) -> ApplicationQuerySet:
        """Those of the cases within the person's posts."""
        return self.filter(case__in=apps.get_model("cases", "Case").objects.visible_to(user))


class MeasureQuerySet(QuerySet["Measure"]):
    """Measures by reader, state and expiry."""

    def visible_to(self, user: Any) -> MeasureQuerySet:
        """Those of the cases within the person's posts."""
        return self.filter(case__in=apps.get_model("cases", "Case").objects.visible_to(user))

    def in_force(self) -> MeasureQuerySet:
        """Neither lifted nor lapsed."""
        return self.filter(state="active")

    def expiring_within(self, days: int, today: date) -> MeasureQuerySet:
        """In force, and expiring within so many days; today included."""
        return self.in_force().filter(expires_on__gte=today, expires_on__lte=today + timedelta(days=days))

    def run_out(self, today: date) -> MeasureQuerySet:
        """Still shown as in force though the last day has passed."""
        return self.in_force().filter(expires_on__lt=today)
