"""Parties of a registered case: one is added, another name entered, a spelling corrected, and nothing is erased."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from cases.docket.selectors import timeline
from cases.filing.citations import cite
from cases.intake import catalogue
from cases.intake.events import PartiesChanged
from cases.intake.models import Case
from cases.intake.party_forms import PartyAddForm
from cases.intake.party_models import PartyChange
from cases.intake.party_services import add_alias, add_party, correct_name
from cases.intake.services import close_case
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
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
def case(clerk):
    parties = (factories.company_party(name="天津甲乙建材有限公司"), factories.person_party(name="尉迟川"))
    return factories.case(filed_on=clock.today() - timedelta(days=40), parties=parties)


@pytest.fixture
def heard(monkeypatch):
    found = []
    monkeypatch.setitem(events._handlers, PartiesChanged, [found.append])
    return found


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def codes(refusal):
    return {reason.code for reason in refusal.value.reasons}


def test_a_third_party_comes_into_a_closed_case(case, clerk, heard):
    close_case(actor=case.judge, case=case, method="first_instance_civil:1", closed_on=clock.today())
    number = factories.resident_id("19791114")
    new = factories.person_party("third_party", "单甲丙", identity_number=number, aliases=("单小丙",))
    day = clock.today() - timedelta(days=3)
    party = add_party(
        actor=clerk, case=case, draft=new, ground="third_interested", decided_on=day, reason="受让涉案货物"
    )
    assert heard == [PartiesChanged(case_id=case.pk)]
    assert (party.position, party.aliases, party.name_pinyin) == (2, ["单小丙"], "shan jia bing")
    assert number not in party.identity_encrypted and party.identity_masked == f"120***********{number[-4:]}"
    entry = AuditEntry.objects.get(verb="case.party_add")
    assert (entry.actor, entry.case_id, entry.reason) == (clerk, case.pk, "受让涉案货物")
    assert "第五十九条第二款" in entry.basis and number not in str(entry.after)
    assert (entry.before["parties"], entry.after["parties"], entry.after["name"]) == (2, 3, "单甲丙")
    item = next(item for item in timeline(case, clerk) if item.title == "追加第三人 单甲丙")
    assert item.date == day and "民事诉讼法第五十九条第二款" in item.text and "受让涉案货物" in item.text
    assert list(Case.objects.search("单小丙")) == [case] == list(Case.objects.search("shanjiabing"))


def test_the_title_follows_a_second_defendant(case, clerk):
    new = factories.person_party("defendant", "单甲丙")
    add_party(actor=case.judge, case=case, draft=new, ground="necessary", decided_on=clock.today())
    case.refresh_from_db()
    assert case.title == "天津甲乙建材有限公司 诉 尉迟川等"


def test_every_reason_against_a_party_at_once(case, clerk, heard):
    bad = factories.person_party(
        "defendant", "张某", identity_number="120000199001011230", address="", aliases=("甲", "单\x00乙")
    )
    with pytest.raises(Refusal) as refusal:
        add_party(actor=clerk, case=case, draft=bad, ground="administrative_third", decided_on=None, reason="字" * 301)
    assert codes(refusal) >= {
        "name_masked", "address_missing", "alias_short", "name_private", "ground", "decided_missing", "reason_long",
    }  # fmt: skip
    fields = {reason.field for reason in refusal.value.reasons}
    assert fields >= {"name", "address", "aliases", "ground", "decided_on", "reason"}
    for day, code in ((clock.today() + timedelta(days=1), "decided_future"), (case.filed_on - timedelta(1),
                                                                              "before_filing")):  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            add_party(actor=clerk, case=case, draft=factories.person_party(), ground="necessary", decided_on=day)
        assert codes(refusal) == {code}
    assert not heard and not PartyChange.objects.exists() and case.parties.count() == 2


def test_the_same_party_is_not_added_twice(case, clerk):
    again = factories.person_party("defendant", "尉迟 川")
    with pytest.raises(Conflict) as refusal:
        add_party(actor=clerk, case=case, draft=again, ground="necessary", decided_on=clock.today())
    assert codes(refusal) == {"party_twice"}


def test_another_name_is_kept_told_and_found(case, heard):
    party = case.parties.get(role="defendant")
    add_alias(actor=case.bench.get(role="clerk").user, party=party, name="尉迟 大川", kind="former", reason="户口簿")
    party.refresh_from_db()
    assert party.aliases == ["尉迟大川"] and heard == [PartiesChanged(case_id=case.pk)]
    entry = AuditEntry.objects.get(verb="case.party_alias")
    assert (entry.before["aliases"], entry.after["aliases"]) == ([], ["尉迟大川"])
    assert "登记被告的曾用名：尉迟大川" in [item.title for item in timeline(case, case.judge)]
    assert list(Case.objects.search("尉迟大川")) == [case]
    for name in ("尉迟大川", "尉迟川"):
        with pytest.raises(Conflict) as refusal:
            add_alias(actor=case.judge, party=party, name=name, kind="other")
        assert codes(refusal) == {"alias_known"}
    with pytest.raises(Refusal) as refusal:
        add_alias(actor=case.judge, party=party, name=" ", kind="nickname")
    assert codes(refusal) == {"name_missing", "alias_kind"}


def test_the_old_spelling_stays_as_another_name(case, heard):
    party = case.parties.get(role="defendant")
    correct_name(actor=case.judge, party=party, name="尉迟釧", reason="与身份证核对")
    party.refresh_from_db()
    case.refresh_from_db()
    assert (party.name, party.aliases) == ("尉迟釧", ["尉迟川"]) and heard == [PartiesChanged(case_id=case.pk)]
    assert case.title == "天津甲乙建材有限公司 诉 尉迟釧"
    assert list(Case.objects.search("尉迟川")) == [case] == list(Case.objects.search("尉迟釧"))
    entry = AuditEntry.objects.get(verb="case.party_rename")
    assert (entry.before["name"], entry.after["name"], entry.reason) == ("尉迟川", "尉迟釧", "与身份证核对")
    assert "尉迟川更正为尉迟釧" in [item.title for item in timeline(case, case.judge)]
    with pytest.raises(Refusal) as refusal:
        correct_name(actor=case.judge, party=party, name="尉迟釧", reason=" ")
    assert codes(refusal) == {"name_same", "reason_missing"}


def test_who_may_not_changes_nothing(case, heard):
    party = case.parties.get(role="defendant")
    stranger = ground.person(Post.JUDGE, ground.division("civil-9"))
    discipline = ground.person(Post.DISCIPLINE, ground.division("office"))
    for actor in (stranger, discipline):
        with pytest.raises(NotAllowed):
            add_party(
                actor=actor, case=case, draft=factories.person_party(), ground="necessary", decided_on=clock.today()
            )
        with pytest.raises(NotAllowed):
            add_alias(actor=actor, party=party, name="尉迟大川", kind="former")
        with pytest.raises(NotAllowed):
            correct_name(actor=actor, party=party, name="尉迟釧", reason="核对")
    assert not heard and not PartyChange.objects.exists()
    address = reverse("cases:party_alias", args=[case.pk, party.pk])
    assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(discipline).get(address).status_code == 403


def test_a_secret_case_is_closed_to_the_counter_and_open_to_its_bench(case, clerk):
    with act(actor=None, verb="test"):
        case.secrecy = "secret"
        case.save()
    assert signed_in(clerk).get(reverse("cases:party_add", args=[case.pk])).status_code == 404
    assert signed_in(case.judge).get(reverse("cases:party_add", args=[case.pk])).status_code == 200


def test_a_cancelled_case_takes_no_change(case, clerk):
    with act(actor=None, verb="test"):
        case.status = "cancelled"
        case.save()
    with pytest.raises(Conflict) as refusal:
        add_alias(actor=clerk, party=case.parties.first(), name="尉迟大川", kind="former")
    assert codes(refusal) == {"cancelled"}
    assert (
        reverse("cases:party_add", args=[case.pk])
        not in signed_in(clerk).get(reverse("cases:detail", args=[case.pk])).content.decode()
    )


@pytest.mark.parametrize("statement", ["UPDATE cases_partychange SET reason = 'x'", "DELETE FROM cases_partychange"])
def test_the_database_refuses_to_change_what_was_done(case, statement):
    add_alias(actor=case.judge, party=case.parties.first(), name="甲乙建材", kind="short")
    refused = pytest.raises((InternalError, ProgrammingError))
    with refused, act(actor=None, verb="test"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_pages_do_the_acts(case, clerk):
    client = signed_in(clerk)
    home = reverse("cases:detail", args=[case.pk])
    party = case.parties.get(role="defendant")
    add, alias, rename = (
        reverse("cases:party_add", args=[case.pk]),
        reverse("cases:party_alias", args=[case.pk, party.pk]),
        reverse("cases:party_rename", args=[case.pk, party.pk]),
    )
    page = client.get(home).content.decode()
    assert all(f'href="{address}"' in page for address in (add, alias, rename))
    typed = {
        "ground": "third_independent", "decided_on": clock.today().isoformat(), "role": "third_party",
        "kind": "natural", "name": "单甲丙", "aliases": "单小丙\nShan Jia", "address": "天津市甲区乙路3号",
        "identity_number": factories.resident_id(),
    }  # fmt: skip
    done = client.post(add, typed, follow=True).content.decode()
    assert "已追加第三人单甲丙" in done and "又名 单小丙、Shan Jia" in done
    assert case.parties.get(name="单甲丙").identity_kind == "resident_id"
    assert "曾用名" in client.post(alias, {"kind": "former", "name": "尉迟大川"}, follow=True).content.decode()
    done = client.post(rename, {"name": "尉迟釧", "reason": "与身份证核对"}, follow=True).content.decode()
    assert "尉迟川更正为尉迟釧" in done
    assert client.get(reverse("cases:party_alias", args=[case.pk, 10**9])).status_code == 404
    english = client.get(home, headers={"Accept-Language": "en"}).content.decode()
    assert "Civil Procedure Law art. 59 para. 1" in english


def test_the_pages_say_everything_at_once_and_lose_nothing(case, clerk):
    client = signed_in(clerk)
    add = reverse("cases:party_add", args=[case.pk])
    wrong = {"kind": "natural", "role": "defendant", "name": "张某", "identity_number": "12", "phone": "022-1"}
    answer = client.post(add, wrong)
    page = answer.content.decode()
    assert answer.status_code == 400 and 'value="张某"' in page and 'value="022-1"' in page
    assert PartyAddForm(case=case).fields["decided_on"].required  # or the page would call it optional
    for field in ("name", "identity_number", "address", "ground", "decided_on"):
        assert f'href="#id_{field}"' in page
    party = case.parties.first()
    for name, data in (("party_alias", {}), ("party_rename", {"name": ""})):
        answer = client.post(reverse(f"cases:{name}", args=[case.pk, party.pk]), data)
        assert answer.status_code == 400 and answer.content.decode().count('aria-invalid="true"') == 2
    for bad in ({"decided_on": "2026-02-30"}, {"kind": "robot"}, {"name": "\x00"}, {"ground": "?"}, {"role": "?"}):
        assert client.post(add, wrong | bad).status_code == 400
    assert not PartyChange.objects.exists()


def test_every_article_of_the_grounds_is_read_in_english():
    for term in catalogue.party_grounds().values():
        assert not any("\u4e00" <= character <= "\u9fff" for character in cite(term.article, "en")), term.key
        assert term.confidence == ("likely" if term.article else "verified")
