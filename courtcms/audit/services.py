"""`act()`: the one way to change anything that the court answers for."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from courtcms.audit.models import AuditEntry, AuditLane
from courtcms.audit.rules import entry_hash
from courtcms.core import clock
from courtcms.core.middleware import request_id_of_this_context

#: name under which the trail shows what the court's machines did by schedule
SYSTEM = "系统"  # not translated: as it is stored and hashed


@dataclass(eq=False)
class Act:
    """What one act will leave in the trail; services fill it while they write."""

    actor: Any
    verb: str
    permission: str = ""
    target: models.Model | None = None
    case_id: int | None = None
    reason: str = ""
    basis: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


_pending: ContextVar[list[Act] | None] = ContextVar("audit_pending", default=None)


@contextmanager
def act(
    *,
    actor: Any,
    verb: str,
    target: models.Model | None = None,
    permission: str = "",
    case_id: int | None = None,
    reason: str = "",
    basis: str = "",
) -> Iterator[Act]:
    """Open a transaction in which guarded tables may be written, and leave one entry in the trail.

    `actor` is the user, or None for an act of the system itself. An act inside an act shares its transaction and
    leaves an entry of its own. An exception rolls back the writes and the entry together. The chain is only touched
    at the very end of the outermost act, so writers hold a lane for the length of a commit.
    """
    entry = Act(actor, verb, permission, target, case_id, reason, basis)
    outer = _pending.get()
    if outer is not None:
        mark = len(outer)
        outer.append(entry)
        try:
            with transaction.atomic():
                yield entry
        except BaseException:
            del outer[mark:]  # what was rolled back leaves no entry, nor do the acts inside it
            raise
        return
    pending = [entry]
    token = _pending.set(pending)
    try:
        with transaction.atomic():
            _set_context(verb)
            yield entry
            _append(pending)
            _set_context("")  # a surrounding transaction (a test's) must not stay open for writes
            _pending.set(None)  # what runs on commit is an act of its own
    finally:
        _pending.reset(token)


def record(*, actor: Any, verb: str, target: models.Model | None = None, **details: Any) -> None:
    """Leave an entry for something that changed no row: a sign-in, a read of a confidential file, an export."""
    after = details.pop("after", {})
    with act(actor=actor, verb=verb, target=target, **details) as entry:
        entry.after = after


def _set_context(verb: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('courtcms.act', %s, true)", [verb])


def _take_lane() -> AuditLane:
    """A lane nobody holds; when all are held, wait for one picked by chance."""
    free = AuditLane.objects.select_for_update(skip_locked=True).order_by("position", "lane").first()
    if free is not None:
        return free
    lanes = list(AuditLane.objects.order_by("lane").values_list("pk", flat=True))
    return AuditLane.objects.select_for_update().get(pk=random.choice(lanes))


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False))


def _fields(entry: Act) -> dict[str, Any]:
    actor, target = entry.actor, entry.target
    return {
        "actor_id": actor.pk if actor is not None else None,
        "actor_name": (actor.name if actor is not None else SYSTEM)[:100],
        "capacity": (actor.capacity_label(entry.permission) if actor is not None else SYSTEM)[:200],
        "verb": entry.verb,
        "permission": entry.permission,
        "object_type": target._meta.label_lower if target is not None else "",
        "object_id": str(target.pk) if target is not None else "",
        "object_label": str(target)[:300] if target is not None else "",
        "case_id": entry.case_id,
        "before": _plain(entry.before),
        "after": _plain(entry.after),
        "reason": entry.reason,
        "basis": entry.basis,
        "request_id": request_id_of_this_context.get(),
    }


def _append(entries: list[Act]) -> None:
    prepared = [_fields(entry) for entry in entries]  # all reading is done before a lane is held
    lane = _take_lane()
    rows = []
    for fields in prepared:
        moment = clock.now()
        lane.position += 1
        fields |= {"lane": lane.lane, "position": lane.position, "previous": lane.head, "at": moment.isoformat()}
        lane.head = entry_hash(fields)
        rows.append(AuditEntry(**fields | {"at": moment, "hash": lane.head}))
    AuditEntry.objects.bulk_create(rows)
    AuditLane.objects.filter(pk=lane.pk).update(position=lane.position, head=lane.head)
