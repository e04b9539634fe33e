"""What the scan tells higher rooms."""

from dataclasses import dataclass

from courtcms.core.events import Event


@dataclass(frozen=True)
class AlertsRaised(Event):
    """A batch of a scan raised alerts: the rows of this run with an id above `after`; in the batch's transaction."""

    scan_run_id: int
    after: int = 0


@dataclass(frozen=True)
class ScanFinished(Event):
    """A scan is complete: its alerts, and those of runs that broke off after the run `since`, can be told to people.

    Published in the transaction that marks the run as finished, so that each alert is told once.
    """

    scan_run_id: int
    since: int
