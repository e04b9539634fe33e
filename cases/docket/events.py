"""What the docket tells higher rooms."""

from dataclasses import dataclass
from datetime import date

from courtcms.core.events import Event


@dataclass(frozen=True)
class DocketEntered(Event):
    """An entry was written; `kind` is a key of `docket/data/kinds.tsv`."""

    case_id: int
    entry_id: int
    kind: str
    happened_on: date


@dataclass(frozen=True)
class DocketUndone(Event):
    """An entry was taken back by a counter-entry within five minutes."""

    case_id: int
    entry_id: int
    kind: str
