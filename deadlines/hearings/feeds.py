"""Calendar feeds: secret addresses, one for a person or a courtroom, each revocable; and the calendar itself."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, timedelta
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from courtcms.accounts.models import capacities_on
from courtcms.accounts.policy import allowed, require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Reason
from courtcms.courts.models import Courtroom
from deadlines.hearings.models import FeedToken, Hearing

PERMISSION = "hearings.feed"
ROOM_PERMISSION = "hearings.room_feed"
PAST, AHEAD = timedelta(days=31), timedelta(days=366)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_feed(*, actor: Any, courtroom: Courtroom | None = None) -> tuple[FeedToken, str]:
    """A new feed of one's own hearings, or of a courtroom. The secret is given once and kept as a digest only."""
    permission = ROOM_PERMISSION if courtroom else PERMISSION
    require(actor, permission)
    token = secrets.token_urlsafe(32)
    with act(actor=actor, verb="feed.open", permission=permission) as trace:
        feed = FeedToken.objects.create(
            owner=None if courtroom else actor, courtroom=courtroom, digest=_digest(token), hint=token[:6],
            made_by=actor, made_at=clock.now(),
        )  # fmt: skip
        trace.target = feed
        trace.after = {"hint": feed.hint, "courtroom": courtroom.name if courtroom else ""}
    return feed, token


def revoke_feed(*, actor: Any, feed: FeedToken) -> None:
    """Close an address for good; one's own, or that of a courtroom by those who manage them."""
    require(actor, PERMISSION)
    own = actor is None or feed.owner_id == actor.pk
    if not own and not (feed.courtroom_id and allowed(actor, ROOM_PERMISSION)):
        raise NotAllowed(Reason(_("只能撤销自己的日历地址"), code="not_own"))
    with act(actor=actor, verb="feed.revoke", permission=PERMISSION, target=feed) as trace:
        now = clock.now()
        if not FeedToken.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=now):
            raise Conflict(Reason(_("这个地址已经撤销"), code="revoked_already"))
        trace.after = {"revoked_at": now}


def feed_of(token: str) -> FeedToken | None:
    """The live feed of a secret; None for an unknown or revoked one, and for somebody who left or holds no post."""
    rows = FeedToken.objects.filter(digest=_digest(token), revoked_at__isnull=True).select_related("owner", "courtroom")
    feed = rows.first()
    if feed is None or feed.owner is None:
        return feed
    return feed if feed.owner.is_active and capacities_on(feed.owner, clock.today()) else None


def calendar_of(feed: FeedToken) -> bytes:
    """Hearings of a month back and a year ahead as iCalendar (RFC 5545). Secret cases only show as time taken."""
    today = clock.today()
    rows = Hearing.objects.live().between(today - PAST, today + AHEAD)
    rows = rows.filter(courtroom=feed.courtroom) if feed.courtroom else rows.of_person(feed.owner)
    calendar = Calendar()
    calendar.add("prodid", "-//courtcms//hearings//ZH")
    calendar.add("version", "2.0")
    name = feed.courtroom.name if feed.courtroom else feed.owner.name if feed.owner else ""
    calendar.add("x-wr-calname", _("庭审 %(name)s") % {"name": name})
    for hearing in rows.select_related("case", "courtroom").order_by("slot", "pk"):
        calendar.add_component(_event(hearing))
    return calendar.to_ical()


def _event(hearing: Hearing) -> Event:
    event = Event()
    event.add("uid", f"hearing-{hearing.pk}@courtcms")
    event.add("dtstamp", hearing.scheduled_at)
    event.add("sequence", hearing.moves)
    event.add("dtstart", hearing.starts_at.astimezone(UTC))
    event.add("dtend", hearing.ends_at.astimezone(UTC))
    event.add("location", hearing.courtroom.name)
    secret = hearing.case.secrecy != "none"
    event.add("summary", _("庭审（详见系统）") if secret else f"{hearing.get_kind_display()} {hearing.case.number}")
    if not secret and hearing.is_public:
        event.add("description", f"{hearing.case.title} {hearing.case.cause}")
    event.add("class", "CONFIDENTIAL" if secret or not hearing.is_public else "PRIVATE")
    return event
