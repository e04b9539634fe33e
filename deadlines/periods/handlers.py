"""What this room does when the docket tells it something. Handlers only write rows."""

from __future__ import annotations

from cases.docket.events import DocketEntered, DocketUndone
from cases.intake.events import CaseRegistered
from cases.intake.models import Case
from deadlines.periods import services


def begin(event: CaseRegistered) -> None:
    """The registration of a case starts what the court owes from that day."""
    services.follow_registration(Case.objects.get(pk=event.case_id))


def follow(event: DocketEntered) -> None:
    """An entry starts and ends the periods that the packs name for it."""
    services.follow_entry(Case.objects.get(pk=event.case_id), event.kind, event.entry_id, event.happened_on)


def follow_undo(event: DocketUndone) -> None:
    """An entry was taken back."""
    services.undo_entry(Case.objects.get(pk=event.case_id), event.kind, event.entry_id)
