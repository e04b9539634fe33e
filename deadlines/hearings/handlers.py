"""What hearings do when a lower floor tells them something. Handlers only write rows."""

from __future__ import annotations

from cases.docket.events import DocketUndone
from cases.intake.events import CaseClosed
from courtcms.core.events import publish
from deadlines.hearings.events import HearingChanged
from deadlines.hearings.models import Hearing, HearingStatus


def _cancel(hearing: Hearing, reason: str) -> None:
    hearing.status, hearing.end_reason, hearing.docket_entry = HearingStatus.CANCELLED, reason, None
    hearing.save(update_fields=["status", "end_reason", "docket_entry"])
    publish(HearingChanged(hearing.pk))


def follow_undo(event: DocketUndone) -> None:
    """The entry of a scheduled hearing was taken back: the hearing is off."""
    for hearing in Hearing.objects.filter(docket_entry=event.entry_id, status=HearingStatus.SCHEDULED):
        _cancel(hearing, "进展记录已撤销")  # not translated: as it is stored


def call_off(event: CaseClosed) -> None:
    """A closed case has no hearings to come: room and people are free again."""
    for hearing in Hearing.objects.filter(case=event.case_id, status=HearingStatus.SCHEDULED):
        _cancel(hearing, "案件已结")  # not translated: as it is stored
