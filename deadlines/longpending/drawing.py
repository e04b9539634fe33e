"""Geometry of the charts of the board; colours stand in the style sheet, the numbers in a table on the same page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.longpending.selectors import Board, DivisionFlow

WIDTH, MIDDLE, REACH = 300.0, 50.0, 42.0


@dataclass(frozen=True)
class Rect:
    """A bar; lengths are text so that no locale rewrites the decimal point."""

    css: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Small:
    """One small chart: inflow above the axis, outflow below it."""

    flow: DivisionFlow
    bars: list[Rect]
    ticks: list[tuple[str, date]]
    total_in: int
    total_out: int


def _most(board: Board) -> int:
    return max((number for flow in board.flows for number in (*flow.inflow, *flow.outflow)), default=0) or 1


def smalls(board: Board) -> list[Small]:
    """One chart a division, all on one scale."""
    return [_small(flow, board.months, _most(board)) for flow in board.flows]


@dataclass(frozen=True)
class Grid:
    """The lines above and below the axis of the small charts, and what they stand for."""

    path: str
    numbers: list[int]


def grid(board: Board) -> Grid:
    """One or two lines at round numbers, on the scale of the small charts."""
    most = _most(board)
    step = round_step(most, 2)
    numbers = [number for number in (step, 2 * step) if number <= most]
    reach = [number / most * REACH for number in numbers]
    path = "".join(f"M0 {MIDDLE - up:.1f}H300M0 {MIDDLE + 1 + up:.1f}H300" for up in reach)
    return Grid(path, numbers)


def round_step(span: int, parts: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that covers a span in at most so many steps, or in one more."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * (parts + 1) > span:
                return step
        size *= 10


def _small(flow: DivisionFlow, months: list[date], most: int) -> Small:
    slot = WIDTH / len(months)
    bars, ticks = [], []
    for place, month in enumerate(months):
        left, width = place * slot + 3, slot - 6
        up, down = flow.inflow[place] / most * REACH, flow.outflow[place] / most * REACH
        if up:
            bars.append(Rect("f-in", f"{left:.1f}", f"{MIDDLE - up:.1f}", f"{width:.1f}", f"{up:.1f}"))
        if down:
            bars.append(Rect("f-out", f"{left:.1f}", f"{MIDDLE + 1:.1f}", f"{width:.1f}", f"{down:.1f}"))
        if place % 3 == 0 or place == len(months) - 1:
            ticks.append((f"{left + width / 2:.1f}", month))
    return Small(flow, bars, ticks, sum(flow.inflow), sum(flow.outflow))


@dataclass(frozen=True)
class Trend:
    """The stock of the last months and of the next ninety days."""

    past: str
    coming: str
    band: str
    today_x: str
    points: list[tuple[str, str]]
    levels: list[tuple[str, str, int]]
    ends: list[tuple[str, int]]
    months: list[tuple[str, date]]


def trend(board: Board) -> Trend:
    """A line for the past, a dashed one for the forecast, a band where it lies four times in five."""
    stock = [board.now]
    for place in range(len(board.months) - 1, -1, -1):
        change = sum(flow.inflow[place] - flow.outflow[place] for flow in board.flows)
        stock.insert(0, stock[0] - change)
    ahead = [board.now, *(row.stock for row in board.forecasts)]
    low, high = [board.now, *(row.low for row in board.forecasts)], [board.now, *(row.high for row in board.forecasts)]
    step_up = round_step(max(max(*stock, *high) - min(*stock, *low), 4), 4)
    foot = min(*stock, *low) // step_up * step_up
    marks = list(range(foot, max(*stock, *high, foot + 2 * step_up) + step_up, step_up))
    span = marks[-1] - foot
    step = 526.0 / (len(stock) + len(ahead) - 2)

    def x(place: int) -> str:
        return f"{34 + place * step:.1f}"

    def y(number: int) -> str:
        return f"{200 - (number - foot) / span * 180:.1f}"

    last = len(stock) - 1
    upper = [f"{x(last + i)},{y(n)}" for i, n in enumerate(high)]
    lower = [f"{x(last + i)},{y(n)}" for i, n in enumerate(low)]
    return Trend(
        past=" ".join(f"{x(i)},{y(n)}" for i, n in enumerate(stock)),
        coming=" ".join(f"{x(last + i)},{y(n)}" for i, n in enumerate(ahead)),
        band=" ".join((*upper, *reversed(lower))),
        today_x=x(last),
        points=[(x(last + i), y(n)) for i, n in enumerate(ahead) if i],
        levels=[(y(number), f"{float(y(number)) + 4:.1f}", number) for number in marks],
        months=_months(board, x, last),
        ends=[(f"{float(y(series[-1])) + 4:.1f}", series[-1]) for series in (ahead, high, low)],
    )


def _months(board: Board, x: Callable[[int], str], last: int) -> list[tuple[str, date]]:
    """The beginning of every third month of the past, and the day of each horizon."""
    past = [(x(place), month) for place, month in enumerate(board.months) if place % 3 == 0]
    return [*past, *((x(last + place), board.today + timedelta(days=row.days))
                     for place, row in enumerate(board.forecasts, 1))]  # fmt: skip
