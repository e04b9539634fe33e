"""Periods that follow from the docket, and the day on which a judgment is final."""

from __future__ import annotations

from datetime import date

import pytest

from cases.docket.services import enter, undo
from courtcms.core import clock as court_clock
from deadlines.clocks.models import Clock
from deadlines.periods.models import EffectDate
from deadlines.periods.services import settle
from tests.deadlines import factories
from tests.deadlines.change_factories import court_people

pytestmark = pytest.mark.django_db
D = date.fromisoformat


@pytest.fixture
def people():
    return court_people()


@pytest.fixture
def case(people):
    return factories.civil_case(people, "2025-02-10")


def entered(people, case, kind, day, on=""):
    with court_clock.as_of(D(on or day)):
        return enter(actor=people["judge"], case=case, kind=kind, happened_on=D(day))


def live(case, limit):
    return Clock.objects.live().filter(case=case, limit_id=limit).first()


def test_the_reply_period_runs_from_service_and_the_copy_is_owed_after_the_reply(people, case):
    entered(people, case, "served_claim", "2025-02-20")
    # fifteen days after 02-20: 03-07, a Friday
    assert live(case, "srv_reply").due_on == D("2025-03-07")
    entered(people, case, "served_claim", "2025-02-26")  # the second defendant, the last one counts: 03-13
    assert live(case, "srv_reply").due_on == D("2025-03-13")
    entered(people, case, "answered", "2025-03-05")
    # five days: 03-10, a Monday
    assert live(case, "srv_reply") is None and live(case, "srv_reply_copy").due_on == D("2025-03-10")
    entered(people, case, "served", "2025-03-07")
    assert live(case, "srv_reply_copy") is None


def test_without_appeal_the_judgment_is_final_the_day_after_the_period_and_publication_begins(people, case):
    entered(people, case, "document_served", "2025-05-12")
    # fifteen days: 05-27, a Tuesday; final on 05-28
    assert live(case, "srv_appeal_civil_judgment").due_on == D("2025-05-27")
    with court_clock.as_of(D("2025-05-27")):
        assert settle(D("2025-05-27")) == 0 and not EffectDate.objects.exists()
    with court_clock.as_of(D("2025-05-28")):
        assert settle(D("2025-05-28")) == 1 and settle(D("2025-05-28")) == 0
    assert EffectDate.objects.get(case=case).effective_on == D("2025-05-28")
    # seven working days after 05-28, with the Dragon Boat holiday from 05-31 to 06-02:
    # 05-29, 05-30, 06-03, 06-04, 06-05, 06-06, 06-09
    assert live(case, "pub_judgment").due_on == D("2025-06-09")
    assert case.publications.get().effective_on == D("2025-05-28")


def test_an_appeal_keeps_it_from_becoming_final_and_the_file_must_go_up(people, case):
    entered(people, case, "document_served", "2025-05-12")
    entered(people, case, "appealed", "2025-05-20")
    # five days: 05-25, a Sunday; Monday 05-26
    assert live(case, "oth_appeal_file_civil").due_on == D("2025-05-26")
    with court_clock.as_of(D("2025-05-28")):
        settle(D("2025-05-28"))
    assert not EffectDate.objects.exists() and not case.publications.exists()
    entered(people, case, "file_sent_up", "2025-05-26")
    assert live(case, "oth_appeal_file_civil") is None


def test_an_appeal_posted_in_time_and_entered_late_takes_the_effect_back(people, case):
    entered(people, case, "document_served", "2025-05-12")
    with court_clock.as_of(D("2025-05-28")):
        settle(D("2025-05-28"))
    entered(people, case, "appealed", "2025-05-27", on="2025-05-30")
    assert EffectDate.objects.get(case=case).withdrawn_on == D("2025-05-30")
    assert case.publications.get().effective_on is None and live(case, "pub_judgment") is None


def test_an_entry_taken_back_takes_its_period_back(people, case):
    with court_clock.as_of(D("2025-02-20")):
        row = enter(actor=people["judge"], case=case, kind="served_claim", happened_on=D("2025-02-20"))
        undo(actor=people["judge"], entry=row)
    assert live(case, "srv_reply") is None
