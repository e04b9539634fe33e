"""What the scan tells higher rooms."""

from dataclasses import dataclass

from courtcms.core.events import Event


@dataclass(frozen=True)
class AlertsRaised(Event):
    """A scan finished; its new alerts are the rows of this run. Published in the scan's own transaction."""

    scan_run_id: int
