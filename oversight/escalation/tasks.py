"""Scheduled work of the escalations."""

from datetime import date

from celery import shared_task

from oversight.escalation import scheduled


@shared_task(name="oversight.work_off_escalations")
def work_off(as_of: str | None = None) -> None:
    """Close, seat, climb, remind; safe to run twice, and at any time of the day."""
    scheduled.work_off(as_of=date.fromisoformat(as_of) if as_of else None)
