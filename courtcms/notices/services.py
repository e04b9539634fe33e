"""Telling people: notices in the inbox, and marking them read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from courtcms.core import clock
from courtcms.core.texts import msgid, packed
from courtcms.notices.models import Notice


def notify(
    *,
    recipients: Iterable[Any],
    kind: str,
    text: Any,
    params: Mapping[str, Any] | None = None,
    url: str = "",
    case_id: int | None = None,
) -> list[Notice]:
    """Put one line into the inbox of each recipient (users or their ids; doubles count once).

    `text` is a lazy translation or a msgid with named placeholders, `params` fill it; both are shown in the reader's
    language. Part of the caller's transaction: what is rolled back was never told.
    """
    stored = packed(params or {})
    moment = clock.now()
    ids = list(dict.fromkeys(getattr(person, "pk", person) for person in recipients if person is not None))
    return Notice.objects.bulk_create(
        Notice(
            recipient_id=recipient_id, kind=kind, text=msgid(text), params=stored, url=url, case_id=case_id,
            created_at=moment,
        )
        for recipient_id in ids
    )  # fmt: skip


def mark_read(*, actor: Any, notice_ids: Iterable[int]) -> int:
    """Mark own notices as read; ids of other people's inboxes are passed over. Returns how many changed."""
    return Notice.objects.of(actor).unread().filter(pk__in=list(notice_ids)).update(read_at=clock.now())


def mark_all_read(*, actor: Any, up_to: int, kind: str = "") -> int:
    """Mark everything up to the newest notice that the person saw; what came in meanwhile stays unread."""
    rows = Notice.objects.of(actor).unread().filter(pk__lte=up_to)
    return (rows.filter(kind=kind) if kind else rows).update(read_at=clock.now())
