"""Acts on preservation: apply, rule, take a measure, renew, lift, note suit; reasons all at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.intake.models import Case, Party
from cases.intake.policy import require_in_scope
from cases.preservation.checks import check_day, check_ordered, check_security, check_text
from cases.preservation.events import (
    MeasureOver,
    MeasureRenewed,
    MeasureTaken,
    PreservationApplied,
    PreservationRuled,
    SuitFollowed,
)
from cases.preservation.models import (
    ApplicationState,
    Measure,
    MeasureState,
    ObjectKind,
    PreservationApplication,
    PreservationKind,
    Renewal,
)
from cases.preservation.rules import LIMIT_OF_OBJECT, decision_limit, exceeds, standard
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock
from courtcms.notices.services import notify

ENTER, RULE = "preservation.enter", "preservation.rule"
KIND = "preservation"
EXCEEDED = gettext_lazy("%(number)s 的保全措施价值超过申请数额的百分之一百二十，请说明或者解除部分措施")


def _permit(actor: Any, permission: str, case: Case) -> None:
    require(actor, permission)
    require_in_scope(case, actor)


def apply(
    *,
    actor: Any,
    case: Case,
    kind: str,
    applicant: Party,
    respondent: Party,
    amount: Decimal,
    grounds: str,
    security: str,
    received_at: datetime,
    security_amount: Decimal | None = None,
    urgent: bool = False,
) -> PreservationApplication:
    """Enter an application. The period for ruling starts: 48 hours before suit and in an emergency, else five days.

    Refused with every reason: parties of another case or the same one, amount, grounds, security missing where the law
    demands it (诉前保全应当提供担保，民诉法 104), a moment in the future, a closed case.
    """
    _permit(actor, ENTER, case)
    reasons = Reasons()
    if kind not in PreservationKind.values:
        reasons.add(_("没有这种保全"), field="kind", code="kind")
    for field, party in (("applicant", applicant), ("respondent", respondent)):
        if party.case_id != case.pk:
            reasons.add(_("此人不是本案当事人"), field=field, code="party")
    if applicant.pk == respondent.pk:
        reasons.add(_("申请人与被申请人不能是同一人"), field="respondent", code="same")
    if amount <= 0:
        reasons.add(_("申请保全的数额须大于零"), field="amount", code="amount")
    check_text(reasons, grounds, "grounds", _("写明申请的理由和财产线索"))
    check_security(kind, security, security_amount, reasons)
    if received_at > clock.now() or clock.court_day(received_at) > clock.today():
        reasons.add(_("收到申请的时刻不能晚于现在"), field="received_at", code="future")
    if case.status == "cancelled" or (case.status == "closed" and kind != PreservationKind.ENFORCEMENT):
        reasons.add(_("案件已经结案或者销案"), code="closed")
    reasons.refuse()
    with act(actor=actor, verb="preservation.apply", permission=ENTER, case_id=case.pk) as entry:
        row = PreservationApplication.objects.create(
            case=case, kind=kind, applicant=applicant, respondent=respondent, amount=amount, urgent=urgent,
            grounds=grounds.strip(), security=security, security_amount=security_amount, received_at=received_at,
        )  # fmt: skip
        entry.target, entry.after = row, {"kind": kind, "amount": amount, "urgent": urgent, "received_at": received_at}
        publish(PreservationApplied(row.pk, case.pk, decision_limit(kind, urgent), received_at))
        row.refresh_from_db()
    return row


def rule(*, actor: Any, application: PreservationApplication, outcome: str, ruling_number: str, ruled_at: datetime,
         reason: str = "") -> PreservationApplication:  # fmt: skip
    """Rule on an application (granted, refused), or note its withdrawal; the period for ruling ends.

    A late ruling is entered as it was made and shown as late; a refusal needs its reason.
    """
    _permit(actor, RULE, application.case)
    reasons = Reasons()
    if outcome not in (ApplicationState.GRANTED, ApplicationState.REFUSED, ApplicationState.WITHDRAWN):
        reasons.add(_("没有这种结果"), field="outcome", code="outcome")
    check_text(reasons, ruling_number, "ruling_number", _("写明裁定书文号"))
    if outcome != ApplicationState.GRANTED:
        check_text(reasons, reason, "reason", _("不予保全的，写明理由"))
    if ruled_at < application.received_at:
        reasons.add(_("裁定时刻不得早于收到申请的时刻"), field="ruled_at", code="reversed")
    if ruled_at > clock.now() or clock.court_day(ruled_at) > clock.today():
        reasons.add(_("裁定时刻不能晚于现在"), field="ruled_at", code="future")
    reasons.refuse()
    with act(actor=actor, verb="preservation.rule", permission=RULE, case_id=application.case_id,
             basis=ruling_number, reason=reason) as entry:  # fmt: skip
        row = lock(PreservationApplication.objects.all(), [application.pk])[0]
        if row.state != ApplicationState.ASKED:
            raise Conflict(Reason(_("这次申请已经裁定"), code="ruled"))
        row.state, row.ruling_number, row.ruled_at = outcome, ruling_number.strip(), ruled_at
        row.ruling_reason, row.ruled_by = reason.strip(), actor
        row.save(update_fields=["state", "ruling_number", "ruled_at", "ruling_reason", "ruled_by"])
        entry.target, entry.after = row, {"state": outcome, "ruled_at": ruled_at, "late": row.late}
        granted = outcome == ApplicationState.GRANTED
        publish(PreservationRuled(row.pk, row.case_id, granted, clock.court_day(ruled_at)))
    return row


def take_measure(
    *,
    actor: Any,
    application: PreservationApplication,
    object_kind: str,
    thing: str,
    holder: str,
    value: Decimal,
    notice_number: str,
    taken_on: date,
    rank: int = 1,
    ordered_amount: int | None = None,
    ordered_unit: str = "",
) -> Measure:
    """Enter a measure; its period follows from the kind of object, or is the shorter one that the ruling ordered
    (never longer: 民诉解释 485). Measures worth more than 120 % of the amount
    asked for are entered and warned about: the judge explains or lifts a part (财产保全规定 15).
    """
    _permit(actor, ENTER, application.case)
    with act(actor=actor, verb="preservation.measure", permission=ENTER, case_id=application.case_id,
             basis=notice_number) as entry:  # fmt: skip
        asked = lock(PreservationApplication.objects.select_related("case"), [application.pk])[0]
        if asked.state != ApplicationState.GRANTED:
            raise Conflict(Reason(_("没有准许保全的裁定，不能采取措施"), code="state"))
        reasons = Reasons()
        if object_kind not in ObjectKind.values:
            reasons.add(_("没有这种保全对象"), field="object_kind", code="object_kind")
        check_text(reasons, thing, "thing", _("写明保全的财产"))
        check_text(reasons, holder, "holder", _("写明协助执行单位"))
        check_text(reasons, notice_number, "notice_number", _("写明协助执行通知书文号"))
        if value <= 0:
            reasons.add(_("财产价值须大于零"), field="value", code="value")
        if not 1 <= rank <= 99:
            reasons.add(_("顺位须在 1 至 99 之间"), field="rank", code="rank")
        ruled = clock.court_day(asked.ruled_at) if asked.ruled_at else None
        check_day(reasons, taken_on, "taken_on", ruled, _("裁定日"))
        limit = LIMIT_OF_OBJECT.get(object_kind)
        check_ordered(ordered_amount, ordered_unit, limit, asked.case.filed_on, taken_on, reasons)
        reasons.refuse()
        first = not asked.measures.exists()
        row = Measure.objects.create(
            application=asked, case_id=asked.case_id, object_kind=object_kind, thing=thing.strip(),
            holder=holder.strip(), value=value, rank=rank, notice_number=notice_number.strip(), taken_on=taken_on,
            runs_from=taken_on, ordered_amount=ordered_amount, ordered_unit=ordered_unit,
        )  # fmt: skip
        entry.target, entry.after = row, {"object": object_kind, "value": value, "taken_on": taken_on}
        pre_suit = asked.kind == PreservationKind.PRE_SUIT
        publish(
            MeasureTaken(
                row.pk, asked.pk, asked.case_id, LIMIT_OF_OBJECT[object_kind], taken_on, first, pre_suit,
                ordered_amount, ordered_unit,
            )
        )  # fmt: skip
        row.refresh_from_db()
        _warn_of_excess(asked, value)
    return row


def preserved(application: PreservationApplication) -> Decimal:
    """What the measures in force of an application are worth; waiting seizures behind others do not count."""
    found = application.measures.filter(state=MeasureState.ACTIVE, rank=1).aggregate(total=Sum("value"))
    return found["total"] or Decimal(0)


def _warn_of_excess(application: PreservationApplication, added: Decimal) -> None:
    total = preserved(application)
    if exceeds(total, application.amount) and not exceeds(total - added, application.amount):
        address = reverse("preservation:detail", args=[application.pk])
        notify(recipients=[application.case.judge_id], kind=KIND, text=EXCEEDED,
               params={"number": application.case.number}, url=address, case_id=application.case_id)  # fmt: skip


def renew(*, actor: Any, measure: Measure, asked_on: date, renewed_on: date, document: str,
          ordered_amount: int | None = None, ordered_unit: str = "") -> Renewal:  # fmt: skip
    """Renew a measure before it expires; its period runs anew from that day. A request within the last seven days
    is taken and marked late (财产保全规定 18); after expiry a measure cannot be renewed, only taken anew.
    """
    _permit(actor, ENTER, measure.case)
    with act(actor=actor, verb="preservation.renew", permission=ENTER, case_id=measure.case_id,
             basis=document) as entry:  # fmt: skip
        row = _in_force(measure)
        reasons = Reasons()
        check_text(reasons, document, "document", _("写明续行的文书"))
        check_day(reasons, asked_on, "asked_on", row.runs_from, _("本次期限起算日"))
        check_day(reasons, renewed_on, "renewed_on", asked_on, _("申请日"))
        if row.expires_on is None:
            reasons.add(_("这项措施没有届满日，不能续行"), code="no_expiry")
        elif renewed_on > row.expires_on:
            words = _("措施已于 %(day)s 届满失效，不能续行") % {"day": row.expires_on.isoformat()}
            reasons.add(words, field="renewed_on", code="expired", remedy=_("需要的，重新采取措施"))
        limit = LIMIT_OF_OBJECT[row.object_kind]
        check_ordered(ordered_amount, ordered_unit, limit, row.case.filed_on, renewed_on, reasons)
        reasons.refuse()
        expired_before = row.expires_on
        late = asked_on > expired_before - timedelta(days=standard("ask_before"))
        renewal = Renewal.objects.create(
            measure=row, asked_on=asked_on, late=late, renewed_on=renewed_on, expired_before=expired_before,
            document=document.strip(), entered_by=actor, ordered_amount=ordered_amount, ordered_unit=ordered_unit,
        )  # fmt: skip
        row.runs_from, row.ordered_amount, row.ordered_unit = renewed_on, ordered_amount, ordered_unit
        row.save(update_fields=["runs_from", "ordered_amount", "ordered_unit"])
        publish(MeasureRenewed(row.pk, row.case_id, limit, renewed_on, ordered_amount, ordered_unit))
        row.refresh_from_db()
        entry.target, entry.before = renewal, {"expires_on": expired_before}
        entry.after = {"expires_on": row.expires_on, "late": late}
    return renewal


def _in_force(measure: Measure) -> Measure:
    row = lock(Measure.objects.select_related("case"), [measure.pk])[0]
    if row.state != MeasureState.ACTIVE:
        words = _("措施现为“%(state)s”，不能办理这一事项") % {"state": row.get_state_display()}
        raise Conflict(Reason(words, code="state"))
    return row


def lift(*, actor: Any, measure: Measure, lifted_on: date, document: str, reason: str) -> Measure:
    """Lift a measure by a ruling (财产保全规定 23)."""
    _permit(actor, RULE, measure.case)
    with act(actor=actor, verb="preservation.lift", permission=RULE, case_id=measure.case_id,
             basis=document, reason=reason) as entry:  # fmt: skip
        row = _in_force(measure)
        reasons = Reasons()
        check_text(reasons, document, "document", _("写明解除保全裁定文号"))
        check_text(reasons, reason, "reason", _("写明解除的理由"))
        check_day(reasons, lifted_on, "lifted_on", row.taken_on, _("采取措施之日"))
        reasons.refuse()
        finish(row, MeasureState.LIFTED, lifted_on, document.strip(), reason.strip())
        entry.target, entry.after = row, {"state": row.state, "lifted_on": lifted_on}
    return row


def finish(row: Measure, state: str, on: date, document: str, reason: str) -> None:
    """End a measure and tell legal time; inside an act."""
    row.state, row.ended_on, row.end_document, row.end_reason = state, on, document, reason
    row.save(update_fields=["state", "ended_on", "end_document", "end_reason"])
    last = not Measure.objects.filter(application=row.application_id, state=MeasureState.ACTIVE).exists()
    lapsed = state == MeasureState.LAPSED
    publish(MeasureOver(row.pk, row.application_id, row.case_id, on, lapsed, last))


def note_suit(
    *, actor: Any, application: PreservationApplication, sued_on: date, sued_number: str
) -> PreservationApplication:
    """After preservation before suit: note that the applicant sued or applied for arbitration (民诉法 104)."""
    _permit(actor, ENTER, application.case)
    reasons = Reasons()
    if application.kind != PreservationKind.PRE_SUIT:
        reasons.add(_("只有诉前保全登记起诉"), code="kind")
    check_text(reasons, sued_number, "sued_number", _("写明立案案号或者仲裁受理号"))
    check_day(reasons, sued_on, "sued_on", clock.court_day(application.received_at), _("收到申请之日"))
    reasons.refuse()
    with act(actor=actor, verb="preservation.suit", permission=ENTER, case_id=application.case_id,
             basis=sued_number) as entry:  # fmt: skip
        row = lock(PreservationApplication.objects.all(), [application.pk])[0]
        if row.sued_on is not None:
            raise Conflict(Reason(_("起诉已经登记"), code="sued"))
        row.sued_on, row.sued_number = sued_on, sued_number.strip()
        row.save(update_fields=["sued_on", "sued_number"])
        entry.target, entry.after = row, {"sued_on": sued_on}
        publish(SuitFollowed(row.pk, row.case_id, sued_on))
    return row


def note_expiry(measure_id: int, expires_on: date | None) -> None:
    """Legal time says when a measure expires; called inside the act that moved it."""
    Measure.objects.filter(pk=measure_id).update(expires_on=expires_on)


def note_decide_by(application_id: int, moment: datetime | None) -> None:
    """Legal time says by when to rule."""
    PreservationApplication.objects.filter(pk=application_id).update(decide_by=moment)


def note_sue_by(application_id: int, day: date | None) -> None:
    """Legal time says by when to sue."""
    PreservationApplication.objects.filter(pk=application_id).update(sue_by=day)
