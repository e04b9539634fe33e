"""What speaks against an application, all of it at once. Nothing here writes."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from cases.intake.models import CaseStatus
from courtcms.core import clock as court_clock
from courtcms.core.errors import Reasons
from deadlines.changes import rules
from deadlines.changes.adjournments import GROUND as ADJOURN
from deadlines.changes.adjournments import adjournments_of, month_after
from deadlines.changes.drafts import ChangeDraft
from deadlines.changes.models import ChangeKind, ChangeRequest
from deadlines.clocks.interval_services import IntervalDraft, check_interval
from deadlines.clocks.models import Clock, ClockStatus, ExtensionStatus
from deadlines.clocks.querysets import LIVE
from deadlines.clocks.wording import cite, length, name_of
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import ExtensionRule

EXPIRED_LAW = "法释〔2018〕9号第一条"
INTERVAL_KINDS = (ChangeKind.DEDUCTION, ChangeKind.SUSPENSION, ChangeKind.ADJOURNMENT)


def check(clock: Clock, draft: ChangeDraft, reasons: Reasons, *, again: ChangeRequest | None = None) -> None:
    """Collect every reason why `draft` cannot be asked for on `clock` today (`again`: the request that is renewed)."""
    _check_whole(clock, draft, reasons, again)
    if not draft.reason.strip():
        reasons.add(_("写明申请的理由"), field="reason", code="reason")
    if not draft.document.strip():
        reasons.add(_("写明所附的文书或者材料"), field="document", code="document")
    if draft.file is None:
        reasons.add(_("附上文书或者材料的文件"), field="file", code="file")
    if clock.status not in LIVE or draft.kind not in ChangeKind.values:
        return
    if draft.kind == ChangeKind.EXTENSION:
        _check_extension(clock, draft, reasons)
    elif draft.kind in INTERVAL_KINDS:
        _check_interval(clock, draft, reasons)
    elif draft.kind == ChangeKind.RESUMPTION:
        _check_resumption(clock, draft, reasons)
    else:
        _check_conversion(clock, draft, reasons)


def _check_whole(clock: Clock, draft: ChangeDraft, reasons: Reasons, again: ChangeRequest | None) -> None:
    if draft.kind not in ChangeKind.values:
        reasons.add(_("请选择申请的事项"), field="kind", code="kind")
    if clock.case.status != CaseStatus.OPEN:
        reasons.add(_("案件已结，不能再变更期限"), code="case_closed")
    if clock.status not in LIVE:
        reasons.add(_("这个期限已经终止，不能再变更"), code="stopped")
    elif draft.kind != ChangeKind.RESUMPTION:
        check_not_expired(clock, court_clock.today(), reasons)
    open_ones = ChangeRequest.objects.filter(clock=clock, kind=draft.kind, state__in=rules.OPEN)
    if again is not None:
        open_ones = open_ones.exclude(pk=again.pk)
    if open_ones.exists():
        reasons.add(_("同一期限的同类申请正在办理"), code="pending", remedy=_("可先撤回在办的申请"))


def check_not_expired(clock: Clock, day: date, reasons: Reasons) -> None:
    """After expiry nothing is granted: the case is overdue and stays so."""
    if clock.status == ClockStatus.RUNNING and clock.due_on is not None and day > clock.due_on:
        reasons.add(
            _("期限已于 %(day)s 届满，届满之后不得申请、不得补批") % {"day": clock.due_on},
            code="after_expiry", article=EXPIRED_LAW, remedy=_("超审限的案件应当说明原因并报告"),
        )  # fmt: skip


def rung_of(clock: Clock) -> tuple[ExtensionRule | None, str]:
    """The rung of extension that comes next, and its id as a ground; (None, "") when the law allows no more."""
    limit = rulebook().limit(clock.limit_id, clock.filed_on)
    granted = sum(1 for row in clock.extensions.all() if row.status == ExtensionStatus.APPROVED)
    rung = limit.extension_after(granted)
    return rung, rules.extension_ground(limit.id, granted + 1) if rung else ""


def _check_extension(clock: Clock, draft: ChangeDraft, reasons: Reasons) -> None:
    limit = rulebook().limit(clock.limit_id, clock.filed_on)
    rung, ground = rung_of(clock)
    if draft.ground in rulebook().refused:
        _refuse_ground(draft.ground, reasons)
    if rung is None:
        text = _("“%(limit)s”的延长次数已经用尽") if limit.extensions else _("“%(limit)s”依法不能延长")
        reasons.add(text % {"limit": name_of(limit)}, code="no_extension", article=cite(rulebook(), limit.basis[:1]))
        return
    article = cite(rulebook(), (rung.basis,))
    if draft.ground != ground and draft.ground not in rulebook().refused:
        reasons.add(_("延长的事由只能是法律对本期限规定的事由"), field="ground", code="ground_unknown", article=article)
    if rung.by in rules.OUTSIDE:
        reasons.add(_("这一延长由鉴定机构等院外单位决定，本院只作登记"), code="outside", article=article)
    if not draft.amount or draft.amount <= 0:
        reasons.add(_("延长的长度须为正整数"), field="amount", code="amount_not_positive")
    elif draft.unit != rung.unit:
        reasons.add(_("这一次延长的单位与法律规定不同"), field="unit", code="unit_mismatch", article=article)
    elif rung.amount is not None and draft.amount > rung.amount.amount:
        most = length(rung.amount.amount, rung.unit)
        reasons.add(_("这一次至多延长 %(length)s") % {"length": most}, field="amount", code="too_long", article=article)


def _refuse_ground(ground: str, reasons: Reasons) -> None:
    entry = rulebook().refused[ground]
    reasons.add(
        _("“%(ground)s”依法不是变更审限的事由") % {"ground": name_of(entry)},
        field="ground", code="not_deductible", article=cite(rulebook(), entry.basis),
    )  # fmt: skip


def _check_interval(clock: Clock, draft: ChangeDraft, reasons: Reasons) -> None:
    if draft.starts_on is None:
        reasons.add(_("写明停止计算之日"), field="starts_on", code="date_missing")
    known = rulebook().grounds.get(draft.ground)
    if draft.ground in rulebook().refused:
        _refuse_ground(draft.ground, reasons)
    elif known is not None and _kind_of(draft.ground) != draft.kind:
        reasons.add(
            _("“%(ground)s”应当作为“%(kind)s”申请")
            % {"ground": name_of(known[-1]), "kind": ChangeKind(_kind_of(draft.ground)).label},
            field="ground", code="ground_other_kind",
        )  # fmt: skip
    if draft.kind == ChangeKind.ADJOURNMENT:
        _check_adjournment(clock, draft, reasons)
    if draft.starts_on is None or draft.ground in rulebook().refused:
        return
    found = Reasons()
    check_interval(clock, IntervalDraft(draft.ground, draft.starts_on, draft.ends_on, "-", ""), found)
    reasons.extend(found.found)


def _kind_of(ground: str) -> str:
    """Which application a ground belongs to."""
    if ground == ADJOURN:
        return ChangeKind.ADJOURNMENT
    suspends = ground == "ded_suspension" or rulebook().grounds[ground][-1].kind == "suspension"
    return ChangeKind.SUSPENSION if suspends else ChangeKind.DEDUCTION


def adjournment_cap(clock: Clock) -> int | None:
    """How often a hearing may be adjourned (法释〔2018〕9号 3): 2, simplified 1; None outside civil cases."""
    limit = rulebook().limit(clock.limit_id, clock.filed_on)
    if limit.category != "civil":
        return None
    short = limit.procedure in ("simplified", "small_claims")
    return rulebook().caps["cap_adjourn_simplified" if short else "cap_adjourn_ordinary"]


def _check_adjournment(clock: Clock, draft: ChangeDraft, reasons: Reasons) -> None:
    check_adjournment_cap(clock, draft.starts_on, reasons)
    article = cite(rulebook(), rulebook().cap_rules["cap_adjourn_ordinary"].basis)
    if draft.starts_on and draft.ends_on:
        last = month_after(draft.starts_on)
        if draft.ends_on > last:
            reasons.add(
                _("两次开庭的间隔不得超过一个月，至迟 %(day)s 恢复") % {"day": last},
                field="ends_on", code="too_long", article=article,
            )  # fmt: skip


def check_adjournment_cap(clock: Clock, starts_on: date | None, reasons: Reasons) -> None:
    """Hearings adjourned and adjournments granted count together, at the asking and again at the decision."""
    most = adjournment_cap(clock)
    done = adjournments_of(clock.case)
    after = adjournments_of(clock.case, besides=starts_on) if starts_on else done + 1
    if most is not None and after > most:
        reasons.add(
            _("延期开庭以 %(most)s 次为限，本案已延期 %(done)s 次") % {"most": most, "done": done},
            field="kind", code="cap", article=cite(rulebook(), rulebook().cap_rules["cap_adjourn_ordinary"].basis),
        )  # fmt: skip


def _check_resumption(clock: Clock, draft: ChangeDraft, reasons: Reasons) -> None:
    row = clock.intervals.filter(pk=draft.interval or 0, voided_on__isnull=True).first()
    if row is None:
        reasons.add(_("没有这段停止计算的期间"), field="interval", code="interval")
    elif row.ends_on is not None:
        reasons.add(_("这段期间已经恢复计算"), field="interval", code="ended")
    if draft.ends_on is None:
        reasons.add(_("写明恢复计算之日"), field="ends_on", code="date_missing")
        return
    if row is not None and draft.ends_on <= row.starts_on:
        reasons.add(_("恢复计算之日须晚于停止计算之日"), field="ends_on", code="interval_reversed")
    if draft.ends_on > court_clock.today():
        reasons.add(_("恢复计算之日不得晚于今日"), field="ends_on", code="future")


def _check_conversion(clock: Clock, draft: ChangeDraft, reasons: Reasons) -> None:
    rule = rulebook().conversions.get(draft.ground)
    if draft.ground in rulebook().refused:
        _refuse_ground(draft.ground, reasons)
    elif rule is None or clock.limit_id not in rule.sources:
        reasons.add(_("本期限不能这样转换"), field="ground", code="conversion")
    if draft.starts_on is None:
        reasons.add(_("写明裁定、决定或者事由发生之日"), field="starts_on", code="date_missing")
        return
    if draft.starts_on > court_clock.today():
        reasons.add(_("裁定、决定之日不得晚于今日"), field="starts_on", code="future")
    if draft.starts_on < clock.started_on:
        reasons.add(_("裁定、决定之日不得早于起算日"), field="starts_on", code="before_start")
