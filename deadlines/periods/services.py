"""Periods that follow from the docket: service, reply, appeal, transfer of the file; and the day of effect."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from cases.docket.models import DocketEntry
from cases.intake.models import Case, CaseStatus
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.events import publish
from deadlines.clocks.models import Clock, ClockRole, ClockStatus
from deadlines.clocks.services import reopen_clock, start_clock, stop_clock
from deadlines.periods.events import EffectWithdrawn, JudgmentEffective
from deadlines.periods.models import EffectDate, EffectWhy
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import EventClock

APPEALS = ("appealed", "protested")
REGISTERED = "registered"


def follow_entry(case: Case, kind: str, entry_id: int, happened_on: date) -> None:
    """What an entry of the docket starts and ends. Entries of the future (planned hearings) start nothing."""
    if happened_on > court_clock.today():
        return
    for rule in rules_of(kind, case):
        _apply(case, rule, f"docket:{entry_id}", happened_on, ended_by(entry_id))
    if kind in APPEALS:
        _appealed(case, happened_on)


def follow_registration(case: Case) -> None:
    """What the court owes since the case was registered; a case taken over long afterwards owes nothing."""
    for rule in rules_of(REGISTERED, case):
        if rule.starts and case.status == CaseStatus.OPEN and _still_to_come(case, rule.starts):
            _start(case, rule, REGISTERED, case.filed_on)


def _still_to_come(case: Case, limit_id: str) -> bool:
    """Whether the period has not run out already, holidays aside."""
    longest = max((part.amount for part in rulebook().limit(limit_id, case.filed_on).parts), default=0)
    return case.filed_on + timedelta(days=longest) >= court_clock.today()


def rules_of(kind: str, case: Case) -> list[EventClock]:
    """The rules of the packs for this kind of entry and type of case, as the case stands now."""
    return [rule for rule in rulebook().event_clocks if rule.on == kind and _fits(rule, case)]


def _rules_over(limit_id: str, case: Case) -> list[EventClock]:
    return [rule for rule in rulebook().event_clocks if rule.over == limit_id and _fits(rule, case)]


def _fits(rule: EventClock, case: Case) -> bool:
    if case.type_code not in rule.types:
        return False
    return rule.only_if == "any" or judged(case) is (rule.only_if == "judged")


def judged(case: Case) -> bool:
    """Whether what is served now can only be the decision: it was announced, or the case is closed."""
    announced = DocketEntry.objects.filter(case=case, kind="pronounced", undone_by__isnull=True)
    return case.status == CaseStatus.CLOSED or announced.filter(happened_on__lte=court_clock.today()).exists()


def ended_by(entry_id: int) -> str:
    """The reason a clock carries that an entry of the docket ended."""
    return _("进展登记") + f" #{entry_id}"


def _apply(case: Case, rule: EventClock, event: str, on: date, ended: str) -> None:
    for clock in Clock.objects.live().filter(case=case, limit_id__in=rule.stops):
        stop_clock(actor=None, clock=clock, stopped_on=max(on, clock.started_on), reason=ended)
    if rule.starts:
        _start(case, rule, event, on)
    if rule.final:
        _final(case, on)


def _start(case: Case, rule: EventClock, event: str, happened_on: date) -> None:
    running = Clock.objects.live().filter(case=case, limit_id=rule.starts).first()
    if running is not None:
        if not rule.party or running.started_on >= happened_on:
            return  # an act of the court is owed since the first event; a party's period runs from the last service
        stop_clock(actor=None, clock=running, stopped_on=happened_on, reason=_("后送达的当事人另行起算"))
    role = ClockRole.OTHER if rulebook().limit(rule.starts, case.filed_on).group == "limit" else ""
    clock = start_clock(
        actor=None, case=case, limit_id=rule.starts, start_on=_counts_from(case, rule, happened_on), event=event,
        role=role,
    )  # fmt: skip
    if rule.effect:
        _not_final_yet(case, clock)
    if rule.party:
        _settle_one(clock, court_clock.today())


def _not_final_yet(case: Case, clock: Clock) -> None:
    """A party served after everybody else's period was over: the computed effect waits for this one."""
    row = EffectDate.objects.filter(case=case, withdrawn_on__isnull=True, why=EffectWhy.APPEAL_EXPIRED).first()
    if row is not None and clock.due_on is not None and clock.due_on >= row.effective_on:
        withdraw_effect(row)


