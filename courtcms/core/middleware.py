"""Middleware of both sites: a request id for traces, and refusals turned into pages."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from courtcms.core.errors import NotAllowed, Refusal

Handler = Callable[[HttpRequest], HttpResponse]
request_id_of_this_context: ContextVar[str] = ContextVar("request_id", default="")


def request_id(get_response: Handler) -> Handler:
    """Give each request an id; the trail and the answer carry it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = request_id_of_this_context.set(uuid.uuid4().hex)
        try:
            response = get_response(request)
            response["X-Request-ID"] = request_id_of_this_context.get()
        finally:
            request_id_of_this_context.reset(token)
        return response

    return middleware


def no_null_characters(get_response: Handler) -> Handler:
    """No address of ours holds a NUL, and PostgreSQL takes none: answered with 400 before a query meets it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path_info:
            raise BadRequest("NUL in the address")
        return get_response(request)

    return middleware


class refusals:
    """A refusal that no view caught becomes a page with all its reasons and the right status, never a 500."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer refusals; let everything else pass."""
        if not isinstance(exception, Refusal):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"errors": [reason.as_dict() for reason in exception.reasons]}, status=exception.status)
        if request.headers.get("HX-Request"):  # a part of a page shows the reasons in its own place
            template = "components/errors.html"
        else:
            template = "403.html" if isinstance(exception, NotAllowed) else "refusal.html"
        context = {"reasons": exception.reasons, "status": exception.status}
        return render(request, template, context, status=exception.status)
