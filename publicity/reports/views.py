"""Pages of reports: the list with its clock, one report, hold at one click, answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.core import clock
from courtcms.core.errors import Refusal
from courtcms.core.pagination import page
from publicity.judgments import hold_services
from publicity.judgments.policy import can
from publicity.reports import selectors, services
from publicity.reports.forms import AnswerForm
from publicity.reports.models import Report

PAGE = 50


@permission("reports.list")
def index(request: HttpRequest) -> HttpResponse:
    """Reports by hours left; what visitors sent since the last look is taken in first."""
    services.pull()
    asked, moment = request.GET.get("show", ""), clock.now()
    show = asked if asked in selectors.SHOWN else "open"
    found = page(selectors.filtered(show, moment), ["due_at", "id"], request.GET.get("cursor", ""), PAGE)
    context = {
        "page": found, "lines": [selectors.line(row, moment) for row in found.rows], "show": show,
        "tabs": selectors.tabs(show, moment),
    }  # fmt: skip
    return render(request, "publicity/reports/index.html", context)


@permission("reports.list")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One report beside what it is about."""
    return _show(request, _seen(pk), AnswerForm())


@permission("judgments.hold")
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: the document leaves every surface for seven days while it is examined."""
    report = _seen(pk)
    if report.publication is None:
        return _show(request, report, AnswerForm(), 409)
    try:
        reason = _("核查反映 %(receipt)s") % {"receipt": report.receipt}
        hold_services.hold(actor=request.user, publication=report.publication, reason=reason)
    except Refusal as refusal:
        return _show(request, report, AnswerForm(), refusal.status, reasons=refusal.reasons)
    messages.success(request, _("已暂停公布，公开网各处都不再显示"))
    return redirect("reports:show", pk)


@permission("reports.answer")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what came of it."""
    report, form = _seen(pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, report, form, 400)
    try:
        services.answer(actor=request.user, report=report, **form.cleaned_data)
    except Refusal as refusal:
        refusal.apply_to(form)
        return _show(request, report, form, refusal.status)
    messages.success(request, _("答复已记录"))
    return redirect("reports:index")


def _seen(pk: int) -> Report:
    return get_object_or_404(Report.objects.select_related("publication__case__court", "answered_by"), pk=pk)


def _show(request: HttpRequest, report: Report, form: AnswerForm, status: int = 200, **more: Any) -> HttpResponse:
    publication = report.publication
    context = {
        "report": report, "line": selectors.line(report, clock.now()), "publication": publication, "form": form,
        "may_hold": publication is not None and can(request.user, "hold", publication),
        **more,
    }  # fmt: skip
    return render(request, "publicity/reports/show.html", context, status=status)
