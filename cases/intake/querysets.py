"""Conditions on cases that read as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet

from cases.intake.titles import grams, search_words
from courtcms.accounts.permissions import LEADERS
from courtcms.accounts.scope import user_scope

if TYPE_CHECKING:
    from cases.intake.models import Case  # noqa: F401  names the element type


def on_bench(user_ids: Any) -> Q:
    """One of the persons is the judge in charge or has a place on the bench today.

    The places are gathered into an array first (`= ANY(ARRAY(SELECT …))`): planned as a subquery they would be read
    again for every row of a search, and would hide the indexes of judge, division and day from an OR.
    """
    members = apps.get_model("cases", "BenchMember")
    seats = members.objects.filter(user__in=user_ids, until__isnull=True).values("case_id")
    return Q(judge__in=user_ids) | Q(_InArray(F("pk"), ArraySubquery(seats)))


class _InArray(Func):
    """`value = ANY(array)`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class CaseQuerySet(QuerySet["Case"]):
    """Cases by state, place and person."""

    def open(self) -> CaseQuerySet:
        """Cases that are not closed or cancelled."""
        return self.filter(status="open")

    def of_judge(self, user: Any) -> CaseQuerySet:
        """Cases of which the person is the judge in charge."""
        return self.filter(judge=user)

    def on_bench_of(self, user_ids: Any) -> CaseQuerySet:
        """Cases in which one of the persons is the judge in charge or has a place on the bench today."""
        return self.filter(on_bench(user_ids))

    def visible_to(self, user: Any) -> CaseQuerySet:
        """Cases within the posts of the day: own bench, own division, own court.

        A secret case is seen by its bench, and by the president and vice presidents of the court.
        """
        scope = user_scope(user)
        seen = Q(pk__in=[])
        if scope.user_ids:
            seen |= on_bench(scope.user_ids)
        if scope.division_ids or scope.court_ids:
            seen |= (Q(division__in=scope.division_ids) | Q(court__in=scope.court_ids)) & Q(secrecy="none")
        led = {capacity.court_id for capacity in user.capacities if capacity.post in LEADERS}
        if led:
            seen |= Q(court__in=led)
        return self.filter(seen)

    def search(self, query: str) -> CaseQuerySet:
        """Cases whose number, cause, parties or their pinyin contain every word of the query."""
        found = self
        for word in search_words(query):
            pairs = grams(word)
            if pairs:
                found = found.filter(search_grams__contains=pairs)
            if len(word) != 2:
                found = found.filter(search_text__contains=word)
        return found
