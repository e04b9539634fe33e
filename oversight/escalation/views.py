"""Pages of the escalations: the inbox, one escalation, the panel of the case page, the ladder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.intake.models import Case
from cases.intake.policy import note_reading
from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core.errors import Refusal
from courtcms.core.pagination import page
from oversight.escalation import pages, policy, selectors, services
from oversight.escalation.forms import BulkForm, ExplainForm, MeasureForm, ReportForm
from oversight.escalation.ladders import ladder_now
from oversight.escalation.models import Escalation

SIZE = 25
ON_DESK = 8
LONGEST_ID = 18


@permission("escalations.list")
def inbox(request: HttpRequest) -> HttpResponse:
    """`?show=` open answered climbed closed court, `?at=` the one shown beside the list; by answer day."""
    show = request.GET.get("show", "")
    show = show if show in pages.SHOWS else "open"
    rows = selectors.inbox(request.user, show)
    order = ["-id"] if show == "closed" else selectors.ORDER
    found = page(rows, order, request.GET.get("cursor", ""), SIZE)
    current = _current(request, found.rows)
    context = {
        "page": found, "rows": selectors.with_latest(selectors.as_rows(found.rows)), "show": show,
        "figures": pages.figures(selectors.counts(request.user), show),
        "tabs": pages.tabs(show, allowed(request.user, "deadlines.list")),
        "may_bulk": show == "open" and allowed(request.user, "escalations.supervise"), "current": current,
    }  # fmt: skip
    if current is not None:
        context |= pages.detail_context(request.user, current)
    return render(request, "oversight/escalation/inbox.html", context)


def _current(request: HttpRequest, rows: list[Escalation]) -> Escalation | None:
    """The row named by `?at=`, else the first one."""
    at = request.GET.get("at", "")
    chosen = next((row for row in rows if str(row.pk) == at), None)
    return chosen or (rows[0] if rows else None)


@permission("escalations.list")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One escalation: cause, ladder, trace, and what this person may do."""
    escalation = visible(request, pk)
    note_reading(request.user, escalation.case, "escalation")
    return _detail(request, escalation)


@permission("escalations.supervise")
@require_POST
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """A supervisor takes a measure."""
    return _act(request, pk, "measure", MeasureForm(request.POST), _take, _("已记录，合议庭即时可见"))


@permission("escalations.answer")
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """The bench says why and by when."""
    return _act(request, pk, "explain", ExplainForm(request.POST), _explain, _("说明已记录"))


@permission("escalations.answer")
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The bench answers a question."""
    return _act(request, pk, "report", ReportForm(request.POST), _report, _("报告已送达提出要求的人"))


def _take(user: Any, pk: int, data: dict[str, Any]) -> None:
    services.take_measure(
        actor=user, escalation_id=pk, code=data["measure"], text=data["text"], until=data["until"],
        detail=data["detail"], position=data["position"],
    )  # fmt: skip


def _explain(user: Any, pk: int, data: dict[str, Any]) -> None:
    services.explain(actor=user, escalation_id=pk, text=data["text"], until=data["until"], position=data["position"])


def _report(user: Any, pk: int, data: dict[str, Any]) -> None:
    services.report(actor=user, escalation_id=pk, text=data["text"])


def _act(
    request: HttpRequest, pk: int, key: str, form: django_forms.Form, do: Callable[[Any, int, dict[str, Any]], None],
    done: str,
) -> HttpResponse:  # fmt: skip
    """Check, do, come back; a refusal shows the same page with every reason and nothing lost."""
    escalation = visible(request, pk)
    if not form.is_valid():
        return _detail(request, escalation, status=400, **{key: form})
    try:
        do(request.user, pk, form.cleaned_data)
    except Refusal as refusal:
        refusal.apply_to(form)
        return _detail(request, visible(request, pk), status=refusal.status, **{key: form})
    messages.success(request, done)
    if request.POST.get("back") == "inbox":
        return redirect("escalations:inbox")
    return redirect("escalations:detail", pk)


@permission("escalations.supervise")
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Answer several alike: first a preview of what each one gets, then all of them or none."""
    ids = [int(value) for value in request.POST.getlist("escalation") if value.isdecimal() and len(value) < LONGEST_ID]
    confirmed = "measure" in request.POST
    form = BulkForm(request.POST) if confirmed else BulkForm()
    chosen = selectors.for_bulk(request.user, ids)
    status = 200
    if confirmed and form.is_valid() and "send" in request.POST:
        try:
            done = services.take_measure_on(actor=request.user, escalation_ids=ids, **_bulk_data(form))
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
        else:
            told = ngettext("%(n)s 件已答复，各自留痕", "%(n)s 件已答复，各自留痕", len(done)) % {"n": len(done)}
            messages.success(request, told)
            return redirect("escalations:inbox")
    elif confirmed and not form.is_valid():
        status = 400
    return render(request, "oversight/escalation/bulk.html", _bulk_context(request, form, chosen), status=status)


