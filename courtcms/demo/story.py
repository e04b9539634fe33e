"""The plan of the demo court: what is filed when, by whom, how far it has come. One seed, one plan, no database."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import yaml

from cases.intake import catalogue
from cases.intake.drafts import CaseDraft, PartyDraft, RepresentativeDraft
from courtcms.demo import names

MIX: list[dict[str, Any]] = yaml.safe_load((names.DATA / "cases.yaml").read_text("utf-8"))
CAUSES: dict[str, dict[str, int]] = yaml.safe_load((names.DATA / "causes.yaml").read_text("utf-8"))
COURSES: dict[str, Any] = yaml.safe_load((names.DATA / "courses.yaml").read_text("utf-8"))

#: share of cases, and how many days ago they were filed at the most and at the least
AGES = ((0.56, 0, 75), (0.29, 75, 240), (0.13, 240, 430), (0.02, 430, 900))
SLOW = 0.24
#: days from today to the end of the limit, of cases that certain people have; a smaller court has only drawn ones
SHOWN = {"judge": (-11, -5, -2, 0, 2, 6, 12, 21, 41), "presiding": (-7, -1, 4, 15)}
SHOWN_FROM, THREE_MONTHS = 60, 92
DIVISIONS = {
    "civil": ("civil-1", "civil-1", "civil-1", "civil-2", "civil-3"),
    "criminal": ("criminal-1", "criminal-2"),
    "administrative": ("administrative",),
    "enforcement": ("enforcement",),
    "supervision": ("trial-supervision",),
}
USUAL_ENDS = ("判决", "维持", "改判", "调解")
LOWER_COURTS = ("津0102", "津0103", "津0105", "津0112", "津0113", "津0118")


@dataclass(frozen=True)
class Happening:
    """One line of the docket."""

    kind: str
    day: date
    note: str = ""
    place: str = ""
    hour: int = 9


@dataclass(frozen=True)
class Plan:
    """One case: the draft as it is handed in, its division, its docket, its end."""

    draft: CaseDraft
    division: str
    docket: tuple[Happening, ...]
    closed_on: date | None
    closing: str
    judge: str = ""

    @property
    def effective_on(self) -> date | None:
        """The day on which the judgment took effect."""
        return next((line.day for line in self.docket if line.kind == "effective"), None)


def plan_cases(number: int, seed: int, today: date, *, all_open: bool = False) -> list[Plan]:
    """`number` plans in the order of filing. `all_open` leaves every case open (for measuring)."""
    source = random.Random(f"cases:{seed}")
    shares = [row["share"] for row in MIX]
    shown = _shown(source, today) if number >= SHOWN_FROM else []
    drawn = (source.choices(MIX, shares)[0] for _ in range(number - len(shown)))
    plans = shown + [_plan(source, row, _filed(source, today), today, all_open) for row in drawn]
    return sorted(plans, key=lambda plan: plan.draft.filed_on)


def _shown(source: random.Random, today: date) -> list[Plan]:
    """Open appeals of the first civil division whose limits end around today, for the people one signs in as."""
    appeal = next(row for row in MIX if row["type"] == "0302")
    found = []
    for judge, ends in SHOWN.items():
        for days in ends:
            filed = _weekday(today + timedelta(days=days) - timedelta(days=THREE_MONTHS))
            plan = _plan(source, appeal, filed, today, all_open=True)
            found.append(replace(plan, division="civil-1", judge=judge))
    return found


def _filed(source: random.Random, today: date) -> date:
    _share, least, most = source.choices(AGES, [age[0] for age in AGES])[0]
    return _weekday(today - timedelta(days=source.randint(least, most)))


def _weekday(day: date) -> date:
    """The day itself, or the Friday before a Saturday or Sunday."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _plan(source: random.Random, row: dict[str, Any], filed: date, today: date, all_open: bool) -> Plan:
    case_type = catalogue.case_types()[row["type"]]
    days = source.randint(*row["days"])
    if source.random() < SLOW:
        days = int(days * source.uniform(1.4, 3.2))
    closed = max(filed, _weekday(filed + timedelta(days=days)))
    ended = closed <= today and not all_open
    closing = _closing(source, case_type.code) if ended else ""
    draft = _draft(source, row, case_type, filed)
    return Plan(
        draft=draft,
        division=source.choice(DIVISIONS[row["division"]]),
        docket=tuple(_docket(source, _course(case_type), filed, (closed - filed).days, today, ended)),
        closed_on=closed if ended else None,
        closing=closing,
    )


