"""Acts while an appraisal runs and after its report: requests of the institution, chase letters, objections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.appraisal import checks
from cases.appraisal.events import ExtensionGranted, SupplementAllowed, SupplementHandedOver
from cases.appraisal.models import (
    ChaseLetter,
    Entrustment,
    EntrustmentState,
    InstitutionRequest,
    Objection,
    ObjectionOutcome,
    RequestKind,
    RequestState,
)
from cases.appraisal.policy import Extension, against_extension, require_act
from cases.appraisal.rules import chase_step
from cases.appraisal.services import DECIDE, ENTRUST, held
from cases.intake.models import BenchMember, Party
from courtcms.audit.services import act
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock
from courtcms.notices.services import notify

KIND = "appraisal"
ENTRUSTED = (EntrustmentState.ENTRUSTED,)
CHASED = gettext_lazy("%(number)s 的鉴定还有 %(days)s 日届满，请发催办函")
CHASED_LATE = gettext_lazy("%(number)s 的鉴定已逾期 %(days)s 日，请发催办函")


def ask(*, actor: Any, entrustment: Entrustment, kind: str, asked_on: date, text: str, document: str,
        amount: int | None = None, unit: str = "") -> InstitutionRequest:  # fmt: skip
    """Enter a request of the institution for more material or more time; the judge decides it."""
    require_act(actor, ENTRUST, entrustment.case)
    with act(actor=actor, verb="appraisal.ask", permission=ENTRUST, case_id=entrustment.case_id,
             basis=document) as entry:  # fmt: skip
        row = held(entrustment)
        checks.state(row, ENTRUSTED)
        reasons = Reasons()
        if kind not in RequestKind.values:
            reasons.add(_("没有这种请求"), field="kind", code="kind")
        checks.text(reasons, text, "text", _("写明请求的内容和理由"))
        checks.text(reasons, document, "document", _("写明来函文号"))
        checks.day(reasons, asked_on, "asked_on", after=row.started_on or row.entrusted_on, what=_("期限起算日"))
        if kind == RequestKind.EXTENSION and not (amount and amount > 0 and unit in ("day", "working_day")):
            reasons.add(_("写明延长多少日，须为正整数"), field="amount", code="amount")
        if row.started_on is None:
            reasons.add(_("鉴定期限尚未起算，先登记移交材料"), code="not_started")
        if row.requests.filter(kind=kind, state=RequestState.ASKED).exists():
            reasons.add(_("上一次同类请求尚未决定"), field="kind", code="pending")
        open_supplement = row.requests.filter(kind=RequestKind.SUPPLEMENT, state=RequestState.GRANTED)
        if kind == RequestKind.SUPPLEMENT and open_supplement.exists():
            reasons.add(_("上一次要求的材料尚未补齐"), field="kind", code="open")
        reasons.refuse()
        request = InstitutionRequest.objects.create(
            entrustment=row, kind=kind, asked_on=asked_on, text=text.strip(), document=document.strip(),
            amount=amount if kind == RequestKind.EXTENSION else None,
            unit=unit if kind == RequestKind.EXTENSION else "",
        )  # fmt: skip
        entry.target, entry.after = request, {"kind": kind, "asked_on": asked_on, "amount": amount, "unit": unit}
    return request


def decide_request(
    *, actor: Any, request: InstitutionRequest, granted: bool, reason: str, decided_on: date
) -> InstitutionRequest:
    """Grant or refuse a request, with a reason. More time is bounded by the pack of legal time; while more material
    is waited for, the limit of the appraisal stands still (司法鉴定程序通则 28).
    """
    require_act(actor, DECIDE, request.entrustment.case)
    with act(actor=actor, verb="appraisal.answer", permission=DECIDE, case_id=request.entrustment.case_id,
             reason=reason) as entry:  # fmt: skip
        row = held(request.entrustment)
        fresh = lock(InstitutionRequest.objects.all(), [request.pk])[0]
        if fresh.state != RequestState.ASKED:
            raise Conflict(Reason(_("这次请求已经决定"), code="decided"))
        checks.state(row, ENTRUSTED)
        reasons = Reasons()
        checks.text(reasons, reason, "reason", _("写明决定的理由"))
        checks.day(reasons, decided_on, "decided_on", after=fresh.asked_on, what=_("来函日"))
        extension = None
        if granted and fresh.kind == RequestKind.EXTENSION:
            extension = Extension(
                fresh.amount or 0, fresh.unit, fresh.asked_on, decided_on, fresh.document, reason.strip() or fresh.text
            )
            reasons.extend(against_extension(row, extension))
        reasons.refuse()
        fresh.state = RequestState.GRANTED if granted else RequestState.REFUSED
        fresh.decided_on, fresh.decided_by, fresh.reason = decided_on, actor, reason.strip()
        fresh.save(update_fields=["state", "decided_on", "decided_by", "reason"])
        entry.target, entry.after = fresh, {"state": fresh.state, "decided_on": decided_on}
        if granted:
            _tell_time(fresh, extension, actor)
    return fresh


def _tell_time(request: InstitutionRequest, extension: Extension | None, actor: Any) -> None:
    if extension is None:
        case_id = request.entrustment.case_id
        publish(SupplementAllowed(request.pk, request.entrustment_id, case_id, request.asked_on, request.document))
        return
    by = actor.name if actor is not None else _("人民法院")
    publish(
        ExtensionGranted(
            request.pk, request.entrustment_id, request.entrustment.case_id, extension.amount, extension.unit,
            extension.asked_on, extension.decided_on, extension.document, extension.reason, by,
        )
    )  # fmt: skip


def supply(*, actor: Any, request: InstitutionRequest, supplied_on: date, document: str) -> InstitutionRequest:
    """What the institution asked for was handed over: its limit goes on from this day."""
    require_act(actor, ENTRUST, request.entrustment.case)
    with act(actor=actor, verb="appraisal.supply", permission=ENTRUST, case_id=request.entrustment.case_id,
             basis=document) as entry:  # fmt: skip
        row = held(request.entrustment)
        fresh = lock(InstitutionRequest.objects.all(), [request.pk])[0]
        if fresh.kind != RequestKind.SUPPLEMENT or fresh.state != RequestState.GRANTED:
            raise Conflict(Reason(_("没有等待补充的材料"), code="state"))
        checks.state(row, ENTRUSTED)
        reasons = Reasons()
        checks.text(reasons, document, "document", _("写明移交清单"))
        checks.day(reasons, supplied_on, "supplied_on", after=fresh.asked_on, what=_("来函日"))
        reasons.refuse()
        fresh.state, fresh.supplied_on = RequestState.SUPPLIED, supplied_on
        fresh.save(update_fields=["state", "supplied_on"])
        entry.target, entry.after = fresh, {"supplied_on": supplied_on}
        publish(SupplementHandedOver(fresh.pk, row.pk, row.case_id, supplied_on, document.strip()))
    return fresh


def raise_chases(*, as_of: date) -> int:
    """Raise the chase letters that are due, each rung once a due day, and tell judge and clerk. Safe to run twice."""
    raised = 0
    waiting = RequestState.GRANTED
    rows = (
        Entrustment.objects.running()
        .filter(due_on__isnull=False)
        .exclude(requests__kind=RequestKind.SUPPLEMENT, requests__state=waiting)
        .select_related("case")
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=500):
        step = chase_step((row.due_on - as_of).days)
        if step is None or row.chases.filter(step=step.key, due_on=row.due_on).exists():
            continue
        with act(actor=None, verb="appraisal.chase", case_id=row.case_id) as entry:
            letter, made = ChaseLetter.objects.get_or_create(
                entrustment=row, step=step.key, due_on=row.due_on, defaults={"raised_on": as_of}
            )
            entry.target, entry.after = letter, {"step": step.key, "due_on": row.due_on}
            if made:
                raised += 1
                _notify_chase(row, (row.due_on - as_of).days)
    return raised


def _notify_chase(row: Entrustment, days: int) -> None:
    clerks = BenchMember.objects.filter(case=row.case_id, until__isnull=True, role__in=["clerk", "assistant"])
    notify(
        recipients=[row.case.judge_id, *clerks.values_list("user_id", flat=True)],
        kind=KIND,
        text=CHASED if days >= 0 else CHASED_LATE,
        params={"number": row.case.number, "days": abs(days)},
        url=reverse("appraisal:detail", args=[row.pk]),
        case_id=row.case_id,
    )


def send_chase(*, actor: Any, letter: ChaseLetter, sent_on: date, how: str, received_on: date | None) -> ChaseLetter:
    """Note that a chase letter went out, and its receipt when it came back."""
    require_act(actor, ENTRUST, letter.entrustment.case)
    reasons = Reasons()
    checks.text(reasons, how, "how", _("写明送出方式"))
    checks.day(reasons, sent_on, "sent_on", after=letter.raised_on, what=_("催办之日"))
    if received_on is not None:
        checks.day(reasons, received_on, "received_on", after=sent_on, what=_("发出日"))
    reasons.refuse()
    with act(actor=actor, verb="appraisal.chase_sent", permission=ENTRUST, target=letter,
             case_id=letter.entrustment.case_id) as entry:  # fmt: skip
        fresh = lock(ChaseLetter.objects.all(), [letter.pk])[0]
        if fresh.received_on is not None:
            raise Conflict(Reason(_("回执已经登记"), code="received"))
        fresh.sent_on, fresh.how, fresh.sent_by, fresh.received_on = sent_on, how.strip(), actor, received_on
        fresh.save(update_fields=["sent_on", "how", "sent_by", "received_on"])
        entry.after = {"sent_on": sent_on, "received_on": received_on}
    return fresh


def object_to(*, actor: Any, entrustment: Entrustment, party: Party, raised_on: date, text: str) -> Objection:
    """Enter a party's objection to the report (民事诉讼证据规定 37)."""
    require_act(actor, ENTRUST, entrustment.case)
    with act(actor=actor, verb="appraisal.objection", permission=ENTRUST, case_id=entrustment.case_id) as entry:
        row = held(entrustment)
        checks.state(row, (EntrustmentState.REPORTED,))
        reasons = Reasons()
        if party.case_id != row.case_id:
            reasons.add(_("此人不是本案当事人"), field="party", code="party")
        checks.text(reasons, text, "text", _("写明异议的内容"))
        checks.day(reasons, raised_on, "raised_on", after=row.ended_on, what=_("收到意见之日"))
        reasons.refuse()
        objection = Objection.objects.create(entrustment=row, party=party, raised_on=raised_on, text=text.strip())
        entry.target, entry.after = objection, {"party": party.pk, "raised_on": raised_on}
    return objection


