"""A half-filled form is kept, found again by its own clerk alone, gone with the registration or when it is dropped."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from cases.filing.models import FilingDraft
from cases.intake.models import Case
from courtcms.accounts.models import Absence, User
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.courts.models import DivisionKind
from tests import factories as ground
from tests.cases import factories
from tests.cases.test_intake_pages import form_data, signed_in
from tests.cases.test_intake_representatives import LAWYER, acting

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def clerk():
    factories.civil_division()
    return factories.filing_clerk()


def half(**changes):
    """The form without cause and with one party unnamed, as somebody leaves it for lunch."""
    data = form_data(**acting(LAWYER), **{"cause": "", "parties-1-name": "", "papers-complaint": "on"})
    data.pop("register")
    return data | changes


def kept(client, **changes):
    client.post(reverse("cases:new"), half(save_draft="1", **changes))
    return FilingDraft.objects.latest("pk")


def test_a_saved_draft_comes_back_as_it_was_typed(clerk):
    client = signed_in(clerk)
    answer = client.post(reverse("cases:new"), half(save_draft="1", amount="很多"))
    assert answer.status_code == 302 and not Case.objects.exists()
    page = client.get(answer["Location"]).content.decode()
    assert 'value="天津甲乙建材有限公司"' in page and 'value="很多"' in page and 'value="温甲"' in page
    assert factories.credit_code(77) in page and 'name="draft" value=' in page
    assert 'id="id_papers-complaint" form="intake-form" hx-preserve checked' in page


def test_numbers_of_documents_are_encrypted_at_rest(clerk):
    draft = kept(signed_in(clerk))
    with connection.cursor() as cursor:
        cursor.execute("SELECT d::text FROM cases_filingdraft d WHERE id = %s", [draft.pk])
        row = cursor.fetchone()[0]
    assert factories.credit_code(77) not in row and factories.resident_id(serial=77) not in row
    assert "天津甲乙建材有限公司" in json.dumps(draft.content, ensure_ascii=False)


def test_nobody_else_sees_a_draft(clerk):
    draft = kept(signed_in(clerk))
    colleague = factories.filing_clerk()
    chief = ground.person(Post.DIVISION_CHIEF, ground.division("filing", DivisionKind.FILING))
    president = ground.person(Post.PRESIDENT)
    for other in (colleague, chief, president):
        client = signed_in(other)
        assert client.get(reverse("cases:new"), {"draft": draft.pk}).status_code in (403, 404)
        listed = client.get(reverse("cases:filings"))
        assert "天津甲乙建材有限公司" not in listed.content.decode()
        assert client.post(reverse("cases:draft_discard", args=[draft.pk])).status_code in (403, 404)
        client.post(reverse("cases:draft_keep"), half(draft=str(draft.pk), draft_version="1"))
    assert FilingDraft.objects.get(pk=draft.pk).version == 1
    assert "天津甲乙建材有限公司" in signed_in(clerk).get(reverse("cases:filings")).content.decode()


def test_whoever_stands_in_for_the_clerk_goes_on_with_the_draft(clerk):
    draft = kept(signed_in(clerk))
    colleague = factories.filing_clerk()
    today = clock.today()
    with act(actor=None, verb="test.absence"):
        Absence.objects.create(user=clerk, substitute=colleague, since=today, until=today + timedelta(days=2))
    client = signed_in(User.objects.get(pk=colleague.pk))
    assert "天津甲乙建材有限公司" in client.get(reverse("cases:filings")).content.decode()
    answer = client.post(reverse("cases:draft_keep"), half(draft=str(draft.pk), draft_version="1", claims="代办"))
    assert answer.status_code == 200 and FilingDraft.objects.get().clerk_id == clerk.pk


def test_autosave_keeps_one_draft_and_leaves_the_trail_alone(clerk):
    client = signed_in(clerk)
    entries = AuditEntry.objects.count()
    first = client.post(reverse("cases:draft_keep"), half(), headers=HTMX).content.decode()
    draft = FilingDraft.objects.get()
    assert f'name="draft" value="{draft.pk}"' in first and 'name="draft_version" value="1"' in first
    again = half(draft=str(draft.pk), draft_version="1", claims="判令付款")
    second = client.post(reverse("cases:draft_keep"), again, headers=HTMX).content.decode()
    assert 'name="draft_version" value="2"' in second and AuditEntry.objects.count() == entries
    assert FilingDraft.objects.get().content["case"]["claims"] == "判令付款"


def test_an_empty_form_is_not_kept(clerk):
    blank = {"type_code": "0301", "filed_on": "2026-11-20", "parties-TOTAL_FORMS": "2", "parties-INITIAL_FORMS": "0"}
    signed_in(clerk).post(reverse("cases:draft_keep"), blank)
    assert not FilingDraft.objects.exists()


def test_two_windows_do_not_overwrite_each_other(clerk):
    client = signed_in(clerk)
    draft = kept(client)
    client.post(reverse("cases:draft_keep"), half(draft=str(draft.pk), draft_version="1", claims="甲窗口"))
    late = client.post(reverse("cases:draft_keep"), half(draft=str(draft.pk), draft_version="1", claims="乙窗口"))
    assert late.status_code == 409 and "另一窗口" in late.content.decode()
    assert FilingDraft.objects.get().content["case"]["claims"] == "甲窗口"


def test_registering_uses_the_draft_up(clerk):
    client = signed_in(clerk)
    draft = kept(client)
    client.post(reverse("cases:new"), form_data(draft=str(draft.pk), draft_version="1"))
    assert Case.objects.count() == 1 and not FilingDraft.objects.exists()
    late = client.post(reverse("cases:draft_keep"), half(draft=str(draft.pk), draft_version="1"))
    assert late.status_code == 409 and not FilingDraft.objects.exists()


def test_a_refused_registration_keeps_the_draft(clerk):
    client = signed_in(clerk)
    draft = kept(client)
    answer = client.post(reverse("cases:new"), form_data(cause="", draft=str(draft.pk), draft_version="1"))
    assert answer.status_code == 400 and FilingDraft.objects.filter(pk=draft.pk).exists()
    assert f'name="draft" value="{draft.pk}"' in answer.content.decode()


def test_a_dropped_draft_is_gone_and_the_dropping_is_on_record(clerk):
    client = signed_in(clerk)
    draft = kept(client)
    client.post(reverse("cases:draft_discard", args=[draft.pk]))
    assert not FilingDraft.objects.exists()
    assert AuditEntry.objects.filter(verb="filing.draft_discard").count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"draft": "x"}, {"draft": "999999999999999"}, {"draft_version": "-1"}, {"claims": "\x00甲" * 9000},
     {"parties-TOTAL_FORMS": "x"}, {"papers-complaint-copies": "很多"}, {"papers-" + "x" * 500: "on"}],
)  # fmt: skip
def test_no_input_breaks_the_saving(clerk, changes):
    client = signed_in(clerk)
    for name in ("cases:draft_keep", "cases:beside"):
        assert client.post(reverse(name), half(**changes)).status_code in (200, 400, 409)
    assert client.post(reverse("cases:new"), half(save_draft="1", **changes)).status_code in (302, 400, 409)
