"""What may be entered on the page of a clock. Each answers a refusal with the page, the input and every reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtcms.accounts.decorators import permission
from courtcms.audit.services import act as audited
from courtcms.core.errors import Refusal
from deadlines.clocks import extension_services, forms, interval_services, restart_services
from deadlines.clocks.models import Clock
from deadlines.clocks.views import show_clock, visible_clock


def _enter(
    request: HttpRequest,
    clock: Clock,
    name: str,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], Any],
    done: str,
) -> HttpResponse:
    if form.is_valid():
        data = {key: value for key, value in form.cleaned_data.items() if key != "correction"}
        why = form.cleaned_data.get("correction") or form.cleaned_data.get("reason", "")
        try:
            with audited(
                actor=request.user, verb="deadlines.clock.correct", permission="deadlines.change", reason=why,
                target=clock, case_id=clock.case_id,
            ):  # fmt: skip
                result = act(data)
        except Refusal as refusal:
            refusal.apply_to(form)
            return show_clock(request, clock, status=refusal.status, **{name: form})
        messages.success(request, done)
        return redirect("deadlines:clock", result.pk if isinstance(result, Clock) else clock.pk)
    return show_clock(request, clock, status=400, **{name: form})


@permission("deadlines.change")
@require_POST
def add_interval(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a deduction or suspension."""
    clock = visible_clock(request, pk)
    form = forms.IntervalForm(request.POST, clock=clock)
    return _enter(
        request, clock, "add_interval", form,
        lambda data: interval_services.add_interval(actor=request.user, clock=clock, draft=form.draft()),
        _("已登记不计入审限的期间，届满日已重新推算"),
    )  # fmt: skip


@permission("deadlines.change")
@require_POST
def end_interval(request: HttpRequest, pk: int) -> HttpResponse:
    """Resume a paused clock."""
    clock = visible_clock(request, pk)
    return _enter(
        request, clock, "end_interval", forms.ResumeForm(request.POST, prefix="resume"),
        lambda data: interval_services.end_interval(
            actor=request.user, interval=get_object_or_404(clock.intervals, pk=data["interval"]),
            ends_on=data["ends_on"], document=data["end_document"],
        ),
        _("已恢复计算，届满日已重新推算"),
    )  # fmt: skip


@permission("deadlines.change")
@require_POST
def void_interval(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wrong interval out of the count."""
    clock = visible_clock(request, pk)
    return _enter(
        request, clock, "void_interval", forms.VoidForm(request.POST),
        lambda data: interval_services.void_interval(
            actor=request.user, interval=get_object_or_404(clock.intervals, pk=data["interval"]), reason=data["reason"]
        ),
        _("已撤销，届满日已重新推算"),
    )  # fmt: skip


@permission("deadlines.change")
@require_POST
def add_extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an extension asked for or approved."""
    clock = visible_clock(request, pk)
    form = forms.ExtensionForm(request.POST, prefix="extend")
    return _enter(
        request, clock, "add_extension", form,
        lambda data: extension_services.extend_clock(actor=request.user, clock=clock, draft=form.draft()),
        _("已登记延长"),
    )  # fmt: skip


@permission("deadlines.change")
@require_POST
def decide_extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the decision on an extension."""
    clock = visible_clock(request, pk)
    return _enter(
        request, clock, "decide_extension", forms.DecisionForm(request.POST, prefix="decide"),
        lambda data: extension_services.decide_extension(
            actor=request.user, extension=get_object_or_404(clock.extensions, pk=data["extension"]),
            approved=data["approved"], decided_on=data["decided_on"], approved_by=data["approved_by"],
        ),
        _("已登记决定"),
    )  # fmt: skip


@permission("deadlines.change")
@require_POST
def restart(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the limit anew from an event."""
    clock = visible_clock(request, pk)
    return _enter(
        request, clock, "restart", forms.RestartForm(request.POST, clock=clock, prefix="restart"),
        lambda data: restart_services.restart_clock(actor=request.user, clock=clock, **data),
        _("审限已重新计算"),
    )  # fmt: skip


@permission("deadlines.change")
@require_POST
def convert(request: HttpRequest, pk: int) -> HttpResponse:
    """Change of procedure."""
    clock = visible_clock(request, pk)
    return _enter(
        request, clock, "convert", forms.ConvertForm(request.POST, clock=clock, prefix="convert"),
        lambda data: restart_services.convert_clock(actor=request.user, clock=clock, **data),
        _("程序已转换，新的期限已起算"),
    )  # fmt: skip
