"""The docket of a case says what became of its hearings: entries and the counter-entries that take them back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.docket.events import DocketEntered, DocketUndone
from cases.docket.models import DocketEntry
from cases.docket.rules import UNDO
from cases.docket.services import set_stage
from cases.intake.models import Case
from courtcms.core import clock
from courtcms.core.events import publish
from deadlines.hearings.models import Hearing

OFF = "hearing_off"


def _capacity(actor: Any) -> str:
    return actor.capacity_label("hearings.schedule") if actor is not None else ""


def announce(actor: Any, hearing: Hearing, note: str = "") -> DocketEntry:
    """Write the entry of a hearing that was scheduled or moved; inside an act."""
    local = hearing.starts_at.astimezone(clock.COURT_ZONE)
    row = DocketEntry.objects.create(
        case=hearing.case,
        kind=hearing.kind,
        happened_on=local.date(),
        happened_at=local.time().replace(tzinfo=None),
        place=hearing.courtroom.name[:60],
        note=note,
        actor=actor,
        capacity=_capacity(actor),
        entered_at=clock.now(),
    )
    set_stage(hearing.case)
    publish(DocketEntered(case_id=hearing.case_id, entry_id=row.pk, kind=row.kind, happened_on=row.happened_on))
    return row


def takes_over(hearing: Hearing, entry: DocketEntry) -> bool:
    """Does an entry already written say what this hearing is?"""
    local = hearing.starts_at.astimezone(clock.COURT_ZONE)
    same_time = entry.happened_at is None or entry.happened_at == local.time().replace(tzinfo=None)
    return entry.happened_on == local.date() and same_time and entry.kind == hearing.kind


def strike(actor: Any, entry: DocketEntry) -> None:
    """Take an entry back by a counter-entry; inside an act. An entry already struck stays so."""
    if DocketEntry.objects.filter(undoes=entry).exists():
        return
    DocketEntry.objects.create(
        case=entry.case,
        kind=UNDO,
        happened_on=clock.today(),
        actor=actor,
        capacity=_capacity(actor),
        entered_at=clock.now(),
        undoes=entry,
    )
    set_stage(entry.case)
    publish(DocketUndone(case_id=entry.case_id, entry_id=entry.pk, kind=entry.kind))


def note_off(actor: Any, hearing: Hearing, text: str) -> None:
    """Say that a hearing was called off or adjourned, and why; inside an act."""
    DocketEntry.objects.create(
        case=hearing.case,
        kind=OFF,
        happened_on=clock.today(),
        note=text,
        actor=actor,
        capacity=_capacity(actor),
        entered_at=clock.now(),
    )
    set_stage(Case.objects.get(pk=hearing.case_id))


def moved_note(before: str) -> str:
    """Note of the entry of a hearing that was moved."""
    return _("由 %(before)s 改期") % {"before": before}
