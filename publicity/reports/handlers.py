"""What this room does when a lower floor tells it something: it writes what is owed and queues the look."""

from __future__ import annotations

import logging

from django.db import transaction
from kombu.exceptions import OperationalError as BrokerAway

from cases.intake.events import PartiesChanged
from publicity.reports import recheck_services
from publicity.reports.tasks import recheck_owed

logger = logging.getLogger(__name__)


def look_again(event: PartiesChanged) -> None:
    """A party, representative or alias was entered or mended: what is public of the case is read again at once."""
    if recheck_services.owe(event.case_id):
        transaction.on_commit(_queue)


def _queue() -> None:
    try:
        recheck_owed.delay()
    except BrokerAway:
        logger.warning("published documents wait for their re-check: the broker is away; the scheduled run takes them")
