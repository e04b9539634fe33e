"""Registering a case: what is written, what is refused, who gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from cases.intake.bench_services import reassign_judge, recuse
from cases.intake.drafts import LinkDraft, PartyDraft, RecusalDraft, RepresentativeDraft
from cases.intake.events import CaseClosed, CaseRegistered, CustodyChanged
from cases.intake.fieldcrypt import decrypt
from cases.intake.models import BenchMember, Case
from cases.intake.register_models import Allocation, CaseCounter, CaseLink
from cases.intake.services import close_case, register_case, set_custody
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.core import clock, events
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from tests import factories as ground
from tests.cases import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    factories.civil_division()
    return factories.filing_clerk()


@pytest.fixture
def heard(monkeypatch):
    """Events published while the test runs."""
    found = []
    for kind in (CaseRegistered, CaseClosed, CustodyChanged):
        monkeypatch.setitem(events._handlers, kind, [*events._handlers.get(kind, []), found.append])
    return found


def codes(refusal):
    return {reason.code for reason in refusal.value.reasons}


def test_a_case_gets_number_parties_judge_panel_and_trace(clerk, heard):
    case = register_case(actor=clerk, draft=factories.draft(amount=Decimal("3860000.00")))
    year = clock.today().year
    assert case.number == f"（{year}）津02民初1号"
    assert case.title.startswith("天津甲") and " 诉 乙" in case.title
    assert set(case.bench.values_list("role", flat=True)) == {"assistant", "clerk", "judge", "member", "presiding"}
    assert heard == [CaseRegistered(case_id=case.pk)]
    entry = AuditEntry.objects.get(verb="case.register")
    assert entry.actor == clerk and entry.after["number"] == case.number and entry.case_id == case.pk


def test_three_judges_sit_and_nobody_twice_on_the_panel(clerk):
    case = register_case(actor=clerk, draft=factories.draft())
    sitting = set(case.bench.filter(role__in=["judge", "presiding", "member"]).values_list("user", flat=True))
    assert len(sitting) == 3


def test_numbers_count_by_type_mark_and_year(clerk):
    year = clock.today().year
    numbers = [register_case(actor=clerk, draft=factories.draft()).number for _ in range(2)]
    appeal = register_case(actor=clerk, draft=factories.appeal_draft())
    last_year = register_case(actor=clerk, draft=factories.draft(filed_on=factories.day(f"{year - 1}-12-31")))
    assert numbers == [f"（{year}）津02民初1号", f"（{year}）津02民初2号"]
    assert appeal.number == f"（{year}）津02民终1号"
    assert last_year.number == f"（{year - 1}）津02民初1号"


def test_review_cases_get_eight_random_digits():
    factories.criminal_division()
    clerk = factories.filing_clerk()
    case = register_case(actor=clerk, draft=replace(factories.criminal_draft(), type_code="0211"))
    assert case.type_mark == "刑核" and 10_000_000 <= case.sequence <= 99_999_999


def test_identity_numbers_are_encrypted_and_shown_masked(clerk):
    number = factories.resident_id("19791114")
    party = factories.person_party(name="尉迟川", identity_number=number.lower())
    case = register_case(actor=clerk, draft=factories.draft(parties=(factories.company_party(), party)))
    stored = case.parties.get(role="defendant")
    assert number not in stored.identity_encrypted and decrypt(stored.identity_encrypted) == number
    assert stored.identity_masked == f"120***********{number[-4:]}"
    assert str(stored.born_on) == "1979-11-14"
    assert stored.name_pinyin == "yu chi chuan"
    assert number not in str(list(AuditEntry.objects.values_list("after", flat=True)))


def test_a_minor_is_recognised(clerk):
    birth = clock.today() - timedelta(days=365 * 12)
    party = factories.person_party(identity_number=factories.resident_id(f"{birth:%Y%m%d}"))
    case = register_case(actor=clerk, draft=factories.draft(parties=(factories.company_party(), party)))
    assert case.parties.get(role="defendant").is_minor


def test_names_of_minorities_and_foreigners(clerk):
    parties = (
        factories.person_party("plaintiff", "阿依古丽•甲买提"),
        factories.person_party("defendant", "Jane  Doe", identity_kind="passport", identity_number="X1234567"),
    )
    case = register_case(actor=clerk, draft=factories.draft(parties=parties))
    assert [p.name for p in case.parties.all()] == ["阿依古丽·甲买提", "Jane Doe"]


def test_every_reason_is_given_at_once(clerk):
    bad = factories.draft(
        cause_code="civil:g10",
        filed_on=clock.today() + timedelta(days=1),
        amount=Decimal("-1"),
        judge_id=clerk.pk,
        parties=(
            factories.company_party(identity_number="91120000MA00000010"),
            PartyDraft(role="defendant", kind="natural", name="张某"),
        ),
    )
    with pytest.raises(Refusal) as refusal:
        register_case(actor=clerk, draft=bad)
    assert codes(refusal) >= {
        "cause_level",
        "filed_future",
        "amount",
        "assign_reason",
        "not_a_judge",
        "check_digit",
        "name_masked",
        "address_missing",
    }
    assert {r.field for r in refusal.value.reasons} >= {
        "cause",
        "filed_on",
        "amount",
        "parties-0-identity_number",
        "parties-1-name",
    }
    assert not Case.objects.exists() and not CaseCounter.objects.exists()


def test_a_refused_registration_leaves_no_gap(clerk):
    first = register_case(actor=clerk, draft=factories.draft())
    with pytest.raises(Refusal):
        register_case(actor=clerk, draft=factories.draft(cause_code=""))
    assert register_case(actor=clerk, draft=factories.draft()).sequence == first.sequence + 1


def test_a_failing_handler_undoes_number_and_case(clerk, monkeypatch):
    def fail(event):
        raise RuntimeError("the clock could not start")

    monkeypatch.setitem(events._handlers, CaseRegistered, [fail])
    with pytest.raises(RuntimeError):
        register_case(actor=clerk, draft=factories.draft())
    monkeypatch.setitem(events._handlers, CaseRegistered, [])
    assert not Case.objects.exists()
    assert register_case(actor=clerk, draft=factories.draft()).sequence == 1


def test_only_filing_clerks_register():
    where = factories.civil_division()
    with pytest.raises(NotAllowed):
        register_case(actor=ground.person(Post.JUDGE, where), draft=factories.draft())


def test_a_duplicate_needs_a_reason(clerk):
    draft = factories.draft()
    first = register_case(actor=clerk, draft=draft)
    with pytest.raises(Refusal) as refusal:
        register_case(actor=clerk, draft=draft)
    assert codes(refusal) == {"duplicate"}
    assert first.number in str(refusal.value)
    second = register_case(actor=clerk, draft=replace(draft, duplicate_note="另一批货物的货款"))
    assert second.duplicate_note == "另一批货物的货款"
    assert AuditEntry.objects.filter(verb="case.register", reason="另一批货物的货款").exists()


def test_duplicates_are_found_by_document_even_under_another_spelling(clerk):
    one = factories.draft()
    register_case(actor=clerk, draft=one)
    renamed = replace(one.parties[0], name="天津甲建材集团有限公司")
    with pytest.raises(Refusal) as refusal:
        register_case(actor=clerk, draft=replace(one, parties=(renamed, one.parties[1])))
    assert codes(refusal) == {"duplicate"}


def test_another_cause_is_no_duplicate(clerk):
    draft = factories.draft()
    register_case(actor=clerk, draft=draft)
    assert register_case(actor=clerk, draft=replace(draft, cause_code="civil:108.3"))


def test_rotation_goes_round_and_says_why(clerk):
    judges = [register_case(actor=clerk, draft=factories.draft()).judge_id for _ in range(3)]
    assert len(set(judges)) == 3
    steps = Allocation.objects.order_by("id").last().steps
    assert sum(step["taken"] for step in steps) == 1 and len(steps) == 3


def test_a_recused_judge_never_gets_the_case(clerk):
    division = ground.division("civil-1")
    people = [a.user for a in division.appointments.filter(post__in=["judge", "presiding_judge"]).order_by("pk")]
    out = RecusalDraft(user_id=people[0].pk, ground="party", reason="系原告股东的配偶")
    case = register_case(actor=clerk, draft=factories.draft(recusals=(out,)))
    assert people[0].pk not in case.bench.filter(role__in=["judge", "presiding", "member"]).values_list(
        "user", flat=True
    )
    step = next(s for s in case.allocations.get().steps if s["user"] == people[0].pk)
    assert step["code"] == "recused" and step["values"]["reason"] == "系原告股东的配偶"


def test_a_judge_by_hand_needs_a_reason_and_must_not_be_recused(clerk):
    judge = ground.division("civil-1").appointments.filter(post="judge").first().user
    with pytest.raises(Refusal) as refusal:
        register_case(actor=clerk, draft=factories.draft(judge_id=judge.pk))
    assert codes(refusal) == {"assign_reason"}
    recusal = RecusalDraft(user_id=judge.pk, ground="interest", reason="持有被告股份")
    with pytest.raises(Refusal) as refusal:
        register_case(
            actor=clerk, draft=factories.draft(judge_id=judge.pk, assign_reason="系列案", recusals=(recusal,))
        )
    assert codes(refusal) == {"recused"}
    case = register_case(actor=clerk, draft=factories.draft(judge_id=judge.pk, assign_reason="系列案"))
    assert case.judge == judge and case.allocations.get().mode == "manual"


def test_who_judged_before_the_remand_does_not_judge_again(clerk):
    old = register_case(actor=clerk, draft=factories.draft())
    factories.civil_division(judges=3, code="civil-1")
    new = register_case(actor=clerk, draft=factories.draft(links=(LinkDraft("remand", old.number),)))
    before = set(old.bench.filter(role__in=["judge", "presiding", "member"]).values_list("user", flat=True))
    assert new.judge_id not in before
    assert CaseLink.objects.get(case=new).other == old


def test_an_irregular_lower_number_is_kept_with_its_irregularity(clerk):
    case = register_case(actor=clerk, draft=factories.appeal_draft(lower_number="[2026]津0102民初字第7号"))
    link = CaseLink.objects.get(case=case)
    assert case.lower_number == link.number == "（2026）津0102民初7号"
    assert link.original == "[2026]津0102民初字第7号" and set(link.irregularities) == {"square_brackets", "zi_extra"}


def test_an_appeal_needs_its_lower_number(clerk):
    with pytest.raises(Refusal) as refusal:
        register_case(actor=clerk, draft=factories.appeal_draft(lower_number=""))
    assert codes(refusal) == {"lower_missing"}


def test_representatives_are_kept_and_licences_checked(clerk):
    lawyer = RepresentativeDraft("温甲", "lawyer", "天津甲乙律师事务所", "11201201610123456")
    company = factories.company_party(representatives=(lawyer,))
    case = register_case(actor=clerk, draft=factories.draft(parties=(company, factories.person_party())))
    assert case.parties.first().representatives.get().firm == "天津甲乙律师事务所"
    wrong = replace(company, representatives=(replace(lawyer, licence="123"),))
    with pytest.raises(Refusal) as refusal:
        register_case(actor=clerk, draft=factories.draft(parties=(wrong, factories.person_party())))
    assert codes(refusal) == {"licence_form"}


@pytest.mark.parametrize(
    "type_code, cause, roles, category",
    [
        ("0301", "civil:88", ("plaintiff", "defendant"), "civil"),
        ("0302", "civil:88", ("appellant", "appellee"), "civil"),
        ("0401", "administrative:1.3", ("plaintiff", "defendant"), "administrative"),
        ("1002", "enforcement:3210", ("enforcement_applicant", "enforcement_respondent"), "enforcement"),
        ("0305", "civil:88", ("retrial_applicant", "respondent"), "civil"),
    ],
)
def test_the_kinds_of_cases_of_an_intermediate_court(clerk, type_code, cause, roles, category):
    for kind in ("administrative", "enforcement"):
        ground.person(Post.JUDGE, ground.division(kind, kind))
    parties = (factories.company_party(roles[0]), factories.company_party(roles[1]))
    case = register_case(
        actor=clerk,
        draft=factories.draft(type_code, cause_code=cause, parties=parties, lower_number="（2026）津0102民初7号"),
    )
    assert case.category == category


def test_custody_is_noted_and_told(heard):
    factories.criminal_division()
    clerk = factories.filing_clerk()
    case = register_case(actor=clerk, draft=factories.criminal_draft(in_custody=True, custody_since=clock.today()))
    assert CustodyChanged(case_id=case.pk, in_custody=True) in heard
    case = set_custody(actor=case.judge, case=case, in_custody=False, since=clock.today(), note="取保候审")
    assert not case.in_custody and heard[-1] == CustodyChanged(case_id=case.pk, in_custody=False)
    with pytest.raises(Conflict):
        set_custody(actor=case.judge, case=case, in_custody=False, since=clock.today())


def test_closing_by_a_method_of_the_type(clerk, heard):
    case = register_case(actor=clerk, draft=factories.draft())
    with pytest.raises(Refusal) as refusal:
        close_case(actor=case.judge, case=case, method="enforcement:1", closed_on=case.filed_on - timedelta(days=1))
    assert codes(refusal) == {"method", "closed_before_filed"}
    closed = close_case(actor=case.judge, case=case, method="first_instance_civil:2", closed_on=clock.today())
    assert closed.status == "closed" and closed.closing_label == "调解"
    assert isinstance(heard[-1], CaseClosed)
    with pytest.raises(Conflict):
        close_case(actor=case.judge, case=case, method="first_instance_civil:2", closed_on=clock.today())


def test_another_judge_cannot_close_it(clerk):
    case = register_case(actor=clerk, draft=factories.draft())
    other = ground.person(Post.JUDGE, ground.division("civil-9"))
    with pytest.raises(NotAllowed):
        close_case(actor=other, case=case, method="first_instance_civil:1", closed_on=clock.today())


def test_change_of_judge_keeps_the_history(clerk):
    case = register_case(actor=clerk, draft=factories.draft())
    before = case.judge_id
    chief = ground.person(Post.DIVISION_CHIEF, ground.division("civil-1"))
    with pytest.raises(Refusal):
        reassign_judge(actor=chief, case=case, reason=" ")
    changed = reassign_judge(actor=chief, case=case, reason="原承办法官长期病假")
    assert changed.judge_id != before
    assert BenchMember.objects.filter(case=case, user=before, role="judge", until__isnull=False).exists()
    assert case.allocations.count() == 2


def test_recusal_of_the_judge_moves_the_case_on(clerk):
    case = register_case(actor=clerk, draft=factories.draft())
    before = case.judge
    chief = ground.person(Post.DIVISION_CHIEF, ground.division("civil-1"))
    recuse(actor=chief, case=case, user=before, ground="relation", reason="与被告系同学")
    case.refresh_from_db()
    assert case.judge != before
    with pytest.raises(Conflict):
        recuse(actor=chief, case=case, user=before, ground="relation", reason="与被告系同学")
    with pytest.raises(Refusal) as refusal:
        reassign_judge(actor=chief, case=case, judge=before, reason="仍由原法官办理")
    assert "recused" in codes(refusal)


def test_secret_cases_are_seen_by_bench_and_leaders_only(clerk):
    case = register_case(actor=clerk, draft=factories.draft(secrecy="secret"))
    chief = ground.person(Post.DIVISION_CHIEF, ground.division("civil-1"))
    president = ground.person(Post.PRESIDENT, ground.division("civil-1"))
    assert Case.objects.visible_to(case.judge).filter(pk=case.pk).exists()
    assert Case.objects.visible_to(president).filter(pk=case.pk).exists()
    assert not Case.objects.visible_to(chief).filter(pk=case.pk).exists()
    assert not Case.objects.visible_to(clerk).filter(pk=case.pk).exists()


def test_search_by_number_party_pinyin_and_cause(clerk):
    party = factories.person_party(name="单甲丙")
    case = register_case(actor=clerk, draft=factories.draft(parties=(factories.company_party(), party)))
    register_case(actor=clerk, draft=factories.appeal_draft())
    for query in (
        "民初1号",
        "单甲",
        "甲丙",
        "shanjia",
        "买卖合同 单甲丙",
        "salecontract 单甲",
        case.number,
        f"({case.year})津02民初1号",
    ):
        assert list(Case.objects.search(query)) == [case], query
    assert not Case.objects.search("单甲 民终").exists()
    assert Case.objects.search("单").count() == 1