def _bulk_data(form: BulkForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {"code": data["measure"], "text": data["text"], "until": data["until"], "detail": data["detail"]}


def _bulk_context(request: HttpRequest, form: BulkForm, chosen: list[Escalation]) -> dict[str, Any]:
    code = form["measure"].value() or "S2"
    lines = [
        {"row": row, "against": services.bulk_complaints(request.user, code, row.escalation)}
        for row in selectors.as_rows(chosen)
    ]
    ready = form.is_bound and form.is_valid()
    return {
        "form": form, "lines": lines, "fit": [line for line in lines if not line["against"]], "code": code,
        "text": form.cleaned_data.get("text", "") if ready else "",
        "until": form.cleaned_data.get("until") if ready else None, "ready": ready,
    }  # fmt: skip


@permission("escalations.list")
def case_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Supervision of a case, for everyone who sees the case, its bench first of all."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    found = selectors.of_case(case.pk)
    shown = [
        {
            "escalation": row, "row": selectors.as_rows([row])[0],
            "lines": [pages.ShownLine.of(line) for line in row.acts.all()],
            "may_answer": policy.can_report(request.user, row) or policy.can_explain(request.user, row),
        }
        for row in found
    ]  # fmt: skip
    return render(request, "oversight/escalation/case_panel.html", {"case": case, "shown": shown})


@permission("escalations.list")
def desk_panel(request: HttpRequest) -> HttpResponse:
    """What the person owes, for the desk."""
    rows = selectors.as_rows(selectors.owed_on_desk(request.user, ON_DESK))
    return render(request, "oversight/escalation/desk_panel.html", {"rows": rows})


@permission("escalations.list")
def ladder(request: HttpRequest) -> HttpResponse:
    """The ladder in force: who answers within how many working days, and which alert starts where."""
    language = get_language() or ""
    current = ladder_now()
    rungs = [{"rung": rung, "name": rung.name(language)} for rung in reversed(current.rungs)]
    starts = [
        {
            "start": start,
            "rung": current.at(start.rung).name(language),
            "condition": pages.condition_of(start, language),
        }
        for start in current.starts
    ]
    occasions = [
        {"occasion": one, "name": one.name(language), "rung": current.at(one.rung).name(language)}
        for one in current.occasions
    ]
    context = {"ladder": current, "rungs": rungs, "starts": starts, "occasions": occasions}
    return render(request, "oversight/escalation/ladder.html", context)


def visible(request: HttpRequest, pk: int) -> Escalation:
    """The escalation with what its page needs, or 404 for whoever must not know of it."""
    rows = Escalation.objects.select_related("case", "case__judge", "case__division", "clock", "holder", "change")
    escalation = get_object_or_404(rows, pk=pk)
    if not policy.can_see(request.user, escalation):
        raise Http404
    return escalation


def _detail(
    request: HttpRequest, escalation: Escalation, status: int = 200, **bound: django_forms.Form
) -> HttpResponse:
    context = pages.detail_context(request.user, escalation, **bound) | {"conflict": status == 409}
    return render(request, "oversight/escalation/detail.html", context, status=status)
