"""Pages that belong to no room: errors in the look of the house, the theme, the gallery of components."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from courtcms.core import gallery
from courtcms.core.context import THEME_COOKIE, THEMES, Frame
from courtcms.core.middleware import request_id_of_this_context

A_YEAR = 365 * 24 * 3600


def _error(request: HttpRequest, template: str, status: int) -> HttpResponse:
    return render(request, template, {"request_id": request_id_of_this_context.get()}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _error(request, "400.html", 400)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 without reasons of its own; a `NotAllowed` refusal brings them."""
    return _error(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _error(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; drawn without database, session or context processors, which may be what failed."""
    context = {"frame": Frame(request), "request_id": request_id_of_this_context.get(), "request": request}
    return HttpResponse(render_to_string("500.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere."""
    return _error(request, "csrf.html", 403)


def back_to(request: HttpRequest) -> str:
    """The address in `next` when it is one of ours, else the start page."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"


@login_not_required
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie of this browser; anything unknown means the system's own."""
    response = HttpResponseRedirect(back_to(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES[1:]:
        response.set_cookie(
            THEME_COOKIE, theme, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


@login_not_required
def design(request: HttpRequest) -> HttpResponse:
    """Every component with its class names, on invented data (development only)."""
    context: dict[str, Any] = gallery.examples(request)
    return render(request, "design.html", context)
