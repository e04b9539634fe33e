"""The board as a workbook: the numbers of the page and the list of the cases behind them."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook

from deadlines.longpending.rules import NOBODY, waits
from deadlines.longpending.selectors import Board, ListFilter, listed

#: rows of the list sheet; a longer list is cut and says so
MOST = 20_000


def workbook(user: Any, board: Board) -> bytes:
    """XLSX with flows, causes, waits, forecast and the list, as the person may see them."""
    book = Workbook(write_only=True)
    months = [f"{month:%Y-%m}" for month in board.months]
    flows: list[list[Any]] = [[_("庭"), "", *months, _("合计")]]
    for flow in board.flows:
        flows.append([flow.division.label, _("新跨线"), *flow.inflow, sum(flow.inflow)])
        flows.append([flow.division.label, _("跨线后办结"), *flow.outflow, sum(flow.outflow)])
    _sheet(book, _("流入与流出"), flows)
    causes = [[row.name, row.standing, row.inflow, row.outflow, row.coming] for row in board.causes]
    _sheet(book, _("案由"), [[_("案由"), _("现存"), _("流入"), _("流出"), _("30 天内将跨线")], *causes])
    language = get_language() or ""
    wait_rows = [
        [row.wait.name(language), row.number, row.days, row.chased, row.wait.mover(language)] for row in board.waits
    ]
    _sheet(book, _("在等什么"), [[_("原因"), _("件"), _("已等中位（天）"), _("等满 30 日"), _("轮到谁")], *wait_rows])
    ahead = [
        [row.days, row.crossing, row.fixed, row.paused, row.closing, row.stock, row.low, row.high]
        for row in board.forecasts
    ]
    head = [_("天"), _("将跨线"), _("已排庭"), _("停算中"), _("预计办结"), _("预计存量"), _("低"), _("高")]
    _sheet(book, _("预测"), [head, *ahead])
    _sheet(book, _("清单"), _list(user, board, language))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _list(user: Any, board: Board, language: str) -> list[list[Any]]:
    names = {wait.id: wait.name(language) for wait in waits()}
    cases = listed(user, ListFilter(board.line, division_id=board.division_id), board.today)
    cases = cases.select_related("division", "waiting").order_by("filed_on", "pk")
    rows: list[list[Any]] = [[_("案号"), _("案由"), _("庭"), _("立案日"), _("未结天数"), _("在等"), _("自")]]
    for case in cases[:MOST]:
        waiting = getattr(case, "waiting", None)
        reason = waiting.reason if waiting else NOBODY
        rows.append([
            case.number, case.cause_label, case.division.label, case.filed_on, (board.today - case.filed_on).days,
            names.get(reason, ""), waiting.since if waiting else None,
        ])  # fmt: skip
    if len(rows) > MOST:
        rows.append([_("只列前 %(n)s 件") % {"n": MOST}])
    return rows


def _sheet(book: Workbook, title: str, rows: list[list[Any]]) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_plain(value) for value in row])


def _plain(value: Any) -> Any:
    """Text that begins like a formula stays text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" else value
