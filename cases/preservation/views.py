"""`/preservation/`: measures by expiry, one application with its acts, notices for printing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.intake.policy import note_reading
from cases.page_acts import act_in_case, case_or_404, offered
from cases.page_acts import perform as perform_act
from cases.preservation import selectors
from cases.preservation.acts import ACTS, APPLY
from cases.preservation.models import Lapse, PreservationApplication, Reminder, Renewal
from cases.preservation.services import preserved
from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core import clock, pagination
from courtcms.core.templatetags.court import Fig

PAGE = 50


def _figures(counts: dict[str, int], view: str) -> list[Fig]:
    words = [
        ("active", _("有效"), ""), ("within90", _("九十日内届满"), ""), ("within60", _("六十日内届满"), ""),
        ("within30", _("三十日内届满"), "near"), ("within7", _("七日内届满"), "urgent"), ("lapsed", _("已失效"), ""),
        ("unexplained", _("失效未说明"), "overdue"),
    ]  # fmt: skip
    base = reverse("preservation:list")
    return [
        Fig(word, counts[key], f"{base}?view={key}", level=level, current=view == key) for key, word, level in words
    ]


@permission("preservation.list")
@require_GET
def measure_list(request: HttpRequest) -> HttpResponse:
    """Measures within the person's scope by expiry; the figures on top open each rung."""
    today, view = clock.today(), request.GET.get("view", "")
    rows = selectors.listed(request.user, view, today)
    page = pagination.page(rows, selectors.ORDER, request.GET.get("cursor", ""), PAGE)
    for row in page.rows:
        row.days = selectors.days_left(row, today)
    context = {"page": page, "figures": _figures(selectors.counts(request.user, today), view), "view": view}
    return render(request, "cases/preservation/list.html", context)


def _visible(request: HttpRequest, pk: int) -> PreservationApplication:
    row = selectors.visible(request.user, pk)
    if row is None:
        raise Http404(_("没有这次保全，或者不在您的办案、管理范围内"))
    return row


def show(request: HttpRequest, row: PreservationApplication, status: int = 200, bound: Any = None) -> HttpResponse:
    """One application with its measures and what may be done now."""
    today = clock.today()
    measures = list(row.measures.all())
    for measure in measures:
        measure.days = selectors.days_left(measure, today)
    ids = [measure.pk for measure in measures]
    context = {
        "row": row,
        "case": row.case,
        "measures": measures,
        "preserved": preserved(row),
        "excess": selectors.excess(row),
        "renewals": Renewal.objects.filter(measure__in=ids).select_related("measure"),
        "reminders": Reminder.objects.filter(measure__in=ids).select_related("measure"),
        "lapses": Lapse.objects.filter(measure__in=ids).select_related("measure", "explained_by"),
        "acts": offered(request.user, row, ACTS, bound),
        "form": next(iter((bound or {}).values()), None),
    }
    return render(request, "cases/preservation/detail.html", context, status=status)


@permission("preservation.list")
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one application."""
    row = _visible(request, pk)
    note_reading(request.user, row.case, "preservation")
    return show(request, row)


@permission("preservation.enter")
@require_POST
def perform(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Do one act; each act asks for its own permission as well."""
    return perform_act(request, _visible(request, pk), ACTS, key, show, reverse("preservation:detail", args=[pk]))


@permission("preservation.enter")
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an application in a case."""
    return act_in_case(request, pk, APPLY)


@permission("preservation.list")
@require_GET
def case_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of the case page."""
    case, today = case_or_404(request, pk), clock.today()
    rows = selectors.of_case(case)
    for row in rows:
        row.excess = selectors.excess(row)
        row.shown = list(row.measures.all())
        for measure in row.shown:
            measure.days = selectors.days_left(measure, today)
    may = allowed(request.user, "preservation.enter") and case.status != "cancelled"
    return render(request, "cases/preservation/panel.html", {"case": case, "rows": rows, "may_apply": may})


@permission("preservation.list")
@require_GET
def lapses(request: HttpRequest) -> HttpResponse:
    """Measures that ran out, as incidents: trial management and discipline see those of the whole court."""
    state = request.GET.get("state", "")
    rows = selectors.lapses(request.user, state)
    page = pagination.page(rows, ["-lapsed_on", "-id"], request.GET.get("cursor", ""), PAGE)
    today = clock.today()
    for row in page.rows:
        row.overdue = row.explained_on is None and row.answer_by < today
    counts = selectors.lapse_counts(request.user, today)
    base = reverse("preservation:lapses")
    words = (("", _("全部"), ""), ("open", _("未说明"), "near"), ("late", _("逾期未说明"), "overdue"),
             ("explained", _("已说明"), ""))  # fmt: skip
    figures = [
        Fig(word, counts[key or "all"], f"{base}?state={key}" if key else base, level=level, current=key == state)
        for key, word, level in words
    ]
    return render(request, "cases/preservation/lapses.html", {"page": page, "figures": figures})


@permission("preservation.list")
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A reminder for printing."""
    found = get_object_or_404(Reminder.objects.select_related("measure"), pk=pk)
    row = _visible(request, found.measure.application_id)
    context = {"reminder": found, "measure": found.measure, "row": row, "case": row.case}
    return render(request, "cases/preservation/notice.html", context)
