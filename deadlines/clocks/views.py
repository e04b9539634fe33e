"""Pages of clocks: the list by risk, the clock with its derivation, the panel of the case page."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.intake.models import Case
from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core import clock as court_clock
from courtcms.core.pagination import page
from courtcms.core.templatetags.court import Fig, level_word
from deadlines.clocks import forms, policy, selectors
from deadlines.clocks.derivations import derivation_of
from deadlines.clocks.models import Clock, ClockRole, ExtensionStatus
from deadlines.clocks.querysets import LIVE, RISKS

PAGE_SIZE = 50


def visible_clock(request: HttpRequest, pk: int) -> Clock:
    """The clock with its ledger, when its case lies within the person's posts; else 404."""
    rows = Clock.objects.visible_to(request.user).select_related("case", "case__judge", "case__division")
    return get_object_or_404(rows.prefetch_related("intervals", "extensions", "restarts"), pk=pk)


@permission("deadlines.list")
def clock_list(request: HttpRequest) -> HttpResponse:
    """`?risk=` one of overdue urgent near ample paused, `?role=`, `?provisional=on`; by due date, keyset pages."""
    today = court_clock.today()
    filters = forms.ListFilter(request.GET)
    filters.is_valid()
    chosen = filters.cleaned_data
    role = chosen.get("role") or ClockRole.TRIAL
    mine = Clock.objects.visible_to(request.user).filter(role=role)
    risk = chosen.get("risk") or ""
    rows = mine.at_risk(risk, today) if risk else mine.live()
    if chosen.get("provisional"):
        rows = rows.filter(provisional=True)
    rows = rows.select_related("case", "case__judge", "case__division").defer("derivation")
    found = page(rows, ["due_on", "id"], chosen.get("cursor") or "", PAGE_SIZE)
    context = {
        "page": found,
        "rows": selectors.rows_of(found.rows, today),
        "figures": _figures(mine.risk_counts(today), risk, role),
        "roles": ClockRole.choices,
        "role": role,
        "risk": risk,
        "provisional": bool(chosen.get("provisional")),
        "show_scans": allowed(request.user, "deadlines.scans"),
        "show_board": allowed(request.user, "longpending.see"),
        "show_signals": allowed(request.user, "signals.list"),
    }
    return render(request, "deadlines/clocks/list.html", context)


def _figures(counts: dict[str, int], risk: str, role: str) -> list[Fig]:
    """Each number opens its list."""
    base = reverse("deadlines:list")
    total = Fig(_("全部"), sum(counts.values()), f"{base}?role={role}", current=not risk)
    parts = [
        Fig(level_word(name), counts[name], f"{base}?role={role}&risk={name}", level=name, current=risk == name)
        for name in RISKS
    ]
    return [total, *parts]


@permission("deadlines.read")
def case_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The clocks of a case, as a fragment for the case page."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    rows = selectors.clocks_of(case)
    main = next((row for row in rows if row.clock.role == ClockRole.TRIAL), None)
    context = {
        "case": case,
        "rows": rows,
        "main": main,
        "derivation": derivation_of(main.clock) if main else None,
    }
    return render(request, "deadlines/clocks/panel.html", context)


@permission("deadlines.read")
def case_head(request: HttpRequest, pk: int) -> HttpResponse:
    """Days left of the trial limit, large, for the head of the case page; nothing when no such clock lives."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    main = Clock.objects.filter(case=case, role=ClockRole.TRIAL).live().order_by("due_on", "id").first()
    return render(request, "deadlines/clocks/head.html", {"row": selectors.row_of(main) if main else None})


@permission("deadlines.read")
def clock_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One clock: every date with its working, the ledger, and what the reader may enter."""
    return show_clock(request, visible_clock(request, pk))


def show_clock(request: HttpRequest, clock: Clock, status: int = 200, **bound: Form) -> HttpResponse:
    """The clock page, with the forms the person may use; `bound` holds a form that was refused."""
    may_change = policy.can_change(request.user, clock) and clock.status in LIVE
    context = {
        "clock": clock,
        "row": selectors.row_of(clock),
        "derivation": derivation_of(clock),
        "next": selectors.next_extension(clock) if clock.group == "limit" else None,
        "today": court_clock.today(),
        "ledger": selectors.ledger_of(clock),
        "may_change": may_change,
        "may_ask": allowed(request.user, "changes.ask") and clock.status in LIVE,
        "is_live": clock.status in LIVE,
        "asked": clock.changes.filter(state__in=["asked", "chief_ok", "sent_up", "returned"]).order_by("pk"),
        "changes": changes_of(clock, bound) if may_change else [],
        "form": next(iter(bound.values()), None),
    }
    return render(request, "deadlines/clocks/detail.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that may be entered on the page of a clock."""

    form: Form
    url: str
    title: str
    button: str
    hint: str
    is_open: bool


def changes_of(clock: Clock, bound: dict[str, Form]) -> list[Change]:
    """What may be entered now; a change that the law or the state of the clock does not allow is left out."""
    words = {
        "end_interval": (_("恢复计算"), _("恢复计算"), ""),
        "decide_extension": (_("登记对延长申请的决定"), _("登记决定"), ""),
        "add_interval": (
            _("登记扣除或者中止"), _("登记"), _("只有法律列明的事由可以选；当事人信访、内部讨论、邮寄送达不停止计算。"),
        ),
        "add_extension": (
            _("登记延长"), _("登记"), _("申请须在法定时间以前提出；批准之前仍按原届满日管理。"),
        ),
        "restart": (_("审限重新计算"), _("登记"), _("补充侦查后移送回院、改变管辖等，从该日次日起重新计算。")),
        "convert": (_("程序转换"), _("登记"), _("本期限终止，按新程序的期限计算。")),
    }  # fmt: skip
    shown = _empty_forms(clock)
    return [
        Change(
            bound.get(name, form), reverse(f"deadlines:{name}", args=[clock.pk]), *words[name],
            is_open=name in bound or name in ("end_interval", "decide_extension"),
        )
        for name, form in shown.items()
    ]  # fmt: skip


def _empty_forms(clock: Clock) -> dict[str, Form]:
    open_ones = [row for row in clock.intervals.all() if row.ends_on is None and row.voided_on is None]
    asked = next((row for row in clock.extensions.all() if row.status == ExtensionStatus.ASKED), None)
    found: dict[str, Form] = {}
    if open_ones:
        found["end_interval"] = forms.ResumeForm(initial={"interval": open_ones[0].pk}, prefix="resume")
    if asked is not None:
        found["decide_extension"] = forms.DecisionForm(initial={"extension": asked.pk}, prefix="decide")
    found["add_interval"] = forms.IntervalForm(clock=clock)
    if asked is None and selectors.next_extension(clock) is not None:
        found["add_extension"] = forms.ExtensionForm(prefix="extend")
    if forms.restart_choices(clock):
        found["restart"] = forms.RestartForm(clock=clock, prefix="restart")
    if forms.convert_choices(clock):
        found["convert"] = forms.ConvertForm(clock=clock, prefix="convert")
    return found
