"""The public list follows the hearings, and what parties see follows their case. Handlers only write rows."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from deadlines.hearings.events import HearingChanged
from deadlines.hearings.models import Hearing
from publicity.portal.hearing_services import push_hearing, withdraw_hearing
from publicity.process_info import access_services, tasks
from publicity.process_info.services import announced, public_hearing, public_id_of


def follow_hearing(event: HearingChanged) -> None:
    """Announce a public hearing, bring its time up to date, or take it off the list."""
    rows = Hearing.objects.select_related("case__court", "courtroom")
    hearing = rows.prefetch_related("participants", "case__parties").get(pk=event.hearing_id)
    if announced(hearing):
        push_hearing(public_hearing(hearing))
    else:
        withdraw_hearing(public_id_of(hearing.pk))
    owe_case(hearing.case_id)


def owe_parties(event: Any) -> None:
    """Something of a case changed that its parties may see: it is owed in this transaction and worked off after it."""
    owe_case(event.case_id)


def owe_case(case_id: int) -> None:
    """The row is the memory; the task only makes it quick."""
    if access_services.owe(case_id):
        transaction.on_commit(lambda: tasks.show_parties.delay(case_id), robust=True)
