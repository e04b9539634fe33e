"""Celery entry points of the scan. All may run twice: alerts are unique and a settled year is settled."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.db import OperationalError

from courtcms.core import clock
from courtcms.core.errors import Conflict
from deadlines.calendars.models import CalendarYear
from deadlines.scan import followup, services

RETRY = {"autoretry_for": (OperationalError,), "retry_backoff": 30, "retry_kwargs": {"max_retries": 5}}


@shared_task(name="deadlines.scan_daily", acks_late=True, **RETRY)
def scan_daily() -> int:
    """The scan of the day; how many alerts it raised. When another scan is at work that one does it."""
    try:
        raised = sum(services.scan(as_of=clock.today(), trigger="daily").raised.values())
    except Conflict:
        return 0
    followup.follow_up()
    return raised


@shared_task(name="deadlines.scan_catch_up", acks_late=True, **RETRY)
def scan_catch_up() -> int:
    """Make up for a day that was missed; nothing to do costs two small queries."""
    try:
        report = services.catch_up()
    except Conflict:
        return 0
    followup.follow_up_if_owed()
    return sum(report.raised.values()) if report else 0


#: how often a worker asks by itself what is owed
WATCH_SECONDS = 600


@worker_ready.connect
def watch_the_schedule(sender: Any, **signal: Any) -> None:
    """A worker asks every ten minutes whether a scan is owed, so that one comes when the schedule stands still.

    The schedule is a process of its own (beat); were it stopped, nobody would ask, and nobody would be told.
    """
    sender.timer.call_repeatedly(WATCH_SECONDS, scan_catch_up.delay)


@shared_task(name="deadlines.settle_calendar", acks_late=True, **RETRY)
def settle_calendar(year: int) -> int:
    """Recompute the dates that rest on a year whose working days were entered; how many could not be."""
    if not CalendarYear.objects.filter(pk=year, recompute_owed=True).exists():
        return 0
    return len(services.recompute_year(year=year, as_of=clock.today()))
