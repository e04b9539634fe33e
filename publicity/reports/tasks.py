"""Tasks of reports: one service call each."""

from __future__ import annotations

from celery import shared_task

from publicity.reports import services


@shared_task(name="publicity.receive_reports")
def receive_reports() -> int:
    """Take in what visitors reported, and remind of what stands unanswered."""
    taken = services.pull()
    services.remind()
    return taken
