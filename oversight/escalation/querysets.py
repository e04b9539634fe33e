"""Conditions on escalations that read as sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.intake.models import Case
from oversight.escalation.rules import LIVE


def seats_of(user: Any) -> set[int]:
    """Whose seats the person acts in today: the own one and those of absent persons."""
    return {user.pk, *(capacity.holder_id for capacity in user.capacities)}


class EscalationQuerySet(QuerySet[Any]):
    """Escalations by holder, state and reader."""

    def live(self) -> EscalationQuerySet:
        """Not closed."""
        return self.filter(state__in=LIVE)

    def held_by(self, user: Any) -> EscalationQuerySet:
        """Standing with the person, or with somebody whom the person substitutes."""
        return self.filter(holder__in=seats_of(user))

    def to_answer(self, user: Any) -> EscalationQuerySet:
        """Waiting for the person's answer."""
        return self.held_by(user).filter(state="open")

    def overdue(self, today: date) -> EscalationQuerySet:
        """Answer day passed; they climb with the next run."""
        return self.filter(due_on__lt=today)

    def visible_to(self, user: Any) -> EscalationQuerySet:
        """Of cases within the person's posts, and those the person holds."""
        return self.filter(case__in=Case.objects.visible_to(user)) | self.held_by(user)

    def climbed_from(self, user: Any) -> EscalationQuerySet:
        """Those that left the person's rung unanswered and are still alive."""
        acts = self.model.acts.rel.related_model.objects
        return self.live().filter(
            Exists(acts.filter(escalation=OuterRef("pk"), from_holder__in=seats_of(user), kind="climbed"))
        )
