"""Reading the board: numbers from the summary rows, lists from the cases, both for what a person may see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import get_language

from cases.docket.models import DocketEntry
from cases.docket.selectors import entry_title
from cases.intake.catalogue import causes
from cases.intake.models import Case, CaseStatus
from courtcms.accounts.scope import user_scope
from courtcms.core import clock as court_clock
from courtcms.courts.models import Division
from deadlines.clocks.models import Clock
from deadlines.hearings.models import Hearing
from deadlines.longpending.models import BoardCell, BoardRefresh, SignalCell, WaitCell, Waiting
from deadlines.longpending.rules import (
    HORIZONS,
    LINES,
    NOBODY,
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
#: waiting for so many days counts as waiting long
CHASED_DAYS = 30


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
    def total_in(self) -> int:
        """All that crossed the line in the months shown."""
        return sum(self.inflow)

    @property
    def total_out(self) -> int:
        """All beyond the line that were closed in the months shown."""
        return sum(self.outflow)

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
class NextStep:
    """What is planned in a case: a hearing, or an entry of the docket that lies ahead."""

    name: str
    on: date


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
    whole_court: bool = False
    waited: int | None = None

    @property
    def inflow(self) -> int:
        """All that crossed the line in the months shown."""
        return sum(flow.total_in for flow in self.flows)

    @property
    def outflow(self) -> int:
        """All beyond the line that were closed in the months shown."""
        return sum(flow.total_out for flow in self.flows)

    @property
    def opening(self) -> int:
        """What stood at the beginning of the months shown."""
        return sum(flow.opening for flow in self.flows)

    @property
    def net_quarter(self) -> int:
        """Inflow less outflow of the last three months."""
        return sum(flow.net_quarter for flow in self.flows)

    @property
    def share(self) -> float | None:
        """What stands beyond the line, in per cent of all open cases of the court; None for a part of it."""
        whole = self.refreshed.open_cases if self.refreshed and self.whole_court else 0
        return self.now / whole * 100 if whole else None

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
    reasons, waited = _waits(user, line, division_id, today)
    return Board(
        line, division_id, refreshed, today, months, standing, flows, reasons,
        _causes(cells.filter(line=line)), _forecasts(cells.filter(line=line), standing.get(line, 0)),
        whole_court=division_id is None and bool(user_scope(user).court_ids), waited=waited,
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


def _waits(user: Any, line: int, division_id: int | None, today: date) -> tuple[list[WaitRow], int | None]:
    """One row a reason, in the order of the pack, and how many days the middle one of all that wait has waited."""
    edges = [edge for edge in (WARNING, *LINES) if edge >= line]
    cells = scoped(WaitCell.objects.filter(line__gte=line, category__in=categories_at(line)), user, division_id)
    buckets: dict[str, Counter[int]] = defaultdict(Counter)
    since: dict[str, Counter[date | None]] = defaultdict(Counter)
    for reason, beyond, number in cells.values_list("reason", "line").annotate(n=Sum("number")):
        buckets[reason][beyond] = number
    for reason, day, number in cells.values_list("reason", "since").annotate(n=Sum("number")):
        since[reason][day] = number
    rows = [_wait_row(wait, buckets[wait.id], since[wait.id], edges, today) for wait in waits() if wait.id in buckets]
    middle = _middle(_known_days(sum(since.values(), Counter())))
    return rows, (today - middle).days if middle else None


def _wait_row(wait: Wait, buckets: Counter[int], since: Counter[date | None], edges: list[int], today: date) -> WaitRow:
    long_ago = today - timedelta(days=CHASED_DAYS)
    known = _known_days(since)
    chased = sum(number for day, number in known.items() if day <= long_ago)
    middle = _middle(known)
    days = (today - middle).days if middle else None
    return WaitRow(wait, buckets.total(), [buckets[edge] for edge in edges], days, chased)


def _known_days(since: Counter[date | None]) -> dict[date, int]:
    return {day: number for day, number in since.items() if day is not None}


def _middle(days: dict[date, int]) -> date | None:
    """The middle one of so many days."""
    left = (sum(days.values()) + 1) // 2
    for day in sorted(days):
        left -= days[day]
        if left <= 0:
            return day
    return None


def signal_counts(user: Any, division_id: int | None) -> dict[str, dict[str, int]]:
    """Signals by detector as of the last refresh: `open` (asked or overdue), `answered`."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"open": 0, "answered": 0})
    cells = scoped(SignalCell.objects.all(), user, division_id)
    for detector, state, number in cells.values_list("detector", "state").annotate(n=Sum("number")):
        if state in ("asked", "referred"):
            found[detector]["open"] += number
        elif state == "answered":
            found[detector]["answered"] += number
    return dict(found)


