"""What parties see follows their case within seconds; a minute later at the latest when the queue was down."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError

from publicity.process_info import access_services

RETRY = {"autoretry_for": (OperationalError,), "retry_backoff": 10, "retry_kwargs": {"max_retries": 5}}


@shared_task(name="publicity.show_parties", acks_late=True, **RETRY)
def show_parties(case_id: int | None = None) -> int:
    """Bring up to date what is owed to the parties of a case, or of all; safe to run twice."""
    return access_services.work_off(case_id=case_id)


@shared_task(name="publicity.settle_parties", acks_late=True, **RETRY)
def settle_parties() -> dict[str, int]:
    """Codes that ran out, and benches that changed."""
    return access_services.settle_day()
