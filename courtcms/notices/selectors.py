"""Reads of the inbox and of what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from courtcms.accounts.policy import allowed
from courtcms.notices.models import DigestRun, Notice

#: the number at the top of each page is not counted further than this
MOST_SHOWN = 99


@dataclass(frozen=True)
class Inbox:
    """The inbox as the page frame shows it."""

    url: str
    unread: int
    more: bool

    @property
    def number(self) -> str:
        """3, or 99+."""
        return f"{MOST_SHOWN}+" if self.more else str(self.unread)


def unread_count(user: Any) -> int:
    """Unread notices, counted up to one more than `MOST_SHOWN`."""
    return Notice.objects.of(user).unread().order_by()[: MOST_SHOWN + 1].count()


def inbox_of_frame(request: HttpRequest) -> Inbox | None:
    """The inbox of the signed-in person for the top bar."""
    if not allowed(request.user, "notices.own"):
        return None
    unread = unread_count(request.user)
    return Inbox(reverse("notices:inbox"), min(unread, MOST_SHOWN), unread > MOST_SHOWN)


def inbox(user: Any, *, unread: bool = False, kind: str = "") -> QuerySet[Notice]:
    """Notices of a person, unread ones or those of a kind only."""
    rows = Notice.objects.of(user)
    rows = rows.unread() if unread else rows
    return rows.filter(kind=kind) if kind else rows


def balances(limit: int = 60) -> list[DigestRun]:
    """The newest digests with `sent`, `pending` and `failed`; `owed` must be their sum."""
    return list(
        DigestRun.objects.annotate(
            sent=Count("messages", filter=Q(messages__state="sent")),
            pending=Count("messages", filter=Q(messages__state="pending")),
            failed=Count("messages", filter=Q(messages__state="failed")),
        )
        .annotate(missing=F("owed") - F("sent") - F("pending") - F("failed"))
        .order_by("-day")[:limit]
    )