def _counts_from(case: Case, rule: EventClock, happened_on: date) -> date:
    if rule.counts_from != "period_end":
        return happened_on
    period = _appeal_clocks(case).filter(due_on__isnull=False).order_by("-due_on").first()
    return max(happened_on, period.due_on) if period and period.due_on else happened_on


def _appeal_clocks(case: Case) -> QuerySet[Clock]:
    """The periods after which the decision of a case is final.

    Of those against rulings only what was served when the case was closed by one: a ruling on the way (jurisdiction,
    say) may be appealed as well, but makes nothing final.
    """
    limits = {rule.starts for rule in rulebook().event_clocks if rule.effect}
    clocks = Clock.objects.filter(case=case, limit_id__in=limits)
    on_the_way = Q(limit_id__endswith="_ruling")
    if case.closed_on is not None:
        on_the_way &= Q(started_on__lt=case.closed_on)
    return clocks.exclude(on_the_way)


def settle(as_of: date) -> int:
    """End the parties' periods that are over, and declare what became final by that. Safe to run twice."""
    own = {rule.starts for rule in rulebook().event_clocks if rule.party}
    rows = Clock.objects.live().filter(limit_id__in=own, status=ClockStatus.RUNNING, due_on__lt=as_of)
    return sum(_settle_one(clock, as_of) for clock in rows.select_related("case").order_by("due_on", "pk"))


def _settle_one(clock: Clock, as_of: date) -> bool:
    if clock.due_on is None or clock.due_on >= as_of:
        return False
    last, case = clock.due_on, clock.case
    stop_clock(actor=None, clock=clock, stopped_on=last, reason=_("期间届满"))
    for rule in _rules_over(clock.limit_id, case):
        _apply(case, rule, f"clock:{clock.pk}", last, _("期间届满"))
    if clock.limit_id in {rule.starts for rule in rulebook().event_clocks if rule.effect}:
        _final_by_expiry(case)
    return True


def _final_by_expiry(case: Case) -> None:
    """Final on the day after the last party's period, once nobody's is running and nobody appealed.

    Several parties may have periods of different lengths (fifteen days, thirty without domicile in China), and a
    public notice under way is a party still to be served.
    """
    waiting = {rule.over for rule in rulebook().event_clocks if rule.over and (rule.effect or rule.final)}
    appeals, notices = _appeal_clocks(case), Clock.objects.live().filter(case=case, limit_id__in=waiting)
    if appeals.filter(stopped_on__isnull=True).exists() or notices.exists():
        return
    days = appeals.filter(stopped_on=F("due_on")).order_by("-due_on").values_list("due_on", flat=True)
    last = days.first()
    if last is not None and not appealed(case):
        declare_effect(case, last + timedelta(days=1), EffectWhy.APPEAL_EXPIRED)


def appealed(case: Case) -> bool:
    """Whether an appeal or a protest against the decision stands in the docket and was not taken back.

    One made before the decision was served (against a ruling on jurisdiction, say) is not against it.
    """
    first = _appeal_clocks(case).order_by("started_on").values_list("started_on", flat=True).first()
    rows = DocketEntry.objects.filter(case=case, kind__in=APPEALS, undone_by__isnull=True)
    return (rows.filter(happened_on__gte=first) if first else rows).exists()


def _final(case: Case, on: date) -> None:
    """A final decision takes effect with its service on the last party, so a later service moves the day."""
    row = EffectDate.objects.filter(case=case, withdrawn_on__isnull=True, why=EffectWhy.SECOND_INSTANCE).first()
    if row is not None and on > row.effective_on:
        withdraw_effect(row)
    declare_effect(case, on, EffectWhy.SECOND_INSTANCE)


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
    if row is not None and happened_on < row.effective_on and appealed(case):
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
            _final_again(case, kind)


def _final_again(case: Case, kind: str) -> None:
    """Another party's service still stands: the effect is from that one."""
    kinds = {rule.on for rule in rulebook().event_clocks if rule.final and rule.on and case.type_code in rule.types}
    rows = DocketEntry.objects.filter(case=case, kind__in=kinds, undone_by__isnull=True)
    last = rows.order_by("-happened_on").values_list("happened_on", flat=True).first()
    if last is not None:
        declare_effect(case, last, EffectWhy.SECOND_INSTANCE)
