"""Conditions on notices and outgoing messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet


class NoticeQuerySet(QuerySet[Any]):
    """Notices by reader and state."""

    def of(self, user: Any) -> NoticeQuerySet:
        """The inbox of a person."""
        return self.filter(recipient=user)

    def unread(self) -> NoticeQuerySet:
        """Not opened yet."""
        return self.filter(read_at__isnull=True)


class OutgoingQuerySet(QuerySet[Any]):
    """Outgoing messages by state."""

    def due(self, moment: datetime) -> OutgoingQuerySet:
        """Pending ones that nobody is sending and whose next try has come."""
        return self.filter(
            Q(claimed_until__isnull=True) | Q(claimed_until__lt=moment), state="pending", next_try_at__lte=moment
        )
