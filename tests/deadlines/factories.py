"""Builders of clocks: a registered case has its trial clock by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.intake.models import Case
from cases.intake.services import register_case
from courtcms.accounts.posts import Post
from courtcms.core import clock as court_clock
from courtcms.courts.models import DivisionKind
from deadlines.clocks.models import Clock
from tests import factories as ground
from tests.cases import factories as cases

D = date.fromisoformat


def court_people() -> dict[str, Any]:
    """A filing clerk, trial management, a judge in a civil and one in a criminal division, both chiefs."""
    civil = ground.division("civil-1", DivisionKind.CIVIL)
    criminal = ground.division("criminal-1", DivisionKind.CRIMINAL)
    return {
        "clerk": ground.person(Post.FILING_CLERK, ground.division("filing", DivisionKind.FILING)),
        "management": ground.person(Post.TRIAL_MANAGEMENT, ground.division("mgmt", DivisionKind.TRIAL_MANAGEMENT)),
        "judge": ground.person(Post.JUDGE, civil),
        "criminal_judge": ground.person(Post.JUDGE, criminal),
        "chief": ground.person(Post.DIVISION_CHIEF, civil),
        "admin": ground.person(Post.ADMINISTRATOR, ground.division("office", DivisionKind.OFFICE)),
    }


def civil_case(people: dict[str, Any], filed_on: str, **fields: Any) -> Case:
    """A civil first-instance case filed on a day, registered on that day."""
    with court_clock.as_of(D(filed_on)):
        return register_case(actor=people["clerk"], draft=cases.draft(filed_on=D(filed_on), **fields))


def criminal_case(people: dict[str, Any], filed_on: str, **fields: Any) -> Case:
    """A criminal first-instance case filed on a day."""
    with court_clock.as_of(D(filed_on)):
        return register_case(actor=people["clerk"], draft=cases.criminal_draft(filed_on=D(filed_on), **fields))


def clock_of(case: Case) -> Clock:
    """The live trial clock of a case; service of the complaint has one of its own."""
    return Clock.objects.live().trial().get(case=case)
