"""Acts of the docket: write an entry, take one back. Nothing is erased."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.docket.events import DocketEntered, DocketUndone
from cases.docket.kinds import flow, kinds
from cases.docket.models import DocketEntry
from cases.docket.rules import LONGEST_NOTE, UNDO, UNDO_SECONDS
from cases.intake.models import Case
from cases.intake.policy import require_in_scope
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock

FARTHEST_PLAN = timedelta(days=730)


def check_entry(case: Case, kind: str, happened_on: date | None, note: str, place: str = "") -> Reasons:
    """Everything that stands against an entry."""
    reasons = Reasons()
    found = kinds().get(kind)
    today = clock.today()
    if found is None:
        reasons.add(_("未选进展类型"), field="kind", code="kind", remedy=_("先写类型，如 开庭、合议、送达"))
    if happened_on is None:
        reasons.add(_("日期不存在"), field="happened_on", code="date", remedy=_("写法如 12-15 或 2026-12-15"))
    elif happened_on < case.filed_on:
        text = _("日期早于立案日 %(day)s") % {"day": case.filed_on.isoformat()}
        reasons.add(text, field="happened_on", code="before_filing")
    elif found and happened_on > today + (FARTHEST_PLAN if found.plannable else timedelta(0)):
        name = found.name(get_language() or "")
        text = _("“%(kind)s”的日期不能晚于两年后") if found.plannable else _("“%(kind)s”的日期不能晚于今天")
        reasons.add(text % {"kind": name}, field="happened_on", code="future")
    if found and case.status != "open" and not found.after_close:
        text = _("案件已结，不能再记“%(kind)s”") % {"kind": found.name(get_language() or "")}
        reasons.add(text, field="kind", code="closed")
    if len(note) > LONGEST_NOTE:
        reasons.add(_("备注超过 %(count)s 字") % {"count": LONGEST_NOTE}, field="note", code="note_long")
    if len(place) > 60:
        reasons.add(_("地点超过 60 字"), field="place", code="place_long")
    return reasons


def enter(
    *,
    actor: Any,
    case: Case,
    kind: str,
    happened_on: date | None,
    note: str = "",
    happened_at: time | None = None,
    place: str = "",
) -> DocketEntry:
    """Write one entry and move the stage of the case on. Publishes DocketEntered.

    Raises Refusal with all reasons, NotAllowed outside the actor's scope.
    """
    require(actor, "docket.write")
    require_in_scope(case, actor)
    check_entry(case, kind, happened_on, note, place).refuse()
    if happened_on is None:
        raise ValueError("refused above")
    with act(actor=actor, verb="docket.enter", permission="docket.write", case_id=case.pk) as entry:
        locked = lock(Case.objects.all(), [case.pk])[0]
        check_entry(locked, kind, happened_on, note, place).refuse()
        row = DocketEntry.objects.create(
            case=locked,
            kind=kind,
            happened_on=happened_on,
            happened_at=happened_at,
            place=place.strip(),
            note=note.strip(),
            actor=actor,
            capacity=actor.capacity_label("docket.write") if actor is not None else "",
            entered_at=clock.now(),
        )
        entry.target, entry.after = row, {"kind": kind, "happened_on": happened_on, "note": note.strip()}
        set_stage(locked)
        publish(DocketEntered(case_id=locked.pk, entry_id=row.pk, kind=kind, happened_on=happened_on))
    return row


def undo(*, actor: Any, entry: DocketEntry) -> DocketEntry:
    """Take an entry back by a counter-entry: only the one who wrote it, only within five minutes, only once."""
    require(actor, "docket.write")
    reasons = Reasons()
    if actor is not None and entry.actor_id != actor.pk:
        raise NotAllowed(Reason(_("只能撤销自己记的进展"), code="not_own"))
    age = (clock.now() - entry.entered_at).total_seconds()
    if age > UNDO_SECONDS:
        text = _("记入已超过 5 分钟，不能撤销")
        reasons.add(text, code="too_late", remedy=_("请另记一条更正"))
    if entry.kind == UNDO:
        reasons.add(_("撤销不能再撤销"), code="undo_of_undo", remedy=_("请重新记入"))
    reasons.refuse(Conflict)
    with act(actor=actor, verb="docket.undo", permission="docket.write", target=entry, case_id=entry.case_id) as trace:
        case = lock(Case.objects.all(), [entry.case_id])[0]
        if DocketEntry.objects.filter(undoes=entry).exists():
            raise Conflict(Reason(_("这条进展已经撤销"), code="undone_already"))
        row = DocketEntry.objects.create(
            case=case,
            kind=UNDO,
            happened_on=clock.today(),
            actor=actor,
            capacity=actor.capacity_label("docket.write") if actor is not None else "",
            entered_at=clock.now(),
            undoes=entry,
        )
        trace.after = {"kind": entry.kind, "happened_on": entry.happened_on}
        set_stage(case)
        publish(DocketUndone(case_id=case.pk, entry_id=entry.pk, kind=entry.kind))
    return row


def set_stage(case: Case) -> None:
    """The stage of an open case is the farthest one of its flow that a standing entry has reached; inside an act."""
    if case.status != "open":
        return
    order = {stage.key: place for place, stage in enumerate(flow(case.instance))}
    today = clock.today()
    standing = DocketEntry.objects.filter(case=case, undone_by__isnull=True, happened_on__lte=today).exclude(kind=UNDO)
    reached = [kinds()[kind].stage for kind in standing.values_list("kind", flat=True).distinct() if kind in kinds()]
    stage = max((key for key in reached if key in order), key=lambda key: order[key], default="filed")
    if stage != case.stage:
        Case.objects.filter(pk=case.pk).update(stage=stage)
