"""Everything that stands against a hearing asked for, all at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.intake.models import Case
from courtcms.core import clock, dates
from courtcms.core.errors import Reasons
from courtcms.courts.models import Courtroom
from deadlines.calendars.selectors import work_calendar
from deadlines.hearings import periods, rules
from deadlines.hearings.conflicts import reasons_of
from deadlines.hearings.drafts import Attendance, HearingDraft
from deadlines.hearings.hours import hours_on
from deadlines.hearings.models import AdjournReason, ClosedGround, Hearing, HearingKind, HearingStatus


def in_the_past(moment: datetime) -> bool:
    """Has the moment passed, on the court's clock?"""
    day = clock.court_day(moment)
    return day < clock.today() or (day == clock.today() and moment <= clock.now())


def check_draft(case: Case, draft: HearingDraft, people: Attendance, reasons: Reasons) -> None:
    """The hearing itself: the case, the kind, public or closed, who comes."""
    if case.status != "open":
        reasons.add(_("案件已结，不能再排期"), field="case", code="case_closed")
    if draft.kind not in HearingKind.values:
        reasons.add(_("没有这种庭审"), field="kind", code="kind")
    check_publicity(case, draft.is_public, draft.closed_ground, reasons)
    if not people.user_ids:
        text = _("案件没有承办法官或者合议庭，无人开庭")
        reasons.add(text, field="bench", code="no_bench", remedy=_("先分案"))
    elif case.judge_id not in people.user_ids:
        reasons.add(_("承办法官须参加庭审"), field="bench", code="no_judge")


def check_publicity(case: Case, is_public: bool, ground: str, reasons: Reasons) -> None:
    """Public unless the law closes the hearing; a closed one names its ground."""
    if is_public and ground:
        reasons.add(_("公开审理不写不公开的理由"), field="closed_ground", code="ground_of_public")
    if not is_public and ground not in ClosedGround.values:
        text = _("不公开审理须有法定理由")
        article = _("民事诉讼法第一百三十七条、刑事诉讼法第一百八十八条")
        reasons.add(text, field="closed_ground", code="ground", article=article)
    if is_public and case.secrecy != "none":
        text = _("涉密案件不公开审理")
        reasons.add(text, field="is_public", code="secret", article=_("民事诉讼法第一百三十七条"))
    minors = case.category == "criminal" and is_public
    if minors and case.parties.filter(is_minor=True, role__in=("accused", "original_accused")).exists():
        text = _("被告人不满十八周岁的案件不公开审理")
        reasons.add(text, field="is_public", code="minor", article=_("刑事诉讼法第二百八十五条"))


def room_of(case: Case, pk: int | None, day: date | None, reasons: Reasons) -> Courtroom | None:
    """The room, if it exists in the court of the case and is not closed on the day."""
    room = Courtroom.objects.filter(pk=pk, court=case.court_id).first() if pk else None
    if room is None:
        reasons.add(_("没有这个法庭"), field="courtroom", code="room_unknown", remedy=_("从列表中选"))
    elif room.closed_on is not None and (day is None or day >= room.closed_on):
        text = _("%(room)s自 %(day)s 起停用") % {"room": room.label, "day": room.closed_on.isoformat()}
        reasons.add(text, field="courtroom", code="room_closed")
        return None
    return room


def check_span(starts: datetime | None, ends: datetime | None, off_hours: str, reasons: Reasons) -> rules.Span | None:
    """The time: complete, the right way round, to come, in court hours of a working day unless there is a reason."""
    if starts is None or ends is None:
        field = "starts_at" if starts is None else "ends_at"
        reasons.add(_("起止时间不完整"), field=field, code="time_missing")
        return None
    if ends <= starts:
        reasons.add(_("结束时间须晚于开始时间"), field="ends_at", code="reversed")
        return None
    if not rules.SHORTEST <= ends - starts <= rules.LONGEST:
        reasons.add(_("一次庭审在 15 分钟与 10 小时之间"), field="ends_at", code="length")
        return None
    if in_the_past(starts):
        reasons.add(_("开庭时间已过"), field="starts_at", code="past", remedy=_("选一个将来的时间"))
        return None
    if clock.court_day(starts) > clock.today() + rules.FARTHEST:
        reasons.add(_("开庭日期不能晚于一年后"), field="starts_at", code="too_far")
        return None
    _check_hours(starts, ends, off_hours, reasons)
    return starts, ends


def _check_hours(starts: datetime, ends: datetime, off_hours: str, reasons: Reasons) -> None:
    local = starts.astimezone(clock.COURT_ZONE), ends.astimezone(clock.COURT_ZONE)
    if off_hours.strip():
        return
    remedy = _("确有必要的，写明理由")
    if not work_calendar().is_working_day(local[0].date()):
        text = _("%(day)s是休息日") % {"day": dates.long_date(local[0].date())}
        reasons.add(text, field="off_hours_reason", code="day_off", remedy=remedy)
    hours = hours_on(local[0].date())
    if rules.outside_hours(*local, hours):
        values = {"first": f"{hours.opens:%H:%M}", "last": f"{hours.closes:%H:%M}"}
        text = _("在办公时间（%(first)s–%(last)s）以外") % values
        reasons.add(text, field="off_hours_reason", code="off_hours", remedy=remedy)


def check_periods(
    case: Case,
    span: rules.Span,
    draft: HearingDraft,
    reasons: Reasons,
    previous: Hearing | None,
    kept: Hearing | None = None,
) -> periods.Period | None:
    """Notice in time or written consent; in civil cases no more than a month after an adjourned hearing.

    A hearing that is changed but keeps its time (`kept`) needs no new notice.
    """
    day = clock.court_day(span[0])
    notice = periods.notice_of(case, day)
    known = kept is not None and kept.starts_at == span[0]
    if notice is not None and not known and clock.today() > notice.day and not draft.short_notice_consent.strip():
        values = {"day": dates.long_date(notice.day), "today": dates.long_date(clock.today())}
        text = _("通知不足三日：最迟应在 %(day)s 通知，今天是 %(today)s") % values
        remedy = _("改在以后开庭，或者写明当事人书面同意的文件")
        reasons.add(text, field="short_notice_consent", code="short_notice", article=notice.article, remedy=remedy)
    gap = _gap(case, previous)
    if gap is not None and day > gap.day and not draft.gap_consent.strip():
        text = _("距上次庭审超过一个月，最迟为 %(day)s") % {"day": dates.long_date(gap.day)}
        remedy = _("当事人同意的，写明同意的文件")
        reasons.add(text, field="gap_consent", code="gap", article=gap.article, remedy=remedy)
    return notice


def _gap(case: Case, previous: Hearing | None) -> periods.Period | None:
    if previous is None or previous.adjournment.reason == AdjournReason.FORCE_MAJEURE:
        return None
    return periods.gap_of(case, previous.day)


def last_adjourned(case: Case) -> Hearing | None:
    """The adjourned hearing that still waits for its continuation."""
    rows = Hearing.objects.filter(case=case, status=HearingStatus.ADJOURNED, next__isnull=True)
    return rows.select_related("adjournment").order_by("-slot").first()


def check_people(
    user: Any, room: Courtroom, span: rules.Span, people: Attendance, reasons: Reasons, leave_out: Collection[int] = ()
) -> None:
    """Room, bench and representatives are free."""
    reasons.extend(reasons_of(user, room, span, people, leave_out))
