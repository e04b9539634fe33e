"""Builders of hearings: a court with rooms, cases with a bench, times on days the court works."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from cases.intake.drafts import RepresentativeDraft
from cases.intake.models import Case
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.courts.models import Courtroom
from deadlines.calendars.selectors import work_calendar
from deadlines.hearings.drafts import HearingDraft
from deadlines.hearings.models import Hearing
from deadlines.hearings.services import schedule_hearing
from tests import factories as ground
from tests.cases import factories as cases

NAMES = "一二三四五六七八九十"


def room(number: int = 1) -> Courtroom:
    """A courtroom of this court."""
    with act(actor=None, verb="test.room"):
        made, _ = Courtroom.objects.get_or_create(
            court=ground.court(),
            code=f"room-{number}",
            defaults={"name": f"第{NAMES[number - 1]}法庭", "name_en": f"Courtroom {number}", "seats": 12},
        )
    return made


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a court day."""
    return datetime.combine(day, time(hour, minute), tzinfo=clock.COURT_ZONE)


def working_day(after: int = 10) -> date:
    """The n-th working day from today."""
    return work_calendar().add_working_days(clock.today(), after)


def case(**fields: Any) -> Case:
    """A civil case of the first civil division, with its bench."""
    if not ground.division().appointments.exists():
        cases.civil_division()
    return cases.case(**fields)


def with_lawyer(licence: str = "", name: str = "丁一", firm: str = "甲乙律师事务所", **fields: Any) -> Case:
    """A case whose plaintiff is represented by a lawyer."""
    lawyer = RepresentativeDraft(kind="lawyer", name=name, firm=firm, licence=licence)
    plaintiff = cases.company_party(representatives=(lawyer,))
    return case(parties=(plaintiff, cases.person_party()), **fields)


def draft(day: date | None = None, hour: int = 9, hours: float = 2, number: int = 1, **fields: Any) -> HearingDraft:
    """A hearing of two hours in the first courtroom, ten working days from today, unless told otherwise."""
    starts = at(day or working_day(), hour)
    values = {"courtroom": room(number).pk, "starts_at": starts, "ends_at": starts + timedelta(hours=hours)}
    return HearingDraft(**(values | fields))


def hearing(of: Case | None = None, **fields: Any) -> Hearing:
    """A scheduled hearing."""
    return schedule_hearing(actor=None, case=of or case(), draft=draft(**fields))


def division_of_its_own(number: int) -> int:
    """A division with judges who sit nowhere else; its id."""
    return cases.civil_division(code=f"civil-{number}").pk
