"""Registering at the counter: the case with its papers, its fee and the relief of it, in one act."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases.filing.facts import CounterFacts, ReliefDraft, checklist, fee_of
from cases.filing.fees import Basis, Fee, on_filing, relief_grounds
from cases.filing.limits import due
from cases.filing.models import CaseFee, Filing, FilingDraft, FilingPaper, FilingState, Relief
from cases.filing.tables import Kind
from cases.intake import catalogue
from cases.intake.drafts import CaseDraft
from cases.intake.models import Case
from cases.intake.review import review_draft
from cases.intake.services import register_case
from cases.intake.titles import ACTIVE
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.locks import lock
from courtcms.courts.selectors import this_court

PERMISSION = "cases.register"
LAW = "诉讼费用交纳办法"  # not translated: name of a law
#: 原告自接到交纳诉讼费用通知次日起 7 日内交纳 (art. 22)
PAY_WITHIN = 7
LEAST_REDUCTION, MOST_REDUCTION = 30, 99


def register_filing(*, actor: Any, draft: CaseDraft, facts: CounterFacts, saved: int | None = None) -> Case:
    """Register a case from the counter: the case, its fee with relief, its papers; the draft `saved` is used up.

    Raises Refusal with every reason at once, those of `register_case` included; Conflict when a refusal of this very
    filing is under way.
    """
    reasons = check_facts(draft, facts)
    if reasons:
        refused = Reasons()
        refused.extend([*review_draft(draft, this_court()).reasons.found, *reasons])
        refused.refuse()
    with act(actor=actor, verb="filing.register", permission=PERMISSION) as entry:
        kept = _kept(actor, saved)
        case = register_case(actor=actor, draft=draft)
        fee = _settle_fee(case, facts)
        filing = _filing_of(kept, actor, draft, case)
        filing.papers.all().delete()
        write_papers(filing, draft, facts)
        if kept is not None:
            kept.delete()
        entry.target, entry.case_id = filing, case.pk
        entry.after = {
            "papers_missing": [item.paper.key for item in checklist(draft, facts.papers) if item.missing],
            "fee": fee.amount, "relief": fee.relief,
        }  # fmt: skip
    return case


def check_facts(draft: CaseDraft, facts: CounterFacts) -> list[Reason]:
    """What stands against the relief and the disputed amount; field names are those of the form."""
    reasons = Reasons()
    if facts.disputed is not None and facts.disputed < 0:
        reasons.add(_("数额不能为负"), field="disputed", code="disputed")
    if facts.disputed is not None and draft.amount is not None and facts.disputed > draft.amount:
        text = _("不服部分的数额不能大于标的额")
        reasons.add(text, field="disputed", code="disputed_more", article=f"{LAW} 17")
    _check_relief(draft, facts.relief, reasons)
    return reasons.found


def _check_relief(draft: CaseDraft, relief: ReliefDraft, reasons: Reasons) -> None:
    if relief.kind not in Relief.values:
        reasons.add(_("没有这种司法救助"), field="relief", code="relief")
        return
    if relief.kind == Relief.NONE:
        return
    fee = fee_of(draft, None)
    if fee is not None and fee.tariff.free:
        reasons.add(_("这种案件不交诉讼费，无需救助"), field="relief", code="relief_free", article=fee.article)
    ground = relief_grounds().get(relief.ground)
    if ground is None or ground.relief != relief.kind:
        text = _("写明符合哪一种情形")
        reasons.add(text, field="relief_ground", code="relief_ground", article=f"{LAW} 45—47")
    payers = [party for party in draft.parties if party.role in ACTIVE]
    if relief.kind == Relief.EXEMPT and any(party.kind != "natural" for party in payers):
        text = _("免交只适用于自然人")
        remedy = _("单位可以申请缓交；社会福利机构等可以减交")
        reasons.add(text, field="relief", code="relief_natural", article=f"{LAW} 44", remedy=remedy)
    percent = relief.percent
    if relief.kind == Relief.REDUCED and not (percent and LEAST_REDUCTION <= percent <= MOST_REDUCTION):
        text = _("减交比例应在 30% 与 99% 之间")
        reasons.add(text, field="relief_percent", code="relief_percent", article=f"{LAW} 46")


def _kept(actor: Any, saved: int | None) -> FilingDraft | None:
    """The draft that is being used up, if the person still has it."""
    found = lock(FilingDraft.objects.of_clerk(actor), [saved]) if saved else []
    if found and found[0].filing_id and found[0].filing.state == FilingState.REFUSING:
        remedy = _("先撤回审批中的申请")
        raise Conflict(Reason(_("这份收件正在报请不予受理"), code="refusing", remedy=remedy))
    return found[0] if found else None


def counter_of(actor: Any) -> int | None:
    """The filing division at whose counter the person sits today."""
    seats = [c for c in getattr(actor, "capacities", []) if c.post == Post.FILING_CLERK and c.division_id]
    return seats[0].division_id if seats else None


def open_filing(actor: Any, draft: CaseDraft, title: str) -> Filing:
    """A filing as a record, from what was typed so far; inside an act."""
    cause = catalogue.causes().get(draft.cause_code)
    parties = [{"role": party.role, "name": party.name.strip()} for party in draft.parties if party.name.strip()]
    return Filing.objects.create(
        court=this_court(), division_id=counter_of(actor), clerk=actor, type_code=draft.type_code,
        procedure=draft.procedure, cause=cause.zh if cause else "", title=title[:300], parties=parties,
        received_on=draft.received_on or draft.filed_on, opened_at=clock.now(),
    )  # fmt: skip


def _filing_of(kept: FilingDraft | None, actor: Any, draft: CaseDraft, case: Case) -> Filing:
    filing = kept.filing if kept is not None and kept.filing_id else None
    if filing is None or filing.state != FilingState.OPEN:
        filing = open_filing(actor, draft, case.title)
    if kept is not None and kept.filing_id:
        kept.filing = None  # the record lives on without the draft
    filing.state, filing.case, filing.ended_on = FilingState.REGISTERED, case, case.filed_on
    filing.type_code, filing.procedure, filing.cause, filing.title = (
        case.type_code, case.procedure, case.cause, case.title,
    )  # fmt: skip
    filing.save()
    return filing


def write_papers(filing: Filing, draft: CaseDraft, facts: CounterFacts) -> None:
    """The checklist as it stands."""
    FilingPaper.objects.bulk_create(
        FilingPaper(
            filing=filing, key=item.paper.key, received=item.received, copies=item.copies, position=position
        )
        for position, item in enumerate(checklist(draft, facts.papers))
    )  # fmt: skip


def charge(case: Case) -> CaseFee | None:
    """Store the fee of a newly registered case as the tariff gives it; nothing for a type without an answer."""
    kind = Kind(case.type_code, case.procedure, case.cause_code)
    fee = on_filing(Basis(kind, case.amount))
    return CaseFee.objects.create(case=case, **_fee_fields(fee)) if fee else None


def _fee_fields(fee: Fee) -> dict[str, Any]:
    working = [{"template": step.template, "values": dict(step.values)} for step in fee.working]
    return {
        "tariff": fee.tariff.key, "base": fee.base, "amount": fee.amount, "working": working, "article": fee.article,
        "prepaid": fee.tariff.prepaid, "halved_by": fee.halved_by, "confidence": fee.confidence,
    }  # fmt: skip


def _settle_fee(case: Case, facts: CounterFacts) -> CaseFee:
    """The fee with the part appealed against and the relief, and until when it is to be paid."""
    fee = on_filing(Basis(Kind(case.type_code, case.procedure, case.cause_code), case.amount, facts.disputed))
    stored, _made = CaseFee.objects.get_or_create(case=case, defaults={"amount": Decimal(0), "article": LAW})
    for name, value in (_fee_fields(fee) if fee else {}).items():
        setattr(stored, name, value)
    relief = facts.relief
    stored.relief, stored.relief_ground, stored.relief_note = relief.kind, relief.ground, relief.note[:300]
    stored.relief_percent = relief.percent if relief.kind == Relief.REDUCED else None
    if relief.kind == Relief.NONE:
        stored.relief_ground = stored.relief_note = ""
    if stored.prepaid and stored.amount and relief.kind not in (Relief.EXEMPT, Relief.DEFERRED):
        stored.notice_on, stored.due_on = clock.today(), due(clock.today(), PAY_WITHIN)
    stored.save()
    return stored
