"""What the desks count and list, each in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from cases.intake.models import Case
from cases.intake.querysets import CaseQuerySet
from courtcms.accounts.models import Appointment, User
from courtcms.accounts.scope import user_scope
from courtcms.accounts.selectors import in_force
from courtcms.courts.models import Division
from deadlines.clocks import selectors as clock_reads
from deadlines.clocks.models import Clock
from deadlines.clocks.querysets import RISKS, risk_condition
from publicity.judgments.models import Publication

#: (first day, last day) of each bar of a distribution of days left; None is open
BUCKETS = ((0, 15), (16, 30), (31, 45), (46, 60), (61, 90), (91, 120), (121, None))


@dataclass(frozen=True)
class Left:
    """Days left of the trial limit of a case, with its level by the clock's own thresholds."""

    days: int | None
    level: str
    due_on: date | None
    provisional: bool


@dataclass(frozen=True)
class CaseLine:
    """A case with the days left of its trial limit; `left` None where no trial limit runs."""

    case: Case
    left: Left | None


def _left(clock: Clock, today: date) -> Left:
    return Left(clock_reads.days_left(clock, today), clock_reads.risk(clock, today), clock.due_on, clock.provisional)


def with_due(cases: CaseQuerySet) -> CaseQuerySet:
    """Cases with `trial_due`, the earliest due date of their trial limits; NULL where none runs or it is paused."""
    trial = Clock.objects.trial().live().filter(case=OuterRef("pk")).order_by("due_on", "pk")
    return cases.annotate(trial_due=Subquery(trial.values("due_on")[:1]))


def lines(cases: Sequence[Case], today: date) -> list[CaseLine]:
    """The cases with the days left of their trial limits, in the order given; one query."""
    live = Clock.objects.trial().live().filter(case__in=[case.pk for case in cases]).order_by("-due_on", "-pk")
    left = {clock.case_id: _left(clock, today) for clock in live.defer("derivation")}
    return [CaseLine(case, left.get(case.pk)) for case in cases]


def clocks_due(cases: CaseQuerySet) -> QuerySet[Clock]:
    """Live trial limits of these cases with their case, to be read in order of the due date from its index."""
    live = Clock.objects.trial().live().filter(case__in=cases.values("pk"))
    return live.select_related("case__division", "case__judge").defer(
        "derivation", "case__search_text", "case__search_grams", "case__claims"
    )


def line_of(clock: Clock, today: date) -> CaseLine:
    """The line of a case from its clock."""
    return CaseLine(clock.case, _left(clock, today))


def risk_counts(cases: CaseQuerySet, today: date) -> dict[str, int]:
    """Trial limits of these cases by risk."""
    return Clock.objects.trial().filter(case__in=cases.values("pk")).risk_counts(today)


def distribution(cases: CaseQuerySet, today: date) -> dict[str, int]:
    """Trial limits of these cases by days left: one key for each of BUCKETS, and their risks."""
    running = Q(status="running")
    counts = {risk: Count("pk", filter=risk_condition(risk, today)) for risk in RISKS}
    for first, last in BUCKETS:
        condition = running & Q(due_on__gte=today + timedelta(days=first))
        if last is not None:
            condition &= Q(due_on__lte=today + timedelta(days=last))
        counts[f"from_{first}"] = Count("pk", filter=condition)
    return Clock.objects.trial().live().filter(case__in=cases.values("pk")).aggregate(**counts)


def by_division(cases: CaseQuerySet, today: date) -> list[dict[str, Any]]:
    """Divisions with their live trial limits by risk, in the order of the house; no judge is named."""
    counts = {risk: Count("pk", filter=risk_condition(risk, today)) for risk in RISKS}
    rows = (
        Clock.objects.trial()
        .live()
        .filter(case__in=cases.values("pk"))
        .values("case__division")
        .annotate(total=Count("pk"), **counts)
        .order_by("case__division")
    )
    found = {row["case__division"]: row for row in rows}
    divisions = Division.objects.filter(pk__in=found).order_by("court", "order", "code")
    return [found[division.pk] | {"division": division} for division in divisions]


def open_cases_in_scope(user: User) -> CaseQuerySet:
    """Open cases that the person sees by today's posts."""
    return Case.objects.visible_to(user).open()


def own_open_cases(user: User) -> CaseQuerySet:
    """Open cases in which the person (or somebody the person stands in for) is the judge in charge."""
    return Case.objects.open().filter(judge__in=user_scope(user).user_ids)


def without_judge(user: User) -> CaseQuerySet:
    """Open cases that no judge has yet, the oldest first."""
    return open_cases_in_scope(user).filter(judge__isnull=True).select_related("division").order_by("filed_on", "pk")


def filed_on(user: User, since: date) -> int:
    """How many cases were filed from that day on."""
    return Case.objects.visible_to(user).filter(filed_on__gte=since).count()


def publication_counts(user: User, today: date) -> dict[str, int]:
    """Publications in the person's reach by state, and those late."""
    states = ("awaited", "review", "clearance", "ready", "deciding")
    counts = {state: Count("pk", filter=Q(state=state)) for state in states}
    counts["late"] = Count("pk", filter=Q(due_on__lt=today))
    return Publication.objects.visible_to(user).open().aggregate(**counts)


def publications_due(user: User, limit: int) -> list[Publication]:
    """Open publications in the person's reach, those due first."""
    found = Publication.objects.visible_to(user).open().select_related("case")
    return list(found.order_by("due_on", "pk")[:limit])


def people_without_post(today: date) -> int:
    """Active accounts that open nothing because no post is held today."""
    held = Appointment.objects.filter(in_force(today)).values("user")
    return User.objects.filter(is_active=True).exclude(pk__in=held).count()
