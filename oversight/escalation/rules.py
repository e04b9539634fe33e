"""States of an escalation and the conditions of a measure. Pure functions.

The list of measures is closed (法发〔2021〕30号). None of them changes the opinion of a bench or a judgment, signs one,
or leaves no trace (法发〔2015〕13号 art. 24): such an act has no code here, so it cannot be asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from courtcms.core.marks import N_
from oversight.escalation.ladder import Measure

OPEN, AWAITING, PLANNED, CLOSED = "open", "awaiting", "planned", "closed"
LIVE = (OPEN, AWAITING, PLANNED)

#: (state, event) -> next state
TRANSITIONS: Mapping[tuple[str, str], str] = {
    (OPEN, "explain"): PLANNED,  # a rung of the bench says why and by when
    (OPEN, "ask"): AWAITING,
    (OPEN, "plan"): PLANNED,
    (OPEN, "refer"): PLANNED,
    (OPEN, "propose"): OPEN,  # on the next rung
    (AWAITING, "answer"): OPEN,  # back to whoever asked
    (OPEN, "climb"): OPEN,
    (AWAITING, "climb"): OPEN,
    (PLANNED, "climb"): OPEN,
    (OPEN, "close"): CLOSED,
    (AWAITING, "close"): CLOSED,
    (PLANNED, "close"): CLOSED,
}
#: a case this long under way is one of the four kinds by itself (K1)
LONG_PENDING_DAYS = 365


def next_state(state: str, event: str) -> str | None:
    """The state after an event, None where the table knows no such transition."""
    return TRANSITIONS.get((state, event))


def four_kinds(filed_on: date, today: date) -> str:
    """The kind of the four (K1 … K4) that follows from the case data alone, "" when none does."""
    return "K1" if (today - filed_on).days > LONG_PENDING_DAYS else ""


@dataclass(frozen=True)
class Complaint:
    """Why a measure cannot be taken: field of the form, sentence (msgid), its parameters."""

    field: str
    message: str
    params: Mapping[str, object]


@dataclass(frozen=True)
class Asked:
    """A measure as somebody wants to take it."""

    text: str
    detail: str
    until: date | None


@dataclass(frozen=True)
class Facts:
    """What the conditions look at."""

    today: date
    latest: date | None  # the last day that `longest` working days reach
    kind: str  # of the four kinds, "" for none
    used: int  # how often the measure was taken in this case


def complaints(measure: Measure, asked: Asked, facts: Facts) -> list[Complaint]:
    """Everything that speaks against taking a measure; empty when nothing does."""
    found = []
    if not asked.text.strip():
        found.append(Complaint("text", N_("请写明要求或者意见"), {}))
    if measure.needs and not asked.detail.strip():
        found.append(Complaint("detail", N_("这项措施须写明依据：%(what)s"), {"what": dict(measure.needs)}))
    if measure.four_kinds and not facts.kind:
        found.append(Complaint("measure", N_("这项措施只能用于“四类案件”"), {}))
    if measure.most and facts.used >= measure.most:
        found.append(
            Complaint(
                "measure", N_("本案已用 %(n)s 次，一般不超过 %(most)s 次"), {"n": facts.used, "most": measure.most}
            )
        )
    return found + _date_complaints(measure, asked, facts)


def _date_complaints(measure: Measure, asked: Asked, facts: Facts) -> list[Complaint]:
    if measure.effect == "note":
        return []
    if asked.until is None:
        return [Complaint("until", N_("请写明日期"), {})]
    if asked.until <= facts.today:
        return [Complaint("until", N_("日期须在今天之后"), {})]
    if facts.latest is not None and asked.until > facts.latest:
        return [Complaint("until", N_("这项措施的日期最迟为 %(day)s"), {"day": facts.latest.isoformat()})]
    return []
