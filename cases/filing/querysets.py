"""Who sees drafts and filings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from courtcms.accounts.permissions import CHIEFS
from courtcms.accounts.posts import Post

if TYPE_CHECKING:
    from cases.filing.models import Filing, FilingDraft  # noqa: F401  names the element types


def seats_of_clerk(user: Any) -> set[int]:
    """The filing clerks whose counter the person sits at today: oneself, and those one substitutes."""
    return {capacity.holder_id for capacity in user.capacities if capacity.post == Post.FILING_CLERK}


def headed_divisions(user: Any) -> set[int]:
    """Divisions whose chief or deputy chief the person is today, as a substitute too."""
    return {c.division_id for c in user.capacities if c.post in CHIEFS and c.division_id is not None}


class DraftQuerySet(QuerySet["FilingDraft"]):
    """Half-filled forms."""

    def of_clerk(self, user: Any) -> DraftQuerySet:
        """Drafts of the person's own counter; nobody else sees them, not even the court's leaders."""
        return self.filter(clerk__in=seats_of_clerk(user))


class FilingQuerySet(QuerySet["Filing"]):
    """Filings of which the court must account."""

    def visible_to(self, user: Any) -> FilingQuerySet:
        """Filings of the person's own counter, and of the filing division that the person heads."""
        return self.filter(Q(clerk__in=seats_of_clerk(user)) | Q(division__in=headed_divisions(user)))
