"""What the docket tells higher rooms."""

from dataclasses import dataclass

from courtcms.core.events import Event


@dataclass(frozen=True)
class DocketEntered(Event):
    """An entry was written (or a counter-entry, which names what it undoes)."""

    case_id: int
    entry_id: int
    kind: str
    undoes_id: int | None = None
