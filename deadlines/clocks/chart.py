"""A derivation as a drawing: pure geometry, so that the template only places what is given.

The bar shows the days that count, the days taken out and the extension, over the calendar with the days off behind it;
below it one row for each ground. The table of steps beside it holds the same numbers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.calendars.rules import WorkCalendar

LEFT, RIGHT, WIDTH = 40.0, 916.0, 940
BAR_Y, BAR_HEIGHT, FIRST_ROW, ROW = 48, 20, 86, 20
MOST_MONTHS = 30
LEAST_DAYS_OFF = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time that does not count, as the derivation used it."""

    first: date
    last: date
    name: str
    is_suspension: bool


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled piece of the drawing with an optional label above or beside it."""

    x: str
    width: str
    css: str
    y: int = BAR_Y
    height: int = BAR_HEIGHT
    label: str = ""
    label_x: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An upright line with its text."""

    x: str
    css: str
    text: str = ""
    text_x: str = ""
    anchor: str = "end"
    y: int = 0
    text_css: str = ""


@dataclass(frozen=True, slots=True)
class GroundRow:
    """One ground below the bar."""

    y: int
    text_y: int
    name: str
    rects: list[Rect]
    note: str
    note_x: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row with one reason, both ends included: for whoever points at a day of the bar."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws; `spans` cover each day from the first that counts to the due day."""

    width: int
    height: int
    bottom: int
    months: list[Line]
    off: list[Rect]
    bar: list[Rect]
    rows: list[GroundRow]
    marks: list[Line]
    spans: list[Span]
    first_day: date
    step: str

    @property
    def spans_json(self) -> str:
        """The spans for the script that tells the reason of a day."""
        return json.dumps([[s.first.isoformat(), s.last.isoformat(), s.reason] for s in self.spans], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class ChartData:
    """What is drawn: dates of the clock, stretches, names of the three marks."""

    started_on: date
    unrolled: date
    due: date
    base_days: int
    stretches: Sequence[Stretch]
    today: date
    request_by: date | None
    words: dict[str, str]


class _Scale:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.step = (RIGHT - LEFT) / max(1, (last - first).days)

    def x(self, day: date) -> float:
        return LEFT + (day - self.first).days * self.step

    def rect(self, first: date, last: date, css: str, **rest: object) -> Rect:
        left, right = self.x(max(first, self.first)), self.x(min(last, self.last))
        return Rect(f"{left:.1f}", f"{max(right - left, 0):.1f}", css, **rest)  # type: ignore[arg-type]


def draw(data: ChartData, calendar: WorkCalendar) -> Chart | None:
    """The drawing, or None for a limit too long to be read on one line (30 months)."""
    ends = max(data.due, data.unrolled)
    if data.started_on <= data.today <= ends + timedelta(days=60):
        ends = max(ends, data.today)
    first = data.started_on.replace(day=1)
    last = _next_month(ends)
    if (last - first).days > MOST_MONTHS * 31:
        return None
    scale = _Scale(first, last)
    rows = _rows(data, scale)
    bottom = FIRST_ROW + ROW * len(rows) + 4
    return Chart(
        width=WIDTH,
        height=bottom + 52,
        bottom=bottom,
        months=_months(scale, first, last),
        off=_off(scale, calendar, bottom),
        bar=_bar(data, scale),
        rows=rows,
        marks=_marks(data, scale, bottom),
        spans=spans_of(data),
        first_day=scale.first,
        step=f"{scale.step:.4f}",
    )


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(scale: _Scale, first: date, last: date) -> list[Line]:
    starts, day = [], first
    while day <= last:
        starts.append(day)
        day = _next_month(day)
    every = 1 if len(starts) <= 14 else 3
    return [
        Line(
            f"{scale.x(d):.1f}", "ax", f"{d:%Y-%m}" if i == 0 or d.month == 1 else f"{d.month}", f"{scale.x(d) + 3:.1f}"
        )
        if i % every == 0 and d < last
        else Line(f"{scale.x(d):.1f}", "ax")
        for i, d in enumerate(starts)
    ]


def _month_word(day: date, first: bool) -> str:
    return f"{day:%Y-%m}" if first or day.month == 1 else str(day.month)


def _off(scale: _Scale, calendar: WorkCalendar, bottom: int) -> list[Rect]:
    runs: list[list[date]] = []
    for day in calendar.days_off(scale.first, scale.last):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [
        scale.rect(run[0], run[-1] + timedelta(days=1), "ax-off", y=20, height=bottom - 20)
        for run in runs
        if len(run) >= LEAST_DAYS_OFF
    ]


def _bar(data: ChartData, scale: _Scale) -> list[Rect]:
    """Walk from the first day: what counts, what is taken out, and after the base length the extension."""
    pieces: list[Rect] = []
    day, left = data.started_on + timedelta(days=1), data.base_days
    end = data.unrolled + timedelta(days=1)
    for stretch in _united(data.stretches):
        left = _counted(pieces, scale, day, min(stretch.first, end), left)
        stop = min(stretch.last, end)
        if stop > max(day, stretch.first):
            begin = max(day, stretch.first)
            css = "f-sus" if stretch.is_suspension else "f-ded"
            pieces.append(_labelled(scale, begin, stop, css, data.words["out"]))
        day = max(day, stretch.last)
    _counted(pieces, scale, day, end, left)
    return pieces


def _counted(pieces: list[Rect], scale: _Scale, first: date, last: date, left: int) -> int:
    length = (last - first).days
    if length <= 0:
        return left
    own = min(length, left)
    if own > 0:
        pieces.append(_labelled(scale, first, first + timedelta(days=own), "f-run", "%s"))
    if length > own:
        pieces.append(_labelled(scale, first + timedelta(days=own), last, "f-ext", "+%s"))
    return left - own


def _labelled(scale: _Scale, first: date, last: date, css: str, text: str) -> Rect:
    middle = (scale.x(first) + scale.x(last)) / 2
    wide = scale.x(last) - scale.x(first) > (60 if len(text) > 3 else 22)
    return scale.rect(first, last, css, label=text % (last - first).days if wide else "", label_x=f"{middle:.1f}")


def spans_of(data: ChartData) -> list[Span]:
    """The reason of each day from the day after the start to the due day: counted, taken out and why, extended."""
    spans: list[Span] = []
    day, left = data.started_on + timedelta(days=1), data.base_days
    while day <= max(data.due, data.unrolled):
        names = [stretch.name for stretch in data.stretches if stretch.first <= day < stretch.last]
        if names:
            reason = data.words["why_out"] % "、".join(dict.fromkeys(names))
        elif day > data.unrolled:
            reason = data.words["why_rolled"]
        else:
            reason = data.words["why_counted" if left > 0 else "why_extended"]
            left -= 1
        if spans and spans[-1].reason == reason:
            spans[-1] = Span(spans[-1].first, day, reason)
        else:
            spans.append(Span(day, day, reason))
        day += timedelta(days=1)
    return spans


def _united(stretches: Sequence[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.first, s.last)):
        if found and stretch.first <= found[-1].last and stretch.is_suspension == found[-1].is_suspension:
            held = found[-1]
            found[-1] = Stretch(held.first, max(held.last, stretch.last), held.name, held.is_suspension)
        else:
            found.append(stretch)
    return found


def _rows(data: ChartData, scale: _Scale) -> list[GroundRow]:
    names: dict[str, list[Stretch]] = {}
    for stretch in data.stretches:
        names.setdefault(stretch.name, []).append(stretch)
    rows = []
    for index, (name, parts) in enumerate(names.items()):
        y = FIRST_ROW + ROW * index
        css = "f-sus" if parts[0].is_suspension else "f-ded"
        rects = [scale.rect(p.first, p.last, css, y=y, height=9) for p in parts]
        days = sum((p.last - p.first).days for p in parts)
        first, last = min(p.first for p in parts), min(max(p.last for p in parts), scale.last)
        right = scale.x(last) < (LEFT + RIGHT) / 2
        x = scale.x(last) + 6 if right else scale.x(max(first, scale.first)) - 6
        note = f"{name} {data.words['days'] % days}"
        rows.append(GroundRow(y, y + 9, name, rects, note, f"{x:.1f}", "start" if right else "end"))
    return rows


def _marks(data: ChartData, scale: _Scale, bottom: int) -> list[Line]:
    wanted = [
        (data.today, "ax-today", "today", "t-ink t-b"),
        (data.request_by, "ax-soft", "request", "t-ochre t-b"),
        (data.due, "ax-due", "due", "t-blue t-b"),
    ]
    lines = []
    for index, (day, css, word, text_css) in enumerate(wanted):
        if day is None or not scale.first <= day <= scale.last:
            continue
        x = scale.x(day)
        near_left = x < LEFT + 160
        text_x, anchor = (x + 5, "start") if near_left else (x - 5, "end")
        text = f"{data.words[word]} {day:%m-%d}"
        lines.append(Line(f"{x:.1f}", css, text, f"{text_x:.1f}", anchor, bottom + 14 + 16 * index, text_css))
    return lines
