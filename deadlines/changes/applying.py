"""From a granted application to the ledger of its clock, through the acts of the clock room."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from courtcms.core.errors import Conflict, Reason
from deadlines.changes.models import ChangeKind, ChangeRequest
from deadlines.clocks.extension_services import ExtensionDraft, extend_clock
from deadlines.clocks.interval_services import IntervalDraft, add_interval, end_interval
from deadlines.clocks.models import Clock
from deadlines.clocks.restart_services import convert_clock, restart_clock
from deadlines.rulebook.reading import rulebook


def apply_to_ledger(change: ChangeRequest, clock: Clock) -> None:
    """Write the ledger and set `due_after`. The act belongs to the system: who decided stands in `approved_by`."""
    if change.kind == ChangeKind.EXTENSION:
        _extend(change, clock)
    elif change.kind == ChangeKind.RESUMPTION:
        _resume(change)
    elif change.kind == ChangeKind.CONVERSION:
        _convert(change, clock)
    else:
        change.interval = add_interval(
            actor=None, clock=clock,
            draft=IntervalDraft(change.ground, _day(change.starts_on), change.ends_on, change.document, _who(change)),
        )  # fmt: skip
    after = Clock.objects.get(pk=change.new_clock_id or clock.pk)
    change.due_after = after.due_on


def _who(change: ChangeRequest) -> str:
    return change.decided_by[:100]


def _day(day: date | None) -> date:
    if day is None:  # the checks have asked for it
        raise Conflict(Reason(_("缺少日期"), code="date_missing"))
    return day


def _extend(change: ChangeRequest, clock: Clock) -> None:
    paper = f"{change.document} {change.answer}".strip()
    change.extension = extend_clock(
        actor=None, clock=clock,
        draft=ExtensionDraft(
            change.amount or 0, change.unit, change.asked_on, paper[:200], change.reason[:300], change.decided_on,
            _who(change), late_allowed=change.asked_late,
        ),
    )  # fmt: skip


def _resume(change: ChangeRequest) -> None:
    if change.interval is None:
        raise Conflict(Reason(_("没有这段停止计算的期间"), field="interval", code="interval"))
    end_interval(actor=None, interval=change.interval, ends_on=_day(change.ends_on), document=change.document)


def _convert(change: ChangeRequest, clock: Clock) -> None:
    rule, on = rulebook().conversions[change.ground], _day(change.starts_on)
    if clock.limit_id in rule.targets:
        restart_clock(actor=None, clock=clock, restarts_on=on, conversion=rule.id, document=change.document)
        return
    change.new_clock = convert_clock(
        actor=None, clock=clock, conversion=rule.id, decided_on=on, document=change.document
    )
