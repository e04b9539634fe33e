"""`/cases/new/`: filing a case. Rows are added and removed by the server, so the form works without script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.filing.form_errors import Line, attach
from cases.filing.form_rows import change_rows, typed_rows
from cases.filing.forms import CaseForm, case_draft, find_cause
from cases.filing.party_forms import PartyFormSet
from cases.intake import catalogue, selectors
from cases.intake.duplicates import possible_duplicates
from cases.intake.models import Case
from cases.intake.numbers import compose
from cases.intake.register_models import CaseCounter
from cases.intake.review import default_division, review_draft
from cases.intake.services import register_case
from courtcms.accounts.decorators import permission
from courtcms.accounts.models import User
from courtcms.core import clock
from courtcms.core.errors import Refusal
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
REDRAWING = {"add_party", "remove_party", "add_acting", "remove_acting", "refresh"}
HEARING_KINDS = ("civil", "criminal", "administrative", "enforcement", "trial_supervision")


def first_roles(type_code: str) -> tuple[str, ...]:
    """The positions with which an empty form of that type begins."""
    case_type = catalogue.case_types().get(type_code)
    if case_type and case_type.category == "criminal":
        return ("offender",) if case_type.instance == "special" else ("prosecuting_organ", "accused")
    return FIRST_ROLES.get(case_type.instance if case_type else "first", ("applicant", "respondent"))


def _divisions() -> QuerySet[Division]:
    return Division.objects.filter(court=this_court(), closed_on__isnull=True, kind__in=HEARING_KINDS).order_by(
        "order", "code"
    )


def _judges() -> QuerySet[User]:
    people = selectors.judges_of(list(_divisions().values_list("pk", flat=True)))
    return User.objects.filter(pk__in=[user.pk for user in people]).order_by("name", "pk")


def _forms(type_code: str, data: Any = None, **initial: Any) -> tuple[CaseForm, Any]:
    common = {"type_code": type_code}
    form = CaseForm(data, type_code=type_code, divisions=_divisions(), judges=_judges(), initial=initial.get("case"))
    parties = PartyFormSet(data, prefix="parties", initial=initial.get("parties"), form_kwargs=common)
    return form, parties


@permission("cases.register")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The filing form; every button of it is a submit that keeps all that was typed."""
    if request.method == "GET":
        type_code = request.GET.get("type", "0301")
        if type_code not in catalogue.case_types():
            type_code = "0301"
        rows = [{"role": role, "kind": "legal" if "organ" in role else "natural"} for role in first_roles(type_code)]
        case = {"type_code": type_code, "filed_on": clock.today(), "secrecy": "none"}
        form, parties = _forms(type_code, case=case, parties=rows)
        return _page(request, form, parties, type_code)
    type_code = request.POST.get("type_code", "")
    if REDRAWING & set(request.POST):
        return _redraw(request, type_code)
    return _register(request, type_code)


def _redraw(request: HttpRequest, type_code: str) -> HttpResponse:
    """Add or remove a row, or draw anew for another type; nothing typed is lost and nothing is judged yet."""
    data = request.POST
    rows, focus = change_rows(typed_rows(data), data)
    untouched = not any(row.get("name") or row.get("identity_number") for row in rows)
    if data.get("refresh") == "type" and untouched:
        rows = [{"role": role, "kind": "legal" if "organ" in role else "natural"} for role in first_roles(type_code)]
    typed = {key: data.get(key) for key in CaseForm.base_fields}
    form, parties = _forms(type_code, case=typed, parties=rows)
    _focus(focus, parties)
    duplicates = _duplicates(request, type_code)
    return _page(request, form, parties, type_code, duplicates=duplicates)


def _focus(name: str, parties: Any) -> None:
    """Where the keyboard goes on after a row came or went."""
    for party in parties.forms:
        for row in (party, *party.acting.forms):
            field = name.removeprefix(f"{row.prefix}-")
            if field != name and field in row.fields:
                row.fields[field].widget.attrs["autofocus"] = True


def _duplicates(request: HttpRequest, type_code: str) -> list[Any]:
    form, parties = _forms(type_code, request.POST)
    form.is_valid()
    parties.is_valid()
    return possible_duplicates(this_court(), case_draft(form.cleaned_data, parties.draft_parties()))


def _register(request: HttpRequest, type_code: str) -> HttpResponse:
    form, parties = _forms(type_code, request.POST)
    fine = form.is_valid() & parties.is_valid()
    draft = case_draft(form.cleaned_data, parties.draft_parties())
    try:
        if not fine:
            raise Refusal(review_draft(draft, this_court()).reasons.found)
        case = register_case(actor=request.user, draft=draft)
    except Refusal as refusal:
        lines = attach(refusal.reasons, form, parties)
        for reason in parties.non_form_errors():
            lines.append(Line("", str(reason), "", ""))
        duplicates = possible_duplicates(this_court(), draft)
        status = refusal.status
        return _page(request, form, parties, type_code, lines=lines, duplicates=duplicates, status=status)
    judge = case.judge.display_name if case.judge else ""
    text = _("已登记 %(number)s，承办 %(judge)s") % {"number": case.number, "judge": judge}
    messages.success(request, text)
    visible = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    return redirect("cases:detail", case.pk) if visible else redirect("cases:list")


def _page(request: HttpRequest, form: CaseForm, parties: Any, type_code: str, **extra: Any) -> HttpResponse:
    case_type = catalogue.case_types().get(type_code)
    court = this_court()
    year = clock.today().year
    context: dict[str, Any] = {
        "form": form,
        "parties": parties,
        "case_type": case_type,
        "duplicates": extra.get("duplicates"),
    }
    context |= {"lines": extra.get("lines"), "cause_options": _causes(form, type_code)}
    context["next_number"] = ""
    if case_type and not case_type.random_number:
        counter = CaseCounter.objects.filter(court=court, year=year, type_mark=case_type.mark).first()
        context["next_number"] = compose(year, court.code, case_type.mark, (counter.last if counter else 0) + 1)
    context["division"] = default_division(court, case_type) if case_type else None
    context["is_criminal"] = case_type is not None and case_type.category == "criminal"
    template = "cases/intake/_form.html" if request.htmx else "cases/intake/new.html"
    return render(request, template, context, status=extra.get("status", 200))


def _causes(form: CaseForm, type_code: str) -> list[catalogue.Cause]:
    """Causes near to what was typed, for the list under the field."""
    typed = form["cause"].value() or ""
    case_type = catalogue.case_types().get(type_code)
    if case_type is None:
        return []
    near = catalogue.search_causes(case_type.cause_field, str(typed), limit=30)
    found = find_cause(type_code, str(typed))
    below = catalogue.children(found.code) if found and not found.selectable else []
    return below or near


@permission("cases.register")
@require_GET
def causes(request: HttpRequest) -> HttpResponse:
    """Options of the cause field for what was typed so far."""
    case_type = catalogue.case_types().get(request.GET.get("type_code", ""))
    typed = request.GET.get("cause", "")[:60]
    found = catalogue.search_causes(case_type.cause_field, typed, limit=30) if case_type else []
    return render(
        request, "cases/intake/_causes.html", {"cause_options": found, "english": (get_language() or "") == "en"}
    )
