"""Who may ask for a change, enter letters, and tell the parties."""

from __future__ import annotations

from typing import Any

from cases.intake.models import Case
from courtcms.accounts.policy import allowed
from deadlines.clocks.models import Clock
from deadlines.clocks.querysets import LIVE


def can_ask(user: Any, clock: Clock) -> bool:
    """Judges and chiefs, for cases within their scope, while the clock lives."""
    return clock.status in LIVE and allowed(user, "changes.ask") and in_scope(user, clock.case_id)


def in_scope(user: Any, case_id: int) -> bool:
    """Does the case lie within the person's posts of today? The system itself sees all."""
    return user is None or Case.objects.filter(pk=case_id).visible_to(user).exists()
