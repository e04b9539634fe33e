"""Proof that the public site shows what it must and no more: every surface is asked, and asked again the next day."""

from __future__ import annotations

import logging
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy

from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.locks import lock
from publicity.judgments.models import Delivery, OutboxState, Publication
from publicity.judgments.outbox import HIDES, SHOWS, SURFACES
from publicity.reports import services as reports
from publicity.surfaces import rules
from publicity.surfaces.rules import Answer, Shown

logger = logging.getLogger(__name__)
Fetch = Callable[[str], Answer]
SECONDS, MOST_PARTS, BATCH, LONGEST_WAIT = 20, 400, 500, 61
WRONG = {
    "still_there": gettext_lazy("仍能看到"),
    "missing": gettext_lazy("看不到"),
    "other_text": gettext_lazy("文字与登记不同"),
    "no_answer": gettext_lazy("没有应答"),
}


def over_http(path: str) -> Answer:
    """Ask the public site itself, past every cache, at the pace it allows. An unreachable site is the answer 0."""
    answer, wait = _once(path)
    if answer.status == rules.TOO_MANY:
        time.sleep(min(wait, LONGEST_WAIT))
        answer, wait = _once(path)
    return answer


def _once(path: str) -> tuple[Answer, int]:
    """One request, and the seconds it asks to wait."""
    request = urllib.request.Request(
        settings.PUBLIC_SITE_ADDRESS.rstrip("/") + path, headers={"Cache-Control": "no-cache"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return Answer(answer.status, answer.read()), 0
    except urllib.error.HTTPError as refused:
        wait = refused.headers.get("Retry-After", "")
        return Answer(refused.code, refused.read()), int(wait) if wait.isdigit() else LONGEST_WAIT
    except OSError:
        return Answer(0, b""), 0


def prove_due(fetch: Fetch | None = None) -> dict[str, int]:
    """Prove everything that is owed: new rows, failed ones again, and what was proved a day ago; counts by outcome."""
    due = Delivery.objects.filter(surface__in=SURFACES).filter(
        Q(state__in=[OutboxState.PENDING, OutboxState.FAILED]) | Q(again_on__lte=clock.today())
    )
    ask = fetch or over_http
    if ask("/robots.txt").status != 200:
        logger.warning("the public site does not answer at %s: nothing could be proved", settings.PUBLIC_SITE_ADDRESS)
        return {"proved": 0, "failed": 0}
    ids = list(due.order_by("publication_id").values_list("publication_id", flat=True).distinct()[:BATCH])
    done = {"proved": 0, "failed": 0}
    for publication in Publication.objects.filter(pk__in=ids).select_related("case__judge"):
        failed = prove(publication, ask)
        done["failed" if failed else "proved"] += 1
    return done


def prove(publication: Publication, fetch: Fetch) -> dict[str, str]:
    """Ask every surface for one document and write the outcome into its rows; surfaces that failed with the reason.

    Only the last act counts: rows of an act that another one overtook are closed. A failure is told to trial management
    as a report with 24 hours.
    """
    last = publication.deliveries.filter(surface__in=SURFACES).order_by("-id").first()
    sent = publication.deliveries.filter(surface="portal", act__in=SHOWS).order_by("-id").first()
    if last is None or sent is None:
        return {}
    shown = Shown(
        publication.public_id, publication.number, str(publication.judged_on), sent.receipt["sm3"],
        sent.receipt.get("place", 0),
    )  # fmt: skip
    outcome = {name: _ask(name, shown, last.act in SHOWS, fetch) for name in SURFACES}
    failed = {name: why for name, why in outcome.items() if why}
    _write(publication, last, outcome)
    if failed:
        words = "、".join(f"{name} {WRONG[why]}" for name, why in failed.items())
        reports.find(publication=publication, source="surface", kind="other", passage=f"{last.act} {last.pk}: {words}")
    return failed


def _ask(surface: str, shown: Shown, present: bool, fetch: Fetch) -> str | None:
    return rules.verdict(surface, shown, present, list(_answers(surface, shown, fetch)))


def _answers(surface: str, shown: Shown, fetch: Fetch) -> Iterator[Answer]:
    """One request, or all parts of a surface that has parts."""
    first = fetch(rules.address(surface, shown))
    yield first
    if surface == "sitemap":
        for place in re.findall(r"<loc>([^<]+)</loc>", first.text)[:MOST_PARTS]:
            yield fetch(urlsplit(place).path)


def _write(publication: Publication, last: Delivery, outcome: dict[str, str | None]) -> None:
    moment, tomorrow = clock.now(), clock.today() + timedelta(days=1)
    with act(actor=None, verb="surface.prove", target=publication, case_id=publication.case_id) as entry:
        lock(Publication.objects.all(), [publication.pk])
        rows = publication.deliveries.filter(surface__in=SURFACES)
        rows.exclude(act=last.act, created_at=last.created_at).filter(again_on__isnull=False).update(again_on=None)
        rows.exclude(act=last.act, created_at=last.created_at).exclude(state=OutboxState.SENT).update(
            state=OutboxState.SENT, sent_at=moment, receipt={"overtaken_by": last.act}
        )
        for row in rows.filter(act=last.act, created_at=last.created_at):
            why = outcome[row.surface]
            if why is not None:
                _settle(row, why, moment, tomorrow)
        entry.after = {"act": last.act, "surfaces": outcome}


def _settle(row: Delivery, why: str, moment: Any, tomorrow: Any) -> None:
    """A first success is checked again the next day; the second ends it; a failure is asked again every time."""
    again = row.again_on is not None
    row.receipt = row.receipt | {"asked_at": moment.isoformat(), "wrong": why}
    if why:
        row.state, row.sent_at = OutboxState.FAILED, None
    else:
        row.state, row.sent_at = OutboxState.SENT, row.sent_at or moment
        row.again_on = None if again or row.act not in HIDES else tomorrow
    row.save()
