"""Conditions on approvals that read as sentences."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet


class StepQuerySet(QuerySet[Any]):
    """Steps by state and by who may decide them."""

    def open(self) -> StepQuerySet:
        """Steps that wait for a decision now."""
        return self.filter(state="open")

    def for_seats_of(self, user: Any) -> StepQuerySet:
        """Steps that name a post which the person holds today, or substitutes; own requests left out."""
        places = Q(pk__in=[])
        for seat in user.capacities:
            division = Q(division__isnull=True)
            if seat.division_id is not None:
                division |= Q(division=seat.division_id)
            places |= (
                Q(post=seat.post, court=seat.court_id)
                & division
                & (Q(holder__isnull=True) | Q(holder=seat.holder_id))
                & ~Q(request__asker=seat.holder_id)
            )
        return self.filter(places).exclude(request__asker=user)


class RequestQuerySet(QuerySet[Any]):
    """Requests by state and reader."""

    def running(self) -> RequestQuerySet:
        """Not ended: in approval, or returned to the asker."""
        return self.filter(state__in=("pending", "returned"))

    def asked_by(self, user: Any) -> RequestQuerySet:
        """What the person asked for."""
        return self.filter(asker=user)

    def to_decide_by(self, user: Any) -> RequestQuerySet:
        """What waits for the person's decision; nobody decides twice in one round."""
        steps = self.model.steps.rel.related_model.objects
        mine = steps.open().for_seats_of(user).filter(request=OuterRef("pk"))
        decided = steps.filter(
            Q(decided_by=user) | Q(decided_for=user), request=OuterRef("pk"), round=OuterRef("round")
        )
        return self.filter(Exists(mine), ~Exists(decided), state="pending")

    def decided_by(self, user: Any) -> RequestQuerySet:
        """What the person decided on, whatever became of it."""
        steps = self.model.steps.rel.related_model.objects
        return self.filter(Exists(steps.filter(decided_by=user, request=OuterRef("pk"))))
