"""The calendar page: a year as it is known, and the entry of a published schedule."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed, require
from courtcms.core import clock
from courtcms.core.errors import Refusal
from deadlines.calendars import selectors, services
from deadlines.calendars.forms import ScheduleForm
from deadlines.calendars.models import YearStatus

FIRST_SHOWN, LAST_SHOWN = 2000, 2050


@permission("deadlines.see_calendar")
def year_page(request: HttpRequest) -> HttpResponse:
    """`?year=`: twelve months, published or provisional; trial management and the administrator may enter a year."""
    year = _year(request)
    form = ScheduleForm(request.POST or None)
    status = 200
    if request.method == "POST":
        require(request.user, "deadlines.calendar")
        status = 400
        if form.is_valid():
            try:
                services.enter_schedule(actor=request.user, year=year, names={}, **form.cleaned_data)
            except Refusal as refusal:
                refusal.apply_to(form)
                status = refusal.status
            else:
                messages.success(request, _("%(year)s 年的放假安排已录入，受影响的期限正在重新推算") % {"year": year})
                return redirect(f"{reverse('deadlines:calendar')}?year={year}")
    context = {
        "view": selectors.year_view(year),
        "years": selectors.years_around(year),
        "form": form if allowed(request.user, "deadlines.calendar") else None,
        "may_list": allowed(request.user, "deadlines.list"),
        "today": clock.today(),
        "weekdays": [_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日")],
    }
    return render(request, "deadlines/calendars/year.html", context, status=status)


@permission("deadlines.calendar")
def desk_panel(request: HttpRequest) -> HttpResponse:
    """Whether this year and the next have a published schedule, for those who enter it."""
    year = clock.today().year
    rows = {row.year: row for row in selectors.years_around(year, 1)}
    years = [
        {"year": y, "is_published": y in rows and rows[y].status == YearStatus.PUBLISHED} for y in (year, year + 1)
    ]
    return render(request, "deadlines/calendars/desk_panel.html", {"years": years})


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else clock.today().year
    return min(max(year, FIRST_SHOWN), LAST_SHOWN)
