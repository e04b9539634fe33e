"""Working through many documents one after the other: which one comes next for this person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.intake.models import Case
from courtcms.accounts.policy import allowed
from publicity.judgments import policy, rules
from publicity.judgments.models import Publication

#: queue -> (state, permission)
QUEUES = {
    "desk": (rules.REVIEW, "judgments.prepare"),
    "clear": (rules.CLEARANCE, "judgments.clear"),
    "publish": (rules.READY, "judgments.publish"),
}
MOST = 1000


def rows(user: Any, name: str, batch: int | None = None) -> QuerySet[Publication]:
    """The documents of a queue, those due first on top; those of a batch in its order.

    At the desk it is what the person redacts; before clearing and publishing whatever the person may see.
    """
    state, permission = QUEUES[name]
    if not allowed(user, permission):
        return Publication.objects.none()
    found = Publication.objects.visible_to(user).filter(state=state)
    if name == "desk":
        found = found.filter(case__in=Case.objects.visible_to(user).values("pk"))
        if batch is None:
            found = found.filter(redactor=user)
    if batch is not None:
        found = found.filter(batch_items__batch=batch, batch_items__state="ready")
    return found.order_by(*_order(batch))


def following(user: Any, name: str, after: int = 0, batch: int | None = None) -> Publication | None:
    """The next document after `after`, from the top again at the end; None when there is no other."""
    ordered = [(_key(row[1:]), row[0]) for row in rows(user, name, batch).values_list("pk", *_order(batch))[:MOST]]
    here = _key(_own(after, batch)) if after else None
    later = [pk for key, pk in ordered if here is not None and key > here]
    for pk in dict.fromkeys([*later, *(pk for _key_, pk in ordered)]):
        if pk == after:
            continue
        found = Publication.objects.get(pk=pk)
        if name != "clear" or policy.can_clear(user, found):
            return found
    return None


def _order(batch: int | None) -> tuple[str, ...]:
    return ("due_on", "id") if batch is None else ("batch_items__position",)


def _own(pk: int, batch: int | None) -> tuple[Any, ...]:
    """Where a document stood that has left the queue meanwhile; before all others when it never stood there."""
    found = Publication.objects.filter(pk=pk)
    if batch is not None:
        found = found.filter(batch_items__batch=batch)
    return found.values_list(*_order(batch)).first() or ((date.min, 0) if batch is None else (0,))


def _key(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Comparable as the database orders: what has no day stands last."""
    return tuple(date.max if value is None else value for value in values)


def left(user: Any, name: str, batch: int | None = None) -> int:
    """How many lie in the queue."""
    return rows(user, name, batch).values("pk").distinct().count()
