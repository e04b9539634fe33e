"""Acts on hearings: schedule, move, hold, adjourn, cancel. All reasons at once; each act leaves its trace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from cases.docket.models import DocketEntry
from cases.intake.models import Case
from cases.intake.policy import require_in_scope
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons, Refusal
from courtcms.core.events import publish
from courtcms.core.locks import lock
from courtcms.courts.models import Courtroom
from deadlines.hearings import checks, docket, periods, rules, words
from deadlines.hearings.booking import one_at_a_time, told_in_words
from deadlines.hearings.drafts import Attendance, HearingDraft, attendance_now, attendance_of
from deadlines.hearings.events import HearingChanged
from deadlines.hearings.models import Adjournment, AdjournReason, Hearing, HearingParticipant, HearingStatus

PERMISSION = "hearings.schedule"
LONGEST_TEXT = 300


def allow(actor: Any, case: Case) -> None:
    """Raise NotAllowed unless the actor may arrange hearings of the case."""
    require(actor, PERMISSION)
    require_in_scope(case, actor)


def state_of(hearing: Hearing) -> dict[str, Any]:
    """A hearing for the trail."""
    return {"slot": words.when(hearing), "courtroom": hearing.courtroom.name, "status": hearing.status}


def _checked(
    actor: Any,
    case: Case,
    draft: HearingDraft,
    people: Attendance,
    previous: Hearing | None,
    own: Sequence[Hearing] = (),
) -> tuple[Courtroom, rules.Span, periods.Period | None]:
    """Room, span and notice of a draft against which nothing stands; raises Refusal with all reasons."""
    reasons = Reasons()
    checks.check_draft(case, draft, people, reasons)
    span = checks.check_span(draft.starts_at, draft.ends_at, draft.off_hours_reason, reasons)
    room = checks.room_of(case, draft.courtroom, clock.court_day(span[0]) if span else None, reasons)
    notice = checks.check_periods(case, span, draft, reasons, previous, *own) if span else None
    if span and room:
        checks.check_people(actor, room, span, people, reasons, [row.pk for row in own])
    for name in ("short_notice_consent", "gap_consent", "off_hours_reason", "note"):
        if len(getattr(draft, name)) > LONGEST_TEXT:
            reasons.add(_("不能超过 %(count)s 字") % {"count": LONGEST_TEXT}, field=name, code="too_long")
    reasons.refuse()
    if room is None or span is None:
        raise ValueError("refused above")
    return room, span, notice


def check_schedule(*, actor: Any, case: Case, draft: HearingDraft, hearing: Hearing | None = None) -> list[Reason]:
    """What would stand against scheduling (or moving `hearing`); writes nothing."""
    people = attendance_now(hearing) if hearing else attendance_of(case, draft)
    previous = hearing.continues if hearing else checks.last_adjourned(case)
    try:
        _checked(actor, case, draft, people, previous, [hearing] if hearing else [])
    except Refusal as refusal:
        return refusal.reasons
    return []


def schedule_hearing(*, actor: Any, case: Case, draft: HearingDraft) -> Hearing:
    """Set a hearing down and write it into the docket. Publishes HearingChanged.

    It continues the adjourned hearing of the case that still waits, if there is one. Raises Refusal with all reasons,
    Conflict when room or people were taken meanwhile, NotAllowed outside the actor's scope.
    """
    allow(actor, case)
    with told_in_words(), act(actor=actor, verb="hearing.schedule", permission=PERMISSION, case_id=case.pk) as trace:
        locked = lock(Case.objects.all(), [case.pk])[0]
        one_at_a_time()
        previous = checks.last_adjourned(locked)
        people = attendance_of(locked, draft)
        room, span, notice = _checked(actor, locked, draft, people, previous)
        hearing = Hearing.objects.create(
            case=locked, courtroom=room, slot=DateTimeTZRange(*span), kind=draft.kind, is_public=draft.is_public,
            closed_ground=draft.closed_ground, first_on=clock.court_day(span[0]), notice_on=clock.today(),
            notice_by=notice.day if notice else None, short_notice_consent=draft.short_notice_consent.strip(),
            gap_consent=draft.gap_consent.strip(), off_hours_reason=draft.off_hours_reason.strip(),
            note=draft.note.strip(), continues=previous, scheduled_by=actor, scheduled_at=clock.now(),
        )  # fmt: skip
        for row in people.people:
            row.hearing, row.slot = hearing, hearing.slot
        HearingParticipant.objects.bulk_create(people.people)
        _announce(actor, hearing, draft)
        trace.target, trace.after = hearing, state_of(hearing)
        publish(HearingChanged(hearing.pk))
    return hearing


def _announce(actor: Any, hearing: Hearing, draft: HearingDraft) -> None:
    """Take over the entry of the draft where it says the same; otherwise write one."""
    entry = None
    if draft.entry is not None:
        rows = DocketEntry.objects.filter(case=hearing.case, hearing__isnull=True, undone_by__isnull=True)
        entry = rows.filter(pk=draft.entry).first()
    if entry is not None and not docket.takes_over(hearing, entry):
        docket.strike(actor, entry)
        entry = None
    hearing.docket_entry = entry or docket.announce(actor, hearing, draft.note.strip())
    hearing.save(update_fields=["docket_entry"])


def _take(hearing: Hearing, *states: str) -> Hearing:
    """The hearing, locked, in one of the states; else Conflict."""
    locked = lock(Hearing.objects.select_related("case", "courtroom"), [hearing.pk])[0]
    if locked.status not in states:
        text = _("这次庭审现在是“%(status)s”，不能再这样办理") % {"status": locked.get_status_display()}
        raise Conflict(Reason(text, code="state"))
    return locked


def reschedule(*, actor: Any, hearing: Hearing, draft: HearingDraft) -> Hearing:
    """Move a scheduled hearing to another time or room; people stay. Its docket entry is struck and written anew."""
    allow(actor, hearing.case)
    with (
        told_in_words(),
        act(actor=actor, verb="hearing.move", permission=PERMISSION, target=hearing, case_id=hearing.case_id) as trace,
    ):
        case = lock(Case.objects.all(), [hearing.case_id])[0]
        locked = _take(hearing, HearingStatus.SCHEDULED)
        one_at_a_time()
        people = attendance_now(locked)
        room, span, notice = _checked(actor, case, draft, people, locked.continues, [locked])
        trace.before = state_of(locked)
        move(actor, locked, room, span, notice, draft, people)
        trace.after = state_of(locked)
    return locked


def move(
    actor: Any,
    hearing: Hearing,
    room: Courtroom,
    span: rules.Span,
    notice: periods.Period | None,
    draft: HearingDraft,
    people: Attendance,
) -> None:
    """Write a checked move; inside an act. The same time and room keep the notice and the docket entry."""
    before, entry = words.when(hearing), hearing.docket_entry
    elsewhere = span != (hearing.starts_at, hearing.ends_at) or room.pk != hearing.courtroom_id
    if elsewhere:
        hearing.moves += 1 if clock.court_day(span[0]) != hearing.day else 0
        hearing.slot, hearing.courtroom, hearing.docket_entry = DateTimeTZRange(*span), room, None
        hearing.notice_on, hearing.notice_by = clock.today(), notice.day if notice else None
        hearing.short_notice_consent = draft.short_notice_consent.strip()
    hearing.is_public, hearing.closed_ground = draft.is_public, draft.closed_ground
    hearing.gap_consent = draft.gap_consent.strip()
    hearing.off_hours_reason = draft.off_hours_reason.strip()
    hearing.participants.exclude(pk__in=[row.pk for row in people.people if row.pk]).delete()
    hearing.save()
    HearingParticipant.objects.bulk_create([row for row in people.people if not row.pk])
    if elsewhere:
        if entry is not None:
            docket.strike(actor, entry)
        hearing.docket_entry = docket.announce(actor, hearing, docket.moved_note(before))
        hearing.save(update_fields=["docket_entry"])
    publish(HearingChanged(hearing.pk))


def hold(*, actor: Any, hearing: Hearing) -> Hearing:
    """Note that the hearing took place; not before it began."""
    allow(actor, hearing.case)
    with act(actor=actor, verb="hearing.hold", permission=PERMISSION, target=hearing, case_id=hearing.case_id) as trace:
        locked = _take(hearing, HearingStatus.SCHEDULED)
        if not checks.in_the_past(locked.starts_at):
            text = _("还没有到开庭时间")
            raise Refusal(Reason(text, code="not_yet", remedy=_("开庭以后再登记")))
        trace.before = state_of(locked)
        locked.status = HearingStatus.HELD
        locked.save(update_fields=["status"])
        trace.after = state_of(locked)
        publish(HearingChanged(locked.pk))
    return locked


def check_adjournment(case: Case, reason: str, note: str) -> Reasons:
    """Legal reason, its explanation, and the cap (法释〔2018〕9号 art. 2 and 3)."""
    reasons = Reasons()
    if reason not in AdjournReason.values:
        article = _("民事诉讼法第一百四十九条、法释〔2018〕9号第二条")
        reasons.add(_("延期开庭须有法定理由"), field="reason", code="reason", article=article)
    elif reason == AdjournReason.INVESTIGATION and case.category != "criminal":
        text = _("补充侦查只用于刑事案件")
        reasons.add(text, field="reason", code="reason_criminal", article=_("刑事诉讼法第二百零四条"))
    if not note.strip():
        reasons.add(_("写明具体情况"), field="note", code="note_missing")
    elif len(note) > LONGEST_TEXT:
        reasons.add(_("不能超过 %(count)s 字") % {"count": LONGEST_TEXT}, field="note", code="too_long")
    cap = periods.cap_of(case)
    if cap.is_used_up:
        text = _("本案已延期开庭 %(used)s 次，最多 %(most)s 次") % {"used": cap.used, "most": cap.most}
        reasons.add(text, field="reason", code="cap", article=cap.article, remedy=_("按原定时间开庭，或者改期、取消"))
    return reasons


def adjourn(
    *, actor: Any, hearing: Hearing, reason: str, note: str, following: HearingDraft | None = None
) -> Hearing | None:
    """Adjourn a hearing for a legal reason; with `following` the next one is set down in the same act and returned.

    Raises Refusal with the reasons against the adjournment and against the next hearing together.
    """
    allow(actor, hearing.case)
    with told_in_words(), act(
        actor=actor, verb="hearing.adjourn", permission=PERMISSION, target=hearing, case_id=hearing.case_id,
        reason=note.strip()[:LONGEST_TEXT],
    ) as trace:  # fmt: skip
        case = lock(Case.objects.all(), [hearing.case_id])[0]
        locked = _take(hearing, HearingStatus.SCHEDULED, HearingStatus.HELD)
        reasons = check_adjournment(case, reason, note)
        if reasons:
            _also_against(actor, case, following, reasons, [locked])
        reasons.refuse()
        trace.before = state_of(locked)
        _set_adjourned(actor, locked, reason, note.strip())
        trace.after = state_of(locked) | {"reason": reason}
        return schedule_hearing(actor=actor, case=case, draft=following) if following else None


def _also_against(actor: Any, case: Case, draft: HearingDraft | None, reasons: Reasons, own: list[Hearing]) -> None:
    if draft is None:
        return
    try:
        _checked(actor, case, draft, attendance_of(case, draft), None, own)
    except Refusal as refusal:
        reasons.extend(refusal.reasons)


def _set_adjourned(actor: Any, hearing: Hearing, reason: str, note: str) -> None:
    entry, took_place = hearing.docket_entry, checks.in_the_past(hearing.starts_at)
    hearing.status = HearingStatus.ADJOURNED
    if not took_place:
        hearing.docket_entry = None
    hearing.save(update_fields=["status", "docket_entry"])
    Adjournment.objects.create(hearing=hearing, reason=reason, note=note, made_by=actor, made_on=clock.today())
    if entry is not None and not took_place:
        docket.strike(actor, entry)
    said = {"when": words.when(hearing), "reason": AdjournReason(reason).label, "note": note}
    docket.note_off(actor, hearing, _("%(when)s 延期开庭：%(reason)s。%(note)s") % said)
    publish(HearingChanged(hearing.pk))


def cancel(*, actor: Any, hearing: Hearing, reason: str) -> Hearing:
    """Call a scheduled hearing off, with a reason. The docket entry is struck."""
    allow(actor, hearing.case)
    reasons = Reasons()
    if not reason.strip():
        reasons.add(_("取消庭审须写明理由"), field="reason", code="reason_missing")
    elif len(reason) > LONGEST_TEXT:
        reasons.add(_("不能超过 %(count)s 字") % {"count": LONGEST_TEXT}, field="reason", code="too_long")
    reasons.refuse()
    with act(
        actor=actor, verb="hearing.cancel", permission=PERMISSION, target=hearing, case_id=hearing.case_id,
        reason=reason.strip(),
    ) as trace:  # fmt: skip
        lock(Case.objects.all(), [hearing.case_id])
        locked = _take(hearing, HearingStatus.SCHEDULED)
        trace.before = state_of(locked)
        entry = locked.docket_entry
        locked.status, locked.end_reason, locked.docket_entry = HearingStatus.CANCELLED, reason.strip(), None
        locked.continues = None  # the adjourned hearing waits for its continuation again
        locked.save(update_fields=["status", "end_reason", "docket_entry", "continues"])
        if entry is not None:
            docket.strike(actor, entry)
        docket.note_off(actor, locked, f"{words.when(locked)} {reason.strip()}")
        trace.after = state_of(locked)
        publish(HearingChanged(locked.pk))
    return locked
