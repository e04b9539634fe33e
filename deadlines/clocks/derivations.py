"""The derivation of a clock as pages show it: steps in words, the drawing, the laws cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from courtcms.core import clock as court_clock
from deadlines.calendars.selectors import work_calendar
from deadlines.clocks import chart, wording
from deadlines.clocks.computing import from_record
from deadlines.clocks.models import Clock, ExtensionStatus
from deadlines.clocks.terms import Step
from deadlines.rulebook.reading import rulebook


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the derivation as the page shows it."""

    number: int
    text: str
    key: str
    first: date | datetime | None
    last: date | datetime | None
    amount: str
    reached: date | datetime | None
    articles: str
    paper: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a due date came about: the steps, the drawing, the titles of the laws cited."""

    steps: list[StepRow]
    chart: chart.Chart | None
    sources: list[tuple[str, str, str]]


_KEY_MARKS = {
    "excluded": "ded",
    "excluded_part": "ded",
    "excluded_capped": "ded",
    "excluded_open": "ded",
    "extension": "ext",
    "base": "run",
}


def derivation_of(clock: Clock) -> Derivation:
    """The derivation stored with a clock, in the language in force."""
    steps = [from_record(row) for row in clock.derivation]
    papers = _papers(clock)
    extensions = count()
    keys = [_paper_key(step, extensions) for step in steps]
    rows = [_step_row(n, step, papers.get(key, "")) for n, (step, key) in enumerate(zip(steps, keys, strict=True), 1)]
    return Derivation(rows, _chart(clock, steps), _sources(steps))


def _step_row(number: int, step: Step, paper: str) -> StepRow:
    book = rulebook()
    mark = _KEY_MARKS.get(step.key, "")
    if mark == "ded" and _is_suspension(step.subject):
        mark = "sus"
    return StepRow(
        number=number,
        text=wording.step_text(step, book),
        key=mark,
        first=step.first,
        last=step.last,
        amount=_amount(step),
        reached=step.reached,
        articles=wording.cite(book, step.basis),
        paper=paper,
        provisional=step.provisional,
    )


def _paper_key(step: Step, extensions: Iterator[int]) -> tuple[str, Any]:
    """What ties a step to its entry in the ledger: the nth extension, or ground and first day."""
    return ("extension", next(extensions)) if step.key == "extension" else (step.subject, step.first)


def _papers(clock: Clock) -> dict[tuple[str, Any], str]:
    found: dict[tuple[str, Any], str] = {}
    for row in clock.intervals.all():
        if row.voided_on is None:
            text = " ".join(part for part in (row.approved_by, row.document) if part)
            found[(row.ground, row.starts_on)] = text
    approved = [row for row in clock.extensions.all() if row.status == ExtensionStatus.APPROVED]
    for number, extension in enumerate(approved):
        text = f"{extension.approved_by} {extension.decided_on:%m-%d} {extension.document}"
        found[("extension", number)] = text
    for restart in clock.restarts.all():
        found[(restart.conversion, restart.restarts_on)] = restart.document
    return found


def _amount(step: Step) -> str:
    if step.key in ("base", "extension", "before") and step.amount is not None:
        return ("+" if step.key == "extension" else "") + wording.length(step.amount, step.unit)
    if step.days is not None and step.key != "open":
        return f"+{step.days}" if step.days > 0 else str(step.days)
    return ""


def _is_suspension(ground_id: str) -> bool:
    versions = rulebook().grounds.get(ground_id)
    return bool(versions) and (versions[-1].kind == "suspension" or ground_id == "ded_suspension")


@dataclass(frozen=True, slots=True)
class Out:
    """Time that was taken out, as it was counted; `last` is the first day that counts again, None while it goes on."""

    first: date
    last: date | None
    name: str
    is_suspension: bool


def stretches_of(clock: Clock) -> list[Out]:
    """What each interval really took out of a clock, for readers who draw it themselves on a later day."""
    steps = [from_record(row) for row in clock.derivation]
    started = next((s.first for s in reversed(steps) if s.key in ("start", "restart")), None)
    return _taken_out(steps, started if type(started) is date else clock.started_on)


def _taken_out(steps: list[Step], started: date) -> list[Out]:
    """What each interval really took out: from where the earlier ones ended."""
    found, covered = [], started + timedelta(days=1)
    for step in steps:
        if step.key.startswith("excluded") and step.key != "excluded_late" and type(step.first) is date:
            last = step.last if type(step.last) is date else None
            first = max(step.first, covered)
            if last is None or first < last:
                name = wording.subject_of(step, rulebook())
                found.append(Out(first, last, name, _is_suspension(step.subject)))
            covered = max(covered, last or step.first)
    return found


def _stretches(steps: list[Step], started: date, today: date) -> list[chart.Stretch]:
    """The same for the drawing of today: what goes on is drawn up to now."""
    rows = [(out, out.last or max(today, out.first)) for out in _taken_out(steps, started)]
    return [chart.Stretch(o.first, last, o.name, o.is_suspension) for o, last in rows if o.first < last]


def _chart(clock: Clock, steps: list[Step]) -> chart.Chart | None:
    lengths = [step for step in steps if step.key == "base" and step.days]
    if clock.started_at is not None or not lengths:
        return None
    started = next((s.first for s in reversed(steps) if s.key in ("start", "restart")), None)
    begins = started if type(started) is date else clock.started_on
    today = court_clock.today()
    end = clock.unrolled_on or today
    data = chart.ChartData(
        started_on=begins,
        unrolled=end,
        due=clock.due_on or end,
        base_days=sum(step.days or 0 for step in lengths),
        stretches=_stretches(steps, begins, today),
        today=today,
        request_by=clock.request_by,
        words={
            "out": _("不计 %s"),
            "days": _("%s 天"),
            "today": _("今天"),
            "request": _("申请延长"),
            "due": _("届满"),
            "why_counted": _("计入期限"),
            "why_extended": _("计入期限（延长的时间）"),
            "why_out": _("不计入：%s"),
            "why_rolled": _("末日为休息日，顺延"),
        },  # fmt: skip
    )
    return chart.draw(data, work_calendar())


def _sources(steps: list[Step]) -> list[tuple[str, str, str]]:
    """The laws cited, each once: short name, full title, document number."""
    book, seen = rulebook(), {}
    for step in steps:
        for citation in step.basis:
            source = book.sources[citation.source]
            short = source.short_en if wording.english() else source.short_zh
            seen[source.id] = (short, source.title, source.number if source.number_checked else "")
    return list(seen.values())
