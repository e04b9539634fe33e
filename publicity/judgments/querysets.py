"""Conditions on publications that read as sentences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from cases.intake.models import Case
from courtcms.accounts.posts import Post
from publicity.judgments import rules

if TYPE_CHECKING:
    from publicity.judgments.models import Publication  # noqa: F401  names the element type


class PublicationQuerySet(QuerySet["Publication"]):
    """Publications by state, day and person."""

    def open(self) -> PublicationQuerySet:
        """Neither published nor withheld nor withdrawn."""
        return self.filter(state__in=rules.OPEN)

    def in_state(self, *states: str) -> PublicationQuerySet:
        """In one of the states."""
        return self.filter(state__in=states)

    def late_on(self, day: date) -> PublicationQuerySet:
        """Open although the last day has passed; on that day itself nothing is late."""
        return self.open().filter(due_on__lt=day)

    def visible_to(self, user: Any) -> PublicationQuerySet:
        """Publications of cases in the person's scope; publicity staff see what lies before the clearing person.

        A clearing person of another division works on documents of ordinary secrecy only.
        """
        seen = Q(case__in=Case.objects.visible_to(user).values("pk"))
        courts = {
            capacity.court_id
            for capacity in user.capacities
            if capacity.post in (Post.PUBLICITY, Post.CLERK, Post.JUDGE_ASSISTANT)
        }
        if courts:
            seen |= Q(case__court__in=courts, case__secrecy="none", state__in=[rules.CLEARANCE, rules.READY])
            seen |= Q(clearer=user) | Q(redactor=user)
        publicity = {capacity.court_id for capacity in user.capacities if capacity.post == Post.PUBLICITY}
        if publicity:
            seen |= Q(case__court__in=publicity, case__secrecy="none", state=rules.HELD)
        return self.filter(seen)
