"""Who may do what with an escalation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from courtcms.accounts.policy import allowed
from courtcms.core.errors import NotAllowed, Reason
from oversight.escalation.ladders import ladder_now
from oversight.escalation.models import Escalation
from oversight.escalation.querysets import seats_of

#: places on the bench that speak for it
SPEAKERS = ("judge", "presiding")


def holds(user: Any, escalation: Escalation) -> bool:
    """The holder, or whoever substitutes an absent holder today."""
    return escalation.holder_id in seats_of(user)


def on_bench_rung(escalation: Escalation) -> bool:
    """Does it stand with the bench itself (which explains) or with a supervisor (who takes measures)?"""
    return ladder_now().at(escalation.position).bench


def can_explain(user: Any, escalation: Escalation) -> bool:
    """Judge in charge or presiding judge, while it stands with them."""
    return (
        allowed(user, "escalations.answer")
        and escalation.state == "open"
        and on_bench_rung(escalation)
        and holds(user, escalation)
    )


def can_supervise(user: Any, escalation: Escalation) -> bool:
    """The chief, vice president or president with whom it stands, while their answer is owed."""
    return (
        allowed(user, "escalations.supervise")
        and escalation.state == "open"
        and not on_bench_rung(escalation)
        and holds(user, escalation)
    )


def can_report(user: Any, escalation: Escalation) -> bool:
    """Judge in charge or presiding judge of the case (or their substitutes), while a report was asked for."""
    if escalation.state != "awaiting" or not allowed(user, "escalations.answer"):
        return False
    seats = seats_of(user)
    if escalation.case.judge_id in seats:
        return True
    return escalation.case.bench.filter(user__in=seats, role__in=SPEAKERS, until__isnull=True).exists()


def can_see(user: Any, escalation: Escalation) -> bool:
    """Whoever sees the case (its bench first of all), and whoever holds the escalation."""
    return Escalation.objects.visible_to(user).filter(pk=escalation.pk).exists()


def refuse_unless(may: bool, escalation: Escalation) -> None:
    """Raise NotAllowed that says who holds it and in which state it is."""
    if not may:
        raise NotAllowed(
            Reason(
                _("这件督办现在不由您答复"),
                code="escalations.not_holder",
                remedy=_("现由%(who)s答复，状态：%(state)s")
                % {"who": escalation.holder.display_name, "state": escalation.get_state_display()},
            )
        )
