"""What the filing page shows beside the fields: limit, number, fee, jurisdiction, papers, duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy

from cases.filing import fees, jurisdiction, limits, refusals
from cases.filing.citations import cite
from cases.filing.draft_content import Typed
from cases.filing.facts import CheckedPaper, CounterFacts, checklist, fee_of, kind_of_draft
from cases.filing.models import FilingDraft
from cases.filing.services import PAY_WITHIN
from cases.intake import catalogue
from cases.intake.checks import say
from cases.intake.drafts import CaseDraft
from cases.intake.duplicates import possible_duplicates
from cases.intake.numbers import compose
from cases.intake.register_models import CaseCounter
from cases.intake.review import default_division
from courtcms.core import clock
from courtcms.courts.selectors import this_court

CONFIDENCE = {
    "verified": "",
    "likely": gettext_lazy("依据可靠，条文未逐字核对"),
    "uncertain": gettext_lazy("未核实，以本院标准为准"),
}


@dataclass(frozen=True)
class Counter:
    """Until when a filing must be decided. `supplement_by`: a notice runs, the court waits for the papers."""

    due_on: date | None
    days: int | None
    article: str
    once: bool
    supplement_by: date | None = None


def counter_of(draft: CaseDraft, saved: FilingDraft | None, received_on: date | None) -> Counter | None:
    """The limit of a filing; None where the law sets none for that type."""
    limit = limits.limit_of(kind_of_draft(draft))
    if limit is None:
        return None
    start, article = received_on, cite(limit.article, get_language() or "")
    notice = getattr(saved.filing, "notice", None) if saved is not None and saved.filing_id else None
    if notice is not None and notice.supplied_on is None:
        return Counter(None, None, article, limit.once, notice.due_on)
    if notice is not None:
        start = notice.supplied_on
    due_on = limits.due(start, limit.days) if start and limits.plausible(start, clock.today()) else None
    days = (due_on - clock.today()).days if due_on else None
    return Counter(due_on, days, article, limit.once)


def aside(draft: CaseDraft, facts: CounterFacts, typed: Typed, saved: FilingDraft | None = None) -> dict[str, Any]:
    """Everything beside the form, from what was typed so far."""
    case_type = catalogue.case_types().get(draft.type_code)
    papers = checklist(draft, facts.papers)
    return {
        "case_type": case_type,
        "next_number": _next_number(case_type),
        "division": default_division(this_court(), case_type) if case_type else None,
        "duplicates": possible_duplicates(this_court(), draft),
        "fee": fee_shown(draft, facts),
        "warnings": _warnings(draft),
        "papers": [_paper(item) for item in papers],
        "papers_missing": sum(item.missing for item in papers),
        "counter": counter_of(draft, saved, draft.received_on or draft.filed_on),
        "may_refuse": refusals.kind_of(kind_of_draft(draft)) is not None,
    }


def _warnings(draft: CaseDraft) -> list[dict[str, str]]:
    found = jurisdiction.warnings(kind_of_draft(draft), draft.amount, draft.parties, draft.filed_on, province())
    language = get_language() or ""
    return [
        {"text": say(one.finding), "article": cite(one.article, language), "doubt": doubt(one.confidence)}
        for one in found
    ]


def province() -> str:
    """How addresses of this court's province begin: 天津市第二中级人民法院 lies in 天津."""
    return this_court().name[:2]


def cited(article: str) -> str:
    """The article of a fee with the name of the Measures in the language in force."""
    return article.replace(fees.LAW, gettext("诉讼费用交纳办法"))


def doubt(confidence: str) -> str:
    """What is said beside a figure that was not read in the law itself."""
    return str(CONFIDENCE[confidence])


def _next_number(case_type: catalogue.CaseType | None) -> str:
    if case_type is None or case_type.random_number:
        return ""
    court, year = this_court(), clock.today().year
    counter = CaseCounter.objects.filter(court=court, year=year, type_mark=case_type.mark).first()
    return compose(year, court.code, case_type.mark, (counter.last if counter else 0) + 1)


def fee_shown(draft: CaseDraft, facts: CounterFacts) -> dict[str, Any] | None:
    """The fee in words; None before a type is chosen."""
    fee = fee_of(draft, facts.disputed)
    if fee is None:
        return None
    relief, percent = facts.relief.kind, facts.relief.percent
    rest = fees.payable(fee.amount, relief, percent)
    pays = fee.tariff.prepaid and rest and relief != "deferred"
    return {
        "amount": fee.amount, "tariff": catalogue.label(fee.tariff, get_language() or ""),
        "article": cited(fee.article),
        "working": [say(step) for step in fee.working], "doubt": doubt(fee.confidence), "free": fee.tariff.free,
        "payable": rest if rest != fee.amount else None, "prepaid": fee.tariff.prepaid,
        "due_on": limits.due(clock.today(), PAY_WITHIN) if pays else None,
    }  # fmt: skip


def _paper(item: CheckedPaper) -> dict[str, Any]:
    paper = item.paper
    return {
        "key": paper.key, "label": catalogue.label(paper, get_language() or ""), "must": paper.must,
        "wanted": paper.copies, "received": item.received, "copies": item.copies, "missing": item.missing,
        "short": item.short, "article": cite(paper.article, get_language() or ""),
    }  # fmt: skip
