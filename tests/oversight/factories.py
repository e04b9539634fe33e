"""A division with everyone on the ladder, and cases whose limits run out."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.intake.models import BenchMember, Case
from cases.intake.services import register_case
from courtcms.accounts.models import User
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.courts.models import DivisionKind
from deadlines.scan.services import scan
from oversight.escalation.models import Escalation
from oversight.escalation.scheduled import Report, work_off
from tests import factories as ground
from tests.cases import factories as cases

D = date.fromisoformat
#: a civil case filed on this day is due on Monday 2025-08-11
FILED = "2025-02-10"


class People:
    """Judge in charge, presiding judge, a member of the panel, chief, vice president, president, and others."""

    def __init__(self) -> None:
        self.division = ground.division("civil-1", DivisionKind.CIVIL)
        office = ground.division("office", DivisionKind.OFFICE)
        self.clerk = ground.person(Post.FILING_CLERK, ground.division("filing", DivisionKind.FILING))
        self.judge = ground.person(Post.JUDGE, self.division, name="甲承办")
        self.presiding = ground.person(Post.CLERK, self.division, name="甲审判长")
        self.chief = ground.person(Post.DIVISION_CHIEF, self.division, name="甲庭长")
        self.vice = ground.person(Post.VICE_PRESIDENT, office, name="甲副院长")
        self.president = ground.person(Post.PRESIDENT, office, name="甲院长")
        self.management = ground.person(
            Post.TRIAL_MANAGEMENT, ground.division("management", DivisionKind.TRIAL_MANAGEMENT)
        )
        self.other_chief = ground.person(Post.DIVISION_CHIEF, ground.division("civil-2", DivisionKind.CIVIL))

    def case(self, filed_on: str = FILED, presiding: bool = True, **fields: Any) -> Case:
        """A registered civil case of this judge."""
        chosen = {
            "filed_on": D(filed_on),
            "judge_id": self.judge.pk,
            "division_id": self.division.pk,
            "assign_reason": "测试指定",
            **fields,
        }
        with court_clock.as_of(D(filed_on)):
            case = register_case(actor=self.clerk, draft=cases.draft(**chosen))
        self.seat(case, presiding)
        case.refresh_from_db()
        return case

    def seat(self, case: Case, presiding: bool) -> None:
        """Judge in charge and presiding judge as the tests need them."""
        if not self.presiding.appointments.filter(post=Post.PRESIDING_JUDGE).exists():
            ground.appoint(self.presiding, Post.PRESIDING_JUDGE, self.division)
        with act(actor=None, verb="test.bench"):
            Case.objects.filter(pk=case.pk).update(judge=self.judge)
            BenchMember.objects.filter(case=case).update(until=case.filed_on)
            BenchMember.objects.create(case=case, user=self.judge, role="judge", since=case.filed_on)
            if presiding:
                BenchMember.objects.create(case=case, user=self.presiding, role="presiding", since=case.filed_on)


def scanned(day: str) -> None:
    """The scan of a day."""
    scan(as_of=D(day))


def worked_off(day: str) -> Report:
    """The daily work on escalations of a day."""
    return work_off(as_of=D(day))


def live(case: Case) -> Escalation:
    """The live escalation of a case."""
    return Escalation.objects.live().select_related("holder").get(case=case)


def stands(case: Case) -> tuple[User, str]:
    """Who holds the live escalation of a case, and until when."""
    row = live(case)
    return row.holder, row.due_on.isoformat()