def _draft(source: random.Random, row: dict[str, Any], case_type: catalogue.CaseType, filed: date) -> CaseDraft:
    field = case_type.cause_field
    name = source.choices(list(CAUSES[field]), list(CAUSES[field].values()))[0]
    cause = catalogue.cause_by_name(field, name)
    assert cause is not None, name  # the names of causes.yaml are those of the dictionary; a test reads them all
    criminal = case_type.category == "criminal"
    held = criminal and case_type.instance in ("first", "second") and source.random() < 0.6
    received = filed - timedelta(days=source.randint(1, 6))
    return CaseDraft(
        type_code=case_type.code,
        cause_code=cause.code,
        filed_on=filed,
        received_on=received,
        procedure=case_type.procedure_keys[0],
        parties=tuple(_parties(source, row, name)),
        amount=None if criminal else Decimal(source.randint(2_000, 9_000_000)),
        claims="" if criminal else f"请求依法处理{name}",
        lower_number=_lower(source, row["lower"], filed) if "lower" in row else "",
        in_custody=held,
        custody_since=received if held else None,
        duplicate_note="已核对，不是重复起诉",
    )


def _lower(source: random.Random, mark: str, filed: date) -> str:
    year = (filed - timedelta(days=source.randint(60, 300))).year
    return f"（{year}）{source.choice(LOWER_COURTS)}{mark}{source.randint(1, 9000)}号"


def _parties(source: random.Random, row: dict[str, Any], cause: str) -> Sequence[PartyDraft]:
    family = cause in ("离婚纠纷", "法定继承纠纷", "劳动合同纠纷")
    found = []
    for role, who in zip(row["sides"], row["who"], strict=True):
        natural = who == "person" or (who == "mixed" and (family or source.random() < 0.55))
        found.append(
            _party(source, role, names.organ(source) if who == "organ" else names.figure(source, natural=natural))
        )
        if source.random() < 0.12 and who != "organ":
            found.append(_party(source, role, names.figure(source, natural=natural)))
    return found


def _party(source: random.Random, role: str, figure: names.Figure) -> PartyDraft:
    agents: tuple[RepresentativeDraft, ...] = ()
    if source.random() < 0.6:
        firm = f"海河市{source.choice(names.PLACES)}律师事务所"
        kind = "defender" if role in ("accused", "original_accused") else "lawyer"
        agents = (RepresentativeDraft(names.person_name(source), kind, firm),)
    return PartyDraft(
        role=role,
        kind=figure.kind,
        name=figure.name,
        identity_kind=figure.identity_kind,
        identity_number=figure.identity_number,
        address=figure.address,
        phone=figure.phone,
        legal_representative=figure.representative,
        representatives=agents,
    )


def _closing(source: random.Random, type_code: str) -> str:
    """Judgment, affirmation, new judgment or settlement where the type knows them; shares 6 to 3 to 1."""
    methods = catalogue.closing_methods_for(type_code)
    usual = [method for method in methods if method.zh in USUAL_ENDS] or methods
    return source.choices(usual, [6, 3, *[1] * len(usual)][: len(usual)])[0].code


def _course(case_type: catalogue.CaseType) -> dict[str, Any]:
    if case_type.procedure_keys[0] == "appeal_ruling":  # ends by a ruling on the file, without a hearing
        return COURSES["review"]
    return COURSES.get(case_type.instance, COURSES["review"])


def _docket(
    source: random.Random, course: dict[str, Any], filed: date, days: int, today: date, ended: bool
) -> list[Happening]:
    closed = filed + timedelta(days=days)
    lines = [Happening("transferred", filed + timedelta(days=1))] if filed < today else []
    for kind, share in course["before"].items():
        day = filed + timedelta(days=max(1, round(days * (share + source.uniform(-0.03, 0.03)))))
        lines.append(_line(source, kind, min(day, closed)))
    if ended:
        lines += [_line(source, kind, closed + timedelta(days=gap)) for kind, gap in course["after"].items()]
    lines = [replace(line, day=max(filed, _weekday(line.day))) for line in lines]
    lines = [line for line in lines if line.day <= today or (line.kind == "hearing" and (line.day - today).days < 30)]
    lines = [replace(line, note="") if line.day > today else line for line in lines]
    return sorted(lines, key=lambda line: (line.day, line.hour))


def _line(source: random.Random, kind: str, day: date) -> Happening:
    notes = COURSES["notes"].get(kind)
    place = source.choice(COURSES["places"]) if kind in ("hearing", "inquiry") else ""
    return Happening(kind, day, source.choice(notes) if notes else "", place, source.choice((9, 10, 14, 15)))
