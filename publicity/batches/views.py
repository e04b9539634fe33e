"""Pages of batches: upload, progress, the list to work through."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from kombu.exceptions import OperationalError as BrokerAway

from courtcms.accounts.decorators import permission
from courtcms.core.errors import Refusal
from publicity.batches import selectors, services
from publicity.batches.forms import BatchForm
from publicity.batches.tasks import run_batch

SHOWN = 30
logger = logging.getLogger(__name__)


def _queue(pk: int) -> None:
    try:
        run_batch.delay(pk)
    except BrokerAway:
        logger.warning("batch %s waits: the broker is away; the scheduled run takes it", pk)


@permission("judgments.prepare")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Bring the day's judgments in; earlier batches below."""
    form = BatchForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                batch = services.open_batch(actor=request.user, **form.cleaned_data)
            except Refusal as refusal:
                refusal.apply_to(form)
                status = refusal.status
            else:
                services.on_commit(_queue, batch.pk)
                return redirect("batches:show", batch.pk)
    context = {"form": form, "batches": selectors.mine(request.user)[:SHOWN]}
    return render(request, "publicity/batches/index.html", context, status=status)


@permission("judgments.prepare")
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress while it runs, then the list to work through; htmx asks again until nothing waits."""
    batch = get_object_or_404(selectors.mine(request.user), pk=pk)
    items = selectors.items_of(batch)
    context = {"batch": batch, "items": items, "progress": selectors.progress_of(batch, items)}
    template = "publicity/batches/_batch.html" if request.headers.get("HX-Request") else "publicity/batches/show.html"
    return render(request, template, context)
