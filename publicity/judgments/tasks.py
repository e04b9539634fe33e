"""Tasks of the desk: an id in, one service call. Both may run twice."""

from __future__ import annotations

import logging

from celery import shared_task
from kombu.exceptions import OperationalError as BrokerAway

from publicity.judgments import name_services

logger = logging.getLogger(__name__)


@shared_task(name="publicity.find_names", ignore_result=True)
def find_names(version_id: int) -> None:
    """Read one version for names that nothing tells of."""
    name_services.run(version_id)


@shared_task(name="publicity.resume_names", ignore_result=True)
def resume_names() -> None:
    """Go on with every version that is owed."""
    for version_id in name_services.owed():
        name_services.run(version_id)


def queue_names(version_id: int) -> None:
    """Hand the version to the worker; without a broker the scheduled run takes it."""
    try:
        find_names.delay(version_id)
    except BrokerAway:
        logger.warning("version %s waits for its names: the broker is away; the scheduled run takes it", version_id)
