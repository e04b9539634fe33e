"""The scan: once a day, again whenever a day was missed, and as often as anybody likes without harm."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, Reason
from courtcms.core.events import publish
from deadlines.calendars.models import CalendarYear
from deadlines.calendars.selectors import work_calendar
from deadlines.calendars.services import settle_year
from deadlines.clocks.models import Clock
from deadlines.clocks.services import recompute_all
from deadlines.rulebook.reading import rulebook
from deadlines.scan import statements
from deadlines.scan.events import AlertsRaised
from deadlines.scan.models import ScanRun
from deadlines.scan.selectors import last_run

#: PostgreSQL advisory lock of the scan: two scans at once would only wait for each other
LOCK_KEY = 0x5CA7


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan did, for the command and the page."""

    as_of: str
    seen: int
    raised: dict[str, int]
    already: int
    failed: int
    seconds: float
    run_id: int

    def as_dict(self) -> dict[str, Any]:
        """For JSON, without the row's id."""
        return {key: value for key, value in asdict(self).items() if key != "run_id"}


def scan(*, as_of: date, trigger: str = "command") -> ScanReport:
    """Raise every alert that is due on a day and was not raised yet; one transaction, one entry in the trail.

    Resumes clocks whose pause ends, recomputes what a new calendar year owes, raises the alerts of running and of
    paused clocks, leaves a heartbeat row and tells the higher rooms. Raises Conflict when another scan is at work; any
    other failure is written down as a failed run before it is raised.
    """
    began = time.monotonic()
    try:
        with act(actor=None, verb="deadlines.scan") as entry, court_clock.as_of(as_of):
            _only_one()
            run, resumed, failures = _begin(as_of, trigger)
            raised = _raise(run, as_of)
            _finish(run, raised, resumed, failures)
            entry.target = run
            entry.after = {"as_of": as_of, "seen": run.seen, "raised": raised, "failed": run.failed}
            publish(AlertsRaised(run.pk))
    except Conflict:
        raise
    except Exception as error:
        _note_failure(as_of, trigger, error)
        raise
    seconds = round(time.monotonic() - began, 3)
    return ScanReport(as_of.isoformat(), run.seen, raised, run.already, run.failed, seconds, run.pk)


def catch_up() -> ScanReport | None:
    """Scan today unless that was done, and work off what a calendar year owes; None when nothing is owed."""
    today = court_clock.today()
    last = last_run()
    owed = CalendarYear.objects.filter(recompute_owed=True).exists()
    if last is not None and last.as_of >= today and not owed:
        return None
    return scan(as_of=today, trigger="catch_up")


def _only_one() -> None:
    [(free,)] = statements.rows(statements.TRY_LOCK, key=LOCK_KEY)
    if not free:
        raise Conflict(Reason(_("另一次扫描正在进行"), code="scanning"))


def _begin(as_of: date, trigger: str) -> tuple[ScanRun, int, list[str]]:
    last = last_run()
    first = last.as_of + timedelta(days=1) if last is not None and last.as_of < as_of else as_of
    run = ScanRun.objects.create(as_of=as_of, covers_from=first, started_at=court_clock.now(), trigger=trigger)
    failures: list[str] = []
    for year in CalendarYear.objects.filter(recompute_owed=True).values_list("year", flat=True):
        failures += recompute_year(year=year, as_of=as_of)
    return run, statements.run(statements.RESUME, as_of=as_of), failures


def _raise(run: ScanRun, as_of: date) -> dict[str, int]:
    thresholds = rulebook().thresholds.values()
    running = json.dumps(statements.running_rows(thresholds, as_of, work_calendar()))
    statements.run(statements.RAISE_RUNNING, thresholds=running, as_of=as_of, run=run.pk)
    statements.run(statements.MOVE_ON, thresholds=running, as_of=as_of)
    open_ones = json.dumps(statements.open_rows(thresholds))
    statements.run(statements.RAISE_OPEN, thresholds=open_ones, as_of=as_of, run=run.pk)
    levels = {threshold.level: 0 for threshold in thresholds}
    return levels | dict(statements.rows(statements.RAISED, run=run.pk))


def _finish(run: ScanRun, raised: dict[str, int], resumed: int, failures: list[str]) -> None:
    [(run.seen,)] = statements.rows(statements.SEEN)
    [(run.already,)] = statements.rows(statements.ALREADY, run=run.pk)
    run.raised, run.raised_total, run.resumed = raised, sum(raised.values()), resumed
    run.failed, run.failures = len(failures), failures[:100]
    run.finished_at = court_clock.now()
    run.save()


def _note_failure(as_of: date, trigger: str, error: Exception) -> None:
    """The heartbeat page shows that the clock of the court has stopped, and why."""
    with act(actor=None, verb="deadlines.scan.failed", reason=str(error)[:300]) as entry:
        entry.target = ScanRun.objects.create(
            as_of=as_of,
            covers_from=as_of,
            started_at=court_clock.now(),
            trigger=trigger,
            failed=1,
            failures=[f"{type(error).__name__}: {error}"[:500]],
        )


def recompute_year(*, year: int, as_of: date) -> list[str]:
    """Recompute the live clocks that rest on the working days of a year; the ones that failed, by name."""
    with act(actor=None, verb="deadlines.calendar.recompute", reason=str(year)) as entry:
        changed, failures = recompute_all(resting_on(year), as_of=as_of)
        settle_year(year=year)
        entry.after = {"year": year, "changed": changed, "failed": len(failures)}
    return failures


def resting_on(year: int) -> QuerySet[Clock]:
    """Clocks whose dates can change with the working days of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    touches = Q(started_on__lte=last, due_on__gte=first - timedelta(days=30))
    return Clock.objects.live().filter(touches | Q(due_on__isnull=True))
