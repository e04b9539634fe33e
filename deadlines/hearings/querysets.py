"""Conditions on hearings that read as sentences."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from cases.intake.models import Case
from courtcms.core import clock

if TYPE_CHECKING:
    from deadlines.hearings.models import Hearing  # noqa: F401  names the element type

LIVE = ("scheduled", "held")
#: no hearing lies outside; days typed by anybody stay within what the database can hold
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


class HearingQuerySet(QuerySet["Hearing"]):
    """Hearings by time, state and reader."""

    def live(self) -> HearingQuerySet:
        """Hearings that occupy their room and people."""
        return self.filter(status__in=LIVE)

    def between(self, first: date, last: date) -> HearingQuerySet:
        """Hearings on court days from `first` to `last`, both included; none when they are the wrong way round."""
        first, last = max(first, EARLIEST), min(last, LATEST)
        if last < first:
            return self.none()
        begin, end = clock.start_of_day(first), clock.start_of_day(last + timedelta(days=1))
        return self.filter(slot__overlap=DateTimeTZRange(begin, end))

    def set_down_on(self, days: Collection[date]) -> HearingQuerySet:
        """Scheduled hearings of these court days, with what a list of them shows."""
        found = Q(pk__in=[])
        for day in days:
            begin, end = clock.start_of_day(day), clock.start_of_day(day + timedelta(days=1))
            found |= Q(slot__overlap=DateTimeTZRange(begin, end))
        rows = self.filter(found, status="scheduled").select_related("case__judge", "courtroom")
        return rows.order_by("slot", "pk")

    def visible_to(self, user: Any) -> HearingQuerySet:
        """Hearings of the cases within the person's posts."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def of_person(self, user: Any) -> HearingQuerySet:
        """Hearings in which the person has a place on the bench."""
        return self.filter(participants__user=user)
