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
