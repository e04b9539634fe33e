"""Rows, tabs, steps and history as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from courtcms.core.workdays import add_working_days
from publicity.judgments import outbox, rules, words
from publicity.judgments.models import Delivery, Publication, PublicationVersion, State

OPEN_STATES = (rules.AWAITED, rules.REVIEW, rules.CLEARANCE, rules.READY, rules.DECIDING)
ACTS = ("prepare", "submit", "accept", "publish", "withhold", "hold", "release", "withdraw", "reopen")
LEVELS = {
    rules.AWAITED: "near", rules.REVIEW: "info", rules.CLEARANCE: "info", rules.READY: "near", rules.PUBLISHED: "done",
    rules.HELD: "danger", rules.WITHDRAWN: "danger", rules.DECIDING: "paused", rules.WITHHELD: "paused",
}  # fmt: skip
PATH = (rules.AWAITED, rules.REVIEW, rules.CLEARANCE, rules.READY, rules.PUBLISHED)


@dataclass(frozen=True)
class Line:
    """One publication in a list."""

    publication: Publication
    days: int | None
    level: str
    next_act: Any


def line(publication: Publication, today: date) -> Line:
    """With working days left while it is open."""
    days = working_days_left(publication.due_on, today) if publication.is_open else None
    return Line(publication, days, LEVELS[publication.state], NEXT[publication.state]())


NEXT = {
    rules.AWAITED: lambda: _("上传签发的文书"),
    rules.REVIEW: lambda: _("核对脱敏，处理存疑和残留"),
    rules.CLEARANCE: lambda: _("由另一人保密审查"),
    rules.READY: lambda: _("公布"),
    rules.PUBLISHED: lambda: "",
    rules.HELD: lambda: _("核查后恢复公布或者撤回"),
    rules.WITHDRAWN: lambda: _("修正后重新公布，或者登记不公开"),
    rules.DECIDING: lambda: _("庭长审核，主管副院长决定"),
    rules.WITHHELD: lambda: "",
}


def working_days_left(due: date | None, today: date) -> int | None:
    """Working days from today to the last day; negative when it has passed; 0 on the day itself."""
    if due is None:
        return None
    start, end, sign = (today, due, 1) if today <= due else (due, today, -1)
    count, day = 0, start
    while day < end and count < 250:
        day = add_working_days(day, 1)
        count += day <= end
    return sign * count


def filtered(rows: QuerySet[Publication], show: str, today: date) -> QuerySet[Publication]:
    """Rows of a tab; an unknown tab shows what is open."""
    if show in State.values:
        return rows.filter(state=show)
    if show == "late":
        return rows.filter(state__in=rules.OPEN, due_on__lt=today)
    return rows.filter(state__in=rules.OPEN)


def tabs(rows: QuerySet[Publication], show: str, today: date) -> list[dict[str, Any]]:
    """Open, late, and each state with its number."""
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk", distinct=True)))
    found = [
        {"title": _("办理中"), "key": "open", "count": sum(counts.get(state, 0) for state in rules.OPEN)},
        {"title": _("已逾期"), "key": "late", "count": filtered(rows, "late", today).values("pk").distinct().count()},
    ]
    found += [{"title": label, "key": value, "count": counts.get(value, 0)} for value, label in State.choices]
    return [{**tab, "href": f"?show={tab['key']}", "current": tab["key"] == show} for tab in found]


def steps(publication: Publication) -> list[dict[str, Any]]:
    """The path to publication; a document kept back or taken back shows that at its end."""
    path: list[str] = list(PATH)
    if publication.state in (rules.HELD, rules.WITHDRAWN, rules.WITHHELD, rules.DECIDING):
        path.append(publication.state)
    now = path.index(publication.state)
    rows = list(publication.log.select_related("by"))
    # a finished stage shows who finished it, the present one who brought the document there
    left, reached = {step.source: step for step in rows}, {step.target: step for step in rows}
    found = []
    for place, state in enumerate(path):
        step = reached.get(state) if place == now else left.get(state)
        finished = place < now or (place == now and state in (rules.PUBLISHED, rules.WITHHELD))
        if publication.state in (rules.WITHHELD, rules.DECIDING) and step is None and state != publication.state:
            finished = False
        found.append({
            "title": State(state).label, "state": "done" if finished else "now" if place == now else "later",
            "note": step.by.display_name if step and step.by and place <= now else "",
        })  # fmt: skip
    return found


def surfaces(publication: Publication) -> list[Delivery]:
    """Rows of all surfaces for the last act on the public site, in the order of the table."""
    rows = publication.deliveries.filter(surface__in=outbox.SURFACES)
    last = rows.order_by("-id").first()
    return list(rows.filter(act=last.act, created_at=last.created_at)) if last else []


def versions(publication: Publication) -> list[PublicationVersion]:
    """All versions, newest first; none is ever removed."""
    return list(
        publication.versions.select_related("created_by", "file").prefetch_related("withdrawals").order_by("-number")
    )


def log(publication: Publication) -> list[dict[str, Any]]:
    """Every transition in words."""
    return [
        {"step": step, "name": words.STEPS.get(step.name, step.name)}
        for step in publication.log.select_related("by").order_by("-id")
    ]
