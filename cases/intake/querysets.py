"""Conditions on cases that read as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from courtcms.accounts.scope import user_scope

if TYPE_CHECKING:
    from cases.intake.models import Case


class CaseQuerySet(QuerySet["Case"]):
    """Cases by state, place and person."""

    def open(self) -> CaseQuerySet:
        """Cases that are not closed or cancelled."""
        return self.filter(status="open")

    def of_judge(self, user: Any) -> CaseQuerySet:
        """Cases of which the person is the judge in charge."""
        return self.filter(judge=user)

    def visible_to(self, user: Any) -> CaseQuerySet:
        """Cases within the posts of the day: own bench, own division, own court; secret ones only by their bench."""
        scope = user_scope(user)
        members = apps.get_model("cases", "BenchMember")
        on_bench = Exists(members.objects.filter(case=OuterRef("pk"), user__in=scope.user_ids, until__isnull=True))
        wide = Q(division__in=scope.division_ids) | Q(court__in=scope.court_ids)
        if not scope.user_ids:
            return self.filter(wide, secrecy="none")
        own = Q(judge__in=scope.user_ids) | Q(on_bench)
        if not scope.division_ids and not scope.court_ids:
            return self.filter(own)
        return self.filter(own | (wide & Q(secrecy="none")))
