"""Reads of escalations for the inbox, the page of one, the case page and the API."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courtcms.core import clock, dates
from deadlines.calendars.selectors import work_calendar
from deadlines.clocks.things import named
from oversight.escalation import statements
from oversight.escalation.ladders import answer_day, days_between, ladder_now, rung_rows
from oversight.escalation.models import Escalation, EscalationAct
from oversight.escalation.querysets import seats_of

#: working days within which the bench must promise an end
LONGEST_EXPLANATION = 20
ORDER = ["due_on", "id"]
#: as many can be answered together
MOST_IN_BULK = 100
_ROW = ("case", "case__judge", "case__division", "clock", "holder", "change")


def inbox(user: Any, show: str, level: str = "") -> QuerySet[Escalation]:
    """`open` to answer, `answered` by me and standing, `climbed` from me, `closed` at me, `court` all I may see."""
    rows = Escalation.objects.select_related(*_ROW)
    if show == "answered":
        rows = rows.held_by(user).filter(state__in=("awaiting", "planned"))
    elif show == "climbed":
        rows = rows.climbed_from(user)
    elif show == "closed":
        rows = rows.held_by(user).filter(state="closed")
    elif show == "court":
        rows = rows.live().visible_to(user)
    else:
        rows = rows.to_answer(user)
    return rows.filter(level=level) if level else rows


def owed_on_desk(user: Any, limit: int) -> list[Escalation]:
    """What the person owes: answers first, then reports asked for in own cases; those due first."""
    rows = Escalation.objects.select_related(*_ROW)
    answers = rows.to_answer(user).order_by(*ORDER)[:limit]
    reports = rows.filter(state="awaiting", case__status="open", case__judge__in=seats_of(user)).order_by(*ORDER)
    return [*answers, *reports[:limit]][:limit]


@dataclass(frozen=True)
class Counts:
    """Figures over the inbox."""

    open: int
    overdue: int
    urgent: int
    near: int
    answered: int
    climbed: int


def counts(user: Any) -> Counts:
    """All figures of the inbox in two queries over the person's own live rows."""
    today = clock.today()
    tomorrow, later = answer_day(1), answer_day(3)
    is_open = Q(state="open")
    row = Escalation.objects.live().held_by(user).aggregate(
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(due_on__lt=today)),
        urgent=Count("pk", filter=is_open & Q(due_on__gte=today, due_on__lte=tomorrow)),
        near=Count("pk", filter=is_open & Q(due_on__gt=tomorrow, due_on__lte=later)),
        answered=Count("pk", filter=~is_open),
    )  # fmt: skip
    return Counts(**row, climbed=Escalation.objects.climbed_from(user).count())


def for_bulk(user: Any, ids: Sequence[int]) -> list[Escalation]:
    """Escalations of a bulk answer, in order of their answer day; ids that are not with the person are left out."""
    rows = Escalation.objects.to_answer(user).filter(pk__in=list(ids)[:MOST_IN_BULK])
    return list(rows.select_related(*_ROW).order_by(*ORDER))


def of_case(case_id: int) -> list[Escalation]:
    """Escalations of a case, live ones first, newest first, with their trace."""
    rows = Escalation.objects.filter(case=case_id).select_related("holder", "clock", "case", "change")
    return sorted(rows.prefetch_related("acts__actor", "acts__holder", "acts__from_holder"), key=lambda row: (
        row.state == "closed", -row.pk))  # fmt: skip


def trace(escalation: Escalation) -> list[EscalationAct]:
    """Every line, oldest first."""
    return list(escalation.acts.select_related("actor", "holder", "from_holder", "answers").order_by("pk"))


def next_seat(escalation: Escalation) -> tuple[int, int] | None:
    """(position, holder) of the next rung on which somebody other than the holder stands."""
    return next(((p, h) for p, h in seats_above(escalation) if h != escalation.holder_id), None)


def seats_above(escalation: Escalation) -> list[tuple[int, int]]:
    """(position, holder) of the rungs above, as the appointments of today have it."""
    rungs = json.dumps(rung_rows(ladder_now()))
    rows = statements.run(statements.SEATS_OF_CASE, rungs=rungs, case=escalation.case_id, today=clock.today())
    return [(position, holder) for position, holder in rows if position > escalation.position]


@dataclass(frozen=True)
class Row:
    """An escalation as lists show it."""

    escalation: Escalation
    days: int
    title: str
    rung: str
    thing: str = ""

    @property
    def level(self) -> str:
        """Level of the answer day."""
        return level_of_answer(self.days)


