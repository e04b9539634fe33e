"""An extension asked for after the lead time opens an escalation at once; it closes itself with the decision."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.notices.services import notify
from deadlines.changes.models import ChangeRequest
from oversight.escalation import statements
from oversight.escalation.ladder import Occasion
from oversight.escalation.ladders import answer_day, ladder_now, rung_rows
from oversight.escalation.models import ActKind, Escalation, EscalationAct, EscalationCause
from oversight.escalation.scheduled import KIND

EVENT = "change_asked_late"


def open_for_late(*, change_id: int) -> Escalation | None:
    """Open the escalation of a late application, in the transaction of the application.

    It stands with the first person of the ladder, from the rung of the occasion upwards, who is neither the asker nor
    the judge of the case. None when the ladder knows no such occasion, nobody stands there, or one is open already.
    """
    ladder = ladder_now()
    occasion = ladder.on_occasion(EVENT)
    change = ChangeRequest.objects.select_related("case", "clock").get(pk=change_id)
    if occasion is None or Escalation.objects.live().filter(change=change).exists():
        return None
    seat = _seat(change, occasion)
    if seat is None:
        return None
    position, holder = seat
    today, due_on = clock.today(), answer_day(ladder.at(position).answer_days)
    if change.decide_by is not None and today <= change.decide_by < due_on:
        due_on = change.decide_by  # the law wants the decision by then
    with act(actor=None, verb="escalation.open", case_id=change.case_id, basis=occasion.basis) as entry:
        opened = Escalation.objects.create(
            clock=change.clock, case=change.case, change=change, cause=EscalationCause.LATE,
            cause_on=change.request_by, level=occasion.level, threshold=EVENT, single=occasion.single,
            ladder=ladder.version, position=position, holder_id=holder, due_on=due_on, opened_on=today,
            reached_on=today,
        )  # fmt: skip
        EscalationAct.objects.create(
            escalation=opened, kind=ActKind.OPENED, position=position, basis=occasion.basis, until=due_on,
            text=statements.OPENED_LATE, params=_days(change), holder_id=holder, on=today, at=clock.now(),
        )  # fmt: skip
        entry.target, entry.after = opened, {"change": change.pk, "holder": holder, "due_on": due_on}
        notify(
            recipients=[holder], kind=KIND, case_id=change.case_id, url=reverse("escalations:detail", args=[opened.pk]),
            text=_("%(case)s：延长申请逾期提出，请于 %(due)s 前答复"),
            params={"case": change.case.number, "due": due_on.isoformat()},
        )  # fmt: skip
    return opened


def _seat(change: ChangeRequest, occasion: Occasion) -> tuple[int, int] | None:
    rows = statements.run(
        statements.SEATS_OF_CASE, rungs=json.dumps(rung_rows(ladder_now())), case=change.case_id, today=clock.today()
    )
    own = {change.asked_by_id, change.case.judge_id}
    return next(((position, who) for position, who in rows if position >= occasion.rung and who not in own), None)


def _days(change: ChangeRequest) -> dict[str, Any]:
    days = {"by": change.request_by, "on": change.asked_on, "decide": change.decide_by}
    return {name: day.isoformat() if day else "—" for name, day in days.items()}
