"""Which lengths the court may set for itself, and which of its targets holds for a case."""

from __future__ import annotations

from datetime import date

from deadlines.rulebook.models import TargetState, TargetVersion
from deadlines.rulebook.rules import Limit

DAYS_OF = {"day": 1, "working_day": 7 / 5, "month": 30, "year": 365, "hour": 1 / 24}


def is_target(limit: Limit) -> bool:
    """Whether the court may set a length of its own: appraisals, and what is only suggested.

    Neither the statute nor an interpretation fixes these; every other length is law and is changed in the packs only.
    """
    return limit.group == "appraisal" and not limit.status.startswith("statutory") or limit.status == "suggested"


def target_for(limit: Limit, filed: date) -> TargetVersion | None:
    """The court target that a case filed on `filed` falls under; None where the length of the pack holds."""
    if not is_target(limit):
        return None
    rows = TargetVersion.objects.filter(limit_id=limit.id, state=TargetState.IN_FORCE, effective_from__lte=filed)
    return rows.order_by("-effective_from").first()


def longest(limit: Limit) -> float | None:
    """The most days a target may have: the ceiling of the rule, or its own length where it is a norm; None is open."""
    if limit.at_most is not None:
        return limit.at_most.amount * DAYS_OF[limit.at_most.unit]
    if limit.status == "suggested" or not limit.parts:
        return None
    return sum(part.amount * DAYS_OF[part.unit] for part in limit.parts)
