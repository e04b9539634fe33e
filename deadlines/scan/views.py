"""The heartbeat page: is the court's clock running?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core import dates
from deadlines.clocks import wording
from deadlines.clocks.models import Clock
from deadlines.rulebook.reading import rulebook
from deadlines.scan import selectors
from deadlines.scan.models import ScanRun


@permission("deadlines.scans")
def scans(request: HttpRequest) -> HttpResponse:
    """Last run, what it saw and raised, what failed, when the next is due; the thresholds by which it judges."""
    book = rulebook()
    thresholds = [
        {"rule": rule, "name": wording.name_of(rule), "articles": wording.cite(book, rule.basis),
         "statutory": rule.statutory_en if wording.english() else rule.statutory_zh,
         "when": selectors.condition_text(rule)}
        for rule in book.thresholds.values()
    ]  # fmt: skip
    beat = selectors.heartbeat()
    context = {
        "heartbeat": beat, "duration": _duration(beat.last), "runs": selectors.recent_runs(),
        "missed": selectors.recent_missed(), "thresholds": thresholds,
        "may_list": allowed(request.user, "deadlines.list"),
    }  # fmt: skip
    return render(request, "deadlines/scan/scans.html", context)


def _duration(run: ScanRun | None) -> str:
    if run is None or run.finished_at is None:
        return dates.NOTHING
    seconds = (run.finished_at - run.started_at).total_seconds()
    return _("%(n)s 秒") % {"n": dates.number(seconds, 1 if seconds < 10 else 0)}


@permission("deadlines.read")
def clock_alerts(request: HttpRequest, pk: int) -> HttpResponse:
    """The alerts that a clock raised, as a fragment for its page."""
    clock = get_object_or_404(Clock.objects.visible_to(request.user), pk=pk)
    book = rulebook()
    rows = [
        {"alert": row, "name": wording.name_of(book.thresholds[row.threshold]) if row.threshold in book.thresholds
         else row.threshold}
        for row in selectors.alerts_of(clock)
    ]  # fmt: skip
    return render(request, "deadlines/scan/clock_alerts.html", {"rows": rows, "clock": clock})
