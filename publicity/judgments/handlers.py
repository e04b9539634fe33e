"""What this room does when a lower floor tells it something. Handlers only write rows."""

from __future__ import annotations

from cases.docket.events import DocketEntered
from cases.intake.models import Case
from deadlines.clocks.events import ClockChanged
from publicity.judgments.models import Publication
from publicity.judgments.rules import OPEN
from publicity.judgments.services import open_publication

EFFECTIVE = "effective"


def await_document(event: DocketEntered) -> None:
    """The docket says the judgment became final: its publication is owed within seven working days."""
    if event.kind != EFFECTIVE:
        return
    case = Case.objects.get(pk=event.case_id)
    if not case.publications.exists():
        open_publication(actor=None, case=case, effective_on=event.happened_on)


def follow_clock(event: ClockChanged) -> None:
    """The calendar moved the last day: open publications follow."""
    if event.due_on is not None:
        Publication.objects.filter(clock=event.clock_id, state__in=OPEN).update(due_on=event.due_on)
