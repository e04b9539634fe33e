"""`/appraisal/`: the list, one appraisal with its acts, the register and scoreboard of institutions, letters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.appraisal import selectors
from cases.appraisal.acts import ACTS, PROPOSE
from cases.appraisal.forms import InstitutionForm
from cases.appraisal.models import ChaseLetter, Entrustment, Institution
from cases.appraisal.policy import terms_of
from cases.appraisal.register_services import register_institution
from cases.appraisal.services import draw_again
from cases.intake.policy import note_reading
from cases.page_acts import act_in_case, case_or_404, offered
from cases.page_acts import perform as perform_act
from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core import clock, pagination
from courtcms.core.errors import Refusal
from courtcms.core.templatetags.court import Fig
from courtcms.courts.selectors import this_court

PAGE = 50


def _figures(counts: dict[str, int], view: str) -> list[Fig]:
    words = [
        ("decided", _("待选机构"), ""), ("chosen", _("待委托"), ""), ("entrusted", _("鉴定中"), ""),
        ("overdue", _("逾期"), "overdue"), ("reported", _("已出具意见"), ""),
    ]  # fmt: skip
    base = reverse("appraisal:list")
    return [Fig(word, counts[key], f"{base}?view={key}", level=level, current=view == key, warn=key == "overdue" and
                counts[key] > 0) for key, word, level in words]  # fmt: skip


@permission("appraisal.list")
@require_GET
def entrustment_list(request: HttpRequest) -> HttpResponse:
    """Appraisals within the person's scope by due day; the figures on top open each state."""
    today, view = clock.today(), request.GET.get("view", "")
    wanted = request.GET.get("institution", "")
    institution = int(wanted) if wanted.isdecimal() and len(wanted) < 18 else None
    rows = selectors.listed(request.user, view, institution, today)
    page = pagination.page(rows, selectors.ORDER, request.GET.get("cursor", ""), PAGE)
    for row in page.rows:
        row.days = selectors.days_left(row, today)
    chosen = Institution.objects.filter(pk=institution).first() if institution is not None else None
    context = {"page": page, "view": view, "institution": chosen}
    context["figures"] = _figures(selectors.counts(request.user, today), view)
    return render(request, "cases/appraisal/list.html", context)


def _visible(request: HttpRequest, pk: int) -> Entrustment:
    row = selectors.visible(request.user, pk)
    if row is None:
        raise Http404(_("没有这次鉴定，或者不在您的办案、管理范围内"))
    return row


def show(request: HttpRequest, row: Entrustment, status: int = 200, bound: Any = None) -> HttpResponse:
    """One appraisal with everything that happened and what may be done now."""
    drawn = draw_again(row)
    context = {
        "row": row,
        "case": row.case,
        "days": selectors.days_left(row, clock.today()),
        "terms": terms_of(row.kind, row.case.filed_on),
        "standing": selectors.standing_word(row.standard),
        "effect": selectors.effect_word(row.effect),
        "drawn_again": drawn is not None and drawn == row.institution_id,
        "materials": row.materials.all(),
        "requests": row.requests.all(),
        "chases": row.chases.all(),
        "objections": row.objections.select_related("party"),
        "recusals": row.recusals.select_related("institution"),
        "repeated_by": row.repeated_by.all(),
        "acts": offered(request.user, row, ACTS, bound),
        "form": next(iter((bound or {}).values()), None),
    }
    return render(request, "cases/appraisal/detail.html", context, status=status)


@permission("appraisal.list")
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one appraisal."""
    row = _visible(request, pk)
    note_reading(request.user, row.case, "appraisal")
    return show(request, row)


@permission("appraisal.entrust")
@require_POST
def perform(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Do one act; each act asks for its own permission as well."""
    return perform_act(request, _visible(request, pk), ACTS, key, show, reverse("appraisal:detail", args=[pk]))


@permission("appraisal.decide")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on an appraisal of a case."""
    return act_in_case(request, pk, PROPOSE)


@permission("appraisal.list")
@require_GET
def case_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of the case page."""
    case = case_or_404(request, pk)
    today, rows = clock.today(), selectors.of_case(case)
    for row in rows:
        row.days = selectors.days_left(row, today)
        row.effect_words = selectors.effect_word(row.effect)
    may = allowed(request.user, "appraisal.decide") and case.status == "open"
    return render(request, "cases/appraisal/panel.html", {"case": case, "rows": rows, "may_decide": may})


@permission("appraisal.list")
@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A chase letter for printing."""
    found = get_object_or_404(ChaseLetter.objects.select_related("entrustment__case__court"), pk=pk)
    row = _visible(request, found.entrustment_id)
    context = {"letter": found, "row": row, "case": row.case, "late": found.step.startswith("overdue")}
    return render(request, "cases/appraisal/letter.html", context)


@permission("appraisal.list")
@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    """Register and scoreboard of the institutions."""
    today = clock.today()
    scores = selectors.scoreboard(request.user, today)
    for score in scores:
        score.institution.in_force = score.institution.licensed(today)
    context = {"scores": scores, "may_register": allowed(request.user, "appraisal.register")}
    return render(request, "cases/appraisal/institutions.html", context)


@permission("appraisal.register")
@require_http_methods(["GET", "POST"])
def institution(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter an institution in the register, or change its entry."""
    row = get_object_or_404(Institution, pk=pk) if pk is not None else None
    names = list(InstitutionForm.base_fields)
    form = InstitutionForm(request.POST or None, initial={name: getattr(row, name) for name in names} if row else {})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                register_institution(actor=request.user, court=this_court(), data=form.cleaned_data, institution=row)
            except Refusal as refusal:
                refusal.apply_to(form)
                status = refusal.status
            else:
                messages.success(request, _("机构名册已更新"))
                return redirect("appraisal:institutions")
    return render(request, "cases/appraisal/institution.html", {"form": form, "row": row}, status=status)
