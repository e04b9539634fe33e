"""Scheduled work of the notices."""

from celery import shared_task

from courtcms.notices import digest


@shared_task(name="notices.daily_digest")
def daily_digest() -> None:
    """Write the digest of the day and send it; running twice writes and sends nothing twice."""
    if digest.prepare_digest() is not None:
        digest.send_pending()


@shared_task(name="notices.send_pending")
def send_pending() -> None:
    """Try again what could not be sent."""
    digest.send_pending()
