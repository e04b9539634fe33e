"""Papers, the one-time notice, the fee with its relief, jurisdiction by amount: at the counter and in the case."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.filing.models import CaseFee, Filing, FilingDraft, FilingNotice
from cases.intake.models import Case
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.core import clock
from courtcms.core.workdays import add_working_days
from tests import factories as ground
from tests.cases import factories
from tests.cases.test_filing_drafts import kept
from tests.cases.test_intake_pages import form_data, signed_in

pytestmark = pytest.mark.django_db
RELIEF = {"relief": "reduced", "relief_ground": "disaster", "relief_percent": "40"}


@pytest.fixture
def clerk():
    factories.civil_division()
    return factories.filing_clerk()


def two_people(**changes):
    """A claim of one natural person against another."""
    plaintiff = {"parties-0-kind": "natural", "parties-0-name": "苏甲", "parties-0-identity_number": ""}
    return form_data(**plaintiff, **changes)


def test_the_fee_stands_beside_the_form_with_its_working(clerk):
    page = signed_in(clerk).post(reverse("cases:beside"), form_data()).content.decode()
    assert "37,680.00" in page and "3,860,000 × 0.8% + 6,800" in page and "诉讼费用交纳办法 13(1)" in page


def test_the_fee_is_stored_with_the_case_and_shown_there(clerk):
    client = signed_in(clerk)
    client.post(reverse("cases:new"), form_data())
    fee = CaseFee.objects.get()
    due_on = add_working_days(clock.today() + timedelta(days=6), 1)
    assert (fee.amount, fee.tariff, fee.due_on) == (Decimal("37680.00"), "property", due_on)
    panel = client.get(reverse("cases:fee_panel", args=[fee.case_id])).content.decode()
    assert "37,680.00" in panel and "3,860,000 × 0.8% + 6,800" in panel


def test_a_case_that_comes_by_another_way_has_its_fee_too(clerk):
    case = factories.case(actor=clerk, amount=Decimal(200_000))
    assert case.fee.amount == Decimal("4300.00") and case.fee.due_on is None


def test_an_appeal_pays_on_what_is_attacked(clerk):
    data = form_data(
        type_code="0302", procedure="appeal", lower_number="（2026）津0102民初7号", disputed="200,000",
        **{"parties-0-role": "appellant", "parties-1-role": "appellee"},
    )  # fmt: skip
    signed_in(clerk).post(reverse("cases:new"), data)
    assert CaseFee.objects.get().amount == Decimal("4300.00")


def test_relief_is_noted_with_its_ground(clerk):
    client = signed_in(clerk)
    client.post(reverse("cases:new"), two_people(**RELIEF, relief_note="受灾证明"))
    fee = CaseFee.objects.get()
    assert (fee.relief, fee.relief_ground, fee.relief_percent) == ("reduced", "disaster", 40)
    assert "22,608.00" in client.get(reverse("cases:fee_panel", args=[fee.case_id])).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (RELIEF | {"relief_percent": "20"}, "relief_percent"),
        (RELIEF | {"relief_ground": "disabled"}, "relief_ground"),
        ({"relief": "exempt", "relief_ground": "disabled", "parties-0-kind": "legal"}, "relief"),
        ({"disputed": "9,000,000"}, "disputed"),
        ({"relief": "?"}, "relief"),
    ],
)  # fmt: skip
def test_relief_that_the_measures_do_not_know_is_refused_at_its_field(clerk, changes, field):
    answer = signed_in(clerk).post(reverse("cases:new"), two_people() | changes)
    assert answer.status_code == 400 and f'href="#id_{field}"' in answer.content.decode()
    assert not Case.objects.exists() and not CaseFee.objects.exists()


def test_exemption_is_for_natural_persons(clerk):
    signed_in(clerk).post(reverse("cases:new"), two_people(relief="exempt", relief_ground="disabled"))
    fee = CaseFee.objects.get()
    assert (fee.relief, fee.due_on) == ("exempt", None)


def test_an_amount_below_the_court_warns_and_does_not_block(clerk):
    client = signed_in(clerk)
    page = client.post(reverse("cases:beside"), form_data()).content.decode()
    assert "法发〔2021〕27号" in page and "500,000,000" in page
    client.post(reverse("cases:new"), form_data())
    assert Case.objects.count() == 1


def test_papers_that_are_there_are_kept_with_the_filing(clerk):
    papers = {"papers-complaint": "on", "papers-complaint-copies": "2", "papers-evidence": "on"}
    signed_in(clerk).post(reverse("cases:new"), form_data(**papers))
    rows = {row.key: (row.received, row.copies) for row in Filing.objects.get().papers.all()}
    assert rows["complaint"] == (True, 2) and rows["evidence"] == (True, None) and rows["licence"] == (False, None)
    assert Filing.objects.get().case == Case.objects.get()


def test_too_few_copies_are_told(clerk):
    page = signed_in(clerk).post(
        reverse("cases:beside"), form_data(**{"papers-complaint": "on", "papers-complaint-copies": "1"})
    )
    assert "须 2 份" in page.content.decode()


def notice_data(**changes):
    return {"items": ["licence", "evidence"], "text": "写明利息的计算方法", "due_on": "2026-12-01"} | changes


def give(client, draft, **changes):
    return client.post(reverse("cases:filing_notice", args=[draft.pk]), notice_data(**changes))


def test_the_filing_is_due_seven_days_after_receipt(clerk):
    with clock.as_of(date(2026, 11, 20)):
        page = signed_in(clerk).post(
            reverse("cases:beside"), form_data(received_on="2026-11-16", filed_on="2026-11-20")
        )
    assert "2026-11-23" in page.content.decode() and "民事诉讼法第一百二十六条" in page.content.decode()


def test_a_notice_is_given_once_and_the_time_runs_anew_from_the_supplement(clerk):
    client = signed_in(clerk)
    with clock.as_of(date(2026, 11, 20)):
        draft = kept(client, received_on="2026-11-16")
        assert give(client, draft).status_code == 302
        filing = Filing.objects.get()
        page = client.get(reverse("cases:filing", args=[filing.pk])).content.decode()
        assert "营业执照" in page and "写明利息的计算方法" in page and filing.receipt in page
        again = give(client, draft)
        assert again.status_code == 409 and "不得再次要求补正" in again.content.decode()
    with clock.as_of(date(2026, 11, 30)):  # a Monday
        client.post(reverse("cases:filing_supplement", args=[filing.pk]), {"supplied_on": "2026-11-30"})
        assert FilingNotice.objects.get().supplied_on == date(2026, 11, 30)
        listed = client.get(reverse("cases:filings")).content.decode()
        assert "2026-12-07" in listed
        client.post(reverse("cases:new"), form_data(draft=str(draft.pk), filed_on="2026-11-30"))
    filing.refresh_from_db()
    assert filing.state == "registered" and filing.case == Case.objects.get() and not FilingDraft.objects.exists()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"filing.notice", "filing.supplement", "filing.register"} <= verbs


@pytest.mark.parametrize(
    "changes",
    [{"items": [], "text": " "}, {"due_on": "2020-01-01"}, {"due_on": "x"}, {"due_on": "9999-12-31"},
     {"items": ["nothing"]}],
)  # fmt: skip
def test_a_notice_that_says_nothing_or_comes_too_late_is_refused(clerk, changes):
    client = signed_in(clerk)
    assert give(client, kept(client), **changes).status_code == 400
    assert not FilingNotice.objects.exists() and not Filing.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2101-01-01"])
def test_a_day_of_receipt_that_cannot_be_starts_nothing(clerk, day):
    client = signed_in(clerk)
    draft = kept(client, received_on=day, filed_on=day)
    assert give(client, draft).status_code == 400 and not Filing.objects.exists()
    assert client.get(reverse("cases:filings")).status_code == 200
    assert client.get(reverse("cases:new"), {"draft": draft.pk}).status_code == 200


def test_an_appeal_has_no_one_time_notice(clerk):
    client = signed_in(clerk)
    answer = give(client, kept(client, type_code="0302"), items=[])
    assert answer.status_code == 400 and "法释〔2015〕8号第十八条" in answer.content.decode()


def test_a_complaint_goes_back_only_when_the_time_for_papers_is_over(clerk):
    client = signed_in(clerk)
    with clock.as_of(date(2026, 11, 20)):
        give(client, kept(client))
    filing = Filing.objects.get()
    back = reverse("cases:filing_return", args=[filing.pk])
    with clock.as_of(date(2026, 12, 1)):
        assert client.post(back, {"note": "未补正"}).status_code == 400
    with clock.as_of(date(2026, 12, 2)):
        assert client.post(back, {"note": "未补正，当事人取回"}).status_code == 302
    filing.refresh_from_db()
    assert filing.state == "returned" and not FilingDraft.objects.exists()


def test_filings_of_another_counter_are_not_there(clerk):
    client = signed_in(clerk)
    give(client, kept(client), due_on=(clock.today() + timedelta(days=9)).isoformat())
    filing = Filing.objects.get()
    for other in (factories.filing_clerk(), ground.person(Post.DIVISION_CHIEF, ground.division("civil-1"))):
        theirs = signed_in(other)
        assert theirs.get(reverse("cases:filing", args=[filing.pk])).status_code == 404
        assert theirs.post(
            reverse("cases:filing_supplement", args=[filing.pk]), {"supplied_on": clock.today().isoformat()}
        ).status_code in (403, 404)
    assert FilingNotice.objects.get().supplied_on is None


def test_a_missing_side_leads_to_the_row_that_is_blank(clerk):
    answer = signed_in(clerk).post(reverse("cases:new"), form_data(**{"parties-1-name": "", "parties-1-address": ""}))
    page = answer.content.decode()
    assert answer.status_code == 400 and 'href="#id_parties-1-name"' in page
