"""“My case”: a party sees its own case by case number and query code. The only pages of this site that set a cookie.

The cookie lies below this address alone, lasts half an hour, is sealed by this server and holds the key of one row.
Nothing here may be kept by a cache or an index; the page runs no script at all.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from csp.decorators import csp
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from rest_framework.throttling import AnonRateThrottle

from courtcms.core import clock
from publicity.portal import mycase, sealing
from publicity.portal.models import CaseAccess

View = Callable[..., HttpResponse]
SESSION_SECONDS = 30 * 60
#: wrong codes from one address, and for one row from anywhere, within an hour
TRIES, TRIES_FOR_ROW, WITHIN = 10, 30, 3600
COOKIES = {"zh-hans": "courtcms_my", "en": "courtcms_my_en"}
POLICY = {
    "default-src": ["'none'"], "style-src": ["'self'"], "img-src": ["'self'", "data:"], "font-src": ["'self'"],
    "form-action": ["'self'"], "base-uri": ["'none'"], "frame-ancestors": ["'none'"],
}  # fmt: skip


def private(view: View) -> View:
    """No cache, no index, no referrer, no script; no token against forgery, for the cookie goes to this site only."""

    @csrf_exempt
    @csp(POLICY)
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return wrapped


class SignIn(forms.Form):
    """Case number and query code, as the slip bears them."""

    case_number = forms.CharField(
        label=_("案号"), max_length=80, help_text=_("如 （2026）津02民初1号，括号写法不限"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("查询码"), max_length=40, help_text=_("受理通知书所附的十六位查询码，大小写、横线不限"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


@private
@require_http_methods(["GET", "HEAD", "POST"])
def my_case(request: HttpRequest) -> HttpResponse:
    """The form, and with a session the case itself."""
    if request.method == "POST":
        return _sign_in(request)
    content = _content(request)
    if content is None:
        gone = any(name in request.COOKIES for name in COOKIES.values())
        return _forget(render(request, "portal/my_case_sign_in.html", {"form": SignIn(), "ended": gone}))
    return render(request, "portal/my_case.html", {"my": mycase.shown(content, get_language() or "", clock.today())})


@private
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session."""
    return _forget(HttpResponseRedirect(reverse("portal:my_case")))


def _sign_in(request: HttpRequest) -> HttpResponse:
    form = SignIn(request.POST)
    if not form.is_valid():
        return render(request, "portal/my_case_sign_in.html", {"form": form}, status=400)
    number, code = form.cleaned_data["case_number"], form.cleaned_data["code"]
    counters = _counters(request, sealing.name_of(code))
    if any(cache.get(key, 0) >= most for key, most in counters):
        form.add_error(None, _("错误次数过多，请一小时后再试，或者拨打 12368"))
        return render(request, "portal/my_case_sign_in.html", {"form": form}, status=429)
    row = _row(sealing.name_of(code))
    try:
        if row is None:
            sealing.waste_time(code, number)
            raise sealing.Closed
        key = sealing.unlock(code, number, sealing.Lock(row.name, row.salt, row.wrapped))
    except sealing.Closed:
        for key_of_counter, _most in counters:
            cache.add(key_of_counter, 0, WITHIN)
            with contextlib.suppress(ValueError):  # it ran out in between
                cache.incr(key_of_counter)
        form.add_error(None, _("案号或者查询码不对，或者查询码已经失效。可向书记员或者 12368 申请补发"))
        return render(request, "portal/my_case_sign_in.html", {"form": form}, status=403)
    return _remember(request, HttpResponseRedirect(reverse("portal:my_case")), row.name, key)


def _counters(request: HttpRequest, name: str) -> list[tuple[str, int]]:
    address = AnonRateThrottle().get_ident(request)  # type: ignore[arg-type]  it reads META only
    return [(f"my-case:from:{address}", TRIES), *([(f"my-case:row:{name}", TRIES_FOR_ROW)] if name else [])]


def _row(name: str, today: date | None = None) -> CaseAccess | None:
    return CaseAccess.objects.filter(name=name, expires_on__gte=today or clock.today()).first() if name else None


def _remember(request: HttpRequest, response: HttpResponse, name: str, key: bytes) -> HttpResponse:
    value = {"name": name, "key": base64.b64encode(key).decode(), "until": clock.now().timestamp() + SESSION_SECONDS}
    token = sealing.pack(settings.SECRET_KEY, value)
    for cookie, path in _places():
        response.set_cookie(
            cookie, token, max_age=SESSION_SECONDS, path=path, httponly=True, samesite="Strict",
            secure=request.is_secure(),
        )  # fmt: skip
    return response


def _forget(response: HttpResponse) -> HttpResponse:
    for cookie, path in _places():
        response.delete_cookie(cookie, path=path, samesite="Strict")
    return response


def _places() -> list[tuple[str, str]]:
    """One cookie for each language, below the addresses of this page and of no other."""
    found = []
    for language, cookie in COOKIES.items():
        with translation.override(language):
            found.append((cookie, reverse("portal:my_case")))
    return found


def _content(request: HttpRequest) -> Any:
    """What the session opens; None without one, after half an hour, and as soon as the code was revoked."""
    token = next((request.COOKIES[name] for name in COOKIES.values() if name in request.COOKIES), "")
    try:
        value = sealing.unpack(settings.SECRET_KEY, token)
        row = _row(value["name"]) if value["until"] > clock.now().timestamp() else None
        return sealing.unseal(base64.b64decode(value["key"]), row.sealed, row.name) if row else None
    except (sealing.Closed, ValueError, KeyError, TypeError):
        return None
