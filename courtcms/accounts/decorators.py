"""How a staff view or API view names its permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from courtcms.accounts.permissions import PERMISSIONS
from courtcms.accounts.policy import allowed, require

View = Callable[..., HttpResponse]
METHODS = ("GET", "HEAD", "POST")


def permission(name: str) -> Callable[[View], View]:
    """Only posts with this permission pass; the matrix test reads `view.permission`. Unknown names fail at import."""
    if name not in PERMISSIONS:
        raise KeyError(f"unknown permission {name!r}")

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request.user, name)
            if request.method not in METHODS:  # a page is read or sent; a view must not take a DELETE for a reading
                return HttpResponseNotAllowed(METHODS)
            return view(request, *args, **kwargs)

        wrapped.permission = name  # type: ignore[attr-defined]  read by the matrix test
        return wrapped

    return decorate


def Permitted(name: str) -> type[BasePermission]:
    """The same for API views: `permission_classes = [Permitted("cases.read")]`."""
    if name not in PERMISSIONS:
        raise KeyError(f"unknown permission {name!r}")

    class _Permitted(BasePermission):
        permission = name

        def has_permission(self, request: Request, view: Any) -> bool:
            return allowed(request.user, name)

    return _Permitted
