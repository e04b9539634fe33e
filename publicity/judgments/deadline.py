"""The seven working days of article 7: last day, and days used up to publication."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from courtcms.core.workdays import add_working_days
from deadlines.clocks.models import Clock
from deadlines.clocks.services import start_clock, stop_clock
from publicity.judgments.models import Publication
from publicity.judgments.rules import OPEN

WORKING_DAYS = 7
LIMIT, LIMIT_APPEALED = "pub_judgment", "pub_judgment_appealed"


def due_on(effective_on: date | None) -> date | None:
    """The seventh working day after effect; None while nothing has taken effect."""
    return add_working_days(effective_on, WORKING_DAYS) if effective_on else None


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`."""
    days, day = 0, start
    while day < end and days < 400:
        following = add_working_days(day, 1)
        if following > end:
            break
        day, days = max(following, day + timedelta(days=1)), days + 1
    return days


def start(publication: Publication, actor: Any) -> None:
    """Start the clock of the publication, or restart it when the day of effect was mended. Called inside an act.

    One clock of this limit runs on a case; a second document of the same case hangs on the clock that already runs.
    """
    if publication.effective_on is None or publication.state not in OPEN:
        return
    limit = LIMIT_APPEALED if publication.appealed else LIMIT
    running = Clock.objects.live().filter(case_id=publication.case_id, limit_id=limit).first()
    if running is not None and running.started_on != publication.effective_on and _alone(publication, running):
        stop_clock(actor=actor, clock=running, stopped_on=running.started_on, reason=_("生效日期更正"))
        running = None
    if running is None:
        running = start_clock(actor=actor, case=publication.case, limit_id=limit, start_on=publication.effective_on)
    publication.clock = running
    if running.started_on == publication.effective_on:
        publication.due_on = running.due_on
    publication.save(update_fields=["clock", "due_on"])


def stop(publication: Publication, actor: Any, on: date) -> None:
    """Stop the clock: the document is public, or its notice is. Other documents of the case keep it running."""
    clock = Clock.objects.live().filter(pk=publication.clock_id).first()
    if clock is not None and _alone(publication, clock):
        stop_clock(
            actor=actor, clock=clock, stopped_on=max(on, clock.started_on), reason=_("文书已公布或者已公布不公开信息项")
        )


def _alone(publication: Publication, clock: Clock) -> bool:
    return not Publication.objects.open().filter(clock=clock).exclude(pk=publication.pk).exists()
