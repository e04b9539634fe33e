"""`/healthz` and `/readyz` of both sites, for load balancers and operators."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.exceptions import RedisError

#: name → a function that returns "" when all is well, else what is wrong; rooms add theirs in `ready()`
_checks: dict[str, Callable[[], str]] = {}


def register_check(name: str, check: Callable[[], str]) -> None:
    """Add a condition to `/readyz`."""
    _checks[name] = check


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "no answer"
    return ""


def _queue() -> str:
    try:
        cache.get("readyz")
    except RedisError:
        return "no answer"
    return ""


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, queue and the court's clock are there: 200, else 503 with what is wrong. No details of any case."""
    problems = {"database": _database()}
    if not problems["database"]:
        problems["queue"] = _queue()
        problems.update({name: check() for name, check in _checks.items()})
    found = {name: problem for name, problem in problems.items() if problem}
    return JsonResponse({"ready": not found, "problems": found}, status=503 if found else 200)
