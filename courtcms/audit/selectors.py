"""Reads of the trail: verification and search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from typing import Any

from django.db.models import QuerySet

from courtcms.audit.models import AuditEntry, AuditLane
from courtcms.audit.rules import HASHED_FIELDS, Fault, faults_of_lane
from courtcms.core import clock


def _as_hashed(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"at": row["at"].astimezone(UTC).isoformat()}


def faults() -> Iterator[Fault]:
    """Walk the whole trail and yield every place where it was changed, cut, filled or re-ordered."""
    columns = ["id", "hash", *HASHED_FIELDS]
    lanes = {lane.lane: lane for lane in AuditLane.objects.all()}
    known = set(AuditEntry.objects.order_by("lane").values_list("lane", flat=True).distinct()) | set(lanes)
    for number in sorted(known):
        rows = AuditEntry.objects.filter(lane=number).order_by("position", "id").values(*columns)
        head = lanes.get(number)
        if head is None:
            yield Fault("removed", number, 0, None, "the head of this lane is missing")
            continue
        yield from faults_of_lane(number, map(_as_hashed, rows.iterator(2000)), head.position, head.head)


def of_case(case_id: int) -> QuerySet[AuditEntry]:
    """Everything the trail holds of a case, newest first."""
    return AuditEntry.objects.filter(case_id=case_id).order_by("-id")


def search(
    *,
    actor: str = "",
    verb: str = "",
    obj: str = "",
    case_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEntry]:
    """Entries by name of the actor, start of the verb, label of the object, case, and court days (both included)."""
    found = AuditEntry.objects.all()
    if actor:
        found = found.filter(actor_name__icontains=actor)
    if verb:
        found = found.filter(verb__startswith=verb)
    if obj:
        found = found.filter(object_label__icontains=obj)
    if case_id is not None:
        found = found.filter(case_id=case_id)
    if since is not None:
        found = found.filter(at__gte=clock.start_of_day(since))
    if until is not None:
        found = found.filter(at__lt=clock.start_of_day(until + timedelta(days=1)))
    return found
