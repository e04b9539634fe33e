"""Periods that follow from the docket: reply, service, appeal, transfer of the file; and the day of effect."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from cases.docket.models import DocketEntry
from cases.intake.models import Case
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.events import publish
from deadlines.clocks.models import Clock, ClockStatus
from deadlines.clocks.services import reopen_clock, start_clock, stop_clock
from deadlines.periods.events import EffectWithdrawn, JudgmentEffective
from deadlines.periods.models import EffectDate, EffectWhy
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import EventClock

APPEALS = ("appealed", "protested")


def follow_entry(case: Case, kind: str, entry_id: int, happened_on: date) -> None:
    """What an entry of the docket starts and ends. Entries of the future (planned hearings) start nothing."""
    if happened_on > court_clock.today():
        return
    for rule in rules_of(kind, case):
        for clock in Clock.objects.live().filter(case=case, limit_id__in=rule.stops):
            stop_clock(
                actor=None, clock=clock, stopped_on=max(happened_on, clock.started_on), reason=ended_by(entry_id)
            )
        if rule.starts:
            _start(case, rule, entry_id, happened_on)
        if rule.final:
            declare_effect(case, happened_on, EffectWhy.SECOND_INSTANCE)
    if kind in APPEALS:
        _appealed(case, happened_on)


def rules_of(kind: str, case: Case) -> list[EventClock]:
    """The rules of the packs for this kind of entry and type of case."""
    return [rule for rule in rulebook().event_clocks if rule.on == kind and case.type_code in rule.types]


def ended_by(entry_id: int) -> str:
    """The reason a clock carries that an entry of the docket ended."""
    return _("进展登记") + f" #{entry_id}"


def _start(case: Case, rule: EventClock, entry_id: int, happened_on: date) -> None:
    running = Clock.objects.live().filter(case=case, limit_id=rule.starts).first()
    if running is not None:
        if not rule.party or running.started_on >= happened_on:
            return  # an act of the court is owed since the first event; a party's period runs from the last service
        stop_clock(actor=None, clock=running, stopped_on=happened_on, reason=_("后送达的当事人另行起算"))
    clock = start_clock(
        actor=None, case=case, limit_id=rule.starts, start_on=_counts_from(case, rule, happened_on),
        event=f"docket:{entry_id}",
    )  # fmt: skip
    if rule.party:
        _settle_one(clock, court_clock.today())


def _counts_from(case: Case, rule: EventClock, happened_on: date) -> date:
    if rule.counts_from != "period_end":
        return happened_on
    appeals = {other.starts for other in rulebook().event_clocks if other.effect}
    period = Clock.objects.filter(case=case, limit_id__in=appeals, due_on__isnull=False).order_by("-due_on").first()
    return max(happened_on, period.due_on) if period and period.due_on else happened_on


def settle(as_of: date) -> int:
    """End the parties' periods that are over, and declare what became final by that. Safe to run twice."""
    own = {rule.starts for rule in rulebook().event_clocks if rule.party}
    rows = Clock.objects.live().filter(limit_id__in=own, status=ClockStatus.RUNNING, due_on__lt=as_of)
    return sum(_settle_one(clock, as_of) for clock in rows.select_related("case").order_by("pk"))


def _settle_one(clock: Clock, as_of: date) -> bool:
    if clock.due_on is None or clock.due_on >= as_of:
        return False
    last = clock.due_on
    stop_clock(actor=None, clock=clock, stopped_on=last, reason=_("期间届满"))
    ends_appeal = any(rule.effect and rule.starts == clock.limit_id for rule in rulebook().event_clocks)
    if ends_appeal and not appealed(clock.case):
        declare_effect(clock.case, last + timedelta(days=1), EffectWhy.APPEAL_EXPIRED)
    return True


def appealed(case: Case) -> bool:
    """Whether an appeal or a protest stands in the docket and was not taken back."""
    return DocketEntry.objects.filter(case=case, kind__in=APPEALS, undone_by__isnull=True).exists()


def declare_effect(case: Case, effective_on: date, why: str) -> EffectDate | None:
    """Enter the day of effect once; higher rooms begin what follows from it (publication: seven working days)."""
    if EffectDate.objects.filter(case=case, withdrawn_on__isnull=True).exists():
        return None
    with act(actor=None, verb="deadlines.effect.declare", case_id=case.pk) as entry:
        row = EffectDate.objects.create(case=case, effective_on=effective_on, why=why, computed_on=court_clock.today())
        entry.target, entry.after = row, {"effective_on": effective_on, "why": why}
        publish(JudgmentEffective(case.pk, effective_on))
    return row


def _appealed(case: Case, happened_on: date) -> None:
    """An appeal made in time that was entered late takes the computed effect back."""
    row = EffectDate.objects.filter(case=case, withdrawn_on__isnull=True, why=EffectWhy.APPEAL_EXPIRED).first()
    if row is not None and happened_on < row.effective_on:
        withdraw_effect(row)


def withdraw_effect(row: EffectDate) -> None:
    """The computed day does not hold."""
    with act(actor=None, verb="deadlines.effect.withdraw", case_id=row.case_id) as entry:
        row.withdrawn_on = court_clock.today()
        row.save(update_fields=["withdrawn_on"])
        entry.target, entry.after = row, {"withdrawn_on": row.withdrawn_on}
        publish(EffectWithdrawn(row.case_id, row.effective_on))


def undo_entry(case: Case, kind: str, entry_id: int) -> None:
    """An entry was taken back within its five minutes: so is what it started, ended and made final."""
    for clock in Clock.objects.live().filter(case=case, start_event=f"docket:{entry_id}"):
        stop_clock(actor=None, clock=clock, stopped_on=clock.started_on, reason=_("进展登记已撤销"))
    for clock in Clock.objects.filter(case=case, status=ClockStatus.STOPPED, stop_reason=ended_by(entry_id)):
        reopen_clock(actor=None, clock=clock, reason=_("进展登记已撤销"))
    if any(rule.final for rule in rules_of(kind, case)):
        row = EffectDate.objects.filter(case=case, withdrawn_on__isnull=True, why=EffectWhy.SECOND_INSTANCE).first()
        if row is not None:
            withdraw_effect(row)
