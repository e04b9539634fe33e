"""What the publishing room relies on: receipts, versions, refusals, and that the same push twice is one."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.db import connection

from courtcms.audit.services import act
from courtcms.core.errors import Conflict, Refusal
from publicity.portal import rules, services
from publicity.portal.contract import Section
from publicity.portal.models import Judgment, Notice, Tombstone
from tests.portal import documents

pytestmark = pytest.mark.django_db


def test_the_receipt_names_id_path_fingerprint_and_version() -> None:
    receipt = documents.push()
    text = "\n".join(p for section in documents.document().sections for p in section.paragraphs)
    assert receipt.sm3 == hashlib.new("sm3", text.encode()).hexdigest()
    assert receipt.version == 1
    assert receipt.path == f"/judgments/{receipt.public_id}/"


def test_the_same_push_again_changes_nothing() -> None:
    receipt = documents.push()
    before = Judgment.objects.get().pushed_at
    assert documents.push(public_id=receipt.public_id) == receipt
    assert Judgment.objects.get().pushed_at == before


def test_another_text_under_the_same_version_is_a_conflict_and_a_new_version_replaces() -> None:
    receipt = documents.push()
    other = (Section("reasons", ("改正后的理由。",)),)
    with pytest.raises(Conflict):
        documents.push(public_id=receipt.public_id, sections=other)
    documents.push(public_id=receipt.public_id, sections=other, version=2)
    assert Judgment.objects.get().paragraphs == ["改正后的理由。"]
    assert not Judgment.objects.about("举证责任").exists()


def test_two_documents_of_one_kind_in_one_case_have_two_addresses() -> None:
    assert documents.push().public_id != documents.push().public_id


def test_a_withdrawn_id_is_never_given_to_another_document() -> None:
    first = documents.push()
    documents.withdraw(first.public_id)
    assert documents.push().public_id != first.public_id


def test_withdrawing_removes_text_and_vector_and_may_be_repeated() -> None:
    receipt = documents.push()
    documents.withdraw(receipt.public_id)
    documents.withdraw(receipt.public_id)
    assert not Judgment.objects.exists()
    assert Tombstone.objects.get().reason == "redaction_defect"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_judgment")
        assert cursor.fetchone() == (0,)


def test_every_defect_is_named_at_once() -> None:
    broken = (Section("nonsense", ("两行\n在一段",)),)
    with pytest.raises(Refusal) as refused:
        documents.push("", title=" ", document_kind="poem", sections=broken, published_on=date(2020, 1, 1), version=0)
    fields = {reason.field for reason in refused.value.reasons}
    assert fields >= {
        "case_number", "title", "document_kind", "sections.0.key", "sections.0.paragraphs", "published_on", "version",
    }  # fmt: skip
    assert not Judgment.objects.exists()


def test_unknown_ids_and_reasons_are_refused() -> None:
    with pytest.raises(Refusal) as refused, act(actor=None, verb="test.withdraw"):
        services.withdraw_judgment("nothing", reason="because")
    assert {reason.field for reason in refused.value.reasons} == {"public_id", "reason"}
    with pytest.raises(Refusal):
        documents.announce(reason="other")  # the public wording is missing
    assert not Notice.objects.exists()


def test_a_notice_is_replaced_not_doubled_and_makes_way_for_the_document() -> None:
    first = documents.announce(reason="other", note="涉及未决案件")
    documents.announce(reason="mediation")
    assert Notice.objects.get().reason == "mediation"
    with act(actor=None, verb="test.publish"):
        services.withdraw_notice(first.public_id)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "word", ["房屋质量", "举证", "责任", "举证责任", "云栖置业", "甲采薇", "顾维桢", "不利后果", "房屋买卖"]
)
def test_words_of_title_text_names_and_cause_are_found(word: str) -> None:
    documents.push()
    assert Judgment.objects.about(word).count() == 1


def test_words_that_do_not_occur_are_not_found() -> None:
    documents.push()
    for word in ("借款", "房屋质量 借款", "😀", "'", "& | !", "\\"):
        assert Judgment.objects.about(word).count() == 0


def test_a_very_long_document_can_be_published_and_found() -> None:
    paragraph = "当事人对合同履行中的违约责任约定不明，" * 50
    sections = (Section("facts", (paragraph,) * 60), Section("reasons", ("末尾写有独角兽一词。",)))
    documents.push(sections=sections)
    assert Judgment.objects.about("独角兽").count() == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("（2026）津02民终1号", True),
        ("2026津02", True),
        ("2026年", False),
        ("2026", False),
        ("合同", False),
        ("2026年1月合同", False),
    ],
)
def test_what_counts_as_a_case_number(text: str, number: bool) -> None:
    assert rules.starts_like_case_number(text) is number
