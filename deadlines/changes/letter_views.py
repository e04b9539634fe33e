"""Pages of letters between courts: what goes up, and what basic courts send to this one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core.errors import Refusal
from courtcms.core.pagination import page
from courtcms.courts.selectors import this_court
from deadlines.changes import forms, letters, lower, selectors, words
from deadlines.changes.models import HigherLetter, LowerRequest, LowerState
from deadlines.changes.views import PAGE_SIZE, show_change, stored, visible_change
from deadlines.clocks import plain, wording
from deadlines.rulebook.reading import rulebook


def _letter(request: HttpRequest, pk: int) -> HigherLetter:
    rows = HigherLetter.objects.select_related("change", "change__case", "change__clock", "court")
    return get_object_or_404(rows.filter(change__in=selectors.visible(request.user)), pk=pk)


@permission("changes.read")
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter to the higher court, to print."""
    found = _letter(request, pk)
    change = found.change
    context = {
        "letter": found, "change": change, "ground": words.ground_text(change.kind, change.ground),
        "articles": words.articles(change), "lines": plain.told(plain.lines_of(change.clock)),
        "length": wording.length(change.amount, change.unit) if change.amount else "",
        "limit": wording.name_of(rulebook().limits[change.clock.limit_id][-1]),
    }  # fmt: skip
    return render(request, "deadlines/changes/letter.html", context)


def _enter(
    request: HttpRequest, found: HigherLetter, name: str, form: django_forms.Form, act: Callable[[dict[str, Any]], Any],
    done: str,
) -> HttpResponse:  # fmt: skip
    status = 400
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
        else:
            messages.success(request, done)
            return redirect("deadlines:change", found.change_id)
    return show_change(request, visible_change(request, found.change_id), status=status, **{name: form})


@permission("changes.letters")
@require_POST
def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the day the letter was sent."""
    found = _letter(request, pk)
    return _enter(
        request, found, "dispatch", forms.DispatchForm(request.POST),
        lambda data: letters.enter_dispatch(actor=request.user, letter=found, **data), _("报送已登记"),
    )  # fmt: skip


@permission("changes.letters")
@require_POST
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the receipt of the higher court."""
    found = _letter(request, pk)
    return _enter(
        request, found, "receipt", forms.ReceiptForm(request.POST),
        lambda data: letters.enter_receipt(actor=request.user, letter=found, **data), _("回执已登记"),
    )  # fmt: skip


@permission("changes.letters")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the decision of the higher court."""
    found = _letter(request, pk)

    def act(data: dict[str, Any]) -> None:
        given = {key: value for key, value in data.items() if key != "file"}
        file = stored(request, "file", found.change.case_id)
        letters.enter_answer(actor=request.user, letter=found, answer=letters.Answer(file=file, **given))

    return _enter(request, found, "answer", forms.AnswerForm(request.POST, request.FILES), act, _("答复已登记"))


@permission("changes.lower_read")
def lower_list(request: HttpRequest) -> HttpResponse:
    """Requests of basic courts; `?state=asked|decided`."""
    state = request.GET.get("state", "")
    rows = LowerRequest.objects.select_related("court")
    rows = rows.filter(state=state) if state in LowerState.values else rows
    found = page(rows, ["-id"], request.GET.get("cursor", ""), PAGE_SIZE)
    context = {
        "page": found,
        "rows": [(row, wording.length(row.amount, row.unit), lower.number_of(row)) for row in found.rows],
        "may_receive": allowed(request.user, "changes.lower"),
    }
    return render(request, "deadlines/changes/lower_list.html", context)


@permission("changes.lower")
def lower_new(request: HttpRequest) -> HttpResponse:
    """Enter a request of a basic court."""
    form = forms.LowerForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                row = lower.receive(actor=request.user, draft=form.draft(stored(request, "file", None)))
            except Refusal as refusal:
                refusal.apply_to(form)
                status = refusal.status
            else:
                messages.success(request, _("报请已登记，已送院长审批"))
                return redirect("deadlines:lower", row.pk)
    return render(request, "deadlines/changes/lower_new.html", {"form": form}, status=status)


@permission("changes.lower_read")
def lower_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request of a basic court, and, once decided, the reply to print."""
    row = get_object_or_404(LowerRequest.objects.select_related("court", "approval", "file"), pk=pk)
    limit = rulebook().limits[row.limit_id][-1]
    context = {
        "row": row, "limit": wording.name_of(limit), "length": wording.length(row.amount, row.unit),
        "number": lower.number_of(row), "here": this_court(), "articles": wording.cite(rulebook(), limit.basis[:1]),
    }  # fmt: skip
    printed = bool(request.GET.get("print")) and row.state == LowerState.DECIDED
    name = "deadlines/changes/lower_letter.html" if printed else "deadlines/changes/lower_detail.html"
    return render(request, name, context)
