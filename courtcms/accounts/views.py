"""`/me/`: one's own posts and absences."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courtcms.accounts import selectors, services
from courtcms.accounts.decorators import permission
from courtcms.accounts.forms import AbsenceForm
from courtcms.accounts.models import Absence
from courtcms.accounts.policy import needs_second_factor
from courtcms.core import clock
from courtcms.core.errors import Refusal


def _page(request: HttpRequest, form: AbsenceForm, status: int = 200) -> HttpResponse:
    user = request.user
    context = {
        "form": form,
        "today": clock.today(),
        "appointments": selectors.appointments_of(user),
        "absences": selectors.absences_of(user)[:20],
        "substitutions": selectors.substitutions_of(user),
        "needs_second_factor": needs_second_factor(user),
    }
    return render(request, "accounts/me.html", context, status=status)


@permission("accounts.own")
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """My posts, my absences, whom I stand in for."""
    return _page(request, AbsenceForm(user=request.user))


@permission("accounts.own")
@require_POST
def declare_absence(request: HttpRequest) -> HttpResponse:
    """Declare an absence with a substitute."""
    form = AbsenceForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            made = services.declare_absence(actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            refusal.apply_to(form)
        else:
            messages.success(request, _("已登记离岗，由 %(name)s 代理") % {"name": made.substitute.display_name})
            return redirect("me")
    return _page(request, form, status=400)


@permission("accounts.own")
@require_POST
def cancel_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an absence of mine."""
    services.cancel_absence(actor=request.user, absence=get_object_or_404(Absence, pk=pk, user=request.user))
    messages.success(request, _("已撤销离岗登记"))
    return redirect("me")


@permission("accounts.own")
@require_POST
def keep_alive(request: HttpRequest) -> HttpResponse:
    """The person is still there: the middleware has noted this request."""
    return HttpResponse(status=204)
