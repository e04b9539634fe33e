"""Who may do what with a signal."""

from __future__ import annotations

from typing import Any

from courtcms.accounts.policy import allowed
from deadlines.signals.models import Signal, SignalState


def can_answer(user: Any, signal: Signal) -> bool:
    """The judge in charge of the case today, or whoever stands in for that judge."""
    if signal.state == SignalState.SETTLED or not allowed(user, "signals.answer"):
        return False
    return signal.case.judge_id in {capacity.holder_id for capacity in user.capacities}


def can_review(user: Any, signal: Signal) -> bool:
    """Chiefs of the division and trial management, for what is not settled."""
    return signal.state != SignalState.SETTLED and allowed(user, "signals.review")
