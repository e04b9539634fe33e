"""Who may change a clock."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.intake.models import Case
from courtcms.accounts.policy import allowed, require
from courtcms.core.errors import NotAllowed, Reason
from deadlines.clocks.models import Clock


def can_change(user: Any, clock: Clock) -> bool:
    """Trial management, chiefs of the case's division and the president, for cases within their scope."""
    return allowed(user, "deadlines.change") and Case.objects.filter(pk=clock.case_id).visible_to(user).exists()


def require_change(user: Any, clock: Clock) -> None:
    """Raise NotAllowed unless the person may change the clock; the system itself (None) may."""
    require(user, "deadlines.change")
    if user is not None and not can_change(user, clock):
        raise NotAllowed(Reason(_("这件案件不在您的职责范围内"), code="scope"))
