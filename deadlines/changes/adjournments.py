"""How often the hearings of a case were adjourned: ordered as hearings and granted as changes, counted together."""

from __future__ import annotations

from datetime import date

from cases.intake.models import Case
from deadlines.changes import rules
from deadlines.clocks.arithmetic import add_months
from deadlines.clocks.models import ClockInterval
from deadlines.hearings.models import Adjournment

GROUND = "ded_adjournment"


def adjournments_of(case: Case, *, besides: date | None = None) -> int:
    """The number that the cap looks at (法释〔2018〕9号 art. 3), `besides` a further one that begins on that day.

    An adjournment ordered for a hearing and the deduction granted for the same adjournment are one: the deduction
    begins between the day of the adjourned hearing (or of the order) and the next hearing.
    """
    spans = []
    for row in Adjournment.objects.filter(hearing__case=case).select_related("hearing", "hearing__next"):
        following = getattr(row.hearing, "next", None)
        first = min(row.made_on, row.hearing.day)
        spans.append((first, following.day if following else month_after(row.hearing.day)))
    granted = ClockInterval.objects.filter(clock__case=case, ground=GROUND, voided_on__isnull=True)
    days = set(granted.values_list("starts_on", flat=True)) | ({besides} if besides else set())
    return rules.counted_together(spans, sorted(days))


def month_after(day: date) -> date:
    """One month on, as the calculator counts months."""
    return date.fromordinal(add_months(day.toordinal(), 1, False))
