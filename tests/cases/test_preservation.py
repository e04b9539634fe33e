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
from courtcms.courts.models import DivisionKind
from courtcms.notices.models import Notice
from deadlines.clocks.models import Clock
from deadlines.rulebook.reading import rulebook
from deadlines.subjects.services import settle_dates
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


def spring_case():
    factories.civil_division()
    return factories.case(actor=factories.filing_clerk(), filed_on=D("2026-03-01"))


@pytest.mark.parametrize(
    ("kind", "amount", "unit", "expires"),
    [("deposit", 6, "month", "2026-09-10"), ("immovable", 90, "day", "2026-06-08"),
     ("deposit", 1, "year", "2027-03-10")],
)  # fmt: skip
def test_a_ruling_may_order_a_shorter_period_and_everything_follows_it(kind, amount, unit, expires):
    case = spring_case()
    asked = make.granted(case, "2026-03-09")
    row = make.measure(asked, "2026-03-10", object_kind=kind, ordered_amount=amount, ordered_unit=unit)
    assert row.expires_on == D(expires)
    clock_of_it = Clock.objects.live().get(subject=f"measure:{row.pk}")
    assert clock_of_it.due_on == D(expires)
    settle_dates()
    row.refresh_from_db()
    assert row.expires_on == D(expires)
    with clock.as_of(D(expires) - timedelta(days=30)):
        services.renew(actor=None, measure=row, asked_on=clock.today(), renewed_on=clock.today(), document="续1号")
    row.refresh_from_db()
    assert row.ordered_amount is None and row.expires_on > D(expires) + timedelta(days=300)


@pytest.mark.parametrize(
    ("kind", "amount", "unit", "code"),
    [("deposit", 13, "month", "too_long"), ("movable", 732, "day", "too_long"), ("deposit", 6, "", "ordered"),
     ("deposit", None, "month", "ordered"), ("deposit", 0, "day", "ordered"), ("deposit", 1, "hour", "ordered"),
     ("deposit", 2000, "year", "too_long")],
)  # fmt: skip
def test_a_ruling_cannot_order_more_than_the_law_allows(kind, amount, unit, code):
    case = spring_case()
    asked = make.granted(case, "2026-03-09")
    with pytest.raises(Refusal) as refused:
        make.measure(asked, "2026-03-10", object_kind=kind, ordered_amount=amount, ordered_unit=unit, thing="")
    assert codes(refused) == {code, "required"} and not Measure.objects.exists()


def test_a_lapse_is_seen_by_trial_management_and_discipline_and_told_to_both():
    case = spring_case()
    row = make.measure(make.granted(case, "2026-03-09"), "2026-03-10", ordered_amount=30, ordered_unit="day")
    office = ground.division("office", DivisionKind.OFFICE)
    watchers = [ground.person(post, office) for post in (Post.TRIAL_MANAGEMENT, Post.DISCIPLINE)]
    stranger = ground.person(Post.JUDGE, ground.division("civil-9"))
    with clock.as_of(D("2026-04-10")):
        assert watch_services.note_lapses(as_of=D("2026-04-10")) == 1
    for user in watchers:
        page = signed_in(user).get(reverse("preservation:lapses") + "?state=late")
        assert row.thing in page.text and case.number in page.text
        assert Notice.objects.filter(recipient=user, kind="preservation").count() == 1
        [found] = signed_in(user).get("/api/v1/preservation-lapses/?state=open").json()["results"]
        assert (found["case"], found["lapsed_on"]) == (case.pk, "2026-04-09")
    assert row.thing not in signed_in(stranger).get(reverse("preservation:lapses")).text
    assert signed_in(stranger).get("/api/v1/preservation-lapses/").json()["results"] == []


def test_the_api_goes_from_the_application_to_the_measure_and_refuses_with_all_reasons(case):
    judge = signed_in(case.judge)
    first, second = case.parties.all()
    body = {
        "case": case.pk, "kind": "in_suit", "applicant": first.pk, "respondent": second.pk, "amount": "100000",
        "urgent": True, "grounds": "转移财产", "security": "insurance", "security_amount": "30000",
        "received_at": (clock.now() - timedelta(hours=3)).isoformat(),
    }  # fmt: skip
    base = "/api/v1/preservation-applications/"

    def post(address, data):
        return judge.post(address, data, content_type="application/json")

    bad = post(base, body | {"respondent": first.pk, "amount": "0", "security_amount": None})
    assert bad.status_code == 400
    assert {error["code"] for error in bad.json()["errors"]} == {"same", "amount", "required"}
    assert post(base, body | {"case": 999_999}).status_code == 404 and not PreservationApplication.objects.exists()
    made = post(base, body)
    assert made.status_code == 201
    row = PreservationApplication.objects.get()
    assert row.decide_by - row.received_at < timedelta(hours=49)  # forty-eight hours, the hour of receipt not counted
    address = f"{base}{row.pk}/"
    ruling = {"outcome": "granted", "ruling_number": "保1号", "ruled_at": clock.now().isoformat()}
    assert post(address + "measure/", {}).status_code == 400
    assert post(address + "rule/", ruling).json()["state"] == "granted"
    assert post(address + "rule/", ruling).status_code == 409
    measure = {
        "object_kind": "deposit", "thing": "甲银行账户 0001", "holder": "甲银行", "value": "100000",
        "notice_number": "协1号", "taken_on": clock.today().isoformat(), "ordered_amount": 14, "ordered_unit": "month",
    }  # fmt: skip
    refused = post(address + "measure/", measure)
    assert refused.status_code == 400 and refused.json()["errors"][0]["field"] == "ordered_amount"
    taken = post(address + "measure/", measure | {"ordered_amount": 6})
    assert taken.status_code == 201 and taken.json()["ordered_unit"] == "month"
    assert judge.get(f"{base}?case={case.pk}&state=granted").json()["results"][0]["id"] == row.pk
