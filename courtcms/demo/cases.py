"""Cases of the demo court by the registry's own acts: filed, logged and closed on the days of the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time

from cases.docket.events import DocketEntered
from cases.docket.models import DocketEntry
from cases.docket.services import set_stage
from cases.intake.models import Case
from cases.intake.services import close_case, register_case
from courtcms.accounts.models import User
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.events import publish
from courtcms.courts.models import Court, Division
from courtcms.demo.story import Happening, Plan

Progress = Callable[[int], None]


def seed_cases(court: Court, plans: Sequence[Plan], progress: Progress = lambda done: None) -> list[Case]:
    """Register every plan in its order, write its docket, close it; the clocks start and stop as they do in life."""
    filing = User.objects.get(username="filing")
    divisions = {division.code: division for division in Division.objects.filter(court=court)}
    made = []
    for done, plan in enumerate(plans, 1):
        made.append(_live_through(court, filing, divisions[plan.division], plan))
        progress(done)
    return made


def _live_through(court: Court, filing: User, division: Division, plan: Plan) -> Case:
    draft = replace(plan.draft, division_id=division.pk)
    if plan.judge:
        judge = User.objects.get(username=plan.judge)
        draft = replace(draft, judge_id=judge.pk, assign_reason="与在办的关联案件由同一法官审理")
    with clock.as_of(draft.filed_on):
        _as_on_that_day(filing)
        case = register_case(actor=filing, draft=draft, court=court)
    before = [line for line in plan.docket if plan.closed_on is None or line.day <= plan.closed_on]
    write_docket(case, before)
    if plan.closed_on is not None:
        with clock.as_of(plan.closed_on):
            case = close_case(actor=None, case=case, method=plan.closing, closed_on=plan.closed_on)
        write_docket(case, [line for line in plan.docket if line.day > plan.closed_on])
    return case


def _as_on_that_day(user: User) -> None:
    """Posts are read once a request; here one person acts on many days."""
    user.__dict__.pop("capacities", None)


def rows_of(case: Case, judge: User, capacity: str, lines: Sequence[Happening]) -> list[DocketEntry]:
    """Docket rows as the judge in charge would have entered them on their days."""
    today = clock.today()
    return [
        DocketEntry(
            case=case,
            kind=line.kind,
            happened_on=line.day,
            happened_at=time(line.hour) if line.place else None,
            place=line.place,
            note=line.note,
            actor=judge,
            capacity=capacity,
            entered_at=datetime.combine(min(line.day, today), time(line.hour, 40), tzinfo=clock.COURT_ZONE),
        )
        for line in lines
    ]


def write_docket(case: Case, lines: Sequence[Happening]) -> None:
    """Write lines as entered on their own days, which `docket.enter` cannot, and tell the higher rooms of each.

    That a judgment took effect is told by `publications`, which knows which documents are still to be published.
    """
    if not lines:
        return
    judge = User.objects.get(pk=case.judge_id)
    rows = rows_of(case, judge, judge.capacity_label("docket.write"), lines)
    with act(actor=judge, verb="docket.enter", permission="docket.write", target=case, case_id=case.pk) as entry:
        DocketEntry.objects.bulk_create(rows)
        entry.after = {"entries": len(rows)}
        set_stage(case)
        for row in rows:
            if row.happened_on <= clock.today() and row.kind != "effective":
                with clock.as_of(row.happened_on):
                    publish(DocketEntered(case.pk, row.pk, row.kind, row.happened_on))
