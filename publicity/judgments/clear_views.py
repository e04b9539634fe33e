"""The clearing page of another person: differences and doubtful places first, the list, accept or return."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.core import clock
from courtcms.core.errors import Refusal
from publicity.judgments import clearance, overview, policy, queue, selectors, services
from publicity.judgments.forms import ClearanceForm, ReturnForm
from publicity.judgments.models import Publication
from publicity.judgments.views import seen


@permission("judgments.clear")
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """The clearing page of another person: list, differences, doubtful places."""
    return _clear(request, seen(request, pk))


def _clear(request: HttpRequest, found: Publication, status: int = 200, **forms_: Any) -> HttpResponse:
    desk = selectors.desk_of(found, show=request.GET.get("show", "diff"))
    if desk is None:
        return redirect("judgments:show", found.pk)
    context = {
        "publication": found,
        "line": overview.line(found, clock.today()),
        "desk": desk,
        "items": clearance.answered(desk.version, desk.result),
        "may": policy.can_clear(request.user, found),
        "own": request.user.pk in policy.redactors(found),
        "form": ClearanceForm(),
        "back": ReturnForm(prefix="back"),
        "show": request.GET.get("show", "diff"),
        "left": queue.left(request.user, "clear"),
        **forms_,
    }
    return render(request, "publicity/judgments/clear.html", context, status=status)


def _onward(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever works through the queue is shown the next one; otherwise the document that was decided."""
    if "next" in request.POST and queue.following(request.user, "clear", pk) is not None:
        return redirect(f"{reverse('judgments:next', args=['clear'])}?after={pk}")
    return redirect("judgments:show", pk)


@permission("judgments.clear")
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The clearing person accepts."""
    found = seen(request, pk)
    form = ClearanceForm(request.POST)
    if form.is_valid():
        try:
            services.accept(
                actor=request.user, publication=found, answers=form.answers(), note=form.cleaned_data["note"]
            )
        except Refusal as refusal:
            refusal.apply_to(form)
            return _clear(request, found, refusal.status, form=form)
        messages.success(request, _("%(number)s 审查通过，可以公布") % {"number": found.number})
        return _onward(request, pk)
    return _clear(request, found, 400, form=form)


@permission("judgments.clear")
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The clearing person returns the text."""
    found = seen(request, pk)
    form = ReturnForm(request.POST, prefix="back")
    if form.is_valid():
        try:
            services.send_back(actor=request.user, publication=found, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            refusal.apply_to(form)
            return _clear(request, found, refusal.status, back=form)
        messages.success(request, _("%(number)s 已退回脱敏人") % {"number": found.number})
        return _onward(request, pk)
    return _clear(request, found, 400, back=form)
