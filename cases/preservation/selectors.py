"""Reads of preservation: measures by expiry, figures, one application with all its rows, timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.docket.selectors import TimelineItem
from cases.intake.models import Case
from cases.preservation.models import Lapse, Measure, MeasureState, PreservationApplication
from cases.preservation.querysets import MeasureQuerySet
from cases.preservation.rules import exceeds
from cases.preservation.services import preserved
from courtcms.core import clock

ORDER = ["expires_on", "id"]
WITHIN = {"within7": 7, "within30": 30, "within60": 60, "within90": 90}


def listed(user: Any, view: str, today: date) -> MeasureQuerySet:
    """Measures of the cases that the person sees: in force unless the view says otherwise."""
    rows = Measure.objects.visible_to(user)
    if view in WITHIN:
        rows = rows.expiring_within(WITHIN[view], today)
    elif view == "unexplained":
        rows = rows.filter(lapse__explained_on__isnull=True, state=MeasureState.LAPSED)
    elif view in (MeasureState.LIFTED, MeasureState.LAPSED):
        rows = rows.filter(state=view)
    else:
        rows = rows.in_force()
    return rows.select_related("case", "case__judge", "application__applicant")


def counts(user: Any, today: date) -> dict[str, int]:
    """How many stand where, in one query."""
    active = Q(state="active", expires_on__gte=today)
    within = {
        key: Count("pk", filter=active & Q(expires_on__lte=today + timedelta(days=days)))
        for key, days in WITHIN.items()
    }
    return Measure.objects.visible_to(user).aggregate(
        active=Count("pk", filter=Q(state="active")),
        lapsed=Count("pk", filter=Q(state="lapsed")),
        unexplained=Count("pk", filter=Q(state="lapsed", lapse__explained_on__isnull=True)),
        **within,
    )


def lapses(user: Any, state: str = "") -> QuerySet[Lapse]:
    """Incidents of the cases that the person sees: all, `open`, `late` (past their day), `explained`."""
    rows = Lapse.objects.filter(measure__in=Measure.objects.visible_to(user))
    narrowed = {
        "open": Q(explained_on__isnull=True),
        "late": Q(explained_on__isnull=True, answer_by__lt=clock.today()),
        "explained": Q(explained_on__isnull=False),
    }.get(state, Q())
    return rows.filter(narrowed).select_related(
        "measure__case__judge", "measure__case__division", "measure__application", "explained_by"
    )


def lapse_counts(user: Any, today: date) -> dict[str, int]:
    """How many incidents stand where, in one query."""
    rows = Lapse.objects.filter(measure__in=Measure.objects.visible_to(user))
    waiting = Q(explained_on__isnull=True)
    return rows.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=waiting),
        late=Count("pk", filter=waiting & Q(answer_by__lt=today)),
        explained=Count("pk", filter=~waiting),
    )


def days_left(measure: Measure, today: date) -> int | None:
    """Calendar days to the expiry of a measure in force."""
    if measure.state != MeasureState.ACTIVE or measure.expires_on is None:
        return None
    return (measure.expires_on - today).days


def visible(user: Any, pk: int) -> PreservationApplication | None:
    """One application with its case and parties, if the person may see it."""
    rows = PreservationApplication.objects.visible_to(user).select_related("case", "applicant", "respondent")
    return rows.filter(pk=pk).first()


def of_case(case: Case) -> list[PreservationApplication]:
    """Applications of a case with their measures, latest first."""
    return list(case.preservation_applications.prefetch_related("measures").order_by("-id"))


def excess(application: PreservationApplication) -> int | None:
    """Measures in force in percent of the amount asked for, when above 120 %; otherwise None."""
    total = preserved(application)
    return round(100 * total / application.amount) if exceeds(total, application.amount) else None


def timeline_items(case: Case, user: Any) -> Iterable[TimelineItem]:
    """What the timeline of the case shows of preservation."""
    for row in case.measures.select_related("application").order_by("id"):
        address = reverse("preservation:detail", args=[row.application_id])
        words = {"object": row.get_object_kind_display()}
        yield TimelineItem(row.taken_on, "clock", _("采取保全措施：%(object)s") % words, row.thing, address)
        if row.state == MeasureState.ACTIVE and row.expires_on:
            yield TimelineItem(row.expires_on, "clock", _("保全届满：%(object)s") % words, row.thing, address)
        elif row.ended_on:
            title = _("保全失效：%(object)s") if row.state == MeasureState.LAPSED else _("解除保全：%(object)s")
            yield TimelineItem(row.ended_on, "clock", title % words, row.thing, address)
