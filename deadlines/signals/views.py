"""The page of hidden-overdue signals: what each detector found, the question, the answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core import clock as court_clock
from courtcms.core.errors import Refusal
from courtcms.core.pagination import page
from courtcms.core.templatetags.court import Fig
from deadlines.clocks import wording
from deadlines.signals import policy, services
from deadlines.signals.models import Signal, SignalState
from deadlines.signals.rules import detectors
from deadlines.signals.selectors import counts

SIZE = 30


class AnswerForm(forms.Form):
    """Text that must be there; the service says so."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("说明"), required=False, max_length=services.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


@permission("signals.list")
def signals(request: HttpRequest) -> HttpResponse:
    """`?detector=`, `?state=` (unsettled without), newest first; each number opens its list."""
    chosen, state = request.GET.get("detector", ""), request.GET.get("state", "")
    mine = Signal.objects.visible_to(request.user)
    rows = mine.filter(state=state) if state in SignalState.values else mine.unsettled()
    known = {detector.id: detector for detector in detectors()}
    if chosen in known:
        rows = rows.filter(detector=chosen)
    rows = rows.select_related("case", "case__judge", "case__division", "clock", "answered_by", "reviewed_by")
    found = page(rows.defer("clock__derivation"), ["-id"], request.GET.get("cursor", ""), SIZE)
    table = counts(mine)
    context = {
        "page": found, "rows": [_row(request.user, row) for row in found.rows], "state": state, "chosen": chosen,
        "detectors": [
            {"id": key, "name": rule.name(get_language() or ""), "how": rule.explained(get_language() or ""),
             **table.get(key, {"all": 0, "open": 0, "answered": 0})}
            for key, rule in known.items()
        ],
        "figures": _figures(table, state),
    }  # fmt: skip
    return render(request, "deadlines/signals/signals.html", context)


def _figures(table: dict[str, dict[str, int]], state: str) -> list[Fig]:
    base = reverse("deadlines:signals")
    total = {value: sum(row.get(value, 0) for row in table.values()) for value in SignalState.values}
    levels = {"asked": "near", "referred": "overdue", "answered": "ample", "settled": "done"}
    return [
        Fig(SignalState(value).label, total[value], f"{base}?state={value}", level=levels[value],
            current=state == value)
        for value in SignalState.values
    ]  # fmt: skip


@permission("signals.list")
def signal(request: HttpRequest, pk: int) -> HttpResponse:
    """One signal: its evidence, the question, and what this person may do."""
    return _show(request, _visible(request, pk))


@permission("signals.answer")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The judge in charge says why."""
    row, form = _visible(request, pk), AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer(actor=request.user, signal_id=row.pk, text=form.cleaned_data["text"])
        except Refusal as refusal:
            refusal.apply_to(form)
            return _show(request, _visible(request, pk), form, refusal.status)
        messages.success(request, _("说明已记录"))
        return redirect("deadlines:signal", row.pk)
    return _show(request, row, form, 400)


@permission("signals.review")
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Chief or trial management accepts the answer or asks again."""
    row, form = _visible(request, pk), AnswerForm(request.POST)
    if form.is_valid():
        accepted = request.POST.get("act") == "accept"
        try:
            services.review(actor=request.user, signal_id=row.pk, accepted=accepted, text=form.cleaned_data["text"])
        except Refusal as refusal:
            refusal.apply_to(form)
            return _show(request, _visible(request, pk), form, refusal.status)
        messages.success(request, _("已了结") if accepted else _("已请承办法官再说明"))
        return redirect("deadlines:signal", row.pk)
    return _show(request, row, form, 400)


def _visible(request: HttpRequest, pk: int) -> Signal:
    rows = Signal.objects.visible_to(request.user).select_related("case", "case__judge", "case__division", "clock")
    return get_object_or_404(rows, pk=pk)


def _show(request: HttpRequest, row: Signal, form: AnswerForm | None = None, status: int = 200) -> HttpResponse:
    context = {
        "row": _row(request.user, row), "signal": row, "form": form or AnswerForm(),
        "may_answer": policy.can_answer(request.user, row), "may_review": policy.can_review(request.user, row),
        "may_list": allowed(request.user, "deadlines.list"),
    }  # fmt: skip
    return render(request, "deadlines/signals/signal.html", context, status=status)


def _row(user: Any, row: Signal) -> dict[str, Any]:
    rule = next((detector for detector in detectors() if detector.id == row.detector), None)
    language = get_language() or ""
    return {
        "signal": row, "name": rule.name(language) if rule else row.detector,
        "how": rule.explained(language) if rule else "", "evidence": [told(item) for item in row.evidence],
        "late": row.state in (SignalState.ASKED, SignalState.REFERRED) and row.due_on < court_clock.today(),
        "may_answer": policy.can_answer(user, row),
    }  # fmt: skip


def told(item: dict[str, Any]) -> dict[str, Any]:
    """One piece of evidence for the page."""
    day = {
        key: date.fromisoformat(item[key]) if item.get(key) else None for key in ("from", "to", "asked", "due", "day")
    }
    kind = item.get("kind", "")
    if kind == "stop":
        name = wording.ground_name(item["ground"])
        return {"name": name, "from": day["from"], "to": day["to"], "days": item["days"],
                "note": item.get("document") or _("没有写明材料")}  # fmt: skip
    if kind == "request":
        note = _("届满前 %(n)s 日申请") if item["days"] >= 0 else _("届满后 %(n)s 日申请")
        return {"name": _("申请延长"), "from": day["asked"], "to": day["due"], "days": abs(item["days"]),
                "note": f"{note % {'n': abs(item['days'])}} {item.get('reason', '')}".strip()}  # fmt: skip
    if kind == "received":
        return {"name": _("收到鉴定意见"), "from": day["day"], "to": None, "days": item["days"],
                "note": _("%(n)s 日后恢复计算") % {"n": item["days"]}}  # fmt: skip
    return {"name": _("计入天数"), "from": day["from"], "to": None, "days": item["counted"],
            "note": _("自然天数 %(calendar)s 日，计入 %(counted)s 日") % item}  # fmt: skip