def next_steps(cases: Iterable[Case], today: date) -> dict[int, NextStep]:
    """The next thing planned in each case, by its id."""
    ids = [case.pk for case in cases]
    steps = [
        (entry.case_id, NextStep(entry_title(entry), entry.happened_on))
        for entry in DocketEntry.objects.filter(case__in=ids, happened_on__gt=today, undone_by__isnull=True)
    ]
    steps += [
        (hearing.case_id, NextStep(str(hearing.get_kind_display()), court_clock.court_day(hearing.slot.lower)))
        for hearing in Hearing.objects.filter(case__in=ids, status="scheduled", slot__startswith__gte=court_clock.now())
    ]
    return dict(sorted(steps, key=lambda step: step[1].on, reverse=True))  # the earliest of a case stands last


def _causes(cells: QuerySet[Any]) -> list[CauseRow]:
    found: dict[str, CauseRow] = defaultdict(lambda: CauseRow("", ""))
    rows = cells.filter(Q(days=0) | Q(days=HORIZONS[0])).values_list("cause_code", "flow").annotate(n=Sum("number"))
    names = {"standing": "standing", "in": "inflow", "out": "outflow", "coming": "coming"}
    for code, flow, number in rows:
        found[code].code = code
        setattr(found[code], names[flow], number)
    most = sorted(found.values(), key=lambda row: (-row.standing, -row.inflow, row.code))[:CAUSES_SHOWN]
    english = (get_language() or "").startswith("en")
    for row in most:
        cause = causes().get(row.code)
        row.name = (cause.en if english and cause.en else cause.zh) if cause else _filed_as(row.code)
    return most


def _filed_as(code: str) -> str:
    """The name of a cause that the dictionary no longer has, as a case was filed under it."""
    return Case.objects.filter(cause_code=code).values_list("cause", flat=True).first() or code


def _forecasts(cells: QuerySet[Any], stock: int) -> list[Forecast]:
    coming = {
        days: (number, fixed, paused)
        for days, number, fixed, paused in cells.filter(flow="coming")
        .values_list("days")
        .annotate(n=Sum("number"), f=Sum("fixed"), p=Sum("paused"))
    }
    closed = cells.filter(flow="out").aggregate(n=Sum("number"))["n"] or 0
    return [forecast(days, stock, *coming.get(days, (0, 0, 0)), closed) for days in HORIZONS]


@dataclass(frozen=True)
class ListFilter:
    """What a number of the board counts, as conditions on its list."""

    line: int
    flow: str = "standing"
    month: date | None = None
    days: int = 0
    wait: str = ""
    beyond: int = 0
    upto: int = 0
    chased: bool = False
    paused: bool = False
    fixed: bool = False
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
        rows = rows.filter(Exists(Clock.objects.filter(case=OuterRef("pk"), role="trial", status="paused")))
    if chosen.fixed:
        ahead = Hearing.objects.filter(case=OuterRef("pk"), status="scheduled", slot__startswith__gte=court_clock.now())
        rows = rows.filter(Exists(ahead))
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
    rows = rows.open().filter(filed_on__lte=cut(today, max(chosen.line, chosen.beyond)))
    if chosen.upto:
        rows = rows.filter(filed_on__gt=cut(today, chosen.upto))
    if chosen.wait == NOBODY:  # asked of each case in turn: joined, all of them would be read before the first is shown
        of_case = Waiting.objects.filter(case=OuterRef("pk")).order_by().values("pk")
        rows = rows.alias(waits=Subquery(of_case)).filter(waits__isnull=True)
    elif chosen.wait:
        rows = rows.filter(waiting__reason=chosen.wait)
    if chosen.chased:
        rows = rows.filter(waiting__since__lte=today - timedelta(days=CHASED_DAYS))
    return rows
