"""The public list of hearings: by day, searchable by case number, nothing but what was announced."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courtcms.core import pagination
from courtcms.core.clock import start_of_day, today
from publicity.portal.hearing_selectors import listed
from publicity.portal.models import Hearing
from publicity.portal.views import public_page

PAGE_SIZE = 50


class HearingSearch(forms.Form):
    """A day and the beginning of a case number."""

    day = forms.DateField(required=False)
    q = forms.CharField(required=False, max_length=80)


def asked(request: HttpRequest) -> tuple[date | None, str, bool]:
    """Day and case number of an address, and whether they make sense."""
    form = HearingSearch(request.GET)
    sound = form.is_valid()
    day, number = form.cleaned_data.get("day"), form.cleaned_data.get("q") or ""
    if day is not None and not 2000 <= day.year <= 2100:
        day, sound = None, False
    return day, number, sound


@public_page
def hearings(request: HttpRequest) -> HttpResponse:
    """`?day=` one day, `?q=` a case number; without a day everything from today on."""
    day, number, sound = asked(request)
    context: dict[str, Any] = {
        "page": pagination.page(listed(number, day), ["starts_at", "id"], request.GET.get("cursor", ""), PAGE_SIZE),
        "day": day,
        "q": number,
        "days": _days(),
        "sound": sound,
    }
    return render(request, "portal/hearings.html", context, status=200 if sound else 400)


def _days() -> list[date]:
    """The next days that have hearings, for quick choice."""
    moments = Hearing.objects.filter(starts_at__gte=start_of_day(today())).datetimes("starts_at", "day")[:7]
    return [moment.date() for moment in moments]
