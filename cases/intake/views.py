"""`/cases/`: the list, and the pages of acts on one case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.docket.kinds import stage_name
from cases.intake import catalogue, selectors
from cases.intake.bench_services import reassign_judge, recuse
from cases.intake.forms import CloseForm, CustodyForm, ReassignForm, RecuseForm
from cases.intake.models import Case, CaseStatus
from cases.intake.services import close_case, set_custody
from courtcms.accounts.decorators import permission
from courtcms.accounts.models import User
from courtcms.accounts.policy import allowed
from courtcms.core import clock, pagination
from courtcms.core.errors import Refusal
from courtcms.core.rehearsal import tell_rest

PAGE = 50
RISKS = ("overdue", "urgent", "near", "ample", "paused")


def _chosen(request: HttpRequest) -> selectors.CaseFilter:
    get = request.GET.get
    return selectors.CaseFilter(
        query=get("q", "").strip()[:80],
        status=get("status", ""),
        category=get("category", ""),
        type_code=get("type", ""),
        division=get("division", ""),
        judge=get("judge", ""),
        risk=get("risk", "") if get("risk", "") in RISKS else "",
    )


@permission("cases.list")
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """Cases within the person's scope, latest first, by keyset pages."""
    chosen = _chosen(request)
    found = selectors.case_list(request.user, chosen)
    page = pagination.page(found, selectors.LIST_ORDER, request.GET.get("cursor", ""), PAGE)
    language = get_language() or ""
    left = selectors.days_left([case.pk for case in page.rows])
    for case in page.rows:
        case.left = left.get(case.pk)
        case.stage_words = stage_name(case.stage, language)
    divisions = selectors.divisions_of(request.user)
    terms = [(key, catalogue.label(term, language)) for key, term in catalogue.category_terms().items()]
    context = {
        "page": page,
        "chosen": chosen,
        "statuses": CaseStatus.choices,
        "categories": terms,
        "divisions": divisions,
    }
    context |= {"types": [(t.code, catalogue.label(t, language)) for t in catalogue.intake_types()]}
    context |= {
        "judges": selectors.judges_of([division.pk for division in divisions]),
        "has_risk": selectors.has_risk(),
    }
    context |= {"risks": _risk_words(), "may_register": allowed(request.user, "cases.register")}
    context |= {"may_import": allowed(request.user, "cases.import")}
    return render(request, "cases/intake/list.html", context)


def _risk_words() -> list[tuple[str, str]]:
    return [
        ("overdue", _("超期")),
        ("urgent", _("紧迫")),
        ("near", _("临近")),
        ("ample", _("充足")),
        ("paused", _("停算")),
    ]


def case_or_404(request: HttpRequest, pk: int) -> Case:
    """The case, if the person may see it; 404 says no more than that there is none for this person."""
    case = selectors.visible_case(request.user, pk)
    if case is None:
        raise Http404(_("没有这个案件，或者不在您的办案、管理范围内"))
    return case


def act_page(
    request: HttpRequest, case: Case, form: forms.Form, title: str, text: str, button: str, act: Any
) -> HttpResponse:
    """A small form about one case: shown, checked, done; refusals are shown on it with what was typed."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                done = act(form.cleaned_data)
            except Refusal as refusal:
                refusal.apply_to(form)
                status = refusal.status
            else:
                messages.success(request, done)
                visible = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
                return redirect("cases:detail", case.pk) if visible else redirect("cases:list")
        elif form.is_bound:  # a form sent without any field has nothing to try
            tell_rest(form, lambda data: act(dict(data)))
    context = {"case": case, "form": form, "title": title, "text": text, "button": button}
    return render(request, "cases/intake/act.html", context, status=status)


@permission("cases.close")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a case by a method of its type."""
    case = case_or_404(request, pk)
    form = CloseForm(request.POST or None, type_code=case.type_code, initial={"closed_on": clock.today()})

    def act(data: dict[str, Any]) -> str:
        close_case(actor=request.user, case=case, **data)
        return _("%(number)s 已报结") % {"number": case.number}

    return act_page(request, case, form, _("结案"), _("结案后期限停止，公开期限起算"), _("结案"), act)


@permission("cases.assign")
@require_http_methods(["GET", "POST"])
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the case to another judge."""
    case = case_or_404(request, pk)
    judges = _people(selectors.judges_of([case.division_id]), case.judge_id)
    form = ReassignForm(request.POST or None, judges=judges)

    def act(data: dict[str, Any]) -> str:
        changed = reassign_judge(actor=request.user, case=case, **data)
        judge = changed.judge.display_name if changed.judge else ""
        return _("%(number)s 改由%(judge)s承办") % {"number": case.number, "judge": judge}

    text = _("现任承办法官离开本案，合议庭随之重组；理由随案保存，当事人可以知悉")
    return act_page(request, case, form, _("变更承办法官"), text, _("变更"), act)


def _people(users: list[User], without: int | None = None) -> Any:
    return User.objects.filter(pk__in=[user.pk for user in users if user.pk != without]).order_by("name", "pk")


@permission("cases.recuse")
@require_http_methods(["GET", "POST"])
def recusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a recusal."""
    case = case_or_404(request, pk)
    people = [member.user for member in selectors.bench(case)] + selectors.judges_of([case.division_id])
    form = RecuseForm(request.POST or None, people=_people(people))

    def act(data: dict[str, Any]) -> str:
        recuse(actor=request.user, case=case, **data)
        return _("已登记%(name)s回避") % {"name": data["user"].display_name}

    text = _("承办法官回避的，案件随即轮转给其他法官；此人以后不会再分到本案")
    return act_page(request, case, form, _("登记回避"), text, _("登记"), act)


@permission("docket.write")
@require_http_methods(["GET", "POST"])
def custody(request: HttpRequest, pk: int) -> HttpResponse:
    """Custody taken or ended in a criminal case."""
    case = case_or_404(request, pk)
    initial = {"in_custody": "no" if case.in_custody else "yes", "since": clock.today()}
    form = CustodyForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        set_custody(actor=request.user, case=case, **data)
        return _("羁押状态已更新，期限随之重算")

    text = _("有人在押时，届满日遇休息日也不顺延（刑事诉讼法第一百零五条）")
    return act_page(request, case, form, _("羁押与释放"), text, _("更新"), act)
