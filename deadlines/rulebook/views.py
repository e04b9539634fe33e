"""The catalogue of limits: everything the packs hold, and the court targets that may be changed here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core import clock
from courtcms.core.errors import Refusal
from courtcms.core.rehearsal import tell_rest
from deadlines.clocks import wording
from deadlines.clocks.selectors import APPROVER_NAMES
from deadlines.rulebook import catalogue, services
from deadlines.rulebook.forms import TargetForm
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Limit
from deadlines.rulebook.targets import is_target, target_for


@permission("limits.read")
def limits(request: HttpRequest) -> HttpResponse:
    """`?q=` words of name, id or article; `?kind=` `?category=` `?status=statutory|target` `?confidence=`."""
    everything = catalogue.rows()
    chosen = {name: request.GET.get(name, "") for name in ("kind", "category", "status", "confidence")}
    options = {
        "kind": catalogue.KINDS, "category": catalogue.CATEGORIES, "status": catalogue.STATUSES,
        "confidence": catalogue.CONFIDENCES,
    }  # fmt: skip
    chosen = {name: value if value in options[name] else "" for name, value in chosen.items()}
    q = request.GET.get("q", "")[:100]
    found = catalogue.search(everything, q=q, **chosen)
    labels = {"kind": _("种类"), "category": _("案件"), "status": _("性质"), "confidence": _("核对")}
    filters = [
        {"name": name, "label": labels[name], "options": options[name].items(), "value": chosen[name]}
        for name in options
    ]
    own = catalogue.own_lengths()
    context = {
        "rows": [(row, own.get(row.id, "")) for row in found], "total": len(everything), "q": q, "filters": filters,
        "version": rulebook().version, "filtered": bool(q or any(chosen.values())),
    }  # fmt: skip
    return render(request, "deadlines/rulebook/limits.html", context)


@permission("limits.read")
def limit(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule: its versions, extensions, articles, and for a court target its own versions and the form."""
    return _show(request, rule_id, None, 200)


def _show(request: HttpRequest, rule_id: str, form: TargetForm | None, status: int) -> HttpResponse:
    versions = catalogue.versions_of(rule_id)
    if not versions:
        raise Http404
    book = rulebook()
    rule = book.limits[rule_id][-1] if rule_id in book.limits else None
    target, may = rule is not None and is_target(rule), allowed(request.user, "limits.targets")
    extensions = [
        (
            wording.length(rung.amount.amount, rung.unit) if rung.amount else _("法律未定长度，以批准为准"),
            APPROVER_NAMES[rung.by](), rung, _(rung.ground) if rung.ground else "", wording.cite(book, (rung.basis,)),
        )
        for rung in (rule.extensions if rule else ())
    ]  # fmt: skip
    context = {
        "versions": versions, "row": versions[0], "extensions": extensions, "target": target,
        "targets": [(t, wording.length(t.amount, t.unit)) for t in catalogue.targets_of(rule_id)] if target else [],
        "form": form or (TargetForm(initial=_now(rule)) if rule and target and may else None),
        "starts": wording.event_name(book, rule.starts_from) if rule else "",
    }  # fmt: skip
    return render(request, "deadlines/rulebook/limit.html", context, status=status)


def _now(rule: Limit) -> dict[str, Any]:
    """The length that a case filed today has, to begin with."""
    own = target_for(rule, clock.today())
    length = own.length if own else rule.parts[0] if rule.parts else None
    return {"amount": length.amount, "unit": length.unit} if length else {}


@permission("limits.targets")
@require_POST
def propose(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Propose another length of a court target."""
    form = TargetForm(request.POST)
    status = 400
    if form.is_valid():
        try:
            services.propose(actor=request.user, limit_id=rule_id, **form.cleaned_data)
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
        else:
            messages.success(request, _("已送院长审批，批准后自该日起适用"))
            return redirect("deadlines:limit", rule_id)
    else:
        tell_rest(form, lambda data: services.propose(actor=request.user, limit_id=rule_id, **data))
    return _show(request, rule_id, form, status)
