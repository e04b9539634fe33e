"""Hearings as people name them in a sentence, never more of a case than the reader may see."""

from __future__ import annotations

from collections.abc import Container

from django.utils.translation import gettext as _

from courtcms.core import dates
from deadlines.hearings.models import Hearing


def when(hearing: Hearing) -> str:
    """2026-12-15（周二） 09:30–11:30."""
    return f"{dates.long_date(hearing.day)} {hearing.time_text}"


def case_word(hearing: Hearing, visible: Container[int] | None) -> str:
    """The case number; for a case outside the reader's posts only that there is one. None: the reader sees all."""
    if visible is None or hearing.case_id in visible:
        return hearing.case.number
    return _("其他案件")


def sentence(hearing: Hearing, visible: Container[int] | None) -> str:
    """Case, day, time and room of a hearing that stands in the way."""
    parts = {"case": case_word(hearing, visible), "when": when(hearing), "room": hearing.courtroom.label}
    return _("%(case)s，%(when)s，%(room)s") % parts
