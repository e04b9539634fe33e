"""Tasks of reports: one service call each."""

from __future__ import annotations

from celery import shared_task

from publicity.reports import recheck_services, services


@shared_task(name="publicity.receive_reports")
def receive_reports() -> int:
    """Take in what visitors reported, and remind of what stands unanswered."""
    taken = services.pull()
    services.remind()
    return taken


@shared_task(name="publicity.recheck_owed")
def recheck_owed() -> int:
    """Look again at published documents of cases that changed, and of rules that changed; how many hits."""
    return recheck_services.recheck_owed()


@shared_task(name="publicity.recheck_published")
def recheck_published() -> int:
    """Look again at published documents whose case file or rules changed."""
    return recheck_services.recheck_changed()
