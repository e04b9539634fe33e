"""The court's own office hours: which hold on a day, and setting others from a day on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Reasons
from deadlines.hearings import rules
from deadlines.hearings.models import CourtHours, Hearing

PERMISSION = "hearings.hours"


def hours_by_day() -> Callable[[date], rules.Hours]:
    """The hours of any day, read once: the row that began last decides."""
    rows = list(CourtHours.objects.order_by("-valid_from"))

    def of(day: date) -> rules.Hours:
        row = next((row for row in rows if row.valid_from <= day), None)
        return rules.Hours(row.opens, row.closes, row.break_from, row.break_to) if row else rules.HOURS

    return of


def hours_on(day: date) -> rules.Hours:
    """The office hours of a day."""
    return hours_by_day()(day)


def check_hours(*, valid_from: date, opens: time, closes: time, break_from: time, break_to: time, reason: str) -> None:
    """Refuse with every reason: out of order, in the past, a day that has hours of its own already, no reason."""
    reasons = Reasons()
    if not opens < break_from <= break_to < closes:
        text = _("须依次为开始办公、午休开始、午休结束、结束办公")
        reasons.add(text, field="opens", code="order")
    if valid_from <= clock.today():
        reasons.add(_("自明日或者以后起适用，已过的日子不变"), field="valid_from", code="past")
    if CourtHours.objects.filter(valid_from=valid_from).exists():
        reasons.add(_("这一日起适用的办公时间已经存在"), field="valid_from", code="twice")
    if not reason.strip():
        reasons.add(_("写明事由和依据"), field="reason", code="required")
    reasons.refuse()


def set_hours(
    *, actor: Any, valid_from: date, opens: time, closes: time, break_from: time, break_to: time, reason: str
) -> CourtHours:
    """Set other office hours from a day on. Hearings already set down stay; those outside are listed by `outside`."""
    require(actor, PERMISSION)
    values = {"opens": opens, "closes": closes, "break_from": break_from, "break_to": break_to, "reason": reason}
    with act(actor=actor, verb="hearing.hours", permission=PERMISSION, reason=reason) as entry:
        check_hours(valid_from=valid_from, **values)
        row = CourtHours.objects.create(
            valid_from=valid_from, entered_by=actor, entered_on=clock.today(), **values | {"reason": reason.strip()}
        )
        entry.target = row
        entry.after = {"from": valid_from, "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
    return row


def outside(valid_from: date, hours: rules.Hours) -> list[Hearing]:
    """Hearings already set down that these hours would leave outside, until other hours begin."""
    later = CourtHours.objects.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    last = later.valid_from if later else clock.today() + rules.FARTHEST
    rows = Hearing.objects.filter(status="scheduled", off_hours_reason="").between(valid_from, last)
    found = []
    for row in rows.select_related("case__judge", "courtroom").order_by("slot", "pk"):
        span = (row.starts_at.astimezone(clock.COURT_ZONE), row.ends_at.astimezone(clock.COURT_ZONE))
        if (later is None or row.day < later.valid_from) and rules.outside_hours(*span, hours):
            found.append(row)
    return found
