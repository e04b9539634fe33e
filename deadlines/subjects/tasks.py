"""The daily look at appraisals and measures. Safe to run twice: every row is unique for its rung and day."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError

from cases.appraisal.progress_services import raise_chases
from cases.preservation.watch_services import note_lapses, raise_reminders
from courtcms.core import clock
from deadlines.subjects.services import settle_dates

RETRY = {"autoretry_for": (OperationalError,), "retry_backoff": 30, "retry_kwargs": {"max_retries": 5}}


@shared_task(name="deadlines.watch_subjects", acks_late=True, **RETRY)
def watch_subjects() -> dict[str, int]:
    """Settle moved dates, note lapses, raise reminders and chase letters; how many of each."""
    day = clock.today()
    return {
        "settled": settle_dates(),
        "lapsed": note_lapses(as_of=day),
        "reminders": raise_reminders(as_of=day),
        "chases": raise_chases(as_of=day),
    }
