"""What the room of hearings tells higher rooms."""

from dataclasses import dataclass

from courtcms.core.events import Event


@dataclass(frozen=True)
class HearingChanged(Event):
    """A hearing was scheduled, moved, held, adjourned or cancelled; readers look up where it stands now."""

    hearing_id: int
