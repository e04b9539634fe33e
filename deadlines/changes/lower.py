"""Requests of the basic courts that this court, as their higher court, decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtcms.accounts.policy import require
from courtcms.approvals.models import ApprovalRequest
from courtcms.approvals.services import request_approval
from courtcms.approvals.subjects import Effect, StepPlan, Subject
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.dates import long_date
from courtcms.core.errors import Reasons, Refusal
from courtcms.core.locks import lock
from courtcms.courts.models import Court
from courtcms.courts.selectors import this_court
from courtcms.files.models import StoredFile
from deadlines.calendars.selectors import work_calendar
from deadlines.changes.models import LetterOutcome, LowerRequest, LowerState
from deadlines.changes.moves import decider_of
from deadlines.clocks.rules import compute
from deadlines.clocks.terms import Question
from deadlines.clocks.wording import cite, length, name_of
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Amount, ExtensionRule, Limit, UnknownRule

KIND = "deadlines.lower_change"
LAW = "法释〔2000〕29号第十二条"


@dataclass(frozen=True, slots=True)
class LowerDraft:
    """A request as it came: which court, its letter, the case there, what is asked."""

    court: Court | None
    letter_number: str
    case_number: str
    case_title: str
    limit_id: str
    filed_on: date
    due_on: date
    amount: int
    unit: str
    reason: str
    received_on: date
    file: StoredFile | None = None


def decided_here() -> list[Limit]:
    """The limits whose extension, asked for by a basic court, is decided by its next higher court."""
    return [limit for limit in rulebook().iter_limits() if _rung(limit) is not None]


def _rung(limit: Limit) -> ExtensionRule | None:
    return next((rung for rung in limit.extensions if rung.by == "next_higher_court" and rung.offered), None)


def receive(*, actor: Any, draft: LowerDraft) -> LowerRequest:
    """Enter a request of a basic court and lay it before the president.

    Refused with every reason: not a court below this one, the same letter twice, a limit whose extension this court
    does not decide, days that cannot be, expired there already, longer than the law allows, no paper.
    """
    require(actor, "changes.lower")
    with act(actor=actor, verb="deadlines.lower.receive", permission="changes.lower", reason=draft.reason,
             basis=draft.letter_number) as entry:  # fmt: skip
        reasons = Reasons()
        rung = _check(draft, reasons)
        reasons.refuse()
        assert draft.court is not None and rung is not None
        ask = rung.ask_days(draft.filed_on)
        row = LowerRequest.objects.create(
            court=draft.court, letter_number=draft.letter_number.strip(), case_number=draft.case_number.strip(),
            case_title=draft.case_title.strip(), limit_id=draft.limit_id, filed_on=draft.filed_on, due_on=draft.due_on,
            amount=draft.amount, unit=draft.unit, reason=draft.reason.strip(), received_on=draft.received_on,
            asked_late=ask is not None and draft.received_on > draft.due_on - timedelta(days=ask), file=draft.file,
            entered_by=actor, state=LowerState.ASKED,
        )  # fmt: skip
        row.approval = request_approval(
            actor=actor, kind=KIND, target=row, text=gettext_lazy("%(court)s报请延长 %(case)s 的期限"),
            params={"court": row.court.name, "case": row.case_number}, reason=row.reason,
            url=reverse("deadlines:lower", args=[row.pk]), basis=LAW,
        )  # fmt: skip
        row.save(update_fields=["approval"])
        entry.target, entry.after = row, {"court": row.court.code, "case": row.case_number, "late": row.asked_late}
    return row


def _check(draft: LowerDraft, reasons: Reasons) -> ExtensionRule | None:
    today = court_clock.today()
    if draft.court is None or draft.court.parent_id != this_court().pk:
        reasons.add(_("只受理本院下级法院的报请"), field="court", code="court")
    elif LowerRequest.objects.filter(court=draft.court, letter_number=draft.letter_number.strip()).exists():
        reasons.add(_("这份报请已经登记"), field="letter_number", code="twice")
    for name, label in (("letter_number", _("报请函文号")), ("case_number", _("案号")), ("reason", _("理由"))):
        if not getattr(draft, name).strip():
            reasons.add(_("写明%(what)s") % {"what": label}, field=name, code=name)
    if draft.file is None:
        reasons.add(_("附上报请的文件"), field="file", code="file")
    if draft.due_on <= draft.filed_on:
        reasons.add(_("届满日须晚于立案日"), field="due_on", code="reversed")
    if draft.received_on > today:
        reasons.add(_("收到日不得晚于今日"), field="received_on", code="future")
    if draft.due_on < today:
        reasons.add(_("期限已于 %(day)s 届满，届满之后不得申请、不得补批") % {"day": draft.due_on},
                    field="due_on", code="after_expiry", article=LAW)  # fmt: skip
    return _check_length(draft, reasons)


def _check_length(draft: LowerDraft, reasons: Reasons) -> ExtensionRule | None:
    try:
        limit = rulebook().limit(draft.limit_id, draft.filed_on)
    except UnknownRule:
        reasons.add(_("没有这个期限，或者立案时尚无此规定"), field="limit_id", code="limit_unknown")
        return None
    rung = _rung(limit)
    if rung is None:
        text = _("“%(limit)s”的延长不由上一级法院批准") % {"limit": name_of(limit)}
        reasons.add(text, field="limit_id", code="approver")
        return None
    article = cite(rulebook(), (rung.basis,))
    if draft.amount <= 0:
        reasons.add(_("延长的长度须为正整数"), field="amount", code="amount_not_positive")
    elif draft.unit != rung.unit:
        reasons.add(_("这一次延长的单位与法律规定不同"), field="unit", code="unit_mismatch", article=article)
    elif rung.amount is not None and draft.amount > rung.amount.amount:
        most = length(rung.amount.amount, rung.unit)
        reasons.add(_("这一次至多延长 %(length)s") % {"length": most}, field="amount", code="too_long", article=article)
    return rung


def new_due(row: LowerRequest) -> date:
    """The due day there after the extension: its length as the calculator counts it, added to the day reported."""
    limit, calendar = rulebook().limit(row.limit_id, row.filed_on), work_calendar()
    plain = compute(Question(limit, row.filed_on), rulebook(), calendar)
    longer = compute(Question(limit, row.filed_on, extensions=(Amount(row.amount, row.unit),)), rulebook(), calendar)
    assert isinstance(plain.unrolled, date) and isinstance(longer.unrolled, date)
    day = row.due_on + (longer.unrolled - plain.unrolled)
    return calendar.roll(day) if limit.rolls else day


def _steps(row: LowerRequest, asker: Any) -> Sequence[StepPlan]:
    home = this_court()
    return [StepPlan(post, home.pk, working_days=2) for post in rulebook().approvals["lower_court"].posts]


def _preview(request: ApprovalRequest) -> Sequence[Effect]:
    row = LowerRequest.objects.get(pk=request.object_id)
    same = LowerRequest.objects.filter(court=row.court_id).exclude(pk=row.pk)
    granted = same.filter(outcome=LetterOutcome.APPROVED).count()
    late = _("晚于法定时间") if row.asked_late else _("按时")
    after = new_due(row)
    return [
        Effect(_("届满日"), long_date(row.due_on), long_date(after)),
        Effect(_("届满时案件总天数"), (row.due_on - row.filed_on).days, (after - row.filed_on).days),
        Effect(_("申请时间"), long_date(row.received_on), late),
        Effect(_("该院此前的报请"), _("共 %(n)s 次") % {"n": same.count()}, _("其中批准 %(n)s 次") % {"n": granted}),
    ]


def _decide(request: ApprovalRequest, outcome: str, note: str) -> None:
    home = this_court()
    with act(actor=None, verb="deadlines.lower.decide", reason=note) as entry:
        lock(Court.objects.all(), [home.pk])  # numbers are given one after the other
        [row] = lock(LowerRequest.objects.all(), [int(request.object_id)])
        year = court_clock.today().year
        rows = LowerRequest.objects.filter(decision_year=year)
        row.decision_year = year
        row.decision_sequence = (rows.aggregate(last=Max("decision_sequence"))["last"] or 0) + 1
        row.state, row.outcome, row.decided_on = LowerState.DECIDED, outcome, court_clock.today()
        row.decided_by, row.answer = decider_of(request)[:200], note[:300]
        row.new_due_on = new_due(row) if outcome == LetterOutcome.APPROVED else None
        row.save()
        entry.target, entry.after = row, {"outcome": outcome, "number": number_of(row), "due_on": row.new_due_on}


def number_of(row: LowerRequest) -> str:
    """（2026）津02审限批3号; empty before the decision."""
    if row.decision_sequence is None:
        return ""
    return f"（{row.decision_year}）{this_court().code}审限批{row.decision_sequence}号"  # not translated: a number


def _granted(request: ApprovalRequest, decider: Any) -> None:
    row = LowerRequest.objects.get(pk=request.object_id)
    if court_clock.today() > row.due_on:
        reasons = Reasons()
        reasons.add(_("期限已于 %(day)s 届满，届满之后不得申请、不得补批") % {"day": row.due_on}, code="after_expiry",
                    article=LAW)  # fmt: skip
        reasons.refuse(Refusal)
    _decide(request, LetterOutcome.APPROVED, "")


def _ended(request: ApprovalRequest, decider: Any) -> None:
    outcome = LetterOutcome.RETURNED if request.state == "withdrawn" else LetterOutcome.REFUSED
    _decide(request, outcome, request.end_reason)


SUBJECT = Subject(
    kind=KIND, title=gettext_lazy("下级法院报请延长"), steps=_steps, preview=_preview, on_approved=_granted,
    on_ended=_ended, basis=LAW,
)  # fmt: skip
