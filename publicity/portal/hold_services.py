"""Holding a document back while a report is looked into. Called inside the publishing room's audited act."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from courtcms.core import clock
from courtcms.core.errors import Reason, Refusal
from publicity.portal.models import Hold, Judgment


def hold_judgment(public_id: str, *, until: date) -> None:
    """Take a document off every surface until `until`; its address says so. Publishing it again ends the hold.

    Holding twice moves the day. Raises Refusal for an id that is not public.
    """
    held = Hold.objects.filter(public_id=public_id).first()
    if held is not None:
        held.until = until
        held.save(update_fields=["until"])
        return
    judgment = Judgment.objects.select_for_update().filter(public_id=public_id).first()
    if judgment is None:
        raise Refusal(Reason(_("公开网上没有这份文书"), field="public_id"))
    Hold.objects.create(
        public_id=public_id, case_number=judgment.case_number, court_name=judgment.court_name,
        court_name_en=judgment.court_name_en, judged_on=judgment.judged_on, held_on=clock.today(), until=until,
    )  # fmt: skip
    judgment.delete()
