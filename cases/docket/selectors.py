"""Reads of the docket: the timeline of a case, to which higher rooms add their own items, and its stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cases.docket.kinds import flow, kinds, stage_name
from cases.docket.models import DocketEntry
from cases.docket.rules import UNDO, UNDO_SECONDS
from cases.filing.citations import cite
from cases.intake.models import Case
from cases.intake.party_models import ChangeKind, PartyChange
from courtcms.core import clock

GROUPS = {
    "docket": gettext_lazy("进展"),
    "hearing": gettext_lazy("庭审"),
    "service": gettext_lazy("送达"),
    "clock": gettext_lazy("期限"),
    "supervise": gettext_lazy("监督"),
    "publish": gettext_lazy("公开"),
}


@dataclass(frozen=True)
class TimelineItem:
    """One line of the timeline of a case page. `kind` is a key of GROUPS; `undone` strikes it through."""

    date: date
    kind: str
    title: str
    text: str = ""
    href: str = ""
    who: str = ""
    entered_at: datetime | None = None
    undone: str = ""
    undo_pk: int | None = None

    @property
    def planned(self) -> bool:
        """It lies in the future."""
        return self.date > clock.today()

    @property
    def shown_kind(self) -> str:
        """The kind by which the timeline draws it."""
        return "future" if self.planned else self.kind

    @property
    def kind_word(self) -> str:
        """The small word before the title."""
        return _("将来") if self.planned else str(GROUPS.get(self.kind, GROUPS["docket"]))


Source = Callable[[Case, Any], Iterable[TimelineItem]]
_sources: list[Source] = []


def register_timeline(source: Source) -> None:
    """Let a higher room add its items to the timeline of every case; called in `AppConfig.ready()`.

    `source(case, user)` gives the items that the user may see, in one query or two, whatever the length of the file.
    """
    if source not in _sources:
        _sources.append(source)


def entry_title(entry: DocketEntry) -> str:
    """Name of the kind in the language in force; of a hearing with time and place."""
    kind = kinds().get(entry.kind)
    parts = [kind.name(get_language() or "") if kind else entry.kind]
    if entry.happened_at:
        parts.append(entry.happened_at.strftime("%H:%M"))
    if entry.place:
        parts.append(entry.place)
    return " ".join(parts)


def _item(entry: DocketEntry, undone_by: DocketEntry | None, user: Any) -> TimelineItem:
    kind = kinds().get(entry.kind)
    fresh = (clock.now() - entry.entered_at).total_seconds() <= UNDO_SECONDS
    may_undo = fresh and undone_by is None and user is not None and entry.actor_id == user.pk
    undone = ""
    if undone_by is not None:
        moment = undone_by.entered_at.astimezone(clock.COURT_ZONE).strftime("%Y-%m-%d %H:%M")
        name = undone_by.actor.display_name if undone_by.actor else ""
        undone = _("%(name)s于 %(moment)s 撤销") % {"name": name, "moment": moment}
    return TimelineItem(
        date=entry.happened_on,
        kind=kind.group if kind else "docket",
        title=entry_title(entry),
        text=entry.note,
        who=entry.actor.display_name if entry.actor else "",
        entered_at=entry.entered_at,
        undone=undone,
        undo_pk=entry.pk if may_undo else None,
    )


def _registry_items(case: Case) -> list[TimelineItem]:
    """What the registry did: filed, allocated anew, closed."""
    items = [TimelineItem(date=case.filed_on, kind="docket", title=_("立案"), text=case.number)]
    changes = list(case.allocations.select_related("judge", "made_by").order_by("id"))[1:]
    for change in changes:
        judge = change.judge.display_name if change.judge else ""
        title = _("改由%(judge)s承办") % {"judge": judge}
        who = change.made_by.display_name if change.made_by else ""
        items.append(TimelineItem(clock.court_day(change.made_at), "docket", title, text=change.reason, who=who))
    items += [_of_parties(change) for change in case.party_changes.select_related("made_by")]
    if case.closed_on:
        items.append(TimelineItem(date=case.closed_on, kind="docket", title=_("结案"), text=case.closing_label))
    return items


def _of_parties(change: PartyChange) -> TimelineItem:
    """A party was added, another name entered, a spelling corrected."""
    values = {"name": change.after, "before": change.before, "role": change.role_label}
    parts = [change.reason]
    if change.kind == ChangeKind.ADDED:
        title = _("追加%(role)s %(name)s") % values
        parts = [change.ground_label, cite(change.article, get_language() or ""), change.reason]
    elif change.kind == ChangeKind.ALIAS:
        title = _("登记%(role)s的%(kind)s：%(name)s") % (values | {"kind": change.get_alias_kind_display()})
    else:
        title = _("%(before)s更正为%(name)s") % values
    who = change.made_by.display_name if change.made_by else ""
    text = " · ".join(part for part in parts if part)
    return TimelineItem(change.decided_on, "docket", title, text=text, who=who, entered_at=change.made_at)


def timeline(case: Case, user: Any, only: str = "") -> list[TimelineItem]:
    """All items of the case, latest first; `only` keeps one kind. Counter-entries show as the strike they make."""
    rows = list(DocketEntry.objects.filter(case=case).select_related("actor").order_by("-happened_on", "-id"))
    counters = {row.undoes_id: row for row in rows if row.kind == UNDO}
    items = [_item(row, counters.get(row.pk), user) for row in rows if row.kind != UNDO]
    items += _registry_items(case)
    for source in _sources:
        items.extend(source(case, user))
    if only:
        items = [item for item in items if item.kind == only]
    return sorted(items, key=lambda item: item.date, reverse=True)


def stages(case: Case) -> list[dict[str, str]]:
    """The flow of the case for `components/steps.html`: done with its days, where it stands, what follows."""
    language = get_language() or ""
    days: dict[str, list[date]] = {"filed": [case.filed_on]}
    rows = (
        DocketEntry.objects.filter(case=case, undone_by__isnull=True).exclude(kind=UNDO).order_by("happened_on", "id")
    )
    for kind, day in rows.values_list("kind", "happened_on"):
        stage = kinds()[kind].stage if kind in kinds() else ""
        if stage and day not in days.setdefault(stage, []):
            days[stage].append(day)
    order = flow(case.instance)
    keys = [stage.key for stage in order]
    now = keys.index(case.stage) if case.stage in keys else (len(keys) if case.status != "open" else 0)
    shown = []
    for place, stage in enumerate(order):
        state = (
            "now"
            if place == now
            else "done"
            if place < now and (stage.key in days or case.status != "open")
            else "later"
        )
        if place < now and stage.key not in days and case.status == "open":
            state = "done" if place == 0 else "later"
        note = "、".join(day.strftime("%m-%d") for day in days.get(stage.key, [])[-2:])
        shown.append({"title": stage.name(language), "note": note, "state": state})
    return shown


def stage_label(case: Case) -> str:
    """Where the case stands, in the language in force."""
    return stage_name(case.stage, get_language() or "")
