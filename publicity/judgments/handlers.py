"""What this room does when a lower floor tells it something. Handlers only write rows."""

from __future__ import annotations

from cases.docket.events import DocketEntered
from cases.intake.models import Case
from courtcms.core import clock as court_clock
from deadlines.clocks.events import ClockChanged
from deadlines.periods.events import EffectWithdrawn, JudgmentEffective
from publicity.judgments import deadline
from publicity.judgments.models import Publication
from publicity.judgments.rules import OPEN
from publicity.judgments.services import open_publication, set_effect

EFFECTIVE = "effective"


def await_document(event: DocketEntered) -> None:
    """The docket says the judgment became final: its publication is owed within seven working days."""
    if event.kind != EFFECTIVE:
        return
    case = Case.objects.get(pk=event.case_id)
    if not case.publications.exists():
        open_publication(actor=None, case=case, effective_on=event.happened_on)


def await_effect(event: JudgmentEffective) -> None:
    """The appeal period is over, or the judgment is final at once: the seven working days begin."""
    case = Case.objects.get(pk=event.case_id)
    if not case.publications.exists():
        open_publication(actor=None, case=case, effective_on=event.effective_on)
        return
    for publication in case.publications.filter(state__in=OPEN, effective_on__isnull=True):
        set_effect(actor=None, publication=publication, effective_on=event.effective_on, appealed=publication.appealed)


def forget_effect(event: EffectWithdrawn) -> None:
    """The judgment is not final after all: what is not yet public waits again."""
    for publication in Publication.objects.filter(case=event.case_id, state__in=OPEN, effective_on=event.effective_on):
        deadline.stop(publication, None, court_clock.today())
        set_effect(actor=None, publication=publication, effective_on=None, appealed=True)


def follow_clock(event: ClockChanged) -> None:
    """The calendar moved the last day: open publications follow."""
    if event.due_on is not None:
        Publication.objects.filter(clock=event.clock_id, state__in=OPEN).update(due_on=event.due_on)
