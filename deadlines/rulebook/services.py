"""Changing a court target: proposed by trial management, in force when the president agrees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

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
from courtcms.core.errors import Reasons
from courtcms.core.locks import lock
from courtcms.courts.selectors import this_court
from deadlines.clocks import wording
from deadlines.rulebook.models import TargetState, TargetVersion
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import UNITS, Limit
from deadlines.rulebook.targets import DAYS_OF, is_target, longest, target_for

KIND = "deadlines.target"


def propose(*, actor: Any, limit_id: str, amount: int, unit: str, effective_from: date, reason: str) -> TargetVersion:
    """Propose a length for a court target, for cases filed from a day on; older cases keep theirs.

    Refused with every reason: the length is law and not a target, longer than the rule allows, effective in the past,
    the same day twice, one already under way, no reason.
    """
    require(actor, "limits.targets")
    with act(actor=actor, verb="deadlines.target.propose", permission="limits.targets", reason=reason) as entry:
        reasons = Reasons()
        versions = rulebook().limits.get(limit_id)
        _check(versions[-1] if versions else None, amount, unit, effective_from, reasons)
        if TargetVersion.objects.filter(limit_id=limit_id, state=TargetState.ASKED).exists():
            reasons.add(_("这一期限的修改正在审批"), code="pending", remedy=_("可先撤回在办的申请"))
        if TargetVersion.objects.filter(
            limit_id=limit_id, state=TargetState.IN_FORCE, effective_from=effective_from
        ).exists():
            reasons.add(_("这一日起适用的版本已经存在"), field="effective_from", code="twice")
        if not reason.strip():
            reasons.add(_("写明修改的理由"), field="reason", code="reason")
        reasons.refuse()
        assert versions is not None
        row = TargetVersion.objects.create(
            limit_id=limit_id, amount=amount, unit=unit, effective_from=effective_from, reason=reason.strip(),
            asked_by=actor, asked_on=court_clock.today(),
        )  # fmt: skip
        row.approval = request_approval(
            actor=actor, kind=KIND, target=row, text=gettext_lazy("修改本院目标期限：%(limit)s"),
            params={"limit": versions[-1].name_zh}, reason=reason, url=reverse("deadlines:limit", args=[limit_id]),
            basis=wording.cite(rulebook(), versions[-1].basis[:1]),
        )  # fmt: skip
        row.save(update_fields=["approval"])
        entry.target, entry.after = row, {"limit": limit_id, "amount": amount, "unit": unit, "from": effective_from}
    return row


def _check(limit: Limit | None, amount: int, unit: str, effective_from: date, reasons: Reasons) -> None:
    if limit is None or not is_target(limit):
        reasons.add(
            _("这一期限由法律规定，本院不能改变"), code="statutory",
            article=wording.cite(rulebook(), limit.basis[:1]) if limit else "",
            remedy=_("法律修改的，由系统管理员更新规则库"),
        )  # fmt: skip
        return
    if unit not in UNITS or unit == "hour":
        reasons.add(_("不认识的单位"), field="unit", code="unit_unknown")
    elif amount <= 0:
        reasons.add(_("长度须为正整数"), field="amount", code="amount_not_positive")
    else:
        most = longest(limit)
        if most is not None and amount * DAYS_OF[unit] > most:
            ceiling = limit.at_most or limit.parts[0]
            reasons.add(
                _("不能超过规定的上限 %(length)s") % {"length": wording.length(ceiling.amount, ceiling.unit)},
                field="amount", code="too_long", article=wording.cite(rulebook(), limit.basis[:1]),
            )  # fmt: skip
    if effective_from <= court_clock.today():
        reasons.add(_("只能自明日或者以后立案的案件起适用，在办案件不变"), field="effective_from", code="past")


def _steps(row: TargetVersion, asker: Any) -> Sequence[StepPlan]:
    return [StepPlan(post, this_court().pk) for post in rulebook().approvals["court_target"].posts]


def _preview(request: ApprovalRequest) -> Sequence[Effect]:
    row = TargetVersion.objects.get(pk=request.object_id)
    limit = rulebook().limits[row.limit_id][-1]
    now = target_for(limit, row.effective_from)
    before = wording.length(now.amount, now.unit) if now else wording.lengths(limit.parts)
    return [
        Effect(wording.name_of(limit), before, wording.length(row.amount, row.unit)),
        Effect(_("适用于该日及以后立案的案件"), "—", long_date(row.effective_from)),
    ]


def _granted(request: ApprovalRequest, decider: Any) -> None:
    with act(actor=None, verb="deadlines.target.approve") as entry:
        [row] = lock(TargetVersion.objects.all(), [int(request.object_id)])
        reasons = Reasons()
        if row.effective_from <= court_clock.today():
            reasons.add(_("适用之日已过，不能追溯；请退回后改期"), code="past")
        reasons.refuse()
        row.state, row.approved_on = TargetState.IN_FORCE, court_clock.today()
        row.approved_by = f"{decider.name} {_('审批')}#{request.pk}"
        row.save()
        entry.target, entry.after = row, {"state": row.state, "from": row.effective_from}


def _ended(request: ApprovalRequest, decider: Any) -> None:
    with act(actor=None, verb="deadlines.target.drop") as entry:
        [row] = lock(TargetVersion.objects.all(), [int(request.object_id)])
        row.state = TargetState.DROPPED
        row.save()
        entry.target, entry.after = row, {"state": row.state}


SUBJECT = Subject(
    kind=KIND, title=gettext_lazy("本院目标期限"), steps=_steps, preview=_preview, on_approved=_granted, on_ended=_ended
)
