"""Reads of the counter: drafts and filings with the day by which they must be decided."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from cases.filing import limits, materials
from cases.filing.models import CaseFee, Filing, FilingDraft, FilingState
from cases.filing.refusal_services import due_of
from cases.filing.tables import Kind
from cases.intake.checks import say
from cases.intake.models import Case
from cases.intake.words import Finding
from courtcms.core import clock

SHOWN = 50


def own_drafts(user: Any) -> list[FilingDraft]:
    """Drafts of the person's counter, the latest first, each with `due_on` and `days` left (None where none runs)."""
    found = list(FilingDraft.objects.of_clerk(user).select_related("filing__notice").defer("content")[:200])
    for draft in found:
        draft.due_on = _due_of_draft(draft)
        draft.days = (draft.due_on - clock.today()).days if draft.due_on else None
    return found


def _due_of_draft(draft: FilingDraft) -> Any:
    if draft.filing_id:
        return due_of(draft.filing)
    limit = limits.limit_of(Kind(draft.type_code))
    start = draft.received_on
    return limits.due(start, limit.days) if limit and start and limits.plausible(start, clock.today()) else None


def filings(user: Any) -> list[Filing]:
    """Filings that are no case: awaiting papers, refused, returned; those still open first."""
    found = Filing.objects.visible_to(user).exclude(state=FilingState.REGISTERED)
    rows = list(found.select_related("clerk", "notice", "refusal", "draft").order_by("-id")[:SHOWN])
    for row in rows:
        row.due_on = due_of(row) if row.ended_on is None else None
        row.days = (row.due_on - clock.today()).days if row.due_on else None
    return sorted(rows, key=lambda row: (row.ended_on is not None, row.due_on or clock.today(), -row.pk))


def visible_filing(user: Any, pk: int) -> Filing | None:
    """One filing within the person's scope."""
    related = ("clerk", "notice", "refusal__approved_by", "draft", "case", "court", "division")
    return Filing.objects.visible_to(user).select_related(*related).filter(pk=pk).first()


def paper_labels(keys: list[str]) -> list[str]:
    """Names of papers in the language in force."""
    place = 1 if (get_language() or "").startswith("en") else 0
    names = materials.paper_names()
    return [names[key][place] for key in keys if key in names]


def fee_of_case(case: Case) -> CaseFee | None:
    """The stored fee of a case, its working in words."""
    fee = CaseFee.objects.filter(case=case).first()
    if fee is not None:
        fee.steps = [say(Finding("", step["template"], step["values"])) for step in fee.working]
    return fee
