"""What is worked out once a day after the scan: signals of hidden overdue, and the board of long-pending cases."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max, Q

from courtcms.audit.models import AuditEntry, AuditLane
from courtcms.core import clock
from deadlines.longpending.models import BoardRefresh
from deadlines.longpending.services import refresh
from deadlines.signals.services import look

#: acts of the scan and of its follow-up themselves: nothing that the board or a detector would see differently
_OWN = Q(verb__in=("deadlines.begin_scan", "deadlines.raise_alerts", "deadlines.scan", "board.refresh")) | Q(
    actor__isnull=True, verb__regex=r"^(signal|escalation)\."
)


def follow_up(*, as_of: date | None = None) -> int:
    """Look for signals and work the board out; safe to run twice. Answers how many questions were opened."""
    trail = _end_of_trail()
    raised = look(as_of=as_of)
    refresh(as_of=as_of, trail=trail)
    return raised


def follow_up_if_owed() -> int:
    """The same, unless it was done today."""
    if BoardRefresh.objects.filter(as_of__gte=clock.today()).exists():
        return 0
    return follow_up()


def follow_up_if_changed(*, as_of: date) -> int:
    """The same, unless it was done for that very day and nobody in the court has done anything since."""
    done = BoardRefresh.objects.filter(as_of=as_of).first()
    if done is not None and not AuditEntry.objects.filter(pk__gt=done.trail).exclude(_OWN).exists():
        return 0
    return follow_up(as_of=as_of)


def _end_of_trail() -> int:
    """The last entry of the trail; acts about to commit are waited for, so that no lower number comes after it."""
    with transaction.atomic():
        list(AuditLane.objects.select_for_update().order_by("lane"))
        return AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0
