"""Conditions on cases that read as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet

from cases.intake.titles import grams, search_words
from courtcms.accounts.permissions import LEADERS
from courtcms.accounts.scope import user_scope

if TYPE_CHECKING:
    from cases.intake.models import Case  # noqa: F401  names the element type


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
        members = apps.get_model("cases", "BenchMember")
        seats = members.objects.filter(user__in=user_ids, until__isnull=True).values("case")
        return self.filter(pk__in=self.model.objects.filter(judge__in=user_ids).values("pk").union(seats))

    def visible_to(self, user: Any) -> CaseQuerySet:
        """Cases within the posts of the day: own bench, own division, own court.

        A secret case is seen by its bench, and by the president and vice presidents of the court.
        """
        scope = user_scope(user)
        seen = Q(pk__in=[])
        if scope.user_ids:
            seen |= Q(pk__in=self.model.objects.on_bench_of(scope.user_ids).values("pk"))
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
