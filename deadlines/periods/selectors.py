"""Reads of the periods: the day of effect on the timeline of the case."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.docket.selectors import TimelineItem
from cases.intake.models import Case


def timeline_items(case: Case, user: Any) -> list[TimelineItem]:
    """The computed day of effect; one that was withdrawn shows as such, with the day it was."""
    items = []
    for row in case.effect_dates.all():
        title = _("裁判生效（推算）") if row.withdrawn_on is None else _("推算的生效日不成立")
        day = row.effective_on if row.withdrawn_on is None else row.withdrawn_on
        items.append(TimelineItem(day, "clock", title, f"{row.effective_on} {row.get_why_display()}"))
    return items
