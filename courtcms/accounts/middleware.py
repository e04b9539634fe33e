"""Session rules: idle sessions end."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

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
