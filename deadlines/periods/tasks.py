"""Celery entry point of the periods. May run twice: a period that ended is ended."""

from __future__ import annotations

from celery import shared_task

from courtcms.core import clock
from deadlines.periods import services


@shared_task(name="deadlines.settle_periods", acks_late=True)
def settle_periods() -> int:
    """End the periods of parties that are over; how many."""
    return services.settle(clock.today())
