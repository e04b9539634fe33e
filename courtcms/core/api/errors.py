"""Every error of the API in one shape."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as rest_exception_handler

from courtcms.core.errors import Reason, Refusal


def _flatten(detail: Any, field: str = "") -> list[Reason]:
    if isinstance(detail, dict):
        return [reason for key, value in detail.items() for reason in _flatten(value, f"{field}.{key}".lstrip("."))]
    if isinstance(detail, list):
        return [
            reason
            for index, value in enumerate(detail)
            for reason in _flatten(value, f"{field}.{index}" if isinstance(value, dict) else field)
            if str(reason.message)
        ]
    name = "" if field in {"non_field_errors", "detail"} else field
    return [Reason(str(detail), field=name, code=getattr(detail, "code", ""))]


def exception_handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every error as `{"errors": [{field, message, code, article, remedy}]}` with its 4xx status."""
    if isinstance(exception, Refusal):
        return Response({"errors": [reason.as_dict() for reason in exception.reasons]}, status=exception.status)
    if isinstance(exception, DjangoValidationError):
        exception = exceptions.ValidationError(getattr(exception, "message_dict", exception.messages))
    response = rest_exception_handler(exception, context)
    if response is None:
        return None
    detail = getattr(exception, "detail", None)
    if detail is None:
        detail = (str(exception) if isinstance(exception, Http404) else "") or response.data
    response.data = {"errors": [reason.as_dict() for reason in _flatten(detail)]}
    return response