def with_latest(rows: Sequence[Row]) -> list[tuple[Row, EscalationAct | None]]:
    """Rows with the last thing a person wrote on each, in one query."""
    written = EscalationAct.objects.filter(escalation__in=[row.escalation.pk for row in rows], actor__isnull=False)
    latest = written.select_related("actor").order_by("escalation", "-pk").distinct("escalation")
    by_escalation = {line.escalation_id: line for line in latest}
    return [(row, by_escalation.get(row.escalation.pk)) for row in rows]


def level_of_answer(days: int) -> str:
    """Working days to the answer day as a level: due today or tomorrow is urgent, three days are near."""
    if days < 0:
        return "overdue"
    return "urgent" if days <= 1 else "near" if days <= 3 else "ample"


def as_rows(escalations: Sequence[Escalation]) -> list[Row]:
    """Rows with working days left, title, rung, and which object of the case it is about where there are several."""
    today, ladder, language, calendar = clock.today(), ladder_now(), get_language() or "", work_calendar()
    things = named([row.clock for row in escalations])
    return [
        Row(
            row,
            days_between(calendar, today, row.due_on),
            title_of(row, today),
            ladder.at(row.position).name(language),
            things.get(row.clock.subject, ""),
        )
        for row in escalations
    ]


def title_of(row: Escalation, today: date) -> str:
    """What is wrong, in a few words with its number: 超审限 6 天, 15 天后届满, 停止计算 93 天."""
    days = (row.cause_on - today).days
    if row.cause == "stop":
        return _("停止计算 %(n)s 天") % {"n": -days}
    if row.change is not None:
        return _("延长申请晚于法定时间 %(n)s 天") % {"n": (row.change.asked_on - row.cause_on).days}
    what = row.clock.get_role_display()
    if days < 0:
        return _("%(what)s超期 %(n)s 天") % {"what": what, "n": -days}
    return _("%(what)s %(n)s 天后届满") % {"what": what, "n": days}


def rungs_of(escalation: Escalation, lines: Sequence[EscalationAct]) -> list[dict[str, Any]]:
    """The ladder of an escalation as components/ladder.html draws it, foot first."""
    above = dict(seats_above(escalation)) if escalation.state != "closed" else {}
    names = selectable_names(above.values())
    reached = {line.position: line for line in lines if line.kind in ("opened", "climbed", "raised")}
    shown, day = [], escalation.due_on
    for rung in ladder_now().rungs:
        title = rung.name(get_language() or "")
        if rung.position < escalation.position:
            if rung.position in reached:
                shown.append(_past(title, rung.position, lines))
        elif rung.position == escalation.position:
            text = _("%(day)s 送到，答复期 %(due)s") if escalation.state == "open" else _("%(day)s 送到，办至 %(due)s")
            days = {"day": dates.short_date(escalation.reached_on), "due": dates.short_date(escalation.due_on)}
            shown.append({
                "title": f"{title} {escalation.holder.display_name}", "tag": "",
                "state": "past" if escalation.state == "closed" else "now",
                "text": text % days,
            })  # fmt: skip
        elif rung.position in above:
            day = answer_day(1, day)
            text = _("未答复则 %(day)s 自动上送") % {"day": dates.short_date(day)}
            shown.append({"title": f"{title} {names[above[rung.position]]}", "state": "later", "tag": "", "text": text})
            day = answer_day(rung.answer_days, day)
    return shown


def selectable_names(ids: Any) -> dict[int, str]:
    """Names of people by id."""
    people = Escalation._meta.get_field("holder").related_model.objects.filter(pk__in=list(ids))
    return {person.pk: person.display_name for person in people}


def _past(title: str, position: int, lines: Sequence[EscalationAct]) -> dict[str, Any]:
    own = [line for line in lines if line.position == position and line.actor_id is not None]
    left = next((line for line in lines if line.position > position and line.from_holder_id is not None), None)
    answered = own[-1] if own else None
    tag = _("已答复") if answered else _("未答复")
    text = dates.short_date(answered.on) if answered else dates.short_date(left.on if left else None)
    name = (
        answered.actor.display_name if answered else left.from_holder.display_name if left and left.from_holder else ""
    )
    return {"title": f"{title} {name}".strip(), "state": "past", "missed": not answered, "tag": tag, "text": text}
