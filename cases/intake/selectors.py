"""Reads of cases: lists for pages and desks, one case with all that its page shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cases.intake import catalogue
from cases.intake.models import BenchMember, BenchRole, Case, CaseStatus
from cases.intake.numbers import IRREGULARITIES
from cases.intake.querysets import CaseQuerySet
from cases.intake.register_models import Allocation, CaseLink, Recusal
from courtcms.accounts.models import Appointment, User
from courtcms.accounts.posts import Post
from courtcms.accounts.scope import user_scope
from courtcms.core import clock
from courtcms.courts.models import Division

LIST_ORDER = ["-filed_on", "-id"]


@dataclass(frozen=True)
class DaysLeft:
    """Days left of the clock that matters most of a case; `days` None when none runs."""

    days: int | None
    paused: bool = False
    due_on: date | None = None


@dataclass(frozen=True)
class RiskProvider:
    """How a higher room brings days left into lists of cases, each with one query a page.

    `for_cases(ids)` gives DaysLeft by case id; `narrow(cases, level)` keeps the cases of a level (ample, near, urgent,
    overdue).
    """

    for_cases: Callable[[Sequence[int]], dict[int, DaysLeft]]
    narrow: Callable[[CaseQuerySet, str], CaseQuerySet]


_risk: list[RiskProvider] = []


def provide_risk(provider: RiskProvider) -> None:
    """Let `provider` fill the days-left column and filter of the case list; called in `AppConfig.ready()`."""
    _risk[:] = [provider]


def has_risk() -> bool:
    """Does a higher room bring days left?"""
    return bool(_risk)


def days_left(ids: Sequence[int]) -> dict[int, DaysLeft]:
    """Days left by case id; empty without a provider."""
    return _risk[0].for_cases(ids) if _risk and ids else {}


@dataclass(frozen=True)
class CaseFilter:
    """What the case list is narrowed to. Unknown values narrow nothing."""

    query: str = ""
    status: str = ""
    category: str = ""
    type_code: str = ""
    division: str = ""
    judge: str = ""
    risk: str = ""


def case_list(user: Any, chosen: CaseFilter) -> CaseQuerySet:
    """Cases the user may see, narrowed, ready for a keyset page by LIST_ORDER."""
    found = Case.objects.visible_to(user)
    if chosen.query:
        found = found.search(chosen.query)
    if chosen.status in CaseStatus.values:
        found = found.filter(status=chosen.status)
    if chosen.category in catalogue.category_terms():
        found = found.filter(category=chosen.category)
    if chosen.type_code in catalogue.case_types():
        found = found.filter(type_code=chosen.type_code)
    if chosen.division.isdecimal():
        found = found.filter(division=int(chosen.division[:12]))
    if chosen.judge.isdecimal():
        found = found.filter(judge=int(chosen.judge[:12]))
    if chosen.risk and _risk:
        found = _risk[0].narrow(found, chosen.risk)
    return found.select_related("division", "judge").defer("search_text", "search_grams", "claims")


def open_cases_of(user: Any) -> CaseQuerySet:
    """Open cases in which the person, or somebody absent whom the person substitutes, is the judge in charge."""
    return _for_list(Case.objects.open().filter(judge__in=user_scope(user).user_ids))


def open_cases_on_bench(user: Any) -> CaseQuerySet:
    """Open cases in which the person has any place on the bench (presiding judge, member, assistant, clerk)."""
    return _for_list(Case.objects.open().on_bench_of(user_scope(user).user_ids))


def open_cases_of_divisions(user: Any) -> CaseQuerySet:
    """Open cases of the divisions that the person heads."""
    return _for_list(Case.objects.open().visible_to(user).filter(division__in=user_scope(user).division_ids))


def _for_list(found: CaseQuerySet) -> CaseQuerySet:
    return (
        found.select_related("division", "judge").defer("search_text", "search_grams", "claims").order_by(*LIST_ORDER)
    )


def filed_recently(user: Any, limit: int = 20) -> CaseQuerySet:
    """The latest filings within the person's scope, for the filing division's desk."""
    return _for_list(Case.objects.visible_to(user))[:limit]


def loads(division: Division) -> list[tuple[User, int]]:
    """Judges of a division with their open cases, by order of appointment."""
    people = judges_of([division.pk])
    counted = dict(
        Case.objects.open()
        .filter(judge__in=people)
        .values_list("judge")
        .annotate(n=Count("pk"))
        .values_list("judge", "n")
    )
    return [(user, counted.get(user.pk, 0)) for user in people]


def find_on_bench(user: Any, sequence: int) -> list[Case]:
    """Open cases on whose bench the person sits, with that sequence number, latest year first."""
    return list(open_cases_on_bench(user).filter(sequence=sequence).order_by("-year", "-id")[:5])


def visible_case(user: Any, pk: int) -> Case | None:
    """The case with its division and judge, if the person may see it."""
    return Case.objects.visible_to(user).select_related("division", "judge", "court").filter(pk=pk).first()


def bench(case: Case) -> list[BenchMember]:
    """Today's bench in the order of its places."""
    order = {role: place for place, role in enumerate(BenchRole.values)}
    members = case.bench.filter(until__isnull=True).select_related("user")
    return sorted(members, key=lambda member: (order[member.role], member.pk))


def links(case: Case, user: Any) -> list[CaseLink]:
    """Cases this one names; `other` is opened only where the person may see it (`may_open`)."""
    found = list(case.links.select_related("other"))
    seen = set(
        Case.objects.visible_to(user)
        .filter(pk__in=[link.other_id for link in found if link.other_id])
        .values_list("pk", flat=True)
    )
    for link in found:
        link.may_open = link.other_id in seen
        link.irregular_words = [_(IRREGULARITIES.get(code, code)) for code in link.irregularities]
    return found


def linked_from(case: Case, user: Any) -> list[CaseLink]:
    """Later cases that name this one, as far as the person may see them."""
    visible = Case.objects.visible_to(user).values("pk")
    return list(CaseLink.objects.filter(other=case, case__in=visible).select_related("case").order_by("id"))


def allocations(case: Case) -> list[Allocation]:
    """How judges came to the case, latest first, each step in words of the language in force."""
    found = list(case.allocations.select_related("judge", "made_by"))
    for allocation in found:
        allocation.shown = [
            {"name": step["name"], "taken": step["taken"], "text": _(step["template"]) % step["values"]}
            for step in allocation.steps
        ]
    return found


def recusals(case: Case) -> list[Recusal]:
    """Recusals of the case."""
    return list(case.recusals.select_related("user", "decided_by"))


def divisions_of(user: Any) -> list[Division]:
    """Divisions whose cases the person may see, for the filter of the list."""
    scope = user_scope(user)
    own = {capacity.division_id for capacity in user.capacities if capacity.division_id}
    found = Division.objects.filter(Q(court__in=scope.court_ids) | Q(pk__in=scope.division_ids | own))
    return list(found.filter(kind__in=["civil", "criminal", "administrative", "enforcement", "trial_supervision"]))


def judges_of(division_ids: Sequence[int]) -> list[User]:
    """Judges who hold their post in the divisions today."""
    today = clock.today()
    held = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today),
        division__in=division_ids,
        post__in=[Post.JUDGE, Post.PRESIDING_JUDGE],
        since__lte=today,
        user__is_active=True,
    )
    users = [appointment.user for appointment in held.select_related("user").order_by("division", "pk")]
    return list({user.pk: user for user in users}.values())
