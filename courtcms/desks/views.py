"""The desk of each post."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courtcms.accounts.capacity import Capacity
from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.accounts.posts import Post
from courtcms.core import clock, panels
from courtcms.desks.figures import Sitting
from courtcms.desks.layout import DESKS, Layout


def _chosen(request: HttpRequest) -> Capacity:
    """The post whose desk is shown: the one asked for by `?as=`, else the first of the day."""
    held = request.user.capacities
    return next((capacity for capacity in held if capacity.post == request.GET.get("as")), held[0])


def _posts(request: HttpRequest, current: Capacity) -> list[dict[str, Any]]:
    """Tabs for those who hold several posts today."""
    seen = dict.fromkeys(capacity.post for capacity in request.user.capacities)
    if len(seen) < 2:
        return []
    return [{"title": Post(post).label, "href": f"?as={post}", "current": post == current.post} for post in seen]


def _parts(functions: Any, sitting: Sitting, request: HttpRequest) -> list[Any]:
    return [section for section in (function(sitting, request) for function in functions) if section is not None]


@permission("desk.open")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The desk of the first of today's posts, or of the one asked for."""
    capacity = _chosen(request)
    layout: Layout = DESKS[Post(capacity.post)]
    sitting = Sitting(request.user, capacity, clock.today())
    context = {
        "sitting": sitting,
        "layout": layout,
        "posts": _posts(request, capacity),
        "figures": layout.figures(sitting),
        "main": _parts(layout.main, sitting, request),
        "aside": _parts(layout.aside, sitting, request),
        "panels": panels.panels_for("desk", lambda name: allowed(request.user, name)),
    }
    return render(request, "desks/desk.html", context)
