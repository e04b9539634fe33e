"""Reads of the public list of hearings."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from courtcms.core.clock import start_of_day, today
from publicity.portal import rules
from publicity.portal.models import Hearing


def listed(number: str = "", day: date | None = None) -> QuerySet[Hearing]:
    """Announced hearings of a case number and a day; without either everything from today on."""
    rows = Hearing.objects.all()
    if number:
        rows = rows.filter(number_key__startswith=rules.number_key(number))
    if day is not None:
        return rows.filter(starts_at__gte=start_of_day(day), starts_at__lt=start_of_day(day + timedelta(days=1)))
    return rows if number else rows.filter(starts_at__gte=start_of_day(today()))
