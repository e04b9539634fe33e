"""Typed reads of clocks for pages, the API and higher rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.intake.models import Case
from courtcms.core import clock as court_clock
from courtcms.core import levels
from deadlines.clocks import wording
from deadlines.clocks.computing import SHORT_LIMIT_DAYS
from deadlines.clocks.models import Clock, ClockRole, ClockStatus, ExtensionStatus
from deadlines.clocks.things import named, thing_of
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
    thing: str = ""

    @property
    def level(self) -> str:
        """The level that number and bar are coloured by."""
        return "none" if self.days is None else levels.level_of(self.days, self.urgent, self.near, self.paused)


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


def rows_of(clocks: Sequence[Clock], today: date | None = None) -> list[ClockRow]:
    """The lines of a list, each naming its object; the objects are read once a kind."""
    names = named(clocks)
    return [row_of(clock, today, names.get(clock.subject, "")) for clock in clocks]


def row_of(clock: Clock, today: date | None = None, thing: str | None = None) -> ClockRow:
    """The line of a clock; `thing` where the caller has read it already."""
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
        thing=thing_of(clock) if thing is None else thing,
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
    return rows_of([*live, *ended])


def risk_counts(user: Any, today: date | None = None) -> dict[str, int]:
    """How many trial clocks of the person's cases stand at each risk, in one query."""
    return Clock.objects.trial().visible_to(user).risk_counts(today or court_clock.today())


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
