"""Preservation: what is refused and with which reasons, the warning of excess, the pages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from cases.preservation import selectors, services, watch_services
from cases.preservation.models import Measure, PreservationApplication, Reminder
from cases.preservation.rules import LIMIT_OF_OBJECT, decision_limit, exceeds, rung_at
from courtcms.accounts.posts import Post
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from courtcms.notices.models import Notice
from deadlines.rulebook.reading import rulebook
from tests import factories as ground
from tests.cases import appraisal_factories as make
from tests.cases import factories

pytestmark = pytest.mark.django_db
D = date.fromisoformat


@pytest.fixture
def case():
    factories.civil_division()
    return factories.case(actor=factories.filing_clerk(), filed_on=clock.today() - timedelta(days=20))


@pytest.fixture
def day():
    return (clock.today() - timedelta(days=10)).isoformat()


def signed_in(user, language: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = language
    return client


def codes(refusal) -> set[str]:
    return {reason.code for reason in refusal.value.reasons}


def test_objects_and_rulings_have_their_periods_in_the_pack():
    for limit in (*LIMIT_OF_OBJECT.values(), decision_limit("pre_suit", False), decision_limit("in_suit", True)):
        assert rulebook().limit(limit).group == "preservation"
    assert decision_limit("in_suit", False) == "prv_decide"


@pytest.mark.parametrize(
    ("days", "rung"), [(91, None), (90, 90), (61, 90), (60, 60), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_the_ladder(days, rung):
    found = rung_at(days)
    assert (found.days if found else None) == rung


def test_excess_is_more_than_a_hundred_and_twenty_percent():
    assert not exceeds(Decimal(120), Decimal(100)) and exceeds(Decimal("120.01"), Decimal(100))


BAD = [
    ({"kind": "pre_suit", "security": "none", "security_amount": None}, {"security_needed"}),
    ({"amount": Decimal(0), "grounds": " "}, {"amount", "required"}),
    ({"security": "insurance", "security_amount": None}, {"required"}),
    ({"kind": "later", "security": "promise"}, {"kind", "security"}),
]


@pytest.mark.parametrize(("change", "expected"), BAD)
def test_bad_applications_are_refused_with_all_reasons(case, day, change, expected):
    with pytest.raises(Refusal) as refused:
        make.application(case, day, **change)
    assert codes(refused) == expected and not PreservationApplication.objects.exists()


def test_parties_must_be_two_of_the_case_and_the_moment_past(case, day):
    other = factories.case(actor=None)
    stranger = other.parties.first()
    with pytest.raises(Refusal) as refused:
        make.application(
            case, day, applicant=stranger, respondent=stranger, received_at=clock.now() + timedelta(hours=1)
        )
    assert codes(refused) == {"party", "same", "future"}


def test_no_measure_without_a_ruling_and_no_ruling_twice(case, day):
    asked = make.application(case, day)
    with pytest.raises(Conflict):
        make.measure(asked, day)
    with pytest.raises(Refusal) as refused:
        services.rule(
            actor=None, application=asked, outcome="refused", ruling_number="", reason="",
            ruled_at=asked.received_at - timedelta(hours=1),
        )  # fmt: skip
    assert codes(refused) == {"required", "reversed"} and len(refused.value.reasons) == 3
    services.rule(actor=None, application=asked, outcome="granted", ruling_number="保1号", ruled_at=clock.now())
    with pytest.raises(Conflict):
        services.rule(actor=None, application=asked, outcome="granted", ruling_number="保1号", ruled_at=clock.now())


def test_bad_measures_and_renewals_change_nothing(case, day):
    asked = make.granted(case, day)
    with pytest.raises(Refusal) as refused:
        make.measure(asked, day, object_kind="moon", thing="", value=Decimal(0), rank=0)
    assert codes(refused) == {"object_kind", "required", "value", "rank"} and not Measure.objects.exists()
    row = make.measure(asked, day)
    with clock.as_of(row.expires_on + timedelta(days=1)), pytest.raises(Refusal) as refused:
        services.renew(
            actor=None, measure=row, asked_on=row.expires_on, renewed_on=row.expires_on + timedelta(days=1), document=""
        )
    assert codes(refused) == {"expired", "required"}
    with clock.as_of(row.expires_on):
        renewal = services.renew(
            actor=None, measure=row, asked_on=row.expires_on, renewed_on=row.expires_on, document="续1号"
        )
    assert renewal.late


def test_measures_above_the_claim_warn_once_and_waiting_seizures_do_not_count(case, day):
    asked = make.granted(case, day)  # for one million
    make.measure(asked, day, value=Decimal(1_200_000))
    make.measure(asked, day, value=Decimal(9_000_000), rank=2)
    assert selectors.excess(asked) is None and not Notice.objects.filter(kind="preservation").exists()
    more = make.measure(asked, day, value=Decimal(100_000))
    make.measure(asked, day, value=Decimal(100_000))
    assert selectors.excess(asked) == 140
    assert Notice.objects.filter(kind="preservation", recipient=case.judge).count() == 1
    services.lift(actor=case.judge, measure=more, lifted_on=clock.today(), document="解1号", reason="超额")
    assert selectors.excess(asked) == 130
    with pytest.raises(Conflict):
        services.lift(actor=case.judge, measure=more, lifted_on=clock.today(), document="解1号", reason="超额")


def test_strangers_and_clerks_of_the_registry_are_kept_out(case, day):
    row = make.measure(make.granted(case, day), day)
    for outsider in (ground.person(Post.JUDGE, ground.division("civil-9")), factories.filing_clerk()):
        with pytest.raises(NotAllowed):
            services.lift(actor=outsider, measure=row, lifted_on=clock.today(), document="解1号", reason="不需要")


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "协助执行"), ("en", "Assisting body")])
def test_a_judge_goes_from_the_application_to_lifting(case, language, words):
    client = signed_in(case.judge, language)
    first, second = list(case.parties.all())[:2]
    now = clock.now().astimezone(clock.COURT_ZONE) - timedelta(minutes=5)
    moment = now.strftime("%Y-%m-%dT%H:%M")
    address = reverse("preservation:apply", args=[case.pk])
    assert client.get(address).status_code == 200
    answer = client.post(
        address,
        {"apply-kind": "in_suit", "apply-applicant": first.pk, "apply-respondent": second.pk, "apply-amount": "1000000",
         "apply-grounds": "转移财产", "apply-security": "none", "apply-received_at": moment, "apply-urgent": "on"},
    )  # fmt: skip
    assert answer.status_code == 302, answer.text[:3000]
    row, today = PreservationApplication.objects.get(), clock.today().isoformat()
    steps = [
        ("rule", {"outcome": "granted", "ruling_number": "保1号", "ruled_at": moment}),
        ("measure", {"object_kind": "deposit", "thing": "甲银行账户", "holder": "甲银行", "value": "1500000",
                     "rank": "1", "notice_number": "协执1号", "taken_on": today}),
        ("renew", {"asked_on": today, "renewed_on": today, "document": "续1号"}),
    ]  # fmt: skip
    for key, data in steps:
        if key == "renew":
            data["measure"] = Measure.objects.get().pk
        sent = {f"{key}-{name}": value for name, value in data.items()}
        answer = client.post(reverse("preservation:perform", args=[row.pk, key]), sent)
        assert answer.status_code == 302, (key, answer.text[:3000])
    page = client.get(reverse("preservation:detail", args=[row.pk])).text
    assert "150" in page and words in page
    measure = Measure.objects.get()
    watch_services.raise_reminders(as_of=measure.expires_on - timedelta(days=30))
    reminder = Reminder.objects.get(to="applicant")
    assert first.name in client.get(reverse("preservation:notice", args=[reminder.pk])).text
    watch_services.note_lapses(as_of=measure.expires_on + timedelta(days=1))
    for view in ("", "within7", "lapsed", "unexplained", "nonsense"):
        assert client.get(reverse("preservation:list") + f"?view={view}").status_code == 200
    assert "甲银行账户" in client.get(reverse("preservation:list") + "?view=unexplained").text
    for address in (reverse("preservation:detail", args=[row.pk]), reverse("cases:detail", args=[case.pk]),
                    reverse("preservation:case_panel", args=[case.pk])):  # fmt: skip
        assert client.get(address).status_code == 200
    sent = {"explain-lapse": measure.lapse.pk if hasattr(measure, "lapse") else 0, "explain-explanation": "短"}
    assert client.post(reverse("preservation:perform", args=[row.pk, "explain"]), sent).status_code == 400
