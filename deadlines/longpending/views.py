"""The board of long-pending cases (边清边积): flows, waits, forecast, and the list behind every number."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cases.intake.models import CaseStatus
from courtcms.accounts.decorators import permission
from courtcms.audit.services import record
from courtcms.core import clock as court_clock
from courtcms.core import dates
from courtcms.core.pagination import page
from courtcms.core.templatetags.court import Fig
from deadlines.longpending import selectors
from deadlines.longpending.drawing import grid, smalls, trend
from deadlines.longpending.models import BoardRefresh
from deadlines.longpending.rules import HORIZONS, LINES, NOBODY, WARNING, Forecast, waits
from deadlines.longpending.selectors import Board, ListFilter
from deadlines.longpending.workbook import workbook
from deadlines.signals.rules import detectors

SIZE = 50
#: days of the list of those that can still be finished before they cross
SOON = HORIZONS[0]
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
    table = selectors.signal_counts(request.user, division)
    language = get_language() or ""
    lines = grid(shown)
    context = {
        "board": shown, "figures": _figures(shown), "smalls": smalls(shown), "grid": lines, "trend": trend(shown),
        "grid_words": "、".join(map(dates.number, lines.numbers)),
        "lines": (WARNING, *LINES), "divisions": selectors.divisions_for(request.user),
        "spans": _span_names(line),
        "flow_rows": _flow_rows(shown), "flow_total": _flow_row(shown, None),
        "waits": [_wait(row, shown, language) for row in shown.waits], "wait_total": _wait_total(shown),
        "forecasts": [_ahead(row, shown) for row in shown.forecasts],
        "soon": _soon(request, shown), "soon_count": next(row.crossing for row in shown.forecasts if row.days == SOON),
        "all_href": _address(shown), "soon_href": _address(shown, flow="coming", days=SOON),
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
        Fig(ngettext("超 %(n)s 个月", "超 %(n)s 个月", months) % {"n": months},
            dates.number(shown.standing.get(months, 0)), _address(shown, line=months), _share(shown, months),
            current=months == shown.line, level="near" if months == WARNING else "")
        for months in (WARNING, *LINES)
    ]  # fmt: skip
    net = shown.inflow - shown.outflow
    coming = next(row for row in shown.forecasts if row.days == 60)
    return [
        *figures,
        Fig(_("近 12 个月流入"), dates.number(shown.inflow), _address(shown, flow="in"), _("跨过界线"), part=True),
        Fig(_("近 12 个月流出"), dates.number(shown.outflow), _address(shown, flow="out"), _("办结")),
        Fig(_("净增"), signed(net), _address(shown, flow="in"), _("边清边积") if net > 0 else "",
            level="near" if net > 0 else ""),
        Fig(_("60 天内将跨线"), dates.number(coming.crossing), _address(shown, flow="coming", days=60),
            _("%(n)s 件停算中") % {"n": dates.number(coming.paused)}, part=True, level="near"),
    ]  # fmt: skip


def _share(shown: Board, months: int) -> str:
    if months != shown.line or shown.share is None:
        return ""
    return _("在办的 %(part)s%%") % {"part": dates.number(shown.share, 1)}


def signed(number: int) -> str:
    """+11, −3, 0."""
    return f"+{dates.number(number)}" if number > 0 else dates.number(number)


def _flow_rows(shown: Board) -> list[dict[str, Any]]:
    return [_flow_row(shown, flow) for flow in shown.flows]


def _flow_row(shown: Board, flow: selectors.DivisionFlow | None) -> dict[str, Any]:
    """Months of one division, or of all together, each number with the address of its list."""
    where = {} if flow is None else {"division": flow.division.pk}
    source = shown if flow is None else flow
    months = {
        name: [flow.inflow if name == "in" else flow.outflow for flow in ([flow] if flow else shown.flows)]
        for name in ("in", "out")
    }
    return {
        "name": flow.division.label if flow else "", "opening": source.opening, "net": signed(source.net_quarter),
        "standing": flow.standing if flow else shown.now, "standing_href": _address(shown, **where),
        **{name: {
            "months": [
                {"number": number, "href": _address(shown, flow=name, month=f"{month:%Y-%m}", **where)}
                for month, number in zip(shown.months, map(sum, zip(*rows, strict=True)), strict=False)
            ],
            "total": sum(map(sum, rows)), "href": _address(shown, flow=name, **where),
        } for name, rows in months.items()},
    }  # fmt: skip


def _ahead(row: Forecast, shown: Board) -> dict[str, Any]:
    """One horizon of the forecast with its day and the addresses of its lists."""
    lists = {
        "href": _address(shown, flow="coming", days=row.days),
        "fixed_href": _address(shown, flow="coming", days=row.days, fixed=1),
        "paused_href": _address(shown, flow="coming", days=row.days, paused=1),
    }
    return {"row": row, "on": shown.today + timedelta(days=row.days), **lists}


def _wait(row: selectors.WaitRow, shown: Board, language: str) -> dict[str, Any]:
    return {
        "row": row, "name": row.wait.name(language), "mover": row.wait.mover(language),
        "buckets": _buckets(shown, row.buckets, wait=row.wait.id), "href": _address(shown, wait=row.wait.id),
        "chased_href": _address(shown, wait=row.wait.id, chased=1),
    }  # fmt: skip


def _wait_total(shown: Board) -> dict[str, Any]:
    """The sums below the reasons."""
    sums = [sum(numbers) for numbers in zip(*(row.buckets for row in shown.waits), strict=True)]
    sums = sums or [0] * len(_span_names(shown.line))
    return {
        "number": sum(row.number for row in shown.waits), "chased": sum(row.chased for row in shown.waits),
        "buckets": _buckets(shown, sums), "href": _address(shown), "chased_href": _address(shown, chased=1),
        "days": shown.waited,
    }  # fmt: skip


def _span_names(line: int) -> list[str]:
    edges = [edge for edge in (WARNING, *LINES) if edge >= line]
    names = [_("%(a)s–%(b)s 月") % {"a": a, "b": b} for a, b in pairwise(edges)]
    return [*names, _("%(a)s 月以上") % {"a": edges[-1]}]


def _buckets(shown: Board, numbers: list[int], **rest: Any) -> list[dict[str, Any]]:
    """Numbers between one line and the next, each with the address of its list."""
    edges = [edge for edge in (WARNING, *LINES) if edge >= shown.line]
    uptos = [{"upto": edge} for edge in edges[1:]] + [{}]
    return [
        {"number": number, "href": _address(shown, beyond=edge, **upto, **rest)}
        for number, edge, upto in zip(numbers, edges, uptos, strict=True)
    ]


def _soon(request: HttpRequest, shown: Board) -> list[dict[str, Any]]:
    cases = selectors.listed(
        request.user, ListFilter(shown.line, "coming", days=SOON, division_id=shown.division_id), shown.today
    )
    first = list(cases.select_related("division", "waiting").order_by("filed_on", "pk")[:6])
    steps = selectors.next_steps(first, court_clock.today())
    return [row | {"step": steps.get(row["case"].pk)} for row in _rows(first, shown.line)]


def _rows(cases: Any, line: int) -> list[dict[str, Any]]:
    names = {wait.id: wait for wait in waits()}
    language, today = get_language() or "", court_clock.today()
    rows = []
    for case in cases:
        waiting = getattr(case, "waiting", None)
        wait = names.get(waiting.reason if waiting else NOBODY) if case.status == CaseStatus.OPEN else None
        rows.append({
            "case": case, "crosses": selectors.add_months(case.filed_on, line), "age": (today - case.filed_on).days,
            "wait": wait.name(language) if wait else "", "mover": wait.mover(language) if wait else "",
            "days": (today - waiting.since).days if waiting and waiting.since else None,
            "nobody": wait is not None and wait.id == NOBODY,
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
        _number(get("days", ""), HORIZONS, HORIZONS[-1]), get("wait", ""),
        _number(get("beyond", ""), LINES, 0), _number(get("upto", ""), LINES, 0),
        bool(get("chased")), bool(get("paused")), bool(get("fixed")), division, get("cause", "")[:20],
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
