"""What the signals tell higher rooms."""

from dataclasses import dataclass

from courtcms.core.events import Event


@dataclass(frozen=True)
class SignalRaised(Event):
    """A detector found something that was not asked about before; in the transaction that opened the question."""

    signal_id: int
    case_id: int
