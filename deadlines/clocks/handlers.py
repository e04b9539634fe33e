"""What clocks do when a case is registered, closed, or when custody changes: in the same transaction."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.intake.events import CaseClosed, CaseRegistered, CustodyChanged
from cases.intake.models import Case
from deadlines.clocks.models import Clock, ClockRole
from deadlines.clocks.services import recompute, start_clock, stop_clock
from deadlines.rulebook.reading import rulebook

#: these begin or go on when the case itself has ended
AFTER_CLOSING = (ClockRole.PUBLICATION, ClockRole.PRESERVATION)


def start_clocks_of(event: CaseRegistered) -> None:
    """Start the clock that the rulebook sets for the type and procedure of the case; some types have none."""
    case = Case.objects.get(pk=event.case_id)
    rule = rulebook().clock_of_case(case.type_code, case.procedure, case.in_custody)
    if rule is None or Clock.objects.live().filter(case=case, limit_id=rule.limit).exists():
        return
    source = rule.counts_from_in_custody if case.in_custody else rule.counts_from
    start_on = case.received_on or case.filed_on if source == "received_on" else case.filed_on
    clock = start_clock(actor=None, case=case, limit_id=rule.limit, start_on=start_on)
    if case.closed_on is not None:  # a case taken over from another system that ended before
        stop_clock(actor=None, clock=clock, stopped_on=case.closed_on, reason=_("结案"))


def stop_clocks_of(event: CaseClosed) -> None:
    """Stop what ran for the trial; publication and preservation go on after the case has closed."""
    later = {rule.starts for rule in rulebook().event_clocks if rule.after_closing}
    live = Clock.objects.live().filter(case_id=event.case_id)
    for clock in live.exclude(role__in=AFTER_CLOSING).exclude(limit_id__in=later):
        stopped_on = max(event.closed_on, clock.started_on)
        stop_clock(actor=None, clock=clock, stopped_on=stopped_on, reason=_("结案"))


def recompute_custody(event: CustodyChanged) -> None:
    """A criminal limit rolls past a holiday only while nobody is held (刑诉法 105)."""
    changed = Clock.objects.live().filter(case_id=event.case_id).exclude(in_custody=event.in_custody)
    for clock in changed:
        clock.in_custody = event.in_custody
        recompute(actor=None, clock=clock, why=_("羁押情况变更"))
