"""Conditions on reports that read as sentences."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

if TYPE_CHECKING:
    from publicity.reports.models import Report  # noqa: F401  names the element type


class ReportQuerySet(QuerySet["Report"]):
    """Reports by where they stand."""

    def open(self) -> ReportQuerySet:
        """Not answered."""
        return self.filter(answered_at__isnull=True)

    def late(self, moment: datetime) -> ReportQuerySet:
        """Not answered although 24 hours have passed."""
        return self.open().filter(due_at__lt=moment)
