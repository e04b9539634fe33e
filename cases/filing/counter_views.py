"""`/cases/filings/`: drafts, notices, refusals; the panel of the fee on the case page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.filing import fees, limits, page, refusals, selectors
from cases.filing.citations import cite
from cases.filing.counter_forms import NoticeForm, RefusalForm, ReturnForm, SupplementForm
from cases.filing.draft_services import discard_draft
from cases.filing.facts import checklist, kind_of_draft
from cases.filing.form_reading import kept
from cases.filing.models import Filing, FilingDraft, FilingState
from cases.filing.notice_services import give_notice, receive_supplement, return_complaint
from cases.filing.refusal_services import ask_refusal, due_of
from cases.intake import catalogue
from cases.intake.selectors import visible_case
from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core import clock
from courtcms.core.errors import Refusal

#: proposed time for supplementing; the court sets it (指定期限), the law names no number
SUPPLEMENT_DAYS = 7


@permission("filings.read")
@require_GET
def filing_list(request: HttpRequest) -> HttpResponse:
    """Drafts of one's own counter and the filings that wait or ended without a case."""
    context = {"drafts": selectors.own_drafts(request.user), "filings": selectors.filings(request.user)}
    context["may_register"] = allowed(request.user, "cases.register")
    return render(request, "cases/filing/list.html", context)


@permission("cases.register")
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a draft."""
    get_object_or_404(FilingDraft.objects.of_clerk(request.user), pk=pk)
    try:
        discard_draft(actor=request.user, pk=pk)
        messages.success(request, _("草稿已丢弃"))
    except Refusal as refusal:
        reason = refusal.reasons[0]
        messages.error(request, f"{reason.message} {reason.remedy}")
    return redirect("cases:filings")


def _draft(request: HttpRequest, pk: int) -> FilingDraft:
    return get_object_or_404(FilingDraft.objects.of_clerk(request.user).select_related("filing__notice"), pk=pk)


def _small(
    request: HttpRequest, form: forms.Form, run: Callable[[dict[str, Any]], Filing], done: str, context: dict[str, Any]
) -> HttpResponse:
    """A small form: shown, checked, done; refusals are shown on it with what was typed."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                filing = run(form.cleaned_data)
            except Refusal as refusal:
                refusal.apply_to(form)
                status = refusal.status
            else:
                messages.success(request, done)
                return redirect("cases:filing", filing.pk)
    return render(request, "cases/filing/act.html", context | {"form": form}, status=status)


@permission("cases.register")
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the one-time notice of what is missing."""
    saved = _draft(request, pk)
    draft, facts = kept(saved)
    initial = {"due_on": limits.due(clock.today(), SUPPLEMENT_DAYS)}
    form = NoticeForm(request.POST or None, papers=checklist(draft, facts.papers), initial=initial)

    def run(data: dict[str, Any]) -> Filing:
        return give_notice(actor=request.user, saved=saved, draft=draft, facts=facts, **data).filing

    text = _("只告知一次：此后不得再要求补正。收到补正材料之日，立案期限重新起算（法释〔2015〕8号第七条）")
    context = {"saved": saved, "title": _("一次性告知补正"), "text": text, "button": _("出具告知书")}
    return _small(request, form, run, _("已出具告知书，可以打印"), context)


@permission("cases.register")
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the chief of the filing division for a ruling that the filing is not accepted."""
    saved = _draft(request, pk)
    draft, facts = kept(saved)
    kind = refusals.kind_of(kind_of_draft(draft))
    if kind is None:
        messages.error(request, _("这种案件在立案环节不作不予受理的裁定，先登记，再按该类案件的结案方式办理"))
        return redirect(f"{reverse('cases:new')}?draft={saved.pk}")
    form = RefusalForm(request.POST or None, kind=kind.key)

    def run(data: dict[str, Any]) -> Filing:
        return ask_refusal(actor=request.user, saved=saved, draft=draft, facts=facts, **data).filing

    counter = page.counter_of(draft, saved, draft.received_on or draft.filed_on)
    number = _("批准后按类型代字编号") if kind.numbered else _("不编号")
    context = {
        "saved": saved, "title": _("报请不予受理"), "button": _("报庭长审批"), "kind": kind, "counter": counter,
        "kind_label": catalogue.label(kind, get_language() or ""), "number": number,
        "text": _("裁定须载明理由，由立案庭庭长批准；批准前草稿保留"), **_laws(kind, get_language() or ""),
    }  # fmt: skip
    return _small(request, form, run, _("已报庭长审批"), context)


def _laws(kind: refusals.RefusalKind, language: str) -> dict[str, str]:
    """On what a kind of ruling stands, and by what it may be appealed."""
    return {"law": cite(kind.law, language), "appeal_law": cite(kind.appeal_article, language)}


