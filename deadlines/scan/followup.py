"""What is worked out once a day after the scan: signals of hidden overdue, and the board of long-pending cases."""

from __future__ import annotations

from datetime import date

from courtcms.core import clock
from deadlines.longpending.models import BoardRefresh
from deadlines.longpending.services import refresh
from deadlines.signals.services import look


def follow_up(*, as_of: date | None = None) -> int:
    """Look for signals and work the board out; safe to run twice. Answers how many questions were opened."""
    raised = look(as_of=as_of)
    refresh(as_of=as_of)
    return raised


def follow_up_if_owed() -> int:
    """The same, unless it was done today."""
    if BoardRefresh.objects.filter(as_of__gte=clock.today()).exists():
        return 0
    return follow_up()
