"""Pages of hearings to read: week, month, cause list, one hearing, summonses, figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cases.intake import selectors as case_selectors
from cases.intake.models import Case
from cases.intake.policy import note_reading
from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core import clock
from courtcms.core.dates import weekday
from courtcms.core.pagination import page
from deadlines.hearings import forms, periods, selectors
from deadlines.hearings.checks import in_the_past
from deadlines.hearings.conflicts import warnings_of
from deadlines.hearings.drafts import bench_changed
from deadlines.hearings.models import Hearing, HearingStatus

PAGE_SIZE = 50


def visible_hearing(request: HttpRequest, pk: int) -> Hearing:
    """The hearing, when its case lies within the person's posts; else 404."""
    rows = Hearing.objects.visible_to(request.user).select_related("case__judge", "case__division", "courtroom")
    return get_object_or_404(rows.prefetch_related("participants__user"), pk=pk)


def may_schedule(request: HttpRequest) -> bool:
    """May the person arrange hearings at all?"""
    return allowed(request.user, "hearings.schedule")


def _frame(request: HttpRequest, shown: dict[str, Any]) -> dict[str, Any]:
    """What the week and the month share: choices, and what the person may do."""
    return {
        "shown": shown,
        "rooms": selectors.rooms(),
        "judges": selectors.judges(),
        "may_schedule": may_schedule(request),
        "may_bulk": allowed(request.user, "hearings.bulk"),
        "may_feed": allowed(request.user, "hearings.feed"),
        "today": clock.today(),
    }


@permission("hearings.list")
def week(request: HttpRequest) -> HttpResponse:
    """`?day=` any day of the week, `?by=room|judge`, `?room=`, `?judge=`."""
    shown = forms.ViewForm(request.GET).shown()
    first = shown["day"] - timedelta(days=shown["day"].weekday())
    days, rows = selectors.week(request.user, first, shown["by"], shown["room"], shown["judge"], may_schedule(request))
    context = {"days": days, "rows": rows, "first": first, "last": first + timedelta(days=6)}
    context |= {"earlier": first - timedelta(days=7), "later": first + timedelta(days=7)}
    return render(request, "deadlines/hearings/week.html", _frame(request, shown) | context)


@permission("hearings.list")
def month(request: HttpRequest) -> HttpResponse:
    """`?day=` any day of the month."""
    shown = forms.ViewForm(request.GET).shown()
    first = shown["day"].replace(day=1)
    weeks = selectors.month(request.user, first, shown["room"], shown["judge"])
    context = {
        "weeks": weeks,
        "first": first,
        "earlier": first - timedelta(days=1),
        "later": first + timedelta(days=32),
        "weekdays": [weekday(cell.day.day) for cell in weeks[0]],
    }
    return render(request, "deadlines/hearings/month.html", _frame(request, shown) | context)


@permission("hearings.list")
def day(request: HttpRequest) -> HttpResponse:
    """The day's cause list, for the screen and for paper."""
    shown = forms.ViewForm(request.GET).shown()
    chosen = shown["day"]
    context = {
        "hearings": selectors.cause_list(request.user, chosen, shown["room"], shown["judge"]),
        "earlier": chosen - timedelta(days=1),
        "later": chosen + timedelta(days=1),
    }
    return render(request, "deadlines/hearings/day.html", _frame(request, shown) | context)


@permission("hearings.list")
def listing(request: HttpRequest) -> HttpResponse:
    """Hearings by state and first date, the lists behind the figures of certainty."""
    asked = forms.ListForm(request.GET)
    asked.is_valid()
    chosen = asked.cleaned_data
    rows = selectors.narrowed(request.user, chosen.get("state") or "", chosen.get("first"), chosen.get("last"))
    found = page(rows, ["-first_on", "-id"], chosen.get("cursor") or "", PAGE_SIZE)
    context = {"page": found, "state": chosen.get("state") or "", "states": forms.STATE_WORDS}
    context |= {"first": chosen.get("first"), "last": chosen.get("last")}
    return render(request, "deadlines/hearings/list.html", context)


@permission("hearings.list")
def certainty(request: HttpRequest) -> HttpResponse:
    """How reliable the dates of this court are; each number opens its list."""
    return render(request, "deadlines/hearings/certainty.html", {"months": selectors.certainty(request.user)})


@permission("hearings.list")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One hearing: when, where, who, notice with its working, what may be done with it."""
    hearing = visible_hearing(request, pk)
    note_reading(request.user, hearing.case, "hearing")
    return render(request, "deadlines/hearings/show.html", show_context(request, hearing))


def show_context(request: HttpRequest, hearing: Hearing, **bound: Any) -> dict[str, Any]:
    """What the page of a hearing shows; `bound` holds a form that was refused."""
    acting = may_schedule(request)
    scheduled = hearing.status == HearingStatus.SCHEDULED
    began = in_the_past(hearing.starts_at)
    adjournable = scheduled or hearing.status == HearingStatus.HELD
    forms_of = {
        "adjourn_form": forms.AdjournForm() if acting and adjournable and hearing.case.status == "open" else None,
        "next_form": forms.NextForm(prefix="next", initial={"is_public": hearing.is_public}),
        "cancel_form": forms.CancelForm(prefix="cancel") if acting and scheduled else None,
    }
    return {
        "hearing": hearing,
        "case": hearing.case,
        "people": list(hearing.participants.all()),
        "notice": periods.notice_of(hearing.case, hearing.day),
        "simple": periods.simple_notice(hearing.case),
        "before": periods.before_of(hearing.case, hearing.day),
        "warnings": warnings_of(request.user, hearing.case, (hearing.starts_at, hearing.ends_at), (hearing.pk,))
        if scheduled
        else [],
        "cap": periods.cap_of(hearing.case),
        "adjournment": getattr(hearing, "adjournment", None),
        "following": getattr(hearing, "next", None),
        "bench_changed": scheduled and bench_changed(hearing),
        "may_move": acting and scheduled,
        "may_hold": acting and scheduled and began,
        **forms_of,
        **bound,
    }


@permission("hearings.list")
def summons(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft summonses, one sheet for each party, to print, check and seal."""
    hearing = visible_hearing(request, pk)
    note_reading(request.user, hearing.case, "summons")
    context = {
        "hearing": hearing,
        "case": hearing.case,
        "parties": list(hearing.case.parties.prefetch_related("representatives")),
        "bench": case_selectors.bench(hearing.case),
        "today": clock.today(),
    }
    return render(request, "deadlines/hearings/summons.html", context)


@permission("hearings.list")
def case_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The hearings of a case, and docket entries that wait for a room; a fragment of the case page."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    context = {
        "case": case,
        "hearings": selectors.of_case(case),
        "waiting": selectors.unscheduled([case.pk]),
        "cap": periods.cap_of(case),
        "may_schedule": may_schedule(request) and case.status == "open",
    }
    return render(request, "deadlines/hearings/case_panel.html", context)


@permission("hearings.schedule")
def desk_panel(request: HttpRequest) -> HttpResponse:
    """One's own hearings of this week and the next, and entries that wait for a room."""
    own = Case.objects.open().on_bench_of([request.user.pk]).values("pk")
    context = {
        "hearings": selectors.this_week(request.user),
        "waiting": selectors.unscheduled(own),
        "today": clock.today(),
    }
    return render(request, "deadlines/hearings/desk_panel.html", context)
