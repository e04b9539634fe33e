"""What the pages show of an escalation, gathered once for the inbox, its own page and the case page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courtcms.core import clock
from courtcms.core.templatetags.court import Fig
from deadlines.rulebook.reading import rulebook
from oversight.escalation import policy, rules, selectors
from oversight.escalation.forms import ExplainForm, MeasureForm, ReportForm
from oversight.escalation.ladder import Measure, Start, measures
from oversight.escalation.ladders import ladder_now
from oversight.escalation.models import Escalation, EscalationAct

SHOWS = ("open", "answered", "climbed", "closed", "court")


@dataclass(frozen=True)
class ShownMeasure:
    """A measure as the form lists it; `closed` says why it cannot be taken here."""

    code: str
    name: str
    note: str
    closed: str
    chosen: bool


def shown_measures(escalation: Escalation, chosen: str = "") -> list[ShownMeasure]:
    """Every measure with its condition, those that the case does not allow closed with the reason."""
    kind = rules.four_kinds(escalation.case.filed_on, clock.today())
    used = _used(escalation)
    rung = ladder_now().at(escalation.position)
    return [
        ShownMeasure(code, measure.name(get_language() or ""), _note(measure, rung.key, used.get(code, 0)),
                     _closed(measure, kind, used.get(code, 0)), code == chosen)
        for code, measure in measures().items()
    ]  # fmt: skip


def _used(escalation: Escalation) -> dict[str, int]:
    taken = EscalationAct.objects.filter(escalation__case=escalation.case_id, kind="measure")
    counted: dict[str, int] = {}
    for code in taken.values_list("measure", flat=True):
        counted[code] = counted.get(code, 0) + 1
    return counted


def _note(measure: Measure, rung: str, used: int) -> str:
    if measure.most:
        return _("%(note)s，已用 %(n)s 次") % {"note": measure.note(get_language() or ""), "n": used}
    if measure.effect == "refer" and measure.decided_by == rung:
        return ""
    return measure.note(get_language() or "")


def _closed(measure: Measure, kind: str, used: int) -> str:
    if measure.four_kinds and not kind:
        return _("只能用于“四类案件”")
    return _("已用 %(n)s 次") % {"n": used} if measure.most and used >= measure.most else ""


def detail_context(user: Any, escalation: Escalation, **bound: django_forms.Form) -> dict[str, Any]:
    """Everything that the page of one escalation shows to this person. `bound` holds a form that was refused."""
    lines = selectors.trace(escalation)
    rung = ladder_now().at(escalation.position)
    start = {"position": escalation.position}
    may_supervise = policy.can_supervise(user, escalation)
    measure = bound.get("measure") or (MeasureForm(initial=start) if may_supervise else None)
    chosen = (measure["measure"].value() or "S2") if measure is not None else ""
    return {
        "escalation": escalation,
        "row": selectors.as_rows([escalation])[0],
        "kind": rules.four_kinds(escalation.case.filed_on, clock.today()),
        "rung": rung.name(get_language() or ""),
        "rungs": selectors.rungs_of(escalation, lines),
        "lines": [ShownLine.of(line) for line in lines],
        "measures": shown_measures(escalation, chosen) if measure is not None else [],
        "measure": measure,
        "explain": bound.get("explain")
        or (ExplainForm(initial=start) if policy.can_explain(user, escalation) else None),
        "report": bound.get("report") or (ReportForm() if policy.can_report(user, escalation) else None),
        "question": next((line for line in reversed(lines) if line.kind == "measure"), None),
    }


@dataclass(frozen=True)
class ShownLine:
    """One line of the trace with the names it needs."""

    line: EscalationAct
    rung: str
    measure: str

    @classmethod
    def of(cls, line: EscalationAct) -> ShownLine:
        """The line in the language in force."""
        language = get_language() or ""
        known = measures().get(line.measure)
        return cls(line, ladder_now().at(line.position).name(language), known.name(language) if known else "")

    @property
    def stands_in(self) -> bool:
        """Did somebody act in another's seat?"""
        line = self.line
        seat_acts = line.kind in ("measure", "note", "explained")
        return seat_acts and line.actor_id is not None and line.holder_id not in (None, line.actor_id)


def condition_of(start: Start, language: str) -> str:
    """Which alerts a line of the ladder speaks of, in words: the name of the threshold, or the kind of limit."""
    threshold = rulebook().thresholds.get(start.threshold)
    if threshold is not None:
        return threshold.name_en if language.startswith("en") else threshold.name_zh
    return _("审限") if start.group == "limit" else start.threshold or start.group


def figures(counts: selectors.Counts, show: str) -> list[Fig]:
    """The numbers over the inbox; each opens its list."""
    return [
        Fig(_("待我答复"), counts.open, "?show=open", _("件"), current=show == "open"),
        Fig(_("答复逾期"), counts.overdue, "?show=open", _("下次自动上送"), **_level("overdue", counts.overdue)),
        Fig(_("紧迫"), counts.urgent, "?show=open", _("今明两日"), **_level("urgent", counts.urgent)),
        Fig(_("临近"), counts.near, "?show=open", _("三个工作日内"), **_level("near", counts.near)),
        Fig(_("按计划、待报告"), counts.answered, "?show=answered", _("件"), current=show == "answered", part=True),
        Fig(_("已上送"), counts.climbed, "?show=climbed", _("仍在办"), current=show == "climbed"),
    ]


def _level(level: str, number: int) -> dict[str, Any]:
    """A colour is a statement: none of a risk has none."""
    return {"level": level, "warn": level == "overdue"} if number else {}


def tabs(show: str, court_wide: bool) -> list[dict[str, Any]]:
    """Views of the inbox."""
    titles = {
        "open": _("待答复"), "answered": _("我已答复"), "climbed": _("已上送"), "closed": _("已结"),
        "court": _("范围内全部"),
    }  # fmt: skip
    return [
        {"title": titles[key], "href": f"?show={key}", "current": key == show, "count": None}
        for key in SHOWS
        if key != "court" or court_wide
    ]