def _filing(request: HttpRequest, pk: int) -> Filing:
    found = selectors.visible_filing(request.user, pk)
    if found is None:
        raise Http404(_("没有这份收件，或者不在您的范围内"))
    return found


@permission("filings.read")
@require_GET
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """One filing: its notice, its ruling, what can be done next."""
    return _show(request, _filing(request, pk))


def _show(request: HttpRequest, found: Filing, status: int = 200, **bound: forms.Form) -> HttpResponse:
    language = get_language() or ""
    notice_given, refusal = getattr(found, "notice", None), getattr(found, "refusal", None)
    due_on = due_of(found) if found.ended_on is None else None
    context: dict[str, Any] = {"filing": found, "notice": notice_given, "refusal": refusal, "due_on": due_on}
    context["days"] = (due_on - clock.today()).days if due_on else None
    roles = catalogue.party_roles()
    context["parties"] = [
        (catalogue.label(roles[p["role"]], language) if p["role"] in roles else "—", p["name"]) for p in found.parties
    ]
    context["papers"] = selectors.paper_labels(notice_given.items) if notice_given else []
    if refusal is not None:
        kind, ground = refusals.kinds()[refusal.kind], refusals.grounds()[refusal.ground]
        context |= {"kind": kind, "kind_label": catalogue.label(kind, language), "ground": ground}
        context |= {"ground_label": catalogue.label(ground, language), "article": cite(ground.article, language)}
        context |= _laws(kind, language)
        context["instead"] = ground.instead_en if language.startswith("en") else ground.instead
    if allowed(request.user, "cases.register") and found.state == FilingState.OPEN:
        draft = getattr(found, "draft", None)
        waits = notice_given is not None and notice_given.supplied_on is None
        context |= {"draft": draft, "supplement": None, "give_back": None}
        if waits:
            context["supplement"] = bound.get("supplement") or SupplementForm(initial={"supplied_on": clock.today()})
        if notice_given is not None:
            context["give_back"] = bound.get("give_back") or ReturnForm()
    return render(request, "cases/filing/filing.html", context, status=status)


@permission("cases.register")
@require_POST
def supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """The supplement has come."""
    done = _("已登记补正，立案期限重新起算")
    return _entered(request, _filing(request, pk), "supplement", SupplementForm(request.POST), receive_supplement, done)


@permission("cases.register")
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The complaint goes back to whoever filed it."""
    done = _("诉状已退回并记录在册")
    return _entered(request, _filing(request, pk), "give_back", ReturnForm(request.POST), return_complaint, done)


def _entered(request: HttpRequest, found: Any, name: str, form: Any, service: Any, done: str) -> HttpResponse:
    """Do what the form asks, or show the page again with the form and its reasons."""
    status = 400
    if form.is_valid():
        try:
            service(actor=request.user, filing=found, **form.cleaned_data)
            messages.success(request, done)
            return redirect("cases:filing", found.pk)
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
    return _show(request, found, status, **{name: form})


@permission("cases.read")
@require_GET
def fee_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Fee and papers on the case page."""
    case = visible_case(request.user, pk)
    if case is None:
        raise Http404(pk)
    fee = selectors.fee_of_case(case)
    record = Filing.objects.filter(case=case).first()
    missing = [row.key for row in record.papers.filter(received=False)] if record else []
    context: dict[str, Any] = {"case": case, "fee": fee, "missing": selectors.paper_labels(missing)}
    if fee is not None:
        rest = fees.payable(fee.amount, fee.relief, fee.relief_percent)
        ground = fees.relief_grounds().get(fee.relief_ground)
        context |= {"payable": rest, "ground": catalogue.label(ground, get_language() or "") if ground else ""}
        context["tariff"] = catalogue.label(fees.tariffs()[fee.tariff], get_language() or "") if fee.tariff else ""
        context["doubt"], context["article"] = page.doubt(fee.confidence), page.cited(fee.article)
        context["refund"] = fees.refund(fee.amount, fee.tariff, _closing(case), bool(fee.halved_by))
    return render(request, "cases/filing/_fee_panel.html", context)


#: by the names of the data
CLOSINGS = {
    "调解": "mediation",  # not translated: a name in the data
    "准予撤诉": "withdrawal",  # not translated: a name in the data
    "准予撤回上诉": "withdrawal",  # not translated: a name in the data
    "发回重审": "remand",  # not translated: a name in the data
}


def _closing(case: Any) -> str:
    """How the case ended, as far as the fee cares."""
    method = catalogue.closing_methods().get(case.closing_method)
    return CLOSINGS.get(method.zh, "") if method else ""
