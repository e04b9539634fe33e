"""What this room tells higher rooms."""

from dataclasses import dataclass

from courtcms.core.events import Event


@dataclass(frozen=True)
class ChangeAskedLate(Event):
    """A change was asked for after the lead time of the law; it goes its way, but marked."""

    change_id: int
    case_id: int
    clock_id: int


@dataclass(frozen=True)
class ChangeDecided(Event):
    """An application is over: granted and in the ledger, or refused, sent back by the higher court, withdrawn."""

    change_id: int
    case_id: int
    granted: bool
