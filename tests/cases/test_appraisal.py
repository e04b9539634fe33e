"""Appraisals: the draw, what is refused and with which reasons, the pages."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from cases.appraisal import progress_services, selectors, services
from cases.appraisal.models import Entrustment, Institution
from cases.appraisal.register_services import register_institution
from cases.appraisal.rules import chase_step, deduction_ground, draw, kinds
from courtcms.accounts.posts import Post
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from courtcms.courts.models import DivisionKind
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
def judge(case):
    return case.judge


def signed_in(user, language: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = language
    return client


def codes(refusal) -> set[str]:
    return {reason.code for reason in refusal.value.reasons}


def test_every_kind_has_a_limit_in_the_pack_and_both_names():
    for kind in kinds().values():
        assert rulebook().limit(kind.limit).group == "appraisal" and kind.zh and kind.en


def test_the_draw_is_what_anybody_computes_from_seed_and_list():
    assert draw("20261124", [31, 7, 12]) == [7, 12, 31][int(hashlib.sha256(b"20261124:7,12,31").hexdigest(), 16) % 3]
    assert {draw(str(seed), [7, 12, 31]) for seed in range(50)} == {7, 12, 31}
    with pytest.raises(ValueError, match="nobody"):
        draw("1", [])


@pytest.mark.parametrize(
    ("days", "step"),
    [(11, None), (10, "before_10"), (4, "before_10"), (3, "before_3"), (0, "before_3"), (-1, "overdue"),
     (-14, "overdue"), (-15, "overdue_15"), (-400, "overdue_15")],
)  # fmt: skip
def test_the_chase_ladder(days, step):
    found = chase_step(days)
    assert (found.key if found else None) == step


@pytest.mark.parametrize(
    ("category", "kind", "expected"),
    [("civil", "general", "ded_appraisal"), ("administrative", "asset", "ded_audit_valuation"),
     ("criminal", "dna", ""), ("criminal", "psychiatric", "ded_psychiatric"),
     ("enforcement", "real_estate", "ded_audit_valuation"), ("enforcement", "quality", ""),
     ("compensation", "general", "ded_self_comp"), ("other", "general", "")],
)  # fmt: skip
def test_which_appraisal_stops_which_limit(category, kind, expected):
    assert deduction_ground(category, kinds()[kind]) == expected


def test_a_random_choice_keeps_seed_and_list_and_gives_the_same_again(case, judge):
    for _number in range(4):
        make.institution()
    make.institution(suspended_on=D("2026-01-01"), suspension_reason="迟延")
    make.institution(licensed_until=D("2021-01-01"))
    make.institution(kinds=["dna"])
    row = make.decided(case, clock.today())
    row = services.choose(actor=judge, entrustment=row, mode="random", chosen_on=clock.today(), seed="481516")
    assert len(row.candidates) == 4 and row.seed == "481516"
    assert services.draw_again(Entrustment.objects.get(pk=row.pk)) == row.institution_id


def test_one_candidate_is_no_draw(case, judge):
    make.institution()
    row = make.decided(case, clock.today())
    with pytest.raises(Refusal) as refused:
        services.choose(actor=judge, entrustment=row, mode="random", chosen_on=clock.today())
    assert codes(refused) == {"too_few"}


def test_an_unfit_institution_is_refused_with_every_reason(case, judge):
    bad = make.institution(
        kinds=["dna"], licensed_until=D("2021-01-01"), suspended_on=D("2020-06-01"), suspension_reason="迟延"
    )
    row = make.decided(case, clock.today())
    with pytest.raises(Refusal) as refused:
        services.choose(
            actor=judge, entrustment=row, mode="appointed", institution=bad, reason=" ",
            chosen_on=clock.today() + timedelta(days=1),
        )  # fmt: skip
    assert codes(refused) == {"other_kind", "licence", "suspended", "required", "future"}
    row.refresh_from_db()
    assert row.state == "decided"


def test_a_recused_institution_opens_the_choice_again(case, judge):
    chosen = make.institution()
    row = make.decided(case, clock.today())
    services.choose(actor=judge, entrustment=row, mode="agreement", institution=chosen, chosen_on=clock.today())
    services.recuse_institution(
        actor=judge, entrustment=row, institution=chosen, reason="与当事人有利害关系", decided_on=clock.today()
    )
    row.refresh_from_db()
    assert row.state == "decided" and row.institution is None
    with pytest.raises(Refusal) as refused:
        services.choose(actor=judge, entrustment=row, mode="agreement", institution=chosen, chosen_on=clock.today())
    assert codes(refused) == {"recused"}


BAD = [
    ({"kind": "palmistry"}, {"kind"}),
    ({"matters": " ", "purpose": ""}, {"required"}),
    ({"decided_on": D("2001-01-01")}, {"reversed"}),
    ({"decided_on": D("2099-01-01"), "kind": ""}, {"future", "kind"}),
]


@pytest.mark.parametrize(("change", "expected"), BAD)
def test_bad_decisions_are_refused_with_all_reasons(case, judge, change, expected):
    values = {"kind": "general", "matters": "笔迹", "purpose": "真伪", "decided_on": clock.today()} | change
    with pytest.raises(Refusal) as refused:
        services.propose(actor=judge, case=case, **values)
    assert codes(refused) == expected and not Entrustment.objects.exists()


def test_acts_out_of_order_are_conflicts_and_strangers_are_kept_out(case, judge):
    row = make.decided(case, clock.today())
    with pytest.raises(Conflict):
        services.entrust(actor=judge, entrustment=row, letter_number="1", entrusted_on=clock.today())
    with pytest.raises(Conflict):
        services.receive_report(actor=judge, entrustment=row, report_number="1", received_on=clock.today())
    stranger = ground.person(Post.JUDGE, ground.division("civil-9"))
    with pytest.raises(NotAllowed):
        services.end(actor=stranger, entrustment=row, how="withdrawn", reason="不需要", ended_on=clock.today())
    clerk = factories.filing_clerk()
    with pytest.raises(NotAllowed):
        services.propose(actor=clerk, case=case, kind="general", matters="a", purpose="b", decided_on=clock.today())


def test_materials_fee_objection_and_reappraisal(case, judge):
    row = make.entrusted(case, clock.today() - timedelta(days=5))
    with pytest.raises(Refusal) as refused:
        services.set_fee(
            actor=judge, entrustment=row, amount=Decimal(-1), payer="", advance=Decimal(5),
            paid_on=clock.today() + timedelta(days=1),
        )  # fmt: skip
    assert codes(refused) == {"negative", "advance", "required", "future"}
    services.set_fee(
        actor=judge, entrustment=row, amount=Decimal(8000), payer="原告", advance=Decimal(8000), paid_on=None
    )
    services.hand_over(actor=judge, entrustment=row, names=["借条原件", " ", "样本"], handed_on=clock.today())
    assert row.materials.count() == 2
    services.receive_report(actor=judge, entrustment=row, report_number="意见1号", received_on=clock.today())
    party = case.parties.first()
    objection = progress_services.object_to(
        actor=judge, entrustment=row, party=party, raised_on=clock.today(), text="样本不足"
    )
    progress_services.answer_objection(
        actor=judge, objection=objection, outcome="repeated", reply="准许", replied_on=clock.today()
    )
    row.refresh_from_db()
    again = services.propose(
        actor=judge, case=case, kind="general", matters="笔迹", purpose="真伪", decided_on=clock.today(), repeats=row
    )
    with pytest.raises(Refusal) as refused:
        services.choose(
            actor=judge, entrustment=again, mode="agreement", institution=row.institution, chosen_on=clock.today()
        )
    assert codes(refused) == {"same_institution"}
    [score] = selectors.scoreboard(judge, clock.today())
    assert (score.reported, score.on_time, score.share, score.median_days, score.repeats) == (1, 1, 100, 5, 1)
    for view, number in (("reported", 1), ("on_time", 1), ("late", 0), ("repeats", 1), ("overdue", 0)):
        assert selectors.listed(judge, view, row.institution_id, clock.today()).count() == number, view


def test_the_tables_refuse_writes_outside_an_act(case):
    make.institution()
    row = make.decided(case, clock.today())
    for statement in (lambda: Institution.objects.update(name="x"), lambda: Entrustment.objects.update(purpose="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()
    row.refresh_from_db()
    assert row.purpose == "查明借条真伪"


def test_the_register_is_kept_by_trial_management(case, judge):
    data = {
        "name": "乙司法鉴定中心", "licence_number": "12000099", "licensed_from": D("2026-01-01"),
        "licensed_until": D("2025-01-01"), "kinds": [], "contact": "", "phone": "", "address": "",
        "suspended_on": D("2026-02-01"), "suspension_reason": "",
    }  # fmt: skip
    office = ground.person(Post.TRIAL_MANAGEMENT, ground.division("mgmt", DivisionKind.TRIAL_MANAGEMENT))
    with pytest.raises(NotAllowed):
        register_institution(actor=judge, court=case.court, data=data)
    with pytest.raises(Refusal) as refused:
        register_institution(actor=office, court=case.court, data=data)
    assert codes(refused) == {"reversed", "kinds", "required"}
    good = data | {"licensed_until": D("2031-01-01"), "kinds": ["dna"], "suspension_reason": "迟延"}
    answer = signed_in(office).post(
        reverse("appraisal:institution_new"), {key: value or "" for key, value in good.items()}, follow=True
    )
    assert answer.status_code == 200 and "乙司法鉴定中心" in answer.text and "暂停委托" in answer.text


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "选定机构"), ("en", "Choose an institution")])
def test_a_judge_goes_from_the_case_page_to_the_report(case, judge, language, words):
    client = signed_in(judge, language)
    for _number in range(3):
        make.institution()
    assert client.get(reverse("appraisal:propose", args=[case.pk])).status_code == 200
    answer = client.post(
        reverse("appraisal:propose", args=[case.pk]),
        {"propose-kind": "general", "propose-matters": "笔迹", "propose-purpose": "真伪",
         "propose-decided_on": clock.today().isoformat()},
    )  # fmt: skip
    assert answer.status_code == 302
    row = Entrustment.objects.get()
    page = reverse("appraisal:detail", args=[row.pk])
    assert words in client.get(page).text
    today = clock.today().isoformat()
    steps = [
        ("choose", {"mode": "random", "chosen_on": today, "seed": "42"}),
        ("entrust", {"letter_number": "委鉴1号", "entrusted_on": today}),
        ("hand_over", {"names": "借条\n样本", "handed_on": today}),
        ("fee", {"amount": "8000", "payer": "原告"}),
        ("report", {"report_number": "意见1号", "received_on": today}),
    ]
    for key, data in steps:
        sent = {f"{key}-{name}": value for name, value in data.items()}
        answer = client.post(reverse("appraisal:perform", args=[row.pk, key]), sent)
        assert answer.status_code == 302, (key, answer.text[:2000])
        assert client.get(page).status_code == 200
    wrong = client.post(reverse("appraisal:perform", args=[row.pk, "report"]), {"report-report_number": "x"})
    assert wrong.status_code == 400 and 'class="errors"' in wrong.text
    assert client.post(reverse("appraisal:perform", args=[row.pk, "nothing"])).status_code == 404
    of_case = [reverse(name, args=[case.pk]) for name in ("cases:detail", "appraisal:case_panel")]
    for address in (reverse("appraisal:list"), reverse("appraisal:institutions"), *of_case):
        assert client.get(address).status_code == 200
    assert "意见1号" in client.get(reverse("cases:detail", args=[case.pk])).text


def test_the_chase_letter_is_printed_and_its_receipt_kept(case, judge):
    row = make.entrusted(case, clock.today() - timedelta(days=10))
    progress_services.raise_chases(as_of=row.due_on + timedelta(days=1))
    letter = row.chases.get()
    text = signed_in(judge).get(reverse("appraisal:letter", args=[letter.pk])).text
    assert row.institution.name in text and "第三十五条" in text and case.number in text
    with pytest.raises(Refusal) as refused:
        progress_services.send_chase(
            actor=judge, letter=letter, sent_on=clock.today(), how="", received_on=clock.today() - timedelta(days=3)
        )
    assert "required" in codes(refused) and "reversed" in codes(refused)


def test_an_appraisal_of_another_division_is_not_found(case):
    row = make.decided(case, clock.today())
    stranger = ground.person(Post.JUDGE, ground.division("civil-9"))
    assert signed_in(stranger).get(reverse("appraisal:detail", args=[row.pk])).status_code == 404
