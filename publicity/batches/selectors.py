"""What the pages of batches show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from publicity.batches.models import Batch, BatchItem, ItemState
from publicity.judgments.models import State


@dataclass(frozen=True)
class Progress:
    """How far a batch is; `took` is None until the last file is done."""

    done: int
    total: int
    ready: int
    refused: int
    took: timedelta | None
    figures: list[dict[str, Any]]
    to_review: int


def mine(user: Any) -> QuerySet[Batch]:
    """Batches of the person, newest first, with their numbers."""
    waiting, refused = Q(items__state=ItemState.WAITING), Q(items__state=ItemState.REFUSED)
    return (
        Batch.objects.filter(opened_by=user)
        .annotate(
            waiting=Count("items", filter=waiting),
            refused=Count("items", filter=refused),
            to_review=Count("items", filter=Q(items__publication__state=State.REVIEW, items__state=ItemState.READY)),
            public=Count("items", filter=Q(items__publication__state=State.PUBLISHED)),
        )
        .order_by("-id")
    )


def items_of(batch: Batch) -> list[BatchItem]:
    """All files in order: first those that were not taken, then those with something to decide."""
    rows = batch.items.select_related("publication__case").order_by("position")
    rank = {ItemState.REFUSED: 0}
    return sorted(rows, key=lambda row: (rank.get(ItemState(row.state), 1), row.position))


def progress_of(batch: Batch, items: list[BatchItem]) -> Progress:
    """Counts by what became of each file."""
    states = Counter(row.state for row in items)
    stands = Counter(row.publication.state for row in items if row.publication and row.state == ItemState.READY)
    refused = states[ItemState.REFUSED]
    figures = [
        {"title": _("等待脱敏"), "count": states[ItemState.WAITING]},
        {"title": State.REVIEW.label, "count": stands[State.REVIEW]},
        {"title": State.CLEARANCE.label, "count": stands[State.CLEARANCE]},
        {"title": State.READY.label, "count": stands[State.READY]},
        {"title": State.PUBLISHED.label, "count": stands[State.PUBLISHED]},
        {
            "title": _("未收"),
            "count": refused,
            "level": "danger" if refused else "",
        },
    ]
    return Progress(
        done=len(items) - states[ItemState.WAITING], total=batch.total, ready=states[ItemState.READY],
        refused=refused, took=batch.finished_at - batch.opened_at if batch.finished_at else None,
        figures=figures, to_review=stands[State.REVIEW],
    )  # fmt: skip
