"""Calendar feeds: one's own addresses and those of courtrooms, and the calendar itself behind its secret."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core.errors import Reason, Refusal
from courtcms.courts.models import Courtroom
from deadlines.hearings import feeds as service
from deadlines.hearings import selectors
from deadlines.hearings.models import FeedToken


@permission("hearings.feed")
def feeds(request: HttpRequest) -> HttpResponse:
    """Addresses in use; a new one is shown once, on the page that answers its making."""
    context: dict[str, Any] = {"address": ""}
    status = 200
    if request.method == "POST":
        try:
            _feed, token = service.open_feed(actor=request.user, courtroom=_room(request))
            context["address"] = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
        except Refusal as refusal:
            context["reasons"], status = refusal.reasons, refusal.status
    may_rooms = allowed(request.user, service.ROOM_PERMISSION)
    mine = Q(owner=request.user) | (Q(courtroom__isnull=False) if may_rooms else Q(pk__in=[]))
    rows = FeedToken.objects.filter(mine).select_related("courtroom", "owner", "made_by")
    context |= {"feeds": rows.order_by("revoked_at", "-id")[:100], "rooms": selectors.rooms() if may_rooms else []}
    response = render(request, "deadlines/hearings/feeds.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


class _NoRoom(Refusal):
    """The room named does not exist, or is closed; nobody wants his own feed instead."""

    status = 404


def _room(request: HttpRequest) -> Courtroom | None:
    """The room whose feed is asked for; None for one's own, when no room is named."""
    wanted = request.POST.get("courtroom")
    if wanted is None:
        return None
    room = next((room for room in selectors.rooms() if str(room.pk) == wanted), None)
    if room is None:
        remedy = _("从列表中选；开设本人的日历，按“开设本人日历地址”")
        raise _NoRoom(Reason(_("没有这个法庭，没有开设地址"), field="courtroom", code="room_unknown", remedy=remedy))
    return room


@permission("hearings.feed")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an address."""
    try:
        service.revoke_feed(actor=request.user, feed=get_object_or_404(FeedToken, pk=pk))
        messages.success(request, _("已撤销，原地址不再可用"))
    except Refusal as refusal:
        for reason in refusal.reasons:
            messages.error(request, str(reason.message))
    return redirect("hearings:feeds")


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of a secret address. Unknown and revoked addresses are the same 404."""
    feed = service.feed_of(token)
    if feed is None:
        raise Http404
    response = HttpResponse(service.calendar_of(feed), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
