"""The daily digest by mail: rows first, then sending, then the server's answer on the row."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from courtcms.core import clock
from courtcms.notices.models import DigestRun, DigestSubscription, Notice, OutgoingMessage, OutgoingState

#: minutes to wait after each failed attempt; after the last one the message has failed
WAITS = (5, 30, 120, 600)
CLAIM = timedelta(minutes=10)
MOST_LINES = 50


@transaction.atomic
def prepare_digest(day: date | None = None) -> DigestRun | None:
    """Write the messages of a day, one for each subscriber with unread notices; a second call changes nothing.

    Answers None while mail is switched off: then nothing is owed.
    """
    if settings.MAIL == "off":
        return None
    day = day or clock.today()
    run, fresh = DigestRun.objects.get_or_create(day=day, defaults={"owed": 0, "ran_at": clock.now()})
    if not fresh:
        return run
    messages = list(_messages(run))
    OutgoingMessage.objects.bulk_create(messages)
    run.owed = len(messages)
    run.save()
    return run


def _messages(run: DigestRun) -> Iterator[OutgoingMessage]:
    now = clock.now()
    subscribers = DigestSubscription.objects.filter(is_active=True, user__is_active=True).select_related("user")
    for subscription in subscribers.order_by("user"):
        unread = list(Notice.objects.of(subscription.user).unread().order_by("-pk")[: MOST_LINES + 1])
        if not unread:
            continue
        with override(subscription.user.language or settings.LANGUAGE_CODE):
            yield OutgoingMessage(
                run=run, recipient=subscription.user, address=subscription.address,
                subject=_("%(court)s：您有未读通知 %(day)s") % {"court": settings.COURTCMS_COURT_NAME, "day": run.day},
                body=_body(unread), created_at=now, next_try_at=now,
            )  # fmt: skip


def _body(unread: list[Notice]) -> str:
    """The lines of a digest. They name no party: a mail may lie open on a desk."""
    lines = [f"{notice.created_at.astimezone(clock.COURT_ZONE):%m-%d %H:%M} {notice.sentence}" for notice in unread]
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], _("……更多通知请登录查看")]
    return "\n".join([*lines, "", f"{settings.SITE_ADDRESS}/inbox/"])


def send_pending() -> dict[str, int]:
    """Send what is due; answers how many were sent, postponed and given up. Safe to run twice at once."""
    result = {"sent": 0, "postponed": 0, "failed": 0}
    for message in iter(_claim, None):
        result[_send(message)] += 1
    return result


@transaction.atomic
def _claim() -> OutgoingMessage | None:
    """Take one message for `CLAIM`; committed before the mail server hears of it."""
    now = clock.now()
    message = OutgoingMessage.objects.due(now).select_for_update(skip_locked=True).order_by("pk").first()
    if message is not None:
        message.claimed_until, message.attempts = now + CLAIM, F("attempts") + 1
        message.save(update_fields=["claimed_until", "attempts"])
        message.refresh_from_db()
    return message


def _send(message: OutgoingMessage) -> str:
    mail = EmailMessage(
        message.subject, message.body, to=[message.address],
        headers={"Message-ID": f"<digest-{message.pk}@{settings.COURTCMS_COURT_CODE.encode('punycode').decode()}>"},
    )  # fmt: skip
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as error:
        return _failed(message, error)
    return _save(message, "sent", state=OutgoingState.SENT, answer="accepted", sent_at=clock.now())


def _failed(message: OutgoingMessage, error: Exception) -> str:
    answer = f"{type(error).__name__}: {error}"[:500]
    if message.attempts > len(WAITS):
        return _save(message, "failed", state=OutgoingState.FAILED, answer=answer)
    wait = timedelta(minutes=WAITS[message.attempts - 1])
    return _save(message, "postponed", answer=answer, next_try_at=clock.now() + wait)


def _save(message: OutgoingMessage, result: str, **fields: Any) -> str:
    OutgoingMessage.objects.filter(pk=message.pk).update(claimed_until=None, **fields)
    return result
