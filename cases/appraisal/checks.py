"""What stands against acts on appraisals: every reason, nothing written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.appraisal.models import ChoiceMode, Entrustment, EntrustmentState, Institution
from cases.appraisal.rules import kinds
from cases.intake.models import Case
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons

CHOICE = "民事诉讼法第七十九条"  # not translated: as it is cited
REVIEW = "民诉法解释第三百九十七条"  # not translated: as it is cited


def text(reasons: Reasons, value: str, field: str, message: str) -> None:
    """A text that must be there."""
    if not value.strip():
        reasons.add(message, field=field, code="required")


def day(reasons: Reasons, value: date, field: str, *, after: date | None = None, what: str = "") -> None:
    """A day not in the future, and not before another one."""
    if value > clock.today():
        reasons.add(_("日期不能晚于今天"), field=field, code="future")
    if after is not None and value < after:
        words = _("日期不得早于%(what)s %(day)s") % {"what": what, "day": after.isoformat()}
        reasons.add(words, field=field, code="reversed")


def state(entrustment: Entrustment, allowed: Collection[str]) -> None:
    """The entrustment stands where the act needs it; otherwise somebody was quicker."""
    if entrustment.state not in allowed:
        words = _("鉴定现为“%(state)s”，不能办理这一事项") % {"state": entrustment.get_state_display()}
        raise Conflict(Reason(words, code="state"))


def proposal(case: Case, kind: str, matters: str, purpose: str, decided_on: date, repeats: Entrustment | None,
             reasons: Reasons) -> None:  # fmt: skip
    """A decision to have something appraised."""
    if kind not in kinds():
        reasons.add(_("没有这种鉴定种类"), field="kind", code="kind")
    text(reasons, matters, "matters", _("写明鉴定事项和范围"))
    text(reasons, purpose, "purpose", _("写明鉴定目的"))
    day(reasons, decided_on, "decided_on", after=case.filed_on, what=_("立案日"))
    if case.status != "open":
        reasons.add(_("案件已经结案或者销案"), code="closed")
    if case.instance == "retrial_review":
        reasons.add(_("再审审查期间不得委托鉴定"), code="retrial_review", article=REVIEW)
    if repeats is not None and repeats.case_id != case.pk:
        reasons.add(_("原鉴定不是本案的鉴定"), field="repeats", code="other_case")
    if repeats is not None and repeats.state != EntrustmentState.REPORTED:
        reasons.add(_("原鉴定尚未出具意见，不能重新鉴定"), field="repeats", code="not_reported")


def choice(entrustment: Entrustment, mode: str, institution: Institution | None, reason: str, chosen_on: date,
           candidates: list[Institution], reasons: Reasons) -> None:  # fmt: skip
    """How the institution was chosen."""
    day(reasons, chosen_on, "chosen_on", after=entrustment.decided_on, what=_("决定日"))
    if mode not in ChoiceMode.values:
        reasons.add(_("没有这种选择方式"), field="mode", code="mode", article=CHOICE)
    elif mode == ChoiceMode.RANDOM:
        if institution is not None:
            reasons.add(_("随机选择的，不得指定机构"), field="institution", code="named", article=CHOICE)
        if len(candidates) < 2:
            words = _("可选机构只有 %(count)s 家，不能随机选择") % {"count": len(candidates)}
            remedy = _("登记更多机构，或者由法院指定并说明理由")
            reasons.add(words, field="mode", code="too_few", remedy=remedy)
    else:
        if institution is None:
            reasons.add(_("未选鉴定机构"), field="institution", code="required")
        else:
            fitness(entrustment, institution, chosen_on, reasons)
        if mode == ChoiceMode.APPOINTED:
            text(reasons, reason, "reason", _("指定机构的，写明理由"))


def fitness(entrustment: Entrustment, institution: Institution, on: date, reasons: Reasons) -> None:
    """May this institution do this appraisal on that day? Every obstacle."""
    field = "institution"
    if entrustment.kind not in institution.kinds:
        reasons.add(_("该机构的业务范围不含这种鉴定"), field=field, code="other_kind")
    if not institution.licensed(on):
        words = _("该机构的许可自 %(first)s 至 %(last)s，当日无效")
        values = {"first": institution.licensed_from.isoformat(), "last": institution.licensed_until.isoformat()}
        reasons.add(words % values, field=field, code="licence")
    if institution.suspended_on is not None and institution.suspended_on <= on:
        words = _("该机构自 %(day)s 起暂停委托") % {"day": institution.suspended_on.isoformat()}
        reasons.add(words, field=field, code="suspended", remedy=institution.suspension_reason)
    if entrustment.recusals.filter(institution=institution).exists():
        reasons.add(_("该机构在本次鉴定中已经回避"), field=field, code="recused")
    if entrustment.repeats is not None and entrustment.repeats.institution_id == institution.pk:
        reasons.add(_("重新鉴定不得由原机构进行"), field=field, code="same_institution")


def fee(amount: Decimal, payer: str, advance: Decimal | None, paid_on: date | None, reasons: Reasons) -> None:
    """The fee and its advance."""
    if amount < 0:
        reasons.add(_("费用不能为负"), field="amount", code="negative")
    if advance is not None and not 0 <= advance <= max(amount, Decimal(0)):
        reasons.add(_("预交的费用须在零与费用总额之间"), field="advance", code="advance")
    text(reasons, payer, "payer", _("写明由谁负担"))
    if paid_on is not None:
        day(reasons, paid_on, "paid_on")
