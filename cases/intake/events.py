"""What the intake room tells higher rooms."""

from dataclasses import dataclass
from datetime import date

from courtcms.core.events import Event


@dataclass(frozen=True)
class CaseRegistered(Event):
    """A case was registered and has its number; clocks start in the same transaction."""

    case_id: int


@dataclass(frozen=True)
class CaseClosed(Event):
    """A case was closed on a day, by a closing method of the data file."""

    case_id: int
    closed_on: date
    method: str


@dataclass(frozen=True)
class CustodyChanged(Event):
    """Somebody was taken into custody or the last one was released; criminal limits roll or no longer roll."""

    case_id: int
    in_custody: bool


@dataclass(frozen=True)
class CaseReassigned(Event):
    """An open case has another judge: named by hand, by rotation, or after a recusal."""

    case_id: int
    judge_id: int


@dataclass(frozen=True)
class PartiesChanged(Event):
    """A party came into a registered case, another name of one was entered, or a spelling was corrected.

    What is already public is then read again by what the case file knows now (`publicity.reports`).
    """

    case_id: int
