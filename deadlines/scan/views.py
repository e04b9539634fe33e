"""The heartbeat page: is the court's clock running?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from deadlines.clocks import wording
from deadlines.clocks.models import Clock
from deadlines.rulebook.reading import rulebook
from deadlines.scan import selectors


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
    context = {"heartbeat": selectors.heartbeat(), "runs": selectors.recent_runs(), "thresholds": thresholds,
               "may_list": allowed(request.user, "deadlines.list")}  # fmt: skip
    return render(request, "deadlines/scan/scans.html", context)


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
