"""The scan: once a day, again whenever a day was missed, and as often as anybody likes without harm."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, Reason
from courtcms.core.events import publish
from courtcms.notices.services import notify
from deadlines.calendars.models import CalendarYear
from deadlines.calendars.selectors import work_calendar
from deadlines.calendars.services import settle_year
from deadlines.clocks.models import Clock
from deadlines.clocks.services import recompute_all
from deadlines.rulebook.reading import rulebook
from deadlines.scan import alarm, statements
from deadlines.scan.events import AlertsRaised, ScanFinished
from deadlines.scan.models import ScanRun
from deadlines.scan.selectors import last_run

#: PostgreSQL advisory lock of the scan: two scans at once would only wait for each other
LOCK_KEY = 0x5CA7
#: clocks or stops of one transaction: about a fifth of a second of work, so that nobody waits long for a row
BATCH = 1_000
#: how often what became due during the run is looked for; what comes later still is found by the next run
ROUNDS = 5


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
    """Raise every alert that is due on a day and was not raised yet, in batches that are each one transaction.

    Resumes clocks whose pause ends, recomputes what a new calendar year owes, raises the alerts of running and of
    paused clocks, and in the last transaction marks the run as finished and has people told. A batch is whole or not
    there at all, so a scan that is killed is made up for by the next one without a loss or a double. Raises Conflict
    when another scan is at work; any other failure is written down on the run before it is raised.
    """
    began = time.monotonic()
    with _alone(), court_clock.as_of(as_of):
        since = _since()
        run = _begin(as_of, trigger)
        try:
            _raise(run, as_of)
            raised = _finish(run, since)
        except Exception as error:
            _note_failure(run, error)
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
    alarm.note_missed(last)
    report = scan(as_of=today, trigger="catch_up")
    alarm.note_made_up()
    return report


@contextmanager
def _alone() -> Iterator[None]:
    """One scan at a time. The lock belongs to the connection: when the worker dies, the server lets it go."""
    [(free,)] = statements.rows(statements.TRY_LOCK, key=LOCK_KEY)
    if not free:
        raise Conflict(Reason(_("另一次扫描正在进行"), code="scanning"))
    try:
        yield
    finally:
        if connection.is_usable():
            statements.rows(statements.UNLOCK, key=LOCK_KEY)


def _since() -> int:
    """The last run that finished; whatever later runs raised has not been told yet."""
    return ScanRun.objects.filter(finished_at__isnull=False).order_by("-id").values_list("pk", flat=True).first() or 0


def _begin(as_of: date, trigger: str) -> ScanRun:
    last = last_run()
    first = last.as_of + timedelta(days=1) if last is not None and last.as_of < as_of else as_of
    with act(actor=None, verb="deadlines.begin_scan") as entry:
        run = ScanRun.objects.create(as_of=as_of, covers_from=first, started_at=court_clock.now(), trigger=trigger)
        entry.target = run
        run.resumed = statements.run(statements.RESUME, as_of=as_of)
    for year in CalendarYear.objects.filter(recompute_owed=True).values_list("year", flat=True):
        run.failures += recompute_year(year=year, as_of=as_of)
    return run


def _raise(run: ScanRun, as_of: date) -> None:
    thresholds = rulebook().thresholds.values()
    running = json.dumps(statements.running_rows(thresholds, as_of, work_calendar()))
    stopped = statements.open_rows(thresholds)
    least = min((row["least"] for row in stopped), default=0)
    for _round in range(ROUNDS):
        if not _is_due(as_of):
            break
        number = _found(statements.FIND_DUE, "scan_due", as_of=as_of)
        _in_batches(run, number, statements.RAISE_RUNNING, thresholds=running, as_of=as_of)
    number = _found(statements.FIND_OPEN, "scan_open", thresholds=json.dumps(stopped), as_of=as_of, least=least)
    _in_batches(run, number, statements.RAISE_OPEN, as_of=as_of)


def _is_due(as_of: date) -> bool:
    with transaction.atomic():
        statements.rows(statements.BY_INDEX)
        [(due,)] = statements.rows(statements.IS_DUE, as_of=as_of)
    return bool(due)


def _found(finding: tuple[str, ...], table: str, **params: Any) -> int:
    """Gather what is to be done in a temporary table, numbered; how many rows it has."""
    for statement in finding:
        statements.run(statement, **params)
    [(number,)] = statements.rows(f"SELECT count(*) FROM {table}")  # noqa: S608  a name of this file
    return int(number)


def _in_batches(run: ScanRun, number: int, statement: str, **params: Any) -> None:
    """Run a statement for so many numbered rows; a batch, its escalations and its entry in the trail are one commit."""
    for start in range(0, number, BATCH):
        with act(actor=None, verb="deadlines.raise_alerts") as entry:
            statements.rows(statements.STEADY)
            [(after,)] = statements.rows(statements.HEAD)
            [(made,)] = statements.rows(statement, run=run.pk, batch=BATCH, start=start, **params)
            entry.target, entry.after = run, {"after": after, "raised": made}
            if made:
                publish(AlertsRaised(run.pk, after))


def _finish(run: ScanRun, since: int) -> dict[str, int]:
    with act(actor=None, verb="deadlines.scan") as entry:
        statements.rows(statements.NO_JIT)
        [(run.seen,)] = statements.rows(statements.SEEN)
        [(run.already,)] = statements.rows(statements.ALREADY, since=since)
        levels = {threshold.level: 0 for threshold in rulebook().thresholds.values()}
        run.raised = levels | dict(statements.rows(statements.RAISED, run=run.pk, since=since))
        run.raised_total = sum(run.raised.values())
        run.failed, run.failures = len(run.failures), run.failures[:100]
        run.finished_at = court_clock.now()
        run.save()
        publish(ScanFinished(run.pk, since))
        entry.target = run
        entry.after = {"as_of": run.as_of, "seen": run.seen, "raised": run.raised, "failed": run.failed}
    return run.raised


def _note_failure(run: ScanRun, error: Exception) -> None:
    """The heartbeat page shows that the clock of the court has stopped, and why; a lost connection cannot say it."""
    if not connection.is_usable():
        return
    with act(actor=None, verb="deadlines.scan.failed", reason=str(error)[:300]) as entry:
        run.finished_at, run.failed, run.failures = None, 1, [f"{type(error).__name__}: {error}"[:500]]
        run.save()
        entry.target = run


def recompute_year(*, year: int, as_of: date) -> list[str]:
    """Recompute the live clocks that rest on the working days of a year; the ones that failed, by name."""
    with act(actor=None, verb="deadlines.calendar.recompute", reason=str(year)) as entry:
        before = dict(resting_on(year).values_list("pk", "due_on"))
        changed, failures = recompute_all(resting_on(year), as_of=as_of)
        _tell_moved(year, before)
        settle_year(year=year)
        entry.after = {"year": year, "changed": changed, "failed": len(failures)}
    return failures


def _tell_moved(year: int, before: dict[int, date | None]) -> None:
    """Each judge whose due days moved with the calendar gets one line."""
    moved: Counter[int] = Counter()
    now = Clock.objects.live().filter(case__judge__isnull=False).values_list("pk", "due_on", "case__judge")
    for pk, due_on, judge in now.iterator(chunk_size=5000):
        moved[judge] += pk in before and before[pk] != due_on
    for judge, number in moved.items():
        if number:
            notify(
                recipients=[judge], kind="calendar", url=f"{reverse('deadlines:calendar')}?year={year}",
                text=gettext_lazy("%(year)s 年工作日历有变，您有 %(n)s 个期限的届满日移动"),
                params={"year": year, "n": number},
            )  # fmt: skip


def resting_on(year: int) -> QuerySet[Clock]:
    """Clocks whose dates can change with the working days of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    touches = Q(started_on__lte=last, due_on__gte=first - timedelta(days=30))
    return Clock.objects.live().filter(touches | Q(due_on__isnull=True))
