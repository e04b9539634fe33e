"""The public list of hearings: what is announced, what never is, and how it follows the court."""

from __future__ import annotations

import pytest
from django.db import transaction

from courtcms.audit.services import act
from deadlines.hearings.services import adjourn, cancel, reschedule
from publicity.portal.models import Hearing as PublicHearing
from publicity.process_info import rules
from tests.cases import factories as cases
from tests.deadlines import hearing_factories as make

pytestmark = pytest.mark.django_db
DIVORCE = "civil:18"


def test_a_public_hearing_is_announced_with_parties_cause_time_and_room():
    hearing = make.hearing()
    row = PublicHearing.objects.get()
    assert (row.case_number, row.title, row.cause) == (hearing.case.number, hearing.case.title, hearing.case.cause)
    assert (row.starts_at, row.courtroom) == (hearing.starts_at, "第一法庭")


def test_a_closed_hearing_and_one_of_a_secret_case_are_never_announced():
    make.hearing(is_public=False, closed_ground="trade_secret")
    secret = make.case()
    with act(actor=None, verb="test.secret"):
        type(secret).objects.filter(pk=secret.pk).update(secrecy="secret")
    make.hearing(secret, number=2, hour=14, is_public=False, closed_ground="state_secret")
    assert not PublicHearing.objects.exists()


def test_a_hearing_that_is_closed_later_leaves_the_list():
    hearing = make.hearing()
    draft = make.draft(hearing.day, is_public=False, closed_ground="privacy")
    reschedule(actor=None, hearing=hearing, draft=draft)
    assert not PublicHearing.objects.exists()


def test_the_list_follows_moves_and_forgets_what_is_called_off():
    first, second, third = (make.hearing(make.case(), hour=hour) for hour in (9, 11, 14))
    reschedule(actor=None, hearing=first, draft=make.draft(make.working_day(15), number=2))
    assert PublicHearing.objects.get(case_number=first.case.number).courtroom == "第二法庭"
    cancel(actor=None, hearing=second, reason="撤诉")
    adjourn(actor=None, hearing=third, reason="absent", note="住院")
    assert [row.case_number for row in PublicHearing.objects.all()] == [first.case.number]


def test_family_cases_and_minors_show_the_cause_alone():
    child = cases.person_party(born_on=cases.day("2015-01-01"), identity_number="", identity_kind="")
    adult = (cases.person_party("plaintiff"), cases.person_party())
    family = make.hearing(make.case(cause_code=DIVORCE, parties=adult))
    minor = make.hearing(make.case(parties=(cases.company_party(), child)), hour=14)
    assert family.case.cause_code == DIVORCE
    for hearing in (family, minor):
        row = PublicHearing.objects.get(case_number=hearing.case.number)
        assert row.title == ""
        stored = " ".join(str(value) for value in vars(row).values())
        assert not any(party.name in stored for party in hearing.case.parties.all())


@pytest.mark.parametrize(
    ("category", "path", "roles", "minors", "named"),
    [
        ("civil", ["civil:p4"], ["plaintiff"], False, True),
        ("civil", ["civil:p2", "civil:g2"], ["plaintiff"], False, False),
        ("civil", ["civil:p4"], ["plaintiff"], True, False),
        ("criminal", [], ["accused"], False, True),
        ("criminal", [], ["accused", "victim"], False, False),
        ("criminal", [], ["accused", "incidental_plaintiff"], False, False),
    ],
)
def test_when_parties_are_named(category, path, roles, minors, named):
    assert rules.names_parties(category, path, roles, minors) is named


def test_the_list_is_written_in_audited_acts_only():
    make.hearing()
    with pytest.raises(Exception, match="outside an audited act"), transaction.atomic():
        PublicHearing.objects.all().delete()
