"""A filing that must not be registered ends in a ruling: ground, approval by the filing division's chief, number."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.filing.models import Filing, FilingDraft, FilingRefusal
from cases.intake.models import Case
from cases.intake.register_models import CaseCounter
from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalRequest, ApprovalStep
from courtcms.approvals.services import decide, withdraw
from courtcms.audit.models import AuditEntry
from courtcms.core import clock
from courtcms.core.errors import NotAllowed
from courtcms.courts.models import DivisionKind
from tests import factories as ground
from tests.cases import factories
from tests.cases.test_filing_drafts import kept
from tests.cases.test_intake_pages import form_data, signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
WHY = "双方合同第十二条订有书面仲裁协议，经释明后仍坚持起诉。"


@pytest.fixture
def clerk():
    factories.civil_division()
    return factories.filing_clerk()


@pytest.fixture
def chief(clerk):
    return ground.person(Post.DIVISION_CHIEF, ground.division("filing", DivisionKind.FILING))


def ask(client, draft, **changes):
    data = {"ground": "arbitration", "reason": WHY} | changes
    return client.post(reverse("cases:filing_refuse", args=[draft.pk]), data)


def asked(clerk, **changes):
    """A filing of 16 November for which the ruling was asked on the 20th."""
    client = signed_in(clerk)
    with clock.as_of(TODAY):
        draft = kept(client, received_on="2026-11-16", **changes)
        answer = ask(client, draft)
    assert answer.status_code == 302
    return Filing.objects.get()


def step():
    return ApprovalStep.objects.get(state="open")


def test_the_chief_approves_and_the_ruling_has_its_number_and_no_case(clerk, chief):
    filing = asked(clerk)
    assert filing.state == "refusing"
    seen = signed_in(chief).get(reverse("approvals:detail", args=[ApprovalRequest.objects.get().pk])).content.decode()
    assert "双方有书面仲裁协议" in seen and "民事诉讼法第一百二十七条第二项" in seen and "2026-11-23" in seen
    with clock.as_of(TODAY):
        decide(actor=chief, step_id=step().pk, decision="approve")
    filing.refresh_from_db()
    refusal = filing.refusal
    assert (refusal.number, refusal.approved_by, refusal.late) == ("（2026）津02民初1号", chief, False)
    assert filing.state == "refused" and not Case.objects.exists() and not FilingDraft.objects.exists()
    page = signed_in(clerk).get(reverse("cases:filing", args=[filing.pk])).content.decode()
    assert "（2026）津02民初1号" in page and "民事诉讼法第一百七十一条" in page and WHY in page
    entry = AuditEntry.objects.get(verb="filing.refuse")
    assert entry.basis == "民事诉讼法第一百二十七条第二项" and entry.actor_id == chief.pk


def test_the_next_case_takes_the_next_number(clerk, chief):
    asked(clerk)
    with clock.as_of(TODAY):
        decide(actor=chief, step_id=step().pk, decision="approve")
        signed_in(clerk).post(reverse("cases:new"), form_data(filed_on="2026-11-20"))
    assert Case.objects.get().number == "（2026）津02民初2号"


def test_a_late_ruling_is_marked(clerk, chief):
    filing = asked(clerk)
    with clock.as_of(date(2026, 11, 24)):
        decide(actor=chief, step_id=step().pk, decision="approve")
    filing.refresh_from_db()
    assert filing.refusal.late


def test_a_kind_without_a_number_gets_none(clerk, chief):
    asked_of = {"type_code": "0511", "procedure": "committee"}
    client = signed_in(clerk)
    draft = kept(client, **asked_of)
    assert ask(client, draft, ground="compensation_conditions").status_code == 302
    decide(actor=chief, step_id=step().pk, decision="approve")
    assert FilingRefusal.objects.get().number == "" and not CaseCounter.objects.exists()


def test_neither_the_clerk_nor_another_chief_decides(clerk, chief):
    asked(clerk)
    other = ground.person(Post.DIVISION_CHIEF, ground.division("civil-1"))
    for person in (clerk, other):
        with pytest.raises(NotAllowed):
            decide(actor=person, step_id=step().pk, decision="approve")
    assert FilingRefusal.objects.get().approved_on is None


def test_a_rejected_or_withdrawn_request_leaves_the_filing_open_and_the_draft_alive(clerk, chief):
    filing = asked(clerk)
    decide(actor=chief, step_id=step().pk, decision="reject", comment="应当登记立案")
    filing.refresh_from_db()
    assert filing.state == "open" and FilingDraft.objects.get().filing_id == filing.pk
    ask(signed_in(clerk), FilingDraft.objects.get())
    withdraw(actor=clerk, request_id=ApprovalRequest.objects.latest("pk").pk, reason="当事人撤回")
    filing.refresh_from_db()
    assert filing.state == "open" and not FilingRefusal.objects.exists()
    signed_in(clerk).post(reverse("cases:new"), form_data(draft=str(FilingDraft.objects.get().pk)))
    filing.refresh_from_db()
    assert filing.state == "registered"


def test_a_returned_request_is_mended_and_asked_anew(clerk, chief):
    asked(clerk)
    decide(actor=chief, step_id=step().pk, decision="return", comment="写明仲裁机构")
    better = WHY + "仲裁机构为天津仲裁委员会。"
    assert ask(signed_in(clerk), FilingDraft.objects.get(), reason=better).status_code == 302
    request = ApprovalRequest.objects.get()
    assert (request.round, request.state, request.payload["reason"]) == (2, "pending", better)


def test_while_it_is_asked_for_it_is_neither_registered_nor_asked_again_nor_dropped(clerk, chief):
    asked(clerk)
    client, draft = signed_in(clerk), FilingDraft.objects.get()
    assert ask(client, draft).status_code == 409
    assert client.post(reverse("cases:new"), form_data(draft=str(draft.pk))).status_code == 409
    client.post(reverse("cases:draft_discard", args=[draft.pk]))
    assert FilingDraft.objects.exists() and not Case.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"ground": ""}, "ground"), ({"ground": "private_dead"}, "ground"), ({"reason": "不合格"}, "reason"),
     ({"reason": ""}, "reason")],
)  # fmt: skip
def test_a_ruling_without_ground_or_reasons_is_refused(clerk, chief, changes, field):
    client = signed_in(clerk)
    answer = ask(client, kept(client), **changes)
    assert answer.status_code == 400 and f'href="#id_{field}"' in answer.content.decode()
    assert not FilingRefusal.objects.exists()


def test_without_a_chief_who_could_approve_it_is_told_and_nothing_is_written(clerk):
    client = signed_in(clerk)
    answer = ask(client, kept(client))
    assert answer.status_code == 400 and "没有可以审批的人" in answer.content.decode()
    assert not Filing.objects.exists()


def test_an_application_in_bankruptcy_is_registered_first(clerk, chief):
    client = signed_in(clerk)
    draft = kept(client, type_code="1103")
    data = {"ground": "arbitration", "reason": WHY}
    answer = client.post(reverse("cases:filing_refuse", args=[draft.pk]), data, follow=True)
    assert "先登记，再按该类案件的结案方式办理" in answer.content.decode() and not FilingRefusal.objects.exists()
