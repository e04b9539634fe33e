"""Moving many hearings at once: first the plan, then exactly that plan or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases.intake.models import Case
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons, Refusal
from courtcms.core.locks import lock
from courtcms.courts.models import Courtroom
from deadlines.hearings import checks, periods, rules, services, words
from deadlines.hearings.booking import check_at_the_end, check_now, one_at_a_time, told_in_words
from deadlines.hearings.conflicts import reasons_of
from deadlines.hearings.drafts import Attendance, HearingDraft, attendance_now
from deadlines.hearings.models import Hearing, HearingStatus

PERMISSION = "hearings.bulk"
MOST = 200


@dataclass(frozen=True)
class BulkMove:
    """Move these hearings by `days` working days (or calendar days), or into one courtroom, or both."""

    hearings: tuple[int, ...]
    days: int = 0
    courtroom: int | None = None
    working_days: bool = True
    short_notice_consent: str = ""
    off_hours_reason: str = ""


@dataclass(frozen=True)
class Line:
    """What becomes of one hearing: where it goes, or why it cannot."""

    hearing: Hearing
    room: Courtroom
    span: rules.Span
    notice: periods.Period | None
    draft: HearingDraft
    people: Attendance
    reasons: tuple[Reason, ...]

    @property
    def target(self) -> str:
        """The new day and time in words."""
        first, last = (moment.astimezone(clock.COURT_ZONE) for moment in self.span)
        return f"{words.dates.long_date(first.date())} {first:%H:%M}–{last:%H:%M}"


@dataclass(frozen=True)
class MovePlan:
    """All lines, and a digest by which the plan that was seen is known again."""

    lines: tuple[Line, ...]

    @property
    def blocked(self) -> int:
        """How many cannot move."""
        return sum(1 for line in self.lines if line.reasons)

    @property
    def digest(self) -> str:
        """Equal exactly when the same hearings go from the same places to the same places."""
        rows = [
            f"{line.hearing.pk} {line.hearing.slot} {line.hearing.courtroom_id} {line.span} {line.room.pk}"
            for line in self.lines
        ]
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def plan(*, actor: Any, wanted: BulkMove) -> MovePlan:
    """What would move where, and what cannot and why; writes nothing. Raises Refusal for a request without sense."""
    require(actor, PERMISSION)
    _check(wanted)
    rows = Hearing.objects.filter(pk__in=wanted.hearings, status=HearingStatus.SCHEDULED)
    if actor is not None:
        rows = rows.visible_to(actor)
    rows = rows.select_related("case", "courtroom", "docket_entry", "continues__adjournment")
    found = list(rows.prefetch_related("participants__user").order_by("slot", "pk"))
    if len(found) != len(set(wanted.hearings)):
        text = _("所选庭审中有的已不在“已排期”，或者不在您的范围内")
        raise Conflict(Reason(text, field="hearings", code="not_scheduled", remedy=_("请重新选择")))
    return MovePlan(_against_each_other([_line(actor, row, wanted) for row in found]))


def _check(wanted: BulkMove) -> None:
    reasons = Reasons()
    if not wanted.hearings:
        reasons.add(_("没有选庭审"), field="hearings", code="none_chosen")
    if len(wanted.hearings) > MOST:
        reasons.add(_("一次最多移动 %(count)s 次庭审") % {"count": MOST}, field="hearings", code="too_many")
    if not wanted.days and wanted.courtroom is None:
        reasons.add(_("写明移动几天，或者移到哪个法庭"), field="days", code="no_move")
    if abs(wanted.days) > 366:
        reasons.add(_("不能移动超过一年"), field="days", code="too_far")
    reasons.refuse()


def _line(actor: Any, hearing: Hearing, wanted: BulkMove) -> Line:
    reasons = Reasons()
    starts = _shifted(hearing, wanted)
    span = (starts, starts + (hearing.ends_at - hearing.starts_at))
    draft = HearingDraft(
        courtroom=wanted.courtroom or hearing.courtroom_id, starts_at=span[0], ends_at=span[1], kind=hearing.kind,
        is_public=hearing.is_public, closed_ground=hearing.closed_ground, gap_consent=hearing.gap_consent,
        short_notice_consent=wanted.short_notice_consent, off_hours_reason=wanted.off_hours_reason,
    )  # fmt: skip
    people = attendance_now(hearing)
    checks.check_draft(hearing.case, draft, people, reasons)
    checks.check_span(*span, draft.off_hours_reason, reasons)
    room = checks.room_of(hearing.case, draft.courtroom, clock.court_day(span[0]), reasons)
    notice = checks.check_periods(hearing.case, span, draft, reasons, hearing.continues, hearing)
    reasons.extend(reasons_of(actor, room or hearing.courtroom, span, people, wanted.hearings))
    return Line(hearing, room or hearing.courtroom, span, notice, draft, people, tuple(reasons.found))


def _shifted(hearing: Hearing, wanted: BulkMove) -> Any:
    local = hearing.starts_at.astimezone(clock.COURT_ZONE)
    if not wanted.days:
        return local
    if not wanted.working_days:
        return local + timedelta(days=wanted.days)
    day = checks.work_calendar().add_working_days(local.date(), wanted.days)
    return local.replace(year=day.year, month=day.month, day=day.day)


def _against_each_other(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Hearings of the same plan that would land on one another."""
    found = []
    for line in lines:
        clashes = [other for other in lines if other is not line and _clash(line, other)]
        texts = [_("移动后与 %(case)s 的庭审相撞") % {"case": other.hearing.case.number} for other in clashes]
        more = tuple(Reason(text, field="hearings", code="clash") for text in texts)
        found.append(replace(line, reasons=line.reasons + more))
    return tuple(found)


def _clash(one: Line, other: Line) -> bool:
    if not rules.overlaps(one.span, [other.span]):
        return False
    people = set(one.people.user_ids) & set(other.people.user_ids) or set(one.people.keys) & set(other.people.keys)
    return one.room.pk == other.room.pk or bool(people)


def apply(*, actor: Any, wanted: BulkMove, digest: str) -> MovePlan:
    """Move all of them in one transaction, or none. Conflict when the plan is no longer the one that was seen."""
    require(actor, PERMISSION)
    with told_in_words(), act(actor=actor, verb="hearing.bulk_move", permission=PERMISSION) as trace:
        cases = Hearing.objects.filter(pk__in=wanted.hearings).values("case")
        lock(Case.objects.all(), list(Case.objects.filter(pk__in=cases).values_list("pk", flat=True)))
        lock(Hearing.objects.all(), wanted.hearings)
        one_at_a_time()
        made = plan(actor=actor, wanted=wanted)
        if made.digest != digest:
            text = _("预览以后情况有变，请看新的预览")
            raise Conflict(Reason(text, code="plan_changed"))
        if made.blocked:
            raise Refusal([reason for line in made.lines for reason in line.reasons])
        check_at_the_end()
        for line in made.lines:
            _move(actor, line)
        check_now()
        trace.after = {"hearings": [line.hearing.pk for line in made.lines], "days": wanted.days}
    return made


def _move(actor: Any, line: Line) -> None:
    hearing = line.hearing
    with act(actor=actor, verb="hearing.move", permission=PERMISSION, target=hearing, case_id=hearing.case_id) as trace:
        trace.before = services.state_of(hearing)
        services.move(actor, hearing, line.room, line.span, line.notice, line.draft, line.people)
        trace.after = services.state_of(hearing)
