"""`/cases/new/`: filing a case. Rows are added and removed by the server, so the form works without script."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.filing import draft_content, page
from cases.filing.draft_content import Typed
from cases.filing.draft_services import open_draft, save_draft
from cases.filing.form_errors import Line, attach
from cases.filing.form_reading import as_sent, bound, first_rows, forms_of
from cases.filing.form_rows import change_rows
from cases.filing.forms import CaseForm, find_cause
from cases.filing.models import FilingDraft
from cases.filing.services import check_facts, register_filing
from cases.intake import catalogue
from cases.intake.models import Case
from cases.intake.review import review_draft
from courtcms.accounts.decorators import permission
from courtcms.core import clock
from courtcms.core.errors import Refusal
from courtcms.courts.selectors import this_court

REDRAWING = {"add_party", "remove_party", "add_acting", "remove_acting", "refresh"}
#: buttons that keep the draft and go on to another page
ONWARD = {"notice": "cases:filing_notice", "refuse": "cases:filing_refuse"}


def own_draft(request: HttpRequest, pk: str) -> FilingDraft | None:
    """The draft of that number at the person's own counter."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 12):
        return None
    return FilingDraft.objects.of_clerk(request.user).select_related("filing__notice").filter(pk=int(pk)).first()


@permission("cases.register")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The filing form; every button of it is a submit that keeps all that was typed."""
    if request.method == "GET":
        return _opened(request)
    typed = draft_content.read(request.POST, CaseForm.base_fields)
    if REDRAWING & set(request.POST):
        return _redraw(request, typed)
    if "save_draft" in request.POST or set(ONWARD) & set(request.POST):
        return _keep(request, typed)
    return _register(request, typed)


def _opened(request: HttpRequest) -> HttpResponse:
    """An empty form, or a draft taken up again (404 for a draft that is not one's own)."""
    wanted = request.GET.get("draft", "")
    if wanted:
        saved = own_draft(request, wanted)
        if saved is None:
            raise Http404(_("没有这份草稿，或者不是您的"))
        typed = open_draft(saved)
        return _typed_page(request, typed, saved)
    type_code = request.GET.get("type", "0301")
    if type_code not in catalogue.case_types():
        type_code = "0301"
    case = {"type_code": type_code, "filed_on": clock.today().isoformat(), "secrecy": "none"}
    return _typed_page(request, Typed(case, first_rows(type_code), {}), None)


def _typed_page(request: HttpRequest, typed: Typed, saved: FilingDraft | None, focus: str = "") -> HttpResponse:
    """The page with unbound forms: filled, and not judged yet."""
    form, parties = forms_of(typed.case.get("type_code", ""), case=typed.case, parties=typed.parties)
    _focus(focus, parties)
    _form, _parties, draft, facts = bound(typed, as_sent(typed))
    return _page(request, form, parties, typed, draft=draft, facts=facts, saved=saved)


def _redraw(request: HttpRequest, typed: Typed) -> HttpResponse:
    """Add or remove a row, or draw anew for another type; nothing typed is lost and nothing is judged yet."""
    rows, focus = change_rows(typed.parties, request.POST)
    untouched = not any(row.get("name") or row.get("identity_number") for row in rows)
    if request.POST.get("refresh") == "type" and untouched:
        rows = first_rows(typed.case.get("type_code", ""))
    return _typed_page(request, replace(typed, parties=rows), own_draft(request, request.POST.get("draft", "")), focus)


def _focus(name: str, parties: Any) -> None:
    """Where the keyboard goes on after a row came or went."""
    for party in parties.forms:
        for row in (party, *party.acting.forms):
            field = name.removeprefix(f"{row.prefix}-")
            if field != name and field in row.fields:
                row.fields[field].widget.attrs["autofocus"] = True


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _keep(request: HttpRequest, typed: Typed) -> HttpResponse:
    """Save the draft, then show it again or go on to the notice or the refusal that rests on it."""
    pk, version = _number(request.POST.get("draft", "")), _number(request.POST.get("draft_version", ""))
    try:
        saved = save_draft(actor=request.user, typed=typed, pk=pk, version=version)
    except Refusal as refusal:
        form, parties, draft, facts = bound(typed, request.POST)
        lines = attach(refusal.reasons, form, parties)
        return _page(request, form, parties, typed, draft=draft, facts=facts, lines=lines, status=refusal.status)
    onward = next((name for name in ONWARD if name in request.POST), None)
    if onward:
        return redirect(ONWARD[onward], saved.pk)
    messages.success(request, _("草稿已保存，可以从收件列表继续填写"))
    return redirect(f"{request.path}?draft={saved.pk}")


@permission("cases.register")
@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Autosave: the line that says when the draft was saved, or why not. An empty form is not kept."""
    typed = draft_content.read(request.POST, CaseForm.base_fields)
    pk, version = _number(request.POST.get("draft", "")), _number(request.POST.get("draft_version", ""))
    context: dict[str, Any] = {"saved": None, "problem": None, "draft": pk, "version": version}
    status = 200
    if pk or not typed.empty:
        try:
            context["saved"] = save_draft(actor=request.user, typed=typed, pk=pk, version=version)
        except Refusal as refusal:
            status, context["problem"] = refusal.status, refusal.reasons[0]
            if context["problem"].code == "draft_gone":
                context |= {"draft": None, "version": None}
    return render(request, "cases/filing/_draft_line.html", context, status=status)


@permission("cases.register")
@require_POST
def beside(request: HttpRequest) -> HttpResponse:
    """The column beside the form, drawn anew from what was typed so far."""
    typed = draft_content.read(request.POST, CaseForm.base_fields)
    _form, _parties, draft, facts = bound(typed, request.POST)
    saved = own_draft(request, request.POST.get("draft", ""))
    return render(request, "cases/filing/_aside_body.html", page.aside(draft, facts, typed, saved))


def _register(request: HttpRequest, typed: Typed) -> HttpResponse:
    form, parties, draft, facts = bound(typed, request.POST)
    pk = _number(request.POST.get("draft", ""))
    try:
        if not (form.is_valid() & parties.is_valid()):
            raise Refusal([*review_draft(draft, this_court()).reasons.found, *check_facts(draft, facts)])
        case = register_filing(actor=request.user, draft=draft, facts=facts, saved=pk)
    except Refusal as refusal:
        lines = attach(refusal.reasons, form, parties)
        lines += [Line("", str(reason), "", "") for reason in parties.non_form_errors()]
        saved = own_draft(request, request.POST.get("draft", ""))
        return _page(
            request, form, parties, typed, draft=draft, facts=facts, lines=lines, saved=saved, status=refusal.status
        )  # fmt: skip
    judge = case.judge.display_name if case.judge else ""
    text = _("已登记 %(number)s，承办 %(judge)s") % {"number": case.number, "judge": judge}
    messages.success(request, text)
    visible = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    return redirect("cases:detail", case.pk) if visible else redirect("cases:list")


def _page(request: HttpRequest, form: CaseForm, parties: Any, typed: Typed, **extra: Any) -> HttpResponse:
    type_code = typed.case.get("type_code", "")
    saved = extra.get("saved")
    context = page.aside(extra["draft"], extra["facts"], typed, saved)
    context |= {
        "form": form,
        "parties": parties,
        "lines": extra.get("lines"),
        "cause_options": _causes(form, type_code),
        "saved": saved,
        "draft": request.POST.get("draft") or None,
        "version": request.POST.get("draft_version") or None,
    }
    case_type = context["case_type"]
    context["is_criminal"] = case_type is not None and case_type.category == "criminal"
    context["is_later"] = case_type is not None and case_type.instance in ("second", "retrial", "retrial_review")
    if not request.htmx:
        context["drafts"] = FilingDraft.objects.of_clerk(request.user).count()
    template = "cases/filing/_form.html" if request.htmx else "cases/filing/new.html"
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
        request, "cases/filing/_causes.html", {"cause_options": found, "english": (get_language() or "") == "en"}
    )
