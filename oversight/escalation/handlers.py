"""What this room does when lower rooms publish."""

from __future__ import annotations

from django.db import transaction

from courtcms.core import clock
from deadlines.clocks.events import ClockChanged, ClockStopped
from deadlines.scan.events import AlertsRaised, ScanFinished
from oversight.escalation import scheduled, tasks


def open_escalations(event: AlertsRaised) -> None:
    """New alerts open escalations in the transaction of their batch."""
    scheduled.open_for_run(scan_run_id=event.scan_run_id, after=event.after)


def tell_people(event: ScanFinished) -> None:
    """A finished scan is told to people; climbing is queued for after it."""
    scheduled.tell_of_scan(scan_run_id=event.scan_run_id, since=event.since)
    day = clock.today().isoformat()
    transaction.on_commit(lambda: tasks.work_off.delay(day), robust=True)


def close_with_clock(event: ClockChanged | ClockStopped) -> None:
    """The cause may have ended: extended, paused, resumed, stopped."""
    scheduled.close_ended(clock_id=event.clock_id)
