"""Tasks of batches: an id in, one service call. Both may run twice."""

from __future__ import annotations

from celery import shared_task

from publicity.batches import services


@shared_task(name="publicity.run_batch", ignore_result=True)
def run_batch(pk: int) -> None:
    """Redact the files of one batch."""
    services.run_batch(pk)


@shared_task(name="publicity.resume_batches", ignore_result=True)
def resume_batches() -> None:
    """Go on with every batch that is owed."""
    for pk in services.owed():
        services.run_batch(pk)
