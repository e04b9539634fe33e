"""The board of long-pending cases (边清边积): flows, waits, forecast, and the list behind every number."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courtcms.accounts.decorators import permission
from courtcms.audit.services import record
from courtcms.core import clock as court_clock
from courtcms.core.pagination import page
from courtcms.core.templatetags.court import Fig
from deadlines.longpending import selectors
from deadlines.longpending.drawing import smalls, trend
from deadlines.longpending.models import BoardRefresh
from deadlines.longpending.rules import HORIZONS, LINES, WARNING, waits
from deadlines.longpending.selectors import Board, ListFilter
from deadlines.longpending.workbook import workbook
from deadlines.signals.models import Signal
from deadlines.signals.rules import detectors
from deadlines.signals.selectors import counts

SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _number(text: str, allowed: tuple[int, ...], default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) in allowed else default


def _chosen(request: HttpRequest) -> tuple[int, int | None]:
    """The line and the division that the address names; unknown ones are passed over."""
    line = _number(request.GET.get("line", ""), (WARNING, *LINES), LINES[0])
    known = tuple(division.pk for division in selectors.divisions_for(request.user))
    return line, _number(request.GET.get("division", ""), known, 0) or None


@permission("longpending.see")
def board(request: HttpRequest) -> HttpResponse:
    """`?line=` months, `?division=`; numbers as of the last refresh, each opens its list."""
    line, division = _chosen(request)
    shown = selectors.board(request.user, line, division)
    table = counts(Signal.objects.visible_to(request.user))
    language = get_language() or ""
    context = {
        "board": shown, "figures": _figures(shown), "smalls": smalls(shown), "trend": trend(shown),
        "lines": (WARNING, *LINES), "divisions": selectors.divisions_for(request.user),
        "edges": [edge for edge in (WARNING, *LINES) if edge >= line],
        "waits": [_wait(row, shown, language) for row in shown.waits],
        "soon": _soon(request, shown),
        "signals": [
            {"id": rule.id, "name": rule.name(language), "how": rule.explained(language), **table[rule.id]}
            for rule in detectors() if rule.id in table
        ],
        "query": urlencode({"line": line, **({"division": division} if division else {})}),
    }  # fmt: skip
    return render(request, "deadlines/longpending/board.html", context)


def _address(shown: Board, **params: Any) -> str:
    base: dict[str, Any] = {"line": shown.line}
    if shown.division_id:
        base["division"] = shown.division_id
    return f"{reverse('deadlines:longpending_list')}?{urlencode(base | params)}"


def _figures(shown: Board) -> list[Fig]:
    figures = [
        Fig(ngettext("超 %(n)s 个月", "超 %(n)s 个月", months) % {"n": months}, shown.standing.get(months, 0),
            _address(shown, line=months), current=months == shown.line, level="near" if months == WARNING else "")
        for months in (WARNING, *LINES)
    ]  # fmt: skip
    net = shown.inflow - shown.outflow
    coming = next(row for row in shown.forecasts if row.days == 60)
    return [
        *figures,
        Fig(_("近 12 个月流入"), shown.inflow, _address(shown, flow="in"), _("跨过界线"), part=True),
        Fig(_("近 12 个月流出"), shown.outflow, _address(shown, flow="out"), _("办结")),
        Fig(_("净增"), net, _address(shown, flow="in"), _("边清边积") if net > 0 else "",
            level="near" if net > 0 else ""),
        Fig(_("60 天内将跨线"), coming.crossing, _address(shown, flow="coming", days=60),
            _("%(n)s 件停算中") % {"n": coming.paused}, part=True, level="near"),
    ]  # fmt: skip


def _wait(row: selectors.WaitRow, shown: Board, language: str) -> dict[str, Any]:
    edges = [edge for edge in (WARNING, *LINES) if edge >= shown.line]
    buckets = []
    for place, edge in enumerate(edges):
        upto = {"upto": edges[place + 1]} if place + 1 < len(edges) else {}
        address = _address(shown, wait=row.wait.id, line=edge, **upto)
        buckets.append({"number": row.buckets[place], "href": address})
    return {
        "row": row, "name": row.wait.name(language), "mover": row.wait.mover(language), "buckets": buckets,
        "href": _address(shown, wait=row.wait.id), "chased_href": _address(shown, wait=row.wait.id, chased=1),
    }  # fmt: skip


def _soon(request: HttpRequest, shown: Board) -> list[dict[str, Any]]:
    cases = selectors.listed(
        request.user, ListFilter(shown.line, "coming", days=30, division_id=shown.division_id), shown.today
    )
    return _rows(cases.select_related("division", "waiting").order_by("filed_on", "pk")[:6], shown.line)


def _rows(cases: Any, line: int) -> list[dict[str, Any]]:
    names = {wait.id: wait for wait in waits()}
    language, today = get_language() or "", court_clock.today()
    rows = []
    for case in cases:
        waiting = getattr(case, "waiting", None)
        wait = names.get(waiting.reason) if waiting else None
        rows.append({
            "case": case, "crosses": selectors.add_months(case.filed_on, line), "age": (today - case.filed_on).days,
            "wait": wait.name(language) if wait else "", "mover": wait.mover(language) if wait else "",
            "days": (today - waiting.since).days if waiting and waiting.since else None,
            "nobody": wait is not None and wait.id == "nobody",
        })  # fmt: skip
    return rows


@permission("longpending.see")
def cases(request: HttpRequest) -> HttpResponse:
    """The list behind a number of the board, oldest first."""
    line, division = _chosen(request)
    get = request.GET.get
    flow = get("flow", "standing")
    chosen = ListFilter(
        line, flow if flow in ("in", "out", "coming", "standing") else "standing", _month(get("month", "")),
        _number(get("days", ""), HORIZONS, HORIZONS[-1]), get("wait", ""), _number(get("upto", ""), LINES, 0),
        bool(get("chased")), bool(get("paused")), division, get("cause", "")[:20],
    )  # fmt: skip
    refreshed = BoardRefresh.objects.first()
    today = refreshed.as_of if refreshed else court_clock.today()
    rows = selectors.listed(request.user, chosen, today).select_related("division", "judge", "waiting")
    found = page(rows, ["filed_on", "id"], get("cursor", ""), SIZE)
    wait = next((wait.name(get_language() or "") for wait in waits() if wait.id == chosen.wait), "")
    context = {"page": found, "rows": _rows(found.rows, line), "chosen": chosen, "wait": wait, "today": today}
    return render(request, "deadlines/longpending/list.html", context)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


@permission("longpending.see")
def export(request: HttpRequest) -> HttpResponse:
    """The board as a workbook; taking it away is entered in the trail."""
    line, division = _chosen(request)
    shown = selectors.board(request.user, line, division)
    record(actor=request.user, verb="board.export", permission="longpending.see", after={"line": line})
    answer = HttpResponse(workbook(request.user, shown), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="long-pending-{line}-{shown.today.isoformat()}.xlsx"'
    return answer
