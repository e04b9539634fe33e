"""What the approver sees before deciding: dates, age of the case, how often this recurs, what else moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from courtcms.approvals.subjects import Effect
from courtcms.core import clock as court_clock
from courtcms.core.dates import long_date
from courtcms.core.errors import Refusal
from deadlines.changes.checks import INTERVAL_KINDS
from deadlines.changes.models import ChangeKind, ChangeRequest
from deadlines.clocks.models import Clock
from deadlines.clocks.selectors import label_of, rows_of
from deadlines.clocks.supposing import Supposition, suppose
from deadlines.clocks.terms import Excluded
from deadlines.rulebook.rules import Amount

YEAR = timedelta(days=365)
#: so many other limits of the case are named one by one
MOST_OTHERS = 6


def supposition_of(change: ChangeRequest) -> Supposition:
    """What the clock is supposed to become if this is granted."""
    if change.kind == ChangeKind.EXTENSION:
        return Supposition(extension=Amount(change.amount or 0, change.unit))
    if change.kind in INTERVAL_KINDS and change.starts_on is not None:
        return Supposition(excluded=Excluded(change.starts_on, change.ends_on, change.ground))
    if change.kind == ChangeKind.RESUMPTION and change.interval_id is not None and change.ends_on is not None:
        return Supposition(resume=(change.interval_id, change.ends_on))
    return Supposition(conversion=change.ground, on=change.starts_on)


def effects_of(change: ChangeRequest) -> Sequence[Effect]:
    """The lines of the preview, computed now; a change that can no longer be counted says why instead."""
    clock = change.clock
    try:
        after = suppose(clock, supposition_of(change))
    except Refusal as refusal:
        return [Effect(_("届满日"), due_text(clock), " ".join(str(reason.message) for reason in refusal.reasons))]
    lines = [
        Effect(_("届满日"), due_text(clock), due_text(after)),
        Effect(_("届满时案件总天数"), _age(clock, clock.due_on), _age(clock, after.due_on)),
    ]
    if after.limit_id != clock.limit_id:
        lines.insert(0, Effect(_("期限"), label_of(clock), label_of(after)))
    return [*lines, *_lateness(change), *_recurrence(change), *_others(change, after)]


def due_text(clock: Clock) -> str:
    """The due day, or that it does not run."""
    if clock.due_on is None:
        days = clock.remaining_days
        return _("停止计算，余 %(days)s 天") % {"days": days} if days is not None else _("停止计算")
    return long_date(clock.due_on)


def _age(clock: Clock, day: date | None) -> str:
    return _("%(days)s 天") % {"days": (day - clock.filed_on).days} if day else "—"


def _lateness(change: ChangeRequest) -> list[Effect]:
    if change.request_by is None:
        return []
    text = _("晚于法定时间") if change.asked_late else _("按时")
    decide = _("须在 %(day)s 以前决定") % {"day": long_date(change.decide_by)} if change.decide_by else "—"
    return [Effect(_("申请时间"), _("至迟 %(day)s") % {"day": long_date(change.request_by)}, f"{text} {decide}")]


def _recurrence(change: ChangeRequest) -> list[Effect]:
    since = court_clock.today() - YEAR
    same = ChangeRequest.objects.filter(kind=change.kind, ground=change.ground).exclude(pk=change.pk)
    judge = same.filter(asked_by=change.asked_by_id, asked_on__gte=since)
    here = ChangeRequest.objects.filter(case=change.case_id, kind=change.kind).exclude(pk=change.pk)
    return [
        Effect(
            _("申请人近一年以同一事由申请"),
            _("共 %(n)s 次") % {"n": judge.count()},
            _("其中批准 %(n)s 次") % {"n": judge.filter(state="decided").count()},
        ),
        Effect(
            _("本案此前的同类申请"),
            _("共 %(n)s 次") % {"n": here.count()},
            _("其中批准 %(n)s 次") % {"n": here.filter(state="decided").count()},
        ),
    ]


def _others(change: ChangeRequest, after: Clock) -> list[Effect]:
    """Other live clocks of the case: none of them moves with this one, and the approver should see that they run on."""
    rows: Any = Clock.objects.live().filter(case=change.case_id).exclude(pk=change.clock_id).order_by("due_on", "pk")
    lines = rows_of(list(rows[: MOST_OTHERS + 1]))
    shown = [
        Effect(f"{line.label} {line.thing}".strip(), due_text(line.clock), _("不变动")) for line in lines[:MOST_OTHERS]
    ]
    if len(lines) > MOST_OTHERS:
        more = rows.count() - MOST_OTHERS
        shown.append(Effect(_("本案其他期限"), _("另有 %(n)s 个") % {"n": more}, _("不变动")))
    return shown
