"""`/people/`: who works here and in which posts. The administrator changes, the discipline office reads."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courtcms.accounts import selectors, services
from courtcms.accounts.decorators import permission
from courtcms.accounts.forms import AppointmentForm, EndForm, PersonForm, ReasonForm
from courtcms.accounts.models import Appointment, User
from courtcms.accounts.policy import allowed
from courtcms.accounts.posts import Post
from courtcms.core import clock, pagination
from courtcms.core.errors import Refusal
from courtcms.courts.models import Court, Division

PAGE = 40


def _post(request: HttpRequest) -> str:
    chosen = request.GET.get("post", "")
    return chosen if chosen in Post.values else ""


@permission("accounts.see_people")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """People by name, with today's posts."""
    query, active = request.GET.get("q", "").strip()[:60], request.GET.get("state") != "left"
    found = selectors.people(query, _post(request), active)
    page = pagination.page(found, ["name", "pk"], request.GET.get("cursor", ""), PAGE)
    context = {"page": page, "query": query, "post": _post(request), "posts": Post.choices, "active": active}
    return render(request, "accounts/people.html", context | {"may_change": allowed(request.user, "accounts.appoint")})


@permission("accounts.see_people")
@require_GET
def appointments(request: HttpRequest) -> HttpResponse:
    """Posts and periods: held today, to come, ended."""
    state = request.GET.get("state", "now")
    found = selectors.appointments(state, _post(request))
    page = pagination.page(found, ["post", "since", "pk"], request.GET.get("cursor", ""), PAGE)
    words = {"now": _("在任"), "future": _("将任"), "past": _("已止")}
    tabs = [{"title": word, "href": f"?state={key}", "current": key == state} for key, word in words.items()]
    context = {"page": page, "tabs": tabs, "state": state, "post": _post(request), "posts": Post.choices}
    return render(
        request, "accounts/appointments.html", context | {"may_change": allowed(request.user, "accounts.appoint")}
    )


@permission("accounts.appoint")
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Open an account; the first password is shown once."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, password = services.add_person(actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            refusal.apply_to(form)
        else:
            return _person(request, made, password=password)
    return render(request, "accounts/person_form.html", {"form": form}, status=400 if form.errors else 200)


def _divisions() -> Any:
    return Division.objects.filter(court__code=settings.COURTCMS_COURT_CODE, closed_on__isnull=True).order_by(
        "order", "code"
    )


def _person(request: HttpRequest, user: User, status: int = 200, **extra: Any) -> HttpResponse:
    context = {
        "person": user,
        "today": clock.today(),
        "appointments": selectors.appointments_of(user),
        "absences": selectors.absences_of(user)[:20],
        "may_change": allowed(request.user, "accounts.appoint"),
        "form": AppointmentForm(divisions=_divisions(), initial={"since": clock.today()}),
        "end_form": EndForm(initial={"until": clock.today()}, auto_id="end_%s"),
        "password_form": ReasonForm(auto_id="password_%s"),
    }
    return render(request, "accounts/person.html", context | extra, status=status)


@permission("accounts.see_people")
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts, periods, absences."""
    return _person(request, get_object_or_404(User, pk=pk))


@permission("accounts.appoint")
@require_POST
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a post."""
    user = get_object_or_404(User, pk=pk)
    form = AppointmentForm(request.POST, divisions=_divisions())
    if form.is_valid():
        fields = form.cleaned_data
        try:
            services.appoint(actor=request.user, user=user, court=_court(fields["division"]), **fields)
        except Refusal as refusal:
            refusal.apply_to(form)
        else:
            messages.success(request, _("已登记任职"))
            return redirect("person", pk=pk)
    return _person(request, user, status=400, form=form)


def _court(division: Division | None) -> Court:
    return division.court if division else Court.objects.get(code=settings.COURTCMS_COURT_CODE)


@permission("accounts.appoint")
@require_POST
def end_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post."""
    appointment = get_object_or_404(Appointment.objects.select_related("user"), pk=pk)
    form = EndForm(request.POST, auto_id="end_%s")
    if form.is_valid():
        until: date = form.cleaned_data["until"]
        try:
            services.end_appointment(
                actor=request.user, appointment=appointment, until=until, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            refusal.apply_to(form)
        else:
            messages.success(request, _("已登记免职"))
            return redirect("person", pk=appointment.user_id)
    return _person(request, appointment.user, status=400, end_form=form, ending=appointment)


@permission("accounts.appoint")
@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new password, shown once."""
    user = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST, auto_id="password_%s")
    if form.is_valid():
        try:
            password = services.reset_password(actor=request.user, user=user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            refusal.apply_to(form)
        else:
            return _person(request, user, password=password)
    return _person(request, user, status=400, password_form=form)
