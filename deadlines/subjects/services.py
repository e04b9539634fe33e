"""Clocks of the several things of a case (an appraisal, a measure): found by subject, kept in step with their rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.appraisal import services as appraisal
from cases.appraisal.models import Entrustment
from cases.appraisal.policy import Extension, Terms, TimeKeeper
from cases.appraisal.rules import kinds
from cases.preservation import services as preservation
from cases.preservation.models import Measure
from cases.preservation.policy import Ordered
from courtcms.audit.services import act
from courtcms.core.errors import Reason, Refusal
from deadlines.calendars.selectors import work_calendar
from deadlines.clocks.extension_services import ExtensionDraft, extend_clock
from deadlines.clocks.models import Clock
from deadlines.clocks.rules import compute
from deadlines.clocks.selectors import APPROVER_NAMES
from deadlines.clocks.services import stop_clock
from deadlines.clocks.terms import Impossible, Question
from deadlines.clocks.wording import cite, length, name_of, note_of
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Amount, UnknownRule


class _Rehearsed(Exception):
    """Raised to undo what was only tried."""


def subject(kind: str, pk: int) -> str:
    """The key of a clock: appraisal:3, measure:12, application:7."""
    return f"{kind}:{pk}"


def live_clock(kind: str, pk: int, limit_id: str = "") -> Clock | None:
    """The live clock of a thing, if it has one (of that limit)."""
    rows = Clock.objects.live().filter(subject=subject(kind, pk))
    return (rows.filter(limit_id=limit_id) if limit_id else rows).first()


def stop_live(kind: str, pk: int, on: date, reason: str, limit_id: str = "") -> None:
    """Stop the live clock of a thing on a day; nothing happens when none runs."""
    clock = live_clock(kind, pk, limit_id)
    if clock is not None:
        stop_clock(actor=None, clock=clock, stopped_on=max(on, clock.started_on), reason=reason)


def terms(kind: str, day: date) -> Terms:
    """What the pack says of a kind of appraisal for a case filed on `day`."""
    found = kinds().get(kind)
    if found is None:
        return Terms()
    try:
        limit = rulebook().limit(found.limit, day)
    except UnknownRule:
        return Terms()
    rung = limit.extension_after(0)
    more = ""
    if rung is not None and rung.amount is not None:
        values = {"length": length(rung.amount.amount, rung.unit), "times": rung.times or 1}
        more = _("%(length)s，至多 %(times)s 次，准许人：%(by)s") % (values | {"by": APPROVER_NAMES[rung.by]()})
    return Terms(
        limit=f"{name_of(limit)} {' '.join(length(part.amount, part.unit) for part in limit.parts)}",
        standing=limit.status,
        article=cite(rulebook(), limit.basis[:2]),
        extension=more,
        cap=length(limit.at_most.amount, limit.at_most.unit) if limit.at_most else "",
        note=note_of(limit),
    )


def draft_of(extension: Extension, approved_by: str) -> ExtensionDraft:
    """An extension of an appraisal in the terms of the ledger."""
    return ExtensionDraft(
        amount=extension.amount, unit=extension.unit, asked_on=extension.asked_on, document=extension.document,
        reason=extension.reason, decided_on=extension.decided_on, approved_by=approved_by,
    )  # fmt: skip


def against(entrustment_id: int, extension: Extension) -> list[Reason]:
    """Every reason the ledger has against an extension: it is tried and undone."""
    clock = live_clock("appraisal", entrustment_id)
    if clock is None:
        return []
    try:
        with transaction.atomic():
            extend_clock(actor=None, clock=clock, draft=draft_of(extension, "-"))
            raise _Rehearsed
    except _Rehearsed:
        return []
    except Refusal as refusal:
        return refusal.reasons


KEEPER = TimeKeeper(terms=terms, against=against)


def against_order(limit_id: str, filed_on: date, runs_from: date, ordered: Ordered) -> Reason | None:
    """A ruling orders at most the length of the law, compared as days from the same start."""
    book, calendar = rulebook(), work_calendar()
    limit = book.limit(limit_id, filed_on)
    longest = compute(Question(limit=limit, start=runs_from, filed=filed_on), book, calendar)
    try:
        asked = compute(
            Question(limit=limit, start=runs_from, filed=filed_on, parts=(Amount(ordered.amount, ordered.unit),)),
            book, calendar,
        )  # fmt: skip
    except Impossible:
        asked = None
    if asked is not None and asked.due is not None and longest.due is not None and asked.due <= longest.due:
        return None
    words = _("裁定的期限不得超过法定最长期限 %(length)s") % {
        "length": " ".join(length(part.amount, part.unit) for part in limit.parts)
    }
    return Reason(words, field="ordered_amount", code="too_long", article=cite(book, limit.basis[:1]))


def settle_dates() -> int:
    """Bring due days of entrustments and measures in step with their clocks (a new calendar moves clocks in bulk)."""
    rows: list[tuple[Any, int, date | None]] = []
    clocks = dict(Clock.objects.live().exclude(subject="").values_list("subject", "due_on"))
    for pk, due_on in Entrustment.objects.running().values_list("pk", "due_on"):
        key = subject("appraisal", pk)
        if key in clocks and clocks[key] != due_on:
            rows.append((appraisal.note_due, pk, clocks[key]))
    for pk, expires_on in Measure.objects.in_force().values_list("pk", "expires_on"):
        key = subject("measure", pk)
        if key in clocks and clocks[key] != expires_on:
            rows.append((preservation.note_expiry, pk, clocks[key]))
    if rows:
        with act(actor=None, verb="deadlines.subjects.settle") as entry:
            for note, pk, day in rows:
                note(pk, day)
            entry.after = {"moved": len(rows)}
    return len(rows)
