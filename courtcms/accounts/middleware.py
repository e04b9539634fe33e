"""Session rules: idle sessions end, and some posts need a second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from courtcms.accounts.policy import needs_second_factor
from courtcms.core import clock

Handler = Callable[[HttpRequest], HttpResponse]


def idle_session(get_response: Handler) -> Handler:
    """End a session that lay idle for `SESSION_IDLE_SECONDS`; the last activity is written at most once a minute."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            moment = int(clock.now().timestamp())
            last = request.session.get("active_at", moment)
            if moment - last > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif moment - last > 60 or "active_at" not in request.session:
                request.session["active_at"] = moment
        return get_response(request)

    return middleware


#: what stays open to somebody who still has to set up the second factor
BEFORE_SECOND_FACTOR = ("account_", "mfa_", "set_language", "display", "keep_alive")


def second_factor(get_response: Handler) -> Handler:
    """Where the setting forces it, chiefs and above set up their second factor before anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.SECOND_FACTOR_FORCED or not request.user.is_authenticated:
            return get_response(request)
        try:
            name = resolve(request.path_info).url_name or ""
        except Resolver404:
            return get_response(request)  # the page that is not there says so itself
        if name.startswith(BEFORE_SECOND_FACTOR) or not needs_second_factor(request.user):
            return get_response(request)
        return get_response(request) if is_mfa_enabled(request.user) else redirect("mfa_activate_totp")

    return middleware
