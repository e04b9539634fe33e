"""Holding a published document back while a doubt about it is looked into, and letting it go again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from courtcms.core import clock
from courtcms.core.errors import Reasons
from publicity.judgments.models import Publication
from publicity.judgments.moves import current, move
from publicity.judgments.publish_services import deliver, place_of, published
from publicity.portal import hold_services as portal_hold
from publicity.portal import services as portal

#: a hold shorter or longer than this is not one: what takes longer is withdrawn
LONGEST = timedelta(days=15)
USUAL = timedelta(days=7)
LAW = "法释〔2016〕19号第十六条"


def hold(*, actor: Any, publication: Publication, reason: str, until: date | None = None) -> None:
    """Take the document off every surface at once, until a day at most 15 days away (7 when none is given).

    The public reads that it is being examined and until when; `reason` stays in the court.
    """
    with move(actor=actor, publication=publication, name="hold", reason=reason) as step:
        today = clock.today()
        last = until or today + USUAL
        _check_day(step.reasons, last, today)
        step.refuse()
        portal_hold.hold_judgment(step.publication.public_id, until=last)
        step.publication.held_until = last
        deliver(step.publication, "hold", {"public_id": step.publication.public_id, "until": last.isoformat()})
        step.entry.after = {"until": last.isoformat()}


def release(*, actor: Any, publication: Publication, reason: str) -> None:
    """The doubt was unfounded: the same version stands on the public site again, at the same address."""
    with move(actor=actor, publication=publication, name="release", reason=reason) as step:
        version = current(step.publication)
        step.refuse()
        assert version is not None
        receipt = portal.push_judgment(published(step.publication, version))
        step.publication.held_until = None
        deliver(step.publication, "release", asdict(receipt) | {"place": place_of(receipt.public_id)})
        step.entry.after = {"public_id": receipt.public_id, "sm3": receipt.sm3}


def _check_day(reasons: Reasons, until: date, today: date) -> None:
    if until < today:
        reasons.add(_("截止日早于今天"), field="until")
    if until > today + LONGEST:
        reasons.add(_("暂停公布最长 15 日"), field="until", article=LAW, remedy=_("需要更久的，请撤回后修正重新公布"))
