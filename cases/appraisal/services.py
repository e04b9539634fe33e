"""Acts that bring an appraisal on its way: decide, choose the institution, entrust, hand over, fee, end."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases.appraisal import checks
from cases.appraisal.events import AppraisalEntrusted, AppraisalOver, AppraisalStarted
from cases.appraisal.models import (
    LIVE_STATES,
    ChoiceMode,
    Entrustment,
    EntrustmentState,
    Institution,
    InstitutionRecusal,
    Material,
)
from cases.appraisal.policy import require_act
from cases.appraisal.rules import draw, kinds
from cases.intake.models import Case
from courtcms.audit.services import act
from courtcms.core.errors import Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock
from courtcms.files.services import store_upload

ENTRUST, DECIDE = "appraisal.entrust", "appraisal.decide"


def held(entrustment: Entrustment) -> Entrustment:
    """The row locked and fresh, inside an act."""
    return lock(Entrustment.objects.select_related("case", "institution"), [entrustment.pk])[0]


def propose(
    *,
    actor: Any,
    case: Case,
    kind: str,
    matters: str,
    purpose: str,
    decided_on: date,
    repeats: Entrustment | None = None,
) -> Entrustment:
    """Decide that something is to be appraised. Refused with every reason: kind, texts, days, state of the case.

    In a review of a petition for retrial no appraisal is allowed (民诉法解释 397). `repeats` makes it a re-appraisal.
    """
    require_act(actor, DECIDE, case)
    reasons = Reasons()
    checks.proposal(case, kind, matters, purpose, decided_on, repeats, reasons)
    reasons.refuse()
    with act(actor=actor, verb="appraisal.decide", permission=DECIDE, case_id=case.pk) as entry:
        row = Entrustment.objects.create(
            case=case, kind=kind, matters=matters.strip(), purpose=purpose.strip(), decided_on=decided_on,
            decided_by=actor, repeats=repeats,
        )  # fmt: skip
        entry.target, entry.after = row, {"kind": kind, "decided_on": decided_on}
    return row


def candidates_for(entrustment: Entrustment, on: date) -> list[Institution]:
    """Whom the draw may hit: available for the kind, not recused, in a re-appraisal not the former one."""
    rows = Institution.objects.available(entrustment.kind, on).exclude(
        pk__in=entrustment.recusals.values("institution")
    )
    if entrustment.repeats is not None and entrustment.repeats.institution_id:
        rows = rows.exclude(pk=entrustment.repeats.institution_id)
    return list(rows.filter(court=entrustment.case.court_id).order_by("pk"))


def choose(
    *,
    actor: Any,
    entrustment: Entrustment,
    mode: str,
    chosen_on: date,
    institution: Institution | None = None,
    reason: str = "",
    seed: str = "",
) -> Entrustment:
    """Choose the institution: by agreement, by draw, or appointed with a reason (民事诉讼法 79).

    A draw keeps its seed and the list it was made from, so that `rules.draw` gives the same answer to anybody; the
    seed is made here unless given (a draw held before the parties may bring its own).
    """
    require_act(actor, ENTRUST, entrustment.case)
    with act(actor=actor, verb="appraisal.choose", permission=ENTRUST, case_id=entrustment.case_id,
             reason=reason) as entry:  # fmt: skip
        row = held(entrustment)
        checks.state(row, (EntrustmentState.DECIDED,))
        found = candidates_for(row, chosen_on) if mode == ChoiceMode.RANDOM else []
        reasons = Reasons()
        checks.choice(row, mode, institution, reason, chosen_on, found, reasons)
        reasons.refuse()
        if mode == ChoiceMode.RANDOM:
            row.seed = seed.strip()[:64] or secrets.token_hex(8)
            row.candidates = [{"id": one.pk, "name": one.name} for one in found]
            row.institution_id = draw(row.seed, [one.pk for one in found])
        else:
            row.seed, row.candidates, row.institution = "", [], institution
        row.mode, row.choice_reason, row.chosen_on = mode, reason.strip(), chosen_on
        row.state = EntrustmentState.CHOSEN
        row.save(update_fields=["seed", "candidates", "institution", "mode", "choice_reason", "chosen_on", "state"])
        entry.target = row
        entry.after = {"mode": mode, "institution": row.institution_id, "seed": row.seed, "from": row.candidates}
    return row


def recuse_institution(
    *, actor: Any, entrustment: Entrustment, institution: Institution, reason: str, decided_on: date
) -> InstitutionRecusal:
    """Note that an institution may not act; chosen already, the choice is open again. Once entrusted, terminate."""
    require_act(actor, DECIDE, entrustment.case)
    with act(actor=actor, verb="appraisal.recuse", permission=DECIDE, case_id=entrustment.case_id,
             reason=reason) as entry:  # fmt: skip
        row = held(entrustment)
        checks.state(row, (EntrustmentState.DECIDED, EntrustmentState.CHOSEN))
        reasons = Reasons()
        checks.text(reasons, reason, "reason", _("写明回避的理由"))
        checks.day(reasons, decided_on, "decided_on", after=row.decided_on, what=_("决定日"))
        if row.recusals.filter(institution=institution).exists():
            reasons.add(_("该机构在本次鉴定中已经回避"), field="institution", code="recused")
        reasons.refuse()
        recusal = InstitutionRecusal.objects.create(
            entrustment=row, institution=institution, reason=reason.strip(), decided_on=decided_on, decided_by=actor
        )
        if row.institution_id == institution.pk:
            row.institution, row.state, row.chosen_on = None, EntrustmentState.DECIDED, None
            row.save(update_fields=["institution", "state", "chosen_on"])
        entry.target, entry.after = recusal, {"institution": institution.pk}
    return recusal


def entrust(*, actor: Any, entrustment: Entrustment, letter_number: str, entrusted_on: date) -> Entrustment:
    """Send the letter of entrustment. The trial limit stops where the law allows it; the limit of the appraisal
    itself starts now, or with the materials where its kind counts from them.
    """
    require_act(actor, ENTRUST, entrustment.case)
    with act(actor=actor, verb="appraisal.entrust", permission=ENTRUST, case_id=entrustment.case_id,
             basis=letter_number) as entry:  # fmt: skip
        row = held(entrustment)
        checks.state(row, (EntrustmentState.CHOSEN,))
        reasons = Reasons()
        checks.text(reasons, letter_number, "letter_number", _("写明委托书文号"))
        checks.day(reasons, entrusted_on, "entrusted_on", after=row.chosen_on, what=_("选定机构之日"))
        if row.institution is not None:
            checks.fitness(row, row.institution, entrusted_on, reasons)
        if row.case.status != "open":
            reasons.add(_("案件已经结案或者销案"), code="closed")
        reasons.refuse()
        row.letter_number, row.entrusted_on = letter_number.strip(), entrusted_on
        row.state = EntrustmentState.ENTRUSTED
        row.save(update_fields=["letter_number", "entrusted_on", "state"])
        entry.target, entry.after = row, {"letter": row.letter_number, "entrusted_on": entrusted_on}
        publish(AppraisalEntrusted(row.pk, row.case_id, entrusted_on))
        if kinds()[row.kind].starts == "letter":
            _start(row, entrusted_on)
        row.refresh_from_db()
    return row


def _start(row: Entrustment, on: date) -> None:
    Entrustment.objects.filter(pk=row.pk).update(started_on=on)
    publish(AppraisalStarted(row.pk, row.case_id, kinds()[row.kind].limit, on))


def hand_over(*, actor: Any, entrustment: Entrustment, names: Sequence[str], handed_on: date) -> list[Material]:
    """Note what was handed over to the institution; where its kind counts from the materials, its limit starts."""
    require_act(actor, ENTRUST, entrustment.case)
    listed = [name.strip() for name in names if name.strip()]
    with act(actor=actor, verb="appraisal.hand_over", permission=ENTRUST, case_id=entrustment.case_id) as entry:
        row = held(entrustment)
        checks.state(row, (EntrustmentState.ENTRUSTED,))
        reasons = Reasons()
        if not listed:
            reasons.add(_("写明移交的材料，一行一项"), field="names", code="required")
        if any(len(name) > 200 for name in listed):
            reasons.add(_("一项材料的名称超过 200 字"), field="names", code="too_long")
        checks.day(reasons, handed_on, "handed_on", after=row.entrusted_on, what=_("委托日"))
        reasons.refuse()
        made = Material.objects.bulk_create(Material(entrustment=row, name=n, handed_on=handed_on) for n in listed)
        entry.target, entry.after = row, {"materials": listed, "handed_on": handed_on}
        if kinds()[row.kind].starts == "materials" and row.started_on is None:
            _start(row, handed_on)
    return made


def set_fee(
    *, actor: Any, entrustment: Entrustment, amount: Decimal, payer: str, advance: Decimal | None, paid_on: date | None
) -> Entrustment:
    """Note the fee, who bears it and what was paid in advance (诉讼费用交纳办法 12)."""
    require_act(actor, ENTRUST, entrustment.case)
    with act(actor=actor, verb="appraisal.fee", permission=ENTRUST, case_id=entrustment.case_id) as entry:
        row = held(entrustment)
        checks.state(row, ("chosen", "entrusted", "reported", "terminated"))
        reasons = Reasons()
        checks.fee(amount, payer, advance, paid_on, reasons)
        reasons.refuse()
        entry.before = {"fee": row.fee, "payer": row.fee_payer, "advance": row.fee_advance}
        row.fee, row.fee_payer, row.fee_advance, row.fee_paid_on = amount, payer.strip(), advance, paid_on
        row.save(update_fields=["fee", "fee_payer", "fee_advance", "fee_paid_on"])
        entry.target, entry.after = row, {"fee": amount, "payer": row.fee_payer, "advance": advance}
    return row


def receive_report(
    *, actor: Any, entrustment: Entrustment, report_number: str, received_on: date, upload: Any = None
) -> Entrustment:
    """Receive the report; on the same day the trial limit counts again and the limit of the appraisal ends."""
    require_act(actor, ENTRUST, entrustment.case)
    reasons = Reasons()
    checks.text(reasons, report_number, "report_number", _("写明鉴定意见书编号"))
    checks.day(reasons, received_on, "received_on", after=entrustment.entrusted_on, what=_("委托日"))
    with act(actor=actor, verb="appraisal.report", permission=ENTRUST, case_id=entrustment.case_id,
             basis=report_number) as entry:  # fmt: skip
        row = held(entrustment)
        checks.state(row, (EntrustmentState.ENTRUSTED,))
        reasons.refuse()
        if upload is not None:
            row.report = store_upload(actor=actor, upload=upload, case_id=row.case_id)
        row.report_number, row.state, row.ended_on = report_number.strip(), EntrustmentState.REPORTED, received_on
        row.save(update_fields=["report", "report_number", "state", "ended_on"])
        entry.target, entry.after = row, {"report": row.report_number, "received_on": received_on}
        publish(AppraisalOver(row.pk, row.case_id, received_on, row.report_number))
    return row


def end(*, actor: Any, entrustment: Entrustment, how: str, reason: str, ended_on: date) -> Entrustment:
    """Withdraw an entrustment, or note that the institution ended it; the clocks go on as with a report."""
    require_act(actor, DECIDE, entrustment.case)
    with act(actor=actor, verb="appraisal.end", permission=DECIDE, case_id=entrustment.case_id,
             reason=reason) as entry:  # fmt: skip
        row = held(entrustment)
        checks.state(row, LIVE_STATES)
        reasons = Reasons()
        if how not in (EntrustmentState.WITHDRAWN, EntrustmentState.TERMINATED):
            reasons.add(_("没有这种结束方式"), field="how", code="how")
        checks.text(reasons, reason, "reason", _("写明理由"))
        checks.day(reasons, ended_on, "ended_on", after=row.entrusted_on or row.decided_on, what=_("委托日"))
        reasons.refuse()
        was, row.state, row.ended_on, row.end_reason = row.state, how, ended_on, reason.strip()
        row.save(update_fields=["state", "ended_on", "end_reason"])
        entry.target, entry.before, entry.after = row, {"state": was}, {"state": how, "ended_on": ended_on}
        if was == EntrustmentState.ENTRUSTED:
            publish(AppraisalOver(row.pk, row.case_id, ended_on, reason.strip()[:200]))
    return row


def note_due(entrustment_id: int, due_on: date | None, standard: str | None = None) -> None:
    """Legal time says when the appraisal is due; called inside the act that moved it."""
    values = {"due_on": due_on} | ({} if standard is None else {"standard": standard})
    Entrustment.objects.filter(pk=entrustment_id).update(**values)


def note_effect(entrustment_id: int, effect: str) -> None:
    """Legal time says what became of the trial limit: stopped, counts, expired, none."""
    Entrustment.objects.filter(pk=entrustment_id).update(effect=effect)


def draw_again(entrustment: Entrustment) -> int | None:
    """The institution that the kept seed and list give; None when it was not drawn."""
    if entrustment.mode != ChoiceMode.RANDOM:
        return None
    return draw(entrustment.seed, [row["id"] for row in entrustment.candidates])