def answer_objection(*, actor: Any, objection: Objection, outcome: str, reply: str, replied_on: date) -> Objection:
    """Answer an objection; a re-appraisal that is allowed is then decided as an entrustment of its own."""
    require_act(actor, DECIDE, objection.entrustment.case)
    reasons = Reasons()
    if outcome not in ObjectionOutcome.values or outcome == ObjectionOutcome.WAITING:
        reasons.add(_("没有这种处理结果"), field="outcome", code="outcome")
    checks.text(reasons, reply, "reply", _("写明答复和理由"))
    checks.day(reasons, replied_on, "replied_on", after=objection.raised_on, what=_("异议日"))
    reasons.refuse()
    with act(actor=actor, verb="appraisal.objection_answer", permission=DECIDE, target=objection,
             case_id=objection.entrustment.case_id, reason=reply) as entry:  # fmt: skip
        fresh = lock(Objection.objects.all(), [objection.pk])[0]
        if fresh.outcome != ObjectionOutcome.WAITING:
            raise Conflict(Reason(_("这次异议已经答复"), code="answered"))
        fresh.outcome, fresh.reply, fresh.replied_on = outcome, reply.strip(), replied_on
        fresh.save(update_fields=["outcome", "reply", "replied_on"])
        entry.after = {"outcome": outcome, "replied_on": replied_on}
    return fresh
