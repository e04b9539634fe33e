"""What every act on the ledger of a clock begins with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courtcms.core.errors import Conflict, Reason
from courtcms.core.locks import lock
from deadlines.clocks.models import Clock, ClockStatus
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Limit

PERMISSION = "deadlines.change"


def held_for_change(clock: Clock) -> Clock:
    """The clock locked and fresh; a clock that has ended is a conflict."""
    [held] = lock(Clock.objects.all(), [clock.pk])
    if held.status not in (ClockStatus.RUNNING, ClockStatus.PAUSED):
        raise Conflict(Reason(_("这个期限已经终止，不能再变更"), code="stopped"))
    return held


def limit_of(clock: Clock) -> Limit:
    """The version of the rule that the clock follows."""
    return rulebook().limit(clock.limit_id, clock.filed_on)
