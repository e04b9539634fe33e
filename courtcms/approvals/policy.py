"""Who may see and decide an approval."""

from __future__ import annotations

from typing import Any

from courtcms.accounts.policy import allowed
from courtcms.approvals.models import ApprovalRequest, ApprovalStep


def can_see(user: Any, request: ApprovalRequest) -> bool:
    """The asker, whoever decided or holds a seat of a step (past or to come), and those who watch all approvals."""
    if request.asker_id == user.pk or allowed(user, "approvals.watch"):
        return True
    steps = ApprovalStep.objects.filter(request=request)
    return steps.filter(decided_by=user).exists() or steps.for_seats_of(user).exists()


def can_withdraw(user: Any, request: ApprovalRequest) -> bool:
    """The asker, as long as it is not ended."""
    return request.asker_id == user.pk and request.state in ("pending", "returned")
