"""From what was sent, or kept in a draft, to forms, a draft of the case and the facts of the counter."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cases.filing.draft_content import Typed
from cases.filing.draft_services import open_draft
from cases.filing.facts import CounterFacts
from cases.filing.forms import CaseForm, case_draft, counter_facts
from cases.filing.models import FilingDraft
from cases.filing.party_forms import PartyFormSet
from cases.intake import catalogue, selectors
from cases.intake.drafts import CaseDraft
from courtcms.accounts.models import User
from courtcms.courts.models import Division
from courtcms.courts.selectors import this_court

FIRST_ROLES = {
    "first": ("plaintiff", "defendant"),
    "second": ("appellant", "appellee"),
    "retrial_review": ("retrial_applicant", "respondent"),
    "enforcement": ("enforcement_applicant", "enforcement_respondent"),
    "enforcement_review": ("objector", "interested_party"),
    "compensation": ("compensation_claimant", "compensation_organ"),
}
HEARING_KINDS = ("civil", "criminal", "administrative", "enforcement", "trial_supervision")


def first_roles(type_code: str) -> tuple[str, ...]:
    """The positions with which an empty form of that type begins."""
    case_type = catalogue.case_types().get(type_code)
    if case_type and case_type.category == "criminal":
        return ("offender",) if case_type.instance == "special" else ("prosecuting_organ", "accused")
    return FIRST_ROLES.get(case_type.instance if case_type else "first", ("applicant", "respondent"))


def first_rows(type_code: str) -> list[dict[str, Any]]:
    """The rows of parties with which an empty form of that type begins."""
    return [{"role": role, "kind": "legal" if "organ" in role else "natural"} for role in first_roles(type_code)]


def _divisions() -> QuerySet[Division]:
    return Division.objects.filter(court=this_court(), closed_on__isnull=True, kind__in=HEARING_KINDS).order_by(
        "order", "code"
    )


def _judges() -> QuerySet[User]:
    people = selectors.judges_of(list(_divisions().values_list("pk", flat=True)))
    return User.objects.filter(pk__in=[user.pk for user in people]).order_by("name", "pk")


def forms_of(type_code: str, data: Any = None, **initial: Any) -> tuple[CaseForm, Any]:
    common = {"type_code": type_code}
    form = CaseForm(data, type_code=type_code, divisions=_divisions(), judges=_judges(), initial=initial.get("case"))
    parties = PartyFormSet(data, prefix="parties", initial=initial.get("parties"), form_kwargs=common)
    return form, parties


def bound(typed: Typed, data: Any) -> tuple[Any, Any, Any, Any]:
    """The forms filled with what was sent, and what they mean as far as it can be read: case, facts of the counter."""
    form, parties = forms_of(typed.case.get("type_code", ""), data)
    form.is_valid()
    parties.is_valid()
    draft = case_draft(form.cleaned_data, parties.draft_parties())
    return form, parties, draft, counter_facts(form.cleaned_data, typed.papers)


def as_sent(typed: Typed) -> dict[str, str]:
    """A form that was kept, as a browser would send it."""
    data = dict(typed.case) | dict(typed.papers)
    data |= {"parties-TOTAL_FORMS": str(len(typed.parties)), "parties-INITIAL_FORMS": "0"}
    for place, row in enumerate(typed.parties):
        prefix = f"parties-{place}"
        acting = row.get("representatives") or []
        data |= {f"{prefix}-{name}": str(value) for name, value in row.items() if name != "representatives"}
        data |= {f"{prefix}-representatives-TOTAL_FORMS": str(len(acting))}
        data |= {f"{prefix}-representatives-INITIAL_FORMS": "0"}
        for number, who in enumerate(acting):
            data |= {f"{prefix}-representatives-{number}-{name}": str(value) for name, value in who.items()}
    return data


def kept(saved: FilingDraft) -> tuple[CaseDraft, CounterFacts]:
    """What a saved draft means, as far as it can be read."""
    typed = open_draft(saved)
    _form, _parties, draft, facts = bound(typed, as_sent(typed))
    return draft, facts
