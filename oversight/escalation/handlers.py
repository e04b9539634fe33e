"""What this room does when lower rooms publish."""

from __future__ import annotations

from django.db import transaction

from cases.intake.events import CaseReassigned
from courtcms.core import clock
from deadlines.changes.events import ChangeAskedLate, ChangeDecided
from deadlines.changes.models import ChangeRequest
from deadlines.clocks.events import ClockChanged, ClockStopped
from deadlines.scan.events import AlertsRaised, ScanFinished
from oversight.escalation import late_services, scheduled, tasks
from oversight.escalation.models import Escalation


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


def open_late(event: ChangeAskedLate) -> None:
    """A late application is looked into at once, not only when the limit runs out."""
    late_services.open_for_late(change_id=event.change_id)


def close_late(event: ChangeDecided) -> None:
    """A decided, refused or withdrawn application has no open escalation of its own."""
    clock_id = ChangeRequest.objects.values_list("clock", flat=True).get(pk=event.change_id)
    scheduled.close_ended(clock_id=clock_id)


def follow_judge(event: CaseReassigned) -> None:
    """The case has another judge: what stood with the former one stands with the new one at once."""
    if Escalation.objects.live().filter(case=event.case_id).exists():
        scheduled.reseat(case_id=event.case_id)
