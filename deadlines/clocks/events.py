"""What the clock room tells higher rooms."""

from dataclasses import dataclass
from datetime import date

from courtcms.core.events import Event


@dataclass(frozen=True)
class ClockChanged(Event):
    """A clock has another due date or another state: extended, paused, resumed, restarted, recomputed."""

    clock_id: int
    case_id: int
    due_on: date | None
    status: str


@dataclass(frozen=True)
class ClockStopped(Event):
    """A clock ended: the case was closed, the act was done, the procedure was changed."""

    clock_id: int
    case_id: int
    stopped_on: date
