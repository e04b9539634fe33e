"""Clocks of appraisals and of preservation, in the transaction of the act that moves them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from cases.appraisal.events import (
    AppraisalEntrusted,
    AppraisalOver,
    AppraisalStarted,
    ExtensionGranted,
    SupplementAllowed,
    SupplementHandedOver,
)
from cases.appraisal.models import Entrustment
from cases.appraisal.policy import Extension
from cases.appraisal.rules import deduction_ground, kinds
from cases.appraisal.services import note_due, note_effect
from cases.intake.models import Case
from cases.preservation.events import (
    MeasureOver,
    MeasureRenewed,
    MeasureTaken,
    PreservationApplied,
    PreservationRuled,
    SuitFollowed,
)
from cases.preservation.services import note_decide_by, note_expiry, note_sue_by
from courtcms.core import clock as court_clock
from deadlines.clocks.checks import ground_problem
from deadlines.clocks.extension_services import extend_clock
from deadlines.clocks.interval_services import IntervalDraft, add_interval, end_interval, void_interval
from deadlines.clocks.models import Clock, ClockInterval, ClockRole
from deadlines.clocks.services import start_clock, stop_clock
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Amount
from deadlines.subjects.services import draft_of, live_clock, stop_live, subject

SUPPLEMENT = "ded_appraisal_supplement"


def _trial(case_id: int) -> Clock | None:
    return Clock.objects.live().trial().filter(case=case_id, group="limit").order_by("pk").first()


def stop_trial(event: AppraisalEntrusted) -> None:
    """Take the time of the appraisal out of the trial limit, where the law knows a ground for it."""
    row = Entrustment.objects.select_related("case", "decided_by").get(pk=event.entrustment_id)
    clock = _trial(event.case_id)
    ground = deduction_ground(row.case.category, kinds()[row.kind])
    if clock is None:
        note_effect(row.pk, "none")
    elif not ground or ground_problem(ground, rulebook().limit(clock.limit_id, clock.filed_on), clock.filed_on,
                                      rulebook()):  # fmt: skip
        note_effect(row.pk, "counts")
    elif clock.unrolled_on is not None and event.entrusted_on > clock.unrolled_on:
        note_effect(row.pk, "expired")  # what has run out does not stop (审限 cannot be mended afterwards)
    else:
        _open(clock, ground, event.entrusted_on, row)
        note_effect(row.pk, "stopped")


def _open(clock: Clock, ground: str, on: date, row: Entrustment) -> None:
    """Open the interval; an appraisal that begins while another of the same ground goes on shares its interval."""
    before = clock.intervals.filter(ground=ground, voided_on__isnull=True)
    if before.filter(ends_on__isnull=True, starts_on__lte=on).exists():
        return
    ends = [end for end in before.values_list("ends_on", flat=True) if end is not None and end > on]
    by = row.decided_by.name if row.decided_by else _("人民法院")
    starts = max([on, clock.started_on, *ends])
    draft = IntervalDraft(ground=ground, starts_on=starts, ends_on=None, document=row.letter_number, approved_by=by)
    add_interval(actor=None, clock=clock, draft=draft)


def start_appraisal(event: AppraisalStarted) -> None:
    """Start the limit of the appraisal itself, statutory or the court's own, marked as which."""
    case = Case.objects.get(pk=event.case_id)
    clock = start_clock(
        actor=None, case=case, limit_id=event.limit_id, start_on=event.started_on, role=ClockRole.APPRAISAL,
        subject=subject("appraisal", event.entrustment_id),
    )  # fmt: skip
    note_due(event.entrustment_id, clock.due_on, rulebook().limit(clock.limit_id, clock.filed_on).status)


def finish_appraisal(event: AppraisalOver) -> None:
    """The appraisal is over: its clock ends, and the trial limit counts again from this day."""
    stop_live("appraisal", event.entrustment_id, event.on, _("收到鉴定意见或者委托结束"))
    row = Entrustment.objects.select_related("case").get(pk=event.entrustment_id)
    clock, ground = _trial(event.case_id), deduction_ground(row.case.category, kinds()[row.kind])
    if clock is None or row.effect != "stopped":
        return
    others = Entrustment.objects.running().filter(case=row.case_id, effect="stopped").exclude(pk=row.pk)
    if any(deduction_ground(row.case.category, kinds()[other.kind]) == ground for other in others):
        return  # another appraisal still goes on
    for interval in clock.intervals.filter(ground=ground, ends_on__isnull=True, voided_on__isnull=True):
        _close(interval, event.on, event.document)


def _close(interval: ClockInterval, on: date, document: str) -> None:
    if on > interval.starts_on:
        end_interval(actor=None, interval=interval, ends_on=on, document=document)
    else:  # out and back on one day: nothing to take out
        void_interval(actor=None, interval=interval, reason=_("委托当日收到意见，没有可扣除的时间"))


def pause_appraisal(event: SupplementAllowed) -> None:
    """The limit of the appraisal stands still while more material is waited for (司法鉴定程序通则 28)."""
    clock = live_clock("appraisal", event.entrustment_id)
    if clock is None:
        return
    draft = IntervalDraft(SUPPLEMENT, event.asked_on, None, event.document, _("人民法院"))
    add_interval(actor=None, clock=clock, draft=draft)
    clock.refresh_from_db()
    note_due(event.entrustment_id, clock.due_on)


