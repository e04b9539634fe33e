"""Typed reads of clocks for pages, the API and higher rooms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases.intake.models import Case
from courtcms.core import clock as court_clock
from courtcms.core import levels
from deadlines.calendars.selectors import work_calendar
from deadlines.clocks import chart, wording
from deadlines.clocks.computing import SHORT_LIMIT_DAYS, from_record
from deadlines.clocks.models import Clock, ClockRole, ClockStatus, ExtensionStatus
from deadlines.clocks.terms import Step
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import ExtensionRule, Limit

BAR_DAYS_SHORT = 45


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One line of a clock table."""

    clock: Clock
    label: str
    days: int | None
    paused: bool
    urgent: int
    near: int
    full: int
    risk: str
    what_happens: str


def label_of(clock: Clock) -> str:
    """Name of the limit in the language in force; a rule that the pack no longer knows shows its id."""
    versions = rulebook().limits.get(clock.limit_id)
    return wording.name_of(versions[-1]) if versions else clock.limit_id


def days_left(clock: Clock, today: date | None = None) -> int | None:
    """Calendar days to the legal due day (0 on that day); of a paused clock the days that will remain."""
    if clock.status == ClockStatus.PAUSED and clock.remaining_days is not None:
        return clock.remaining_days
    if clock.due_on is None:
        return None
    return (clock.due_on - (today or court_clock.today())).days


def risk(clock: Clock, today: date | None = None) -> str:
    """ample, near, urgent, overdue, paused; done when it has ended, none without a due date."""
    day = today or court_clock.today()
    if clock.status in (ClockStatus.STOPPED, ClockStatus.CONVERTED):
        return "done"
    if clock.status == ClockStatus.PAUSED:
        return "paused"
    if clock.due_on is None or clock.urgent_on is None or clock.near_on is None:
        return "none"
    if clock.due_on < day:
        return "overdue"
    return "urgent" if clock.urgent_on <= day else "near" if clock.near_on <= day else "ample"


def row_of(clock: Clock, today: date | None = None) -> ClockRow:
    """The line of a clock."""
    day = today or court_clock.today()
    short = 0 < (clock.counted_days or 0) <= SHORT_LIMIT_DAYS
    urgent = (clock.due_on - clock.urgent_on).days if clock.due_on and clock.urgent_on else levels.URGENT_DAYS
    near = (clock.due_on - clock.near_on).days if clock.due_on and clock.near_on else levels.NEAR_DAYS
    return ClockRow(
        clock=clock,
        label=label_of(clock),
        days=days_left(clock, day),
        paused=clock.status == ClockStatus.PAUSED,
        urgent=urgent,
        near=near,
        full=BAR_DAYS_SHORT if short else levels.FULL_BAR_DAYS,
        risk=risk(clock, day),
        what_happens=what_happens(clock, day),
    )


def what_happens(clock: Clock, today: date) -> str:
    """What follows when the due day passes, in a few words."""
    if clock.status == ClockStatus.STOPPED:
        in_time = clock.due_on is None or clock.stopped_on is None or clock.stopped_on <= clock.due_on
        return _("按期终止") if in_time else _("逾期终止")
    if clock.status == ClockStatus.CONVERTED:
        return _("已转为其他程序的期限")
    if clock.status == ClockStatus.PAUSED:
        return _("恢复计算后接续剩余天数")
    if clock.role == ClockRole.TRIAL:
        if clock.due_on is not None and clock.due_on < today:
            return _("已超审限，须说明原因并报告")
        return _("次日起为超审限，通知庭长、分管院领导、审管办")
    if clock.role == ClockRole.PUBLICATION:
        return _("逾期未上网，通知庭长、审管办")
    if clock.role == ClockRole.PRESERVATION:
        return _("措施自动失效")
    return _("逾期须说明原因")


def clocks_of(case: Case) -> list[ClockRow]:
    """Every clock of a case: live ones by due date, then those that ended."""
    rows = list(Clock.objects.filter(case=case))
    live = sorted((c for c in rows if c.status in ("running", "paused")), key=lambda c: (c.due_on or date.max, c.pk))
    ended = sorted((c for c in rows if c not in live), key=lambda c: c.pk)
    return [row_of(clock) for clock in (*live, *ended)]


def trial_clock(case: Case) -> Clock | None:
    """The trial limit that runs (or is paused) on a case, or the last that ended."""
    rows = Clock.objects.filter(case=case, role=ClockRole.TRIAL)
    return rows.live().order_by("due_on", "pk").first() or rows.order_by("-pk").first()


def trial_clocks(case_ids: Iterable[int]) -> dict[int, ClockRow]:
    """The live trial clock of each of these cases, in one query, for lists."""
    rows = Clock.objects.live().trial().filter(case_id__in=list(case_ids)).order_by("-due_on", "-pk")
    return {clock.case_id: row_of(clock) for clock in rows}


