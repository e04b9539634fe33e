"""`/cases/import/`: upload, progress, problems, template."""

from __future__ import annotations

import csv
import logging
from functools import partial

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from kombu.exceptions import OperationalError as BrokerAway

from cases.intake.forms import ImportForm
from cases.intake.import_columns import CASE_COLUMNS, PARTY_COLUMNS
from cases.intake.import_services import start_import
from cases.intake.import_template import template_csv, template_xlsx
from cases.intake.register_models import ImportJob
from cases.intake.tasks import run_import
from courtcms.accounts.decorators import permission
from courtcms.core.errors import Refusal

SHOWN_PROBLEMS = 200
LARGEST = 20 * 1024 * 1024
log = logging.getLogger(__name__)


def _queue(pk: int) -> None:
    try:
        run_import.delay(pk)
    except BrokerAway:
        log.warning("import %s waits: the broker is away; the scheduled run takes it", pk)


@permission("cases.import")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file and what to do with it; earlier imports below."""
    form = ImportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            file, mode = form.cleaned_data["file"], form.cleaned_data["mode"]
            try:
                if file.size > LARGEST:
                    form.add_error("file", _("文件超过 20 MB"))
                else:
                    job = start_import(
                        actor=request.user,
                        name=file.name,
                        content=file.read(),
                        dry_run=mode == "check",
                        keep_good=mode != "all",
                    )
                    transaction.on_commit(partial(_queue, job.pk))
                    return redirect("cases:import_job", job.pk)
            except Refusal as refusal:
                refusal.apply_to(form)
                status = refusal.status
    jobs = ImportJob.objects.defer("content", "problems").select_related("uploaded_by").order_by("-id")[:20]
    columns = {"case_columns": _explained(CASE_COLUMNS), "party_columns": _explained(PARTY_COLUMNS)}
    return render(request, "cases/intake/import.html", {"form": form, "jobs": jobs, **columns}, status=status)


def _explained(columns: tuple) -> list[dict[str, object]]:
    return [
        {"zh": c.zh, "en": c.en, "required": c.required, "explain": _(c.explain), "example": c.example} for c in columns
    ]


@permission("cases.import")
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress of an import; htmx asks again every second until it is finished."""
    found = get_object_or_404(ImportJob.objects.defer("content").select_related("uploaded_by"), pk=pk)
    lines = {problem["line"] for problem in found.problems}
    context = {
        "job": found,
        "problems": found.problems[:SHOWN_PROBLEMS],
        "bad": len(lines),
        "more": len(found.problems) - SHOWN_PROBLEMS,
    }
    template = "cases/intake/_job.html" if request.htmx else "cases/intake/job.html"
    return render(request, template, context)


@permission("cases.import")
@require_GET
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Every problem of an import as CSV."""
    found = get_object_or_404(ImportJob.objects.defer("content"), pk=pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{pk}-problems.csv"'
    writer = csv.writer(response)
    writer.writerow([_("行"), _("栏目"), _("理由")])
    writer.writerows([p["line"], _safe(p["field"]), _safe(p["reason"])] for p in found.problems)
    return response


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t" else text


@permission("cases.import")
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The template file, XLSX or CSV."""
    if request.GET.get("format") == "csv":
        response = HttpResponse(template_csv(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="cases-template.csv"'
        return response
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(template_xlsx(), content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="cases-template.xlsx"'
    return response
