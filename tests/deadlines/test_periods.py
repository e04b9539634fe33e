"""Periods that follow from the docket, and the day on which a judgment is final."""

from __future__ import annotations

from datetime import date

import pytest

from cases.docket.services import enter, undo
from cases.intake.services import close_case
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from deadlines.clocks.models import Clock
from deadlines.periods.models import EffectDate
from deadlines.periods.services import settle
from deadlines.rulebook import catalogue
from deadlines.rulebook.reading import rulebook
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


def settled(day):
    with court_clock.as_of(D(day)):
        settle(D(day))


def effect(case):
    row = EffectDate.objects.filter(case=case, withdrawn_on__isnull=True).first()
    return row.effective_on if row else None


def test_final_only_when_the_last_party_can_no_longer_appeal(people, case):
    entered(people, case, "document_served", "2025-05-12")  # fifteen days: 05-27
    entered(people, case, "document_served_abroad", "2025-05-14")  # thirty days: 06-13, a Friday
    assert live(case, "srv_appeal_foreign").due_on == D("2025-06-13")
    settled("2025-05-29")
    assert effect(case) is None and live(case, "srv_appeal_civil_judgment") is None
    settled("2025-06-14")
    assert effect(case) == D("2025-06-14")


def test_the_longest_period_decides_when_nobody_looked_in_between(people, case):
    entered(people, case, "document_served_abroad", "2025-05-12")  # 06-11
    entered(people, case, "document_served", "2025-05-14")  # 05-29
    settled("2025-06-30")
    assert effect(case) == D("2025-06-12")


def test_a_party_served_after_the_others_period_was_over_takes_the_effect_back(people, case):
    entered(people, case, "document_served", "2025-05-12")
    settled("2025-05-28")
    assert effect(case) == D("2025-05-28")
    entered(people, case, "document_served", "2025-06-03")  # the other defendant: 06-18
    assert effect(case) is None
    settled("2025-06-19")
    assert effect(case) == D("2025-06-19")


def test_service_by_public_notice_is_followed_by_its_own_period_and_holds_the_effect_back(people, case):
    entered(people, case, "pronounced", "2025-05-12")
    entered(people, case, "document_served", "2025-05-12")  # 05-27
    entered(people, case, "announced_service", "2025-05-15")
    assert live(case, "srv_public_notice").due_on == D("2025-06-16")  # thirty days: 06-14, a Saturday
    settled("2025-05-28")
    assert effect(case) is None
    settled("2025-06-17")
    # served by notice on 06-16, fifteen days more: 07-01, a Tuesday
    assert live(case, "srv_appeal_civil_judgment").due_on == D("2025-07-01") and effect(case) is None
    settled("2025-07-02")
    assert effect(case) == D("2025-07-02")


def test_a_complaint_served_by_notice_starts_the_reply_when_the_notice_is_over(people, case):
    entered(people, case, "announced_service", "2025-03-03")  # thirty days: 04-02, a Wednesday
    settled("2025-04-03")
    assert live(case, "srv_reply").due_on == D("2025-04-17") and effect(case) is None


def test_a_ruling_on_the_way_may_be_appealed_but_makes_nothing_final(people, case):
    entered(people, case, "ruling_served", "2025-03-03")
    assert live(case, "srv_appeal_civil_ruling").due_on == D("2025-03-13")
    entered(people, case, "appealed", "2025-03-10")
    settled("2025-03-14")
    assert effect(case) is None
    entered(people, case, "document_served", "2025-05-12")
    settled("2025-05-28")  # the appeal against the ruling was none against the judgment
    assert effect(case) == D("2025-05-28")


def test_a_ruling_that_ends_the_case_is_final_after_ten_days(people, case):
    with court_clock.as_of(D("2025-03-03")):
        close_case(actor=people["judge"], case=case, method="first_instance_civil:5", closed_on=D("2025-03-03"))
    case.refresh_from_db()
    entered(people, case, "ruling_served", "2025-03-05")
    assert live(case, "srv_appeal_civil_ruling").due_on == D("2025-03-17")  # 03-15 is a Saturday
    settled("2025-03-18")
    assert effect(case) == D("2025-03-18")


def test_criminal_periods_are_ten_and_five_days(people):
    case = factories.criminal_case(people, "2025-02-10")
    for kind, limit, due in (
        ("document_served", "srv_appeal_crim_judgment", "2025-05-22"),
        ("ruling_served", "srv_appeal_crim_ruling", "2025-05-19"),  # 05-17 is a Saturday
    ):
        with court_clock.as_of(D("2025-05-12")):
            enter(actor=None, case=case, kind=kind, happened_on=D("2025-05-12"))
        assert live(case, limit).due_on == D(due)


@pytest.mark.parametrize(
    ("type_code", "mark", "limit", "due"),
    [("0401", "行初", "srv_appeal_admin_ruling", "2025-03-13"), ("0302", "民终", None, None)],
)
def test_rulings_of_other_cases(people, case, type_code, mark, limit, due):
    with act(actor=None, verb="test.type"):
        type(case).objects.filter(pk=case.pk).update(type_code=type_code, type_mark=mark)
    case.refresh_from_db()
    entered(people, case, "ruling_served", "2025-03-03")
    found = Clock.objects.live().filter(case=case, limit_id__contains="_ruling").first()
    assert (found.limit_id, found.due_on) == (limit, D(due)) if limit else found is None


def test_a_final_decision_takes_effect_with_the_last_service_and_undoing_it_goes_back(people, case):
    with act(actor=None, verb="test.type"):
        type(case).objects.filter(pk=case.pk).update(type_code="0302", type_mark="民终")
    case.refresh_from_db()
    entered(people, case, "document_served", "2025-05-12")
    last = entered(people, case, "document_served", "2025-05-15")
    assert effect(case) == D("2025-05-15")
    undo(actor=people["judge"], entry=last)
    assert effect(case) == D("2025-05-12")


def test_the_court_owes_the_copy_of_the_complaint_from_registration(people, case):
    # five days after 02-10: 02-15, a Saturday; Monday 02-17
    assert live(case, "srv_complaint_copy").due_on == D("2025-02-17")
    entered(people, case, "served_claim", "2025-02-14")
    assert live(case, "srv_complaint_copy") is None
    with court_clock.as_of(D("2025-06-01")):  # a case taken over months later owes nothing that is long past
        taken_over = factories.cases.case(people["clerk"], filed_on=D("2025-02-10"))
    assert live(taken_over, "srv_complaint_copy") is None


@pytest.mark.parametrize(
    ("asked", "decided", "limit", "due"),
    [
        ("recusal_asked", "recusal_decided", "civ_recusal", "2025-03-06"),
        ("review_asked", "review_decided", "prv_reconsider_review", "2025-03-13"),
    ],
)
def test_what_is_asked_for_on_the_way_is_answered_in_its_own_period(people, case, asked, decided, limit, due):
    entered(people, case, asked, "2025-03-03")
    clock = live(case, limit)
    assert clock.due_on == D(due) and clock.role != "trial"
    entered(people, case, decided, "2025-03-05")
    assert live(case, limit) is None


def test_every_service_and_backward_period_is_on_the_page_of_limits():
    shown = {row.id for row in catalogue.rows()}
    wanted = {limit.id for limit in rulebook().iter_limits() if limit.group in ("service", "backward")}
    assert len(wanted) == 39 + 24 and wanted <= shown