def risk_counts(user: Any, today: date | None = None) -> dict[str, int]:
    """How many trial clocks of the person's cases stand at each risk, in one query."""
    return Clock.objects.trial().visible_to(user).risk_counts(today or court_clock.today())


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
    rows = [_step_row(n, step, papers) for n, step in enumerate(steps, 1)]
    return Derivation(rows, _chart(clock, steps), _sources(steps))


def _step_row(number: int, step: Step, papers: dict[tuple[str, Any], str]) -> StepRow:
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
        paper=papers.get((step.subject if mark in ("ded", "sus") else step.key, _nth(step)), ""),
        provisional=step.provisional,
    )


def _nth(step: Step) -> Any:
    return step.first if step.key.startswith("excluded") else None


def _papers(clock: Clock) -> dict[tuple[str, Any], str]:
    found: dict[tuple[str, Any], str] = {}
    for row in clock.intervals.all():
        if row.voided_on is None:
            text = " ".join(part for part in (row.approved_by, row.document) if part)
            found[(row.ground, row.starts_on)] = text
    approved = [row for row in clock.extensions.all() if row.status == ExtensionStatus.APPROVED]
    if approved:
        found[("extension", None)] = "；".join(f"{r.approved_by} {r.decided_on:%m-%d} {r.document}" for r in approved)
    for row in clock.restarts.all():
        found[("restart", None)] = row.document
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


def _stretches(steps: list[Step], started: date, today: date) -> list[chart.Stretch]:
    """What each interval really took out: from where the earlier ones ended."""
    found, covered = [], started + timedelta(days=1)
    for step in steps:
        if step.key.startswith("excluded") and step.key != "excluded_late" and type(step.first) is date:
            last = step.last if type(step.last) is date else max(today, step.first)
            first, covered = max(step.first, covered), max(covered, last)
            if first < last:
                name = wording.subject_of(step, rulebook())
                found.append(chart.Stretch(first, last, name, _is_suspension(step.subject)))
    return found


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
        words={"out": _("不计 %s"), "days": _("%s 天"), "today": _("今天"), "request": _("申请延长"), "due": _("届满")},
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


@dataclass(frozen=True, slots=True)
class NextExtension:
    """What the law still allows: how long, by whom, asked by when."""

    rung: ExtensionRule
    length: str
    approver: str
    article: str


APPROVER_NAMES = {
    "none": lambda: _("法律未写明批准人"),
    "court_president": lambda: _("本院院长"),
    "next_higher_court": lambda: _("上一级人民法院"),
    "high_court": lambda: _("高级人民法院"),
    "spc": lambda: _("最高人民法院"),
    "court_ruling": lambda: _("受理法院裁定"),
    "entrusting_court": lambda: _("委托法院"),
    "institution_head": lambda: _("鉴定机构负责人"),
    "committee": lambda: _("劳动能力鉴定委员会"),
}


def next_extension(clock: Clock) -> NextExtension | None:
    """The rung of extension that comes next, or None when the law allows no more."""
    limit: Limit = rulebook().limit(clock.limit_id, clock.filed_on)
    granted = sum(1 for row in clock.extensions.all() if row.status == ExtensionStatus.APPROVED)
    rung = limit.extension_after(granted)
    if rung is None:
        return None
    length = wording.length(rung.amount.amount, rung.unit) if rung.amount else _("法律未定长度，以批准为准")
    return NextExtension(rung, length, APPROVER_NAMES[rung.by](), wording.cite(rulebook(), (rung.basis,)))


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry of the ledger for the page."""

    kind: str
    name: str
    first: date
    last: date | None
    text: str
    state: str
    voided: str
    pk: int


def ledger_of(clock: Clock) -> list[LedgerRow]:
    """Intervals, extensions and restarts of a clock in the order of their days, voided ones included."""
    rows = [
        LedgerRow("interval", wording.ground_name(r.ground), r.starts_on, r.ends_on,
                  " ".join(p for p in (r.approved_by, r.document, r.end_document) if p),
                  _("已撤销") if r.voided_on else _("已结束") if r.ends_on else _("未结束"), r.void_reason, r.pk)
        for r in clock.intervals.all()
    ]  # fmt: skip
    rows += [
        LedgerRow("extension", _("延长 %(length)s") % {"length": wording.length(r.amount, r.unit)}, r.asked_on,
                  r.decided_on, " ".join(p for p in (r.approved_by, r.document, r.reason) if p),
                  r.get_status_display(), "", r.pk)
        for r in clock.extensions.all()
    ]  # fmt: skip
    rows += [
        LedgerRow("restart", wording.name_of(rulebook().conversions[r.conversion]), r.restarts_on, None, r.document,
                  _("重新计算"), "", r.pk)
        for r in clock.restarts.all()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.first, row.pk))
