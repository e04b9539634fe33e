"""Acts on clocks: start, stop, recompute. What lengthens or stops them is in `ledger_services`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.intake.models import Case
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.clock import COURT_ZONE
from courtcms.core.errors import Conflict, Reason, Refusal
from courtcms.core.events import publish
from courtcms.core.locks import lock
from deadlines.calendars.selectors import work_calendar
from deadlines.clocks.computing import COMPUTED, fill
from deadlines.clocks.events import ClockChanged, ClockStopped
from deadlines.clocks.models import Clock, ClockRole, ClockStatus
from deadlines.clocks.terms import Impossible
from deadlines.clocks.wording import name_of, problem_text
from deadlines.rulebook.book import Rulebook
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Amount, Limit, UnknownRule
from deadlines.rulebook.targets import target_for

ROLE_OF_GROUP = {
    "limit": ClockRole.TRIAL,
    "publication": ClockRole.PUBLICATION,
    "service": ClockRole.SERVICE,
    "preservation": ClockRole.PRESERVATION,
    "appraisal": ClockRole.APPRAISAL,
    "backward": ClockRole.OTHER,
}
LEDGER = ("intervals", "extensions", "restarts")
BATCH = 1000


def start_clock(
    *, actor: Any, case: Case, limit_id: str, start_on: date | datetime, event: str = "", role: str = "",
    subject: str = "", ordered: Amount | None = None,
) -> Clock:  # fmt: skip
    """Start a clock on a case; the day of the event itself is not counted.

    The version of the rule is that in force when the case was filed. Refused when the rule does not exist, when the
    same limit already runs on the case, or when the start is impossible; a limit in hours needs a time. `subject` names
    the one of several things of a case that the clock is of (an appraisal, a measure); each may have its own. `ordered`
    is the shorter length that a ruling set.
    """
    limit = _limit(limit_id, case.filed_on)
    if Clock.objects.live().filter(case=case, limit_id=limit_id, subject=subject).exists():
        raise Conflict(Reason(_("该案的“%(limit)s”已在计算") % {"limit": name_of(limit)}, code="running"))
    moment = start_on if isinstance(start_on, datetime) else None
    day = moment.astimezone(COURT_ZONE).date() if moment else start_on
    with act(actor=actor, verb="deadlines.clock.start", case_id=case.pk) as entry:
        clock = Clock(
            case=case,
            limit_id=limit_id,
            group=limit.group,
            category=limit.category,
            role=role or ROLE_OF_GROUP[limit.group],
            subject=subject,
            target=target_for(limit, case.filed_on),
            ordered_amount=ordered.amount if ordered else None,
            ordered_unit=ordered.unit if ordered else "",
            started_on=day,
            started_at=moment,
            start_event=event or limit.starts_from,
            filed_on=case.filed_on,
            in_custody=case.in_custody,
        )
        clock.pack_version = rulebook().version
        clock.save()
        _fill(clock)
        clock.save(update_fields=COMPUTED)
        entry.target, entry.after = clock, summary(clock)
    return clock


def _limit(limit_id: str, filed: date) -> Limit:
    try:
        return rulebook().limit(limit_id, filed)
    except UnknownRule as error:
        text = _("没有编号为“%(limit)s”的期限，或者立案时尚无此规定") % {"limit": limit_id}
        raise Refusal(Reason(text, field="limit_id", code=error.code)) from error


def _fill(clock: Clock) -> None:
    try:
        fill(clock, rulebook(), work_calendar(), court_clock.today())
    except Impossible as error:
        raise Refusal(Reason(problem_text(p), field=p.field, code=p.code) for p in error.problems) from error


def summary(clock: Clock) -> dict[str, Any]:
    """What the trail keeps of a clock."""
    return {"limit": clock.limit_id, "status": clock.status, "started_on": clock.started_on, "due_on": clock.due_on}


def stop_clock(*, actor: Any, clock: Clock, stopped_on: date, reason: str, converted: bool = False) -> Clock:
    """End a clock on a day; stopping a stopped one is a conflict. The day must not lie before the start."""
    with act(actor=actor, verb="deadlines.clock.stop", case_id=clock.case_id, reason=reason) as entry:
        [held] = lock(Clock.objects.all(), [clock.pk])
        if held.status not in (ClockStatus.RUNNING, ClockStatus.PAUSED):
            raise Conflict(Reason(_("这个期限已经终止"), code="stopped"))
        if stopped_on < held.started_on:
            raise Refusal(Reason(_("终止日不得早于起算日"), field="stopped_on", code="before_start"))
        entry.target, entry.before = held, summary(held)
        held.status = ClockStatus.CONVERTED if converted else ClockStatus.STOPPED
        held.stopped_on, held.stop_reason = stopped_on, reason[:200]
        held.next_threshold_on = None
        held.save(update_fields=["status", "stopped_on", "stop_reason", "next_threshold_on"])
        entry.after = {**summary(held), "stopped_on": stopped_on}
        publish(ClockStopped(held.pk, held.case_id, stopped_on))
    return held


def reopen_clock(*, actor: Any, clock: Clock, reason: str) -> Clock:
    """Undo the end of a clock that ended by mistake; its ledger is counted as if it had never stopped."""
    with act(actor=actor, verb="deadlines.clock.reopen", case_id=clock.case_id, reason=reason) as entry:
        [held] = lock(Clock.objects.all(), [clock.pk])
        if held.status not in (ClockStatus.STOPPED, ClockStatus.CONVERTED):
            raise Conflict(Reason(_("这个期限没有终止"), code="not_stopped"))
        entry.target, entry.before = held, summary(held)
        held.status, held.stopped_on, held.stop_reason = ClockStatus.RUNNING, None, ""
        _fill(held)
        held.save(update_fields=[*COMPUTED, "stopped_on", "stop_reason"])
        entry.after = summary(held)
        publish(ClockChanged(held.pk, held.case_id, held.due_on, held.status))
    return held


def recompute(*, actor: Any, clock: Clock, why: str) -> Clock:
    """Compute a live clock again from its ledger and save it; inside a wider act it is part of that act."""
    with act(actor=actor, verb="deadlines.clock.recompute", case_id=clock.case_id, reason=why) as entry:
        before = summary(clock)
        _fill(clock)
        clock.save(update_fields=[*COMPUTED, "in_custody"])
        entry.target, entry.before, entry.after = clock, before, summary(clock)
        publish(ClockChanged(clock.pk, clock.case_id, clock.due_on, clock.status))
    return clock


def recompute_all(rows: QuerySet[Clock], *, as_of: date, book: Rulebook | None = None) -> tuple[int, list[str]]:
    """Compute many live clocks again, a thousand at a time: how many changed, and those that could not be computed.

    Must be called inside an act. A clock whose ledger contradicts itself keeps its dates and is named.
    """
    book, calendar = book or rulebook(), work_calendar()
    changed, failures = 0, []
    for chunk in _chunks(rows.live().order_by("pk").values_list("pk", flat=True)):
        moved = []
        for clock in (
            Clock.objects.filter(pk__in=chunk).select_related("target").prefetch_related(*LEDGER).order_by("pk")
        ):
            before = (clock.due_on, clock.internal_due_on, clock.provisional, clock.status)
            try:
                fill(clock, book, calendar, as_of)
            except Impossible as error:
                failures.append(f"{clock.pk}: {error}")
                continue
            if before != (clock.due_on, clock.internal_due_on, clock.provisional, clock.status):
                moved.append(clock)
        Clock.objects.bulk_update(moved, COMPUTED, batch_size=BATCH)
        changed += len(moved)
        for clock in moved:
            publish(ClockChanged(clock.pk, clock.case_id, clock.due_on, clock.status))
    return changed, failures


def _chunks(pks: Iterable[int]) -> Iterable[list[int]]:
    chunk: list[int] = []
    for pk in list(pks):
        chunk.append(pk)
        if len(chunk) == BATCH:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
