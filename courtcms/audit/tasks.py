"""Scheduled work of the trail."""

from celery import shared_task
from django.contrib.auth import get_user_model

from courtcms.audit import verification


@shared_task
def verify_trail(actor_id: int | None = None) -> None:
    """Verify the whole trail; nightly without an actor, at other times for the person who asked."""
    actor = get_user_model().objects.get(pk=actor_id) if actor_id is not None else None
    verification.verify(actor=actor)
