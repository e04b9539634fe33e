"""Tasks of the proof: one service call each."""

from __future__ import annotations

from celery import shared_task

from publicity.surfaces import services


@shared_task(name="publicity.prove_surfaces")
def prove_surfaces() -> dict[str, int]:
    """Ask the public site whether every document stands, or does not stand, as recorded."""
    return services.prove_due()
