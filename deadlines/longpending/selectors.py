"""Reading the board: numbers from the summary rows, lists from the cases, both for what a person may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, F, Func, Q, QuerySet, Sum

from cases.intake.models import Case, CaseStatus
from courtcms.accounts.scope import user_scope
from courtcms.core import clock as court_clock
from courtcms.courts.models import Division
from deadlines.longpending.models import BoardCell, BoardRefresh, Waiting
from deadlines.longpending.rules import (
    HORIZONS,
    LINES,
    WARNING,
    Forecast,
    Wait,
    add_months,
    cut,
    forecast,
    months_back,
    waits,
)
from deadlines.longpending.services import categories_at

CAUSES_SHOWN = 12


class _Crossed(Func):
    """The day on which a case crosses a line."""

    template = "(%(expressions)s + make_interval(months => %(months)s))::date"
    output_field = DateField()


@dataclass
class DivisionFlow:
    """Inflow and outflow of one division, month by month."""

    division: Division
    standing: int = 0
    inflow: list[int] = field(default_factory=list)
    outflow: list[int] = field(default_factory=list)

    @property
    def net_quarter(self) -> int:
        """Inflow less outflow of the last three months."""
        return sum(self.inflow[-3:]) - sum(self.outflow[-3:])

    @property
    def opening(self) -> int:
        """What stood at the beginning of the months shown."""
        return self.standing - sum(self.inflow) + sum(self.outflow)


@dataclass
class WaitRow:
    """Cases that wait for one thing, by how long they have been pending."""

    wait: Wait
    number: int
    buckets: list[int]
    days: int | None
    chased: int


@dataclass
class CauseRow:
    """One cause of action on the board."""

    code: str
    name: str
    standing: int = 0
    inflow: int = 0
    outflow: int = 0
    coming: int = 0


@dataclass
class Board:
    """Everything the page shows at one line."""

    line: int
    division_id: int | None
    refreshed: BoardRefresh | None
    today: date
    months: list[date]
    standing: dict[int, int]
    flows: list[DivisionFlow]
    waits: list[WaitRow]
    causes: list[CauseRow]
    forecasts: list[Forecast]

    @property
    def inflow(self) -> int:
        """All that crossed the line in the months shown."""
        return sum(sum(flow.inflow) for flow in self.flows)

    @property
    def outflow(self) -> int:
        """All beyond the line that were closed in the months shown."""
        return sum(sum(flow.outflow) for flow in self.flows)

    @property
    def now(self) -> int:
        """What stands beyond the line."""
        return self.standing.get(self.line, 0)


def scoped(rows: QuerySet[Any], user: Any, division_id: int | None = None) -> QuerySet[Any]:
    """Rows of the courts and divisions the person watches over."""
    scope = user_scope(user)
    rows = rows.filter(Q(court__in=scope.court_ids) | Q(division__in=scope.division_ids))
    return rows.filter(division=division_id) if division_id else rows


def divisions_for(user: Any) -> list[Division]:
    """Divisions the person may choose."""
    scope = user_scope(user)
    return list(Division.objects.filter(Q(court__in=scope.court_ids) | Q(pk__in=scope.division_ids)).order_by("pk"))


def board(user: Any, line: int, division_id: int | None = None) -> Board:
    """The board at a line (months), for the whole scope of a person or one division of it."""
    refreshed = BoardRefresh.objects.first()
    today = refreshed.as_of if refreshed else court_clock.today()
    cells = scoped(BoardCell.objects.all(), user, division_id)
    months = months_back(today)
    standing = dict(cells.filter(flow="standing").values_list("line").annotate(n=Sum("number")))
    flows = _flows(cells.filter(line=line), months)
    return Board(
        line, division_id, refreshed, today, months, standing, flows, _waits(user, line, division_id, today),
        _causes(cells.filter(line=line)), _forecasts(cells.filter(line=line), standing.get(line, 0)),
    )  # fmt: skip


def _flows(cells: QuerySet[Any], months: list[date]) -> list[DivisionFlow]:
    place = {month: index for index, month in enumerate(months)}
    found: dict[int, DivisionFlow] = {}
    rows = list(cells.exclude(flow="coming").values_list("division", "flow", "month").annotate(n=Sum("number")))
    divisions = Division.objects.in_bulk({row[0] for row in rows})
    for division, flow, month, number in rows:
        row = found.setdefault(division, DivisionFlow(divisions[division], 0, [0] * len(months), [0] * len(months)))
        if flow == "standing":
            row.standing = number
        elif month in place:
            (row.inflow if flow == "in" else row.outflow)[place[month]] = number
    return [found[pk] for pk in sorted(found)]


def _waits(user: Any, line: int, division_id: int | None, today: date) -> list[WaitRow]:
    edges = [edge for edge in (WARNING, *LINES) if edge >= line]
    cuts = [cut(today, edge) for edge in edges]
    rows = scoped(Waiting.objects.filter(filed_on__lte=cuts[0], category__in=categories_at(line)), user, division_id)
    counted = {f"b{i}": Count("pk", filter=Q(filed_on__lte=day)) for i, day in enumerate(cuts)}
    long_ago = today - timedelta(days=30)
    found = {
        row["reason"]: row
        for row in rows.values("reason").annotate(
            number=Count("pk"), chased=Count("pk", filter=Q(since__lte=long_ago)), middle=_Median("since"), **counted
        )
    }
    result = []
    for wait in waits():
        row = found.get(wait.id)
        if row:
            over = [row[f"b{i}"] for i in range(len(edges))] + [0]
            buckets = [over[i] - over[i + 1] for i in range(len(edges))]
            days = (today - row["middle"]).days if row["middle"] else None
            result.append(WaitRow(wait, row["number"], buckets, days, row["chased"]))
    return result


class _Median(Func):
    """The middle day."""

    template = "percentile_disc(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DateField()
    contains_aggregate = True

    def get_group_by_cols(self) -> list[Any]:
        """An aggregate is not grouped by."""
        return []


def _causes(cells: QuerySet[Any]) -> list[CauseRow]:
    found: dict[str, CauseRow] = defaultdict(lambda: CauseRow("", ""))
    rows = cells.filter(Q(days=0) | Q(days=HORIZONS[0])).values_list("cause_code", "flow").annotate(n=Sum("number"))
    names = {"standing": "standing", "in": "inflow", "out": "outflow", "coming": "coming"}
    for code, flow, number in rows:
        found[code].code = code
        setattr(found[code], names[flow], number)
    most = sorted(found.values(), key=lambda row: (-row.standing, -row.inflow, row.code))[:CAUSES_SHOWN]
    for row in most:
        sample = Case.objects.filter(cause_code=row.code).only("cause", "cause_code").first()
        row.name = sample.cause_label if sample else row.code
    return most


def _forecasts(cells: QuerySet[Any], stock: int) -> list[Forecast]:
    coming = {
        days: (number, paused)
        for days, number, paused in cells.filter(flow="coming")
        .values_list("days")
        .annotate(n=Sum("number"), p=Sum("paused"))
    }
    closed = cells.filter(flow="out").aggregate(n=Sum("number"))["n"] or 0
    return [forecast(days, stock, *coming.get(days, (0, 0)), closed) for days in HORIZONS]


@dataclass(frozen=True)
class ListFilter:
    """What a number of the board counts, as conditions on its list."""

    line: int
    flow: str = "standing"
    month: date | None = None
    days: int = 0
    wait: str = ""
    upto: int = 0
    chased: bool = False
    paused: bool = False
    division_id: int | None = None
    cause: str = ""


def listed(user: Any, chosen: ListFilter, today: date) -> QuerySet[Case]:
    """The cases behind a number."""
    rows = scoped(Case.objects.visible_to(user), user, chosen.division_id)
    rows = rows.filter(category__in=categories_at(chosen.line))
    if chosen.cause:
        rows = rows.filter(cause_code=chosen.cause)
    make: dict[str, Callable[[QuerySet[Case]], QuerySet[Case]]] = {
        "in": lambda rows: _inflow(rows, chosen, today), "out": lambda rows: _outflow(rows, chosen, today),
        "coming": lambda rows: _coming(rows, chosen, today),
    }  # fmt: skip
    rows = make.get(chosen.flow, lambda rows: _standing(rows, chosen, today))(rows)
    if chosen.paused:
        rows = rows.filter(clocks__role="trial", clocks__status="paused").distinct()
    return rows


def _span(chosen: ListFilter, today: date) -> tuple[date, date]:
    if chosen.month is None:
        return months_back(today)[0], today
    return chosen.month, min(add_months(chosen.month, 1) - timedelta(days=1), today)


def _inflow(rows: QuerySet[Case], chosen: ListFilter, today: date) -> QuerySet[Case]:
    first, last = _span(chosen, today)
    late = Q(closed_on__isnull=True) | Q(closed_on__gte=_Crossed(F("filed_on"), months=chosen.line))
    before = cut(first - timedelta(days=1), chosen.line)
    crossed = rows.filter(filed_on__gt=before, filed_on__lte=cut(last, chosen.line))
    return crossed.exclude(status=CaseStatus.CANCELLED).filter(late)


def _outflow(rows: QuerySet[Case], chosen: ListFilter, today: date) -> QuerySet[Case]:
    first, last = _span(chosen, today)
    return rows.filter(
        status=CaseStatus.CLOSED, closed_on__range=(first, last),
        closed_on__gte=_Crossed(F("filed_on"), months=chosen.line),
    )  # fmt: skip


def _coming(rows: QuerySet[Case], chosen: ListFilter, today: date) -> QuerySet[Case]:
    upto = cut(today + timedelta(days=chosen.days), chosen.line)
    return rows.open().filter(filed_on__gt=cut(today, chosen.line), filed_on__lte=upto)


def _standing(rows: QuerySet[Case], chosen: ListFilter, today: date) -> QuerySet[Case]:
    rows = rows.open().filter(filed_on__lte=cut(today, chosen.line))
    if chosen.upto:
        rows = rows.filter(filed_on__gt=cut(today, chosen.upto))
    if chosen.wait:
        rows = rows.filter(waiting__reason=chosen.wait)
    if chosen.chased:
        rows = rows.filter(waiting__since__lte=today - timedelta(days=30))
    return rows