def resume_appraisal(event: SupplementHandedOver) -> None:
    """The material was handed over: the limit of the appraisal goes on."""
    clock = live_clock("appraisal", event.entrustment_id)
    if clock is None:
        return
    for interval in clock.intervals.filter(ground=SUPPLEMENT, ends_on__isnull=True, voided_on__isnull=True):
        _close(interval, event.supplied_on, event.document)
    clock.refresh_from_db()
    note_due(event.entrustment_id, clock.due_on)


def extend_appraisal(event: ExtensionGranted) -> None:
    """More time for the institution, by the rung of the pack that is next."""
    clock = live_clock("appraisal", event.entrustment_id)
    if clock is None:
        return
    extension = Extension(
        event.amount, event.unit, event.asked_on, event.decided_on, event.document, event.reason[:300]
    )  # fmt: skip
    extend_clock(actor=None, clock=clock, draft=draft_of(extension, event.granted_by))
    clock.refresh_from_db()
    note_due(event.entrustment_id, clock.due_on)


def start_ruling(event: PreservationApplied) -> None:
    """The period for ruling on an application: hours from the moment, or days from the day it came in."""
    case = Case.objects.get(pk=event.case_id)
    limit = rulebook().limit(event.limit_id, case.filed_on)
    hours = any(part.unit == "hour" for part in limit.parts)
    start = event.received_at if hours else court_clock.court_day(event.received_at)
    clock = start_clock(
        actor=None, case=case, limit_id=event.limit_id, start_on=start, role=ClockRole.PRESERVATION,
        subject=subject("application", event.application_id),
    )  # fmt: skip
    end = clock.due_at or (court_clock.start_of_day(clock.due_on) if clock.due_on else None)
    if end is not None and clock.due_at is None:
        end = end.replace(hour=23, minute=59, second=59)
    note_decide_by(event.application_id, end)


def finish_ruling(event: PreservationRuled) -> None:
    """The ruling ends its period and starts that for carrying it out (财产保全规定 4)."""
    stop_live("application", event.application_id, event.on, _("已裁定"))
    if event.granted:
        _start_for_application(event.case_id, event.application_id, "prv_execute", event.on)


def _start_for_application(case_id: int, application_id: int, limit_id: str, on: date) -> Clock:
    return start_clock(
        actor=None, case=Case.objects.get(pk=case_id), limit_id=limit_id, start_on=on, role=ClockRole.PRESERVATION,
        subject=subject("application", application_id),
    )  # fmt: skip


def start_measure(event: MeasureTaken) -> None:
    """A measure has a clock of its own; the first one carries the ruling out, and before suit starts thirty days."""
    _start_measure(event, event.taken_on)
    if not event.first:
        return
    stop_live("application", event.application_id, event.taken_on, _("已开始执行"), "prv_execute")
    if event.pre_suit:
        clock = _start_for_application(event.case_id, event.application_id, "prv_sue", event.taken_on)
        note_sue_by(event.application_id, clock.due_on)


def _start_measure(event: MeasureTaken | MeasureRenewed, on: date) -> None:
    ordered = Amount(event.ordered_amount, event.ordered_unit) if event.ordered_amount is not None else None
    clock = start_clock(
        actor=None, case=Case.objects.get(pk=event.case_id), limit_id=event.limit_id, start_on=on,
        role=ClockRole.PRESERVATION, subject=subject("measure", event.measure_id), ordered=ordered,
    )  # fmt: skip
    note_expiry(event.measure_id, clock.due_on)


def renew_measure(event: MeasureRenewed) -> None:
    """The period before ends with the renewal, the new one counts from it."""
    clock = live_clock("measure", event.measure_id)
    if clock is not None:
        stop_clock(actor=None, clock=clock, stopped_on=max(event.renewed_on, clock.started_on), reason=_("续行"))
    _start_measure(event, event.renewed_on)


def finish_measure(event: MeasureOver) -> None:
    """A measure lifted or lapsed has no clock any more; with the last one nobody need sue on its account."""
    stop_live("measure", event.measure_id, event.on, _("届满失效") if event.lapsed else _("解除保全"))
    if event.last:
        stop_live("application", event.application_id, event.on, _("保全措施全部结束"), "prv_sue")


def finish_suit(event: SuitFollowed) -> None:
    """The applicant sued in time, or late: the period ends and shows which."""
    stop_live("application", event.application_id, event.on, _("已起诉或者申请仲裁"), "prv_sue")


HANDLERS = (
    (AppraisalEntrusted, stop_trial),
    (AppraisalStarted, start_appraisal),
    (AppraisalOver, finish_appraisal),
    (SupplementAllowed, pause_appraisal),
    (SupplementHandedOver, resume_appraisal),
    (ExtensionGranted, extend_appraisal),
    (PreservationApplied, start_ruling),
    (PreservationRuled, finish_ruling),
    (MeasureTaken, start_measure),
    (MeasureRenewed, renew_measure),
    (MeasureOver, finish_measure),
    (SuitFollowed, finish_suit),
)
