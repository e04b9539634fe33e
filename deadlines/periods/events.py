"""What this room tells higher rooms."""

from dataclasses import dataclass
from datetime import date

from courtcms.core.events import Event


@dataclass(frozen=True)
class JudgmentEffective(Event):
    """The judgment of a case became final on a day, as computed from the docket."""

    case_id: int
    effective_on: date


@dataclass(frozen=True)
class EffectWithdrawn(Event):
    """A computed effect date does not hold: an appeal made in time came to light, or the entry was undone."""

    case_id: int
    effective_on: date
