"""The public list follows the hearings. Handlers only write rows."""

from __future__ import annotations

from deadlines.hearings.events import HearingChanged
from deadlines.hearings.models import Hearing
from publicity.portal.hearing_services import push_hearing, withdraw_hearing
from publicity.process_info.services import announced, public_hearing, public_id_of


def follow_hearing(event: HearingChanged) -> None:
    """Announce a public hearing, bring its time up to date, or take it off the list."""
    rows = Hearing.objects.select_related("case__court", "courtroom")
    hearing = rows.prefetch_related("participants", "case__parties").get(pk=event.hearing_id)
    if announced(hearing):
        push_hearing(public_hearing(hearing))
    else:
        withdraw_hearing(public_id_of(hearing.pk))
