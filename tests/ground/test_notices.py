"""The inbox in both languages, and mail of which every piece is accounted for."""

from __future__ import annotations

import smtplib
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils.translation import gettext_lazy, override

from courtcms.accounts.models import User
from courtcms.accounts.posts import Post
from courtcms.core.texts import Sentence
from courtcms.notices import digest, selectors
from courtcms.notices.models import DigestRun, DigestSubscription, Notice, OutgoingMessage
from courtcms.notices.services import mark_all_read, mark_read, notify
from tests import factories

pytestmark = pytest.mark.django_db


def tell(*people: User, text: Any = "案件 %(case)s 已登记", **params: Any) -> list[Notice]:
    return notify(recipients=people, kind="test.kind", text=text, params={"case": "（2026）津02民终1号", **params})


def test_each_recipient_is_told_once() -> None:
    one, two = factories.person(), factories.person()
    tell(one, two, one)
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == sorted([one.pk, two.pk])


def test_a_notice_follows_the_readers_language() -> None:
    """The post inside it too; a language that lacks the sentence shows the source."""
    post, inner = gettext_lazy("庭长"), Sentence("已批准：%(title)s", {"title": "甲"})
    notice = tell(factories.person(), text="%(post)s %(inner)s", post=post, inner=inner)[0]
    notice.refresh_from_db()
    with override("zh-hans"):
        assert notice.sentence == "庭长 已批准：甲"
    with override("en"):
        assert notice.sentence.startswith("Division Chief") or "庭长" not in notice.sentence


def test_percent_signs_and_missing_parameters_do_no_harm() -> None:
    judge = factories.person()
    assert tell(judge, text="执行到位率 50%")[0].sentence == "执行到位率 50%"
    assert tell(judge, text="%(lacking)s 到期")[0].sentence == "%(lacking)s 到期"


def test_only_ones_own_notices_are_marked_as_read() -> None:
    one, two = factories.person(), factories.person()
    tell(one, two)
    assert mark_read(actor=one, notice_ids=Notice.objects.values_list("pk", flat=True)) == 1
    assert Notice.objects.get(recipient=two).read_at is None


def test_what_comes_in_after_the_page_was_shown_stays_unread() -> None:
    judge = factories.person()
    seen = tell(judge)[0]
    tell(judge)
    assert mark_all_read(actor=judge, up_to=seen.pk) == 1
    assert selectors.unread_count(judge) == 1


def test_the_page_shows_opens_and_marks(client: Client) -> None:
    judge = factories.person()
    notice = tell(judge)[0]
    Notice.objects.filter(pk=notice.pk).update(url="/approvals/")
    client.force_login(judge)
    page = client.get("/inbox/").content.decode()
    assert "（2026）津02民终1号" in page
    assert "1 条未读" in page
    assert client.get(f"/inbox/{notice.pk}/")["Location"] == "/approvals/"
    assert "条未读" not in client.get("/inbox/").content.decode()
    assert "没有通知" in client.get("/inbox/?show=unread").content.decode()


def test_a_notice_never_leads_off_the_site(client: Client) -> None:
    judge = factories.person()
    client.force_login(judge)
    for address in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", ""):
        notice = tell(judge)[0]
        Notice.objects.filter(pk=notice.pk).update(url=address)
        assert client.get(f"/inbox/{notice.pk}/")["Location"] == "/inbox/"


def test_somebody_elses_notice_does_not_exist(client: Client) -> None:
    notice = tell(factories.person())[0]
    client.force_login(factories.person())
    assert client.get(f"/inbox/{notice.pk}/").status_code == 404


def test_bad_input_is_no_error(client: Client) -> None:
    judge = factories.person()
    tell(judge)
    client.force_login(judge)
    for data in ({}, {"notice": ["x", "", "9" * 40]}, {"all": "1", "up_to": "x"}, {"all": "1", "up_to": "9" * 40}):
        assert client.post("/inbox/read/", data).status_code == 302
    assert client.get("/inbox/?cursor=%00&kind=%00x&show=%00").status_code in {200, 400}
    assert client.get("/inbox/read/").status_code == 405


class TestDigest:
    @pytest.fixture(autouse=True)
    def _mail(self, settings: Any) -> None:
        settings.MAIL = "smtp"

    @pytest.fixture
    def readers(self) -> list[User]:
        """Two subscribers with something unread, one without, one who only reads in the inbox."""
        people = [factories.person(name=f"甲读者{number}") for number in range(4)]
        for person in people[:3]:
            DigestSubscription.objects.create(user=person, address=f"{person.username}@court.example")
        tell(people[0], people[1], people[3])
        return people

    def balance(self) -> tuple[int, int, int, int, int]:
        run = selectors.balances()[0]
        return run.owed, run.sent, run.pending, run.failed, run.missing

    def test_while_mail_is_off_nothing_is_owed(self, settings: Any, readers: list[User]) -> None:
        settings.MAIL = "off"
        assert digest.prepare_digest() is None
        assert not DigestRun.objects.exists()

    def test_one_message_a_day_for_whoever_has_something_unread(self, readers: list[User]) -> None:
        digest.prepare_digest()
        digest.prepare_digest()
        assert {message.recipient for message in OutgoingMessage.objects.all()} == set(readers[:2])
        assert self.balance() == (2, 0, 2, 0, 0)
        assert digest.send_pending() == {"sent": 2, "postponed": 0, "failed": 0}
        assert digest.send_pending() == {"sent": 0, "postponed": 0, "failed": 0}
        assert sorted(message.to[0] for message in mail.outbox) == sorted(
            f"{person.username}@court.example" for person in readers[:2]
        )
        assert self.balance() == (2, 2, 0, 0, 0)

    def test_a_server_that_refuses_is_asked_again_and_at_last_given_up(
        self, readers: list[User], monkeypatch: Any
    ) -> None:
        def refuse(*_: Any, **__: Any) -> int:
            raise smtplib.SMTPServerDisconnected("gone")

        monkeypatch.setattr("django.core.mail.message.EmailMessage.send", refuse)
        with time_machine.travel("2026-03-02 00:00:00+00:00", tick=False) as clock:
            digest.prepare_digest()
            outcomes = []
            for _ in range(6):
                outcomes.append(digest.send_pending())
                clock.shift(timedelta(hours=11))
        assert [outcome["postponed"] for outcome in outcomes] == [2, 2, 2, 2, 0, 0]
        assert [outcome["failed"] for outcome in outcomes] == [0, 0, 0, 0, 2, 0]
        assert self.balance() == (2, 0, 0, 2, 0)
        assert OutgoingMessage.objects.first().answer == "SMTPServerDisconnected: gone"

    def test_a_message_whose_sender_died_is_taken_up_again(self, readers: list[User], monkeypatch: Any) -> None:
        def die(*_: Any, **__: Any) -> int:
            raise KeyboardInterrupt

        with time_machine.travel("2026-03-02 00:00:00+00:00", tick=False) as clock:
            digest.prepare_digest(date(2026, 3, 2))
            with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
                patch.setattr("django.core.mail.message.EmailMessage.send", die)
                digest.send_pending()
            assert digest.send_pending()["sent"] == 1  # the other one; the claimed one waits
            clock.shift(timedelta(minutes=11))
            assert digest.send_pending()["sent"] == 1
        assert self.balance() == (2, 2, 0, 0, 0)

    def test_the_administrator_sees_what_is_owed(self, readers: list[User], client: Client) -> None:
        digest.prepare_digest()
        client.force_login(factories.person(Post.ADMINISTRATOR))
        page = client.get("/inbox/outgoing/?state=pending").content.decode()
        assert "甲读者0" in page
        client.force_login(readers[0])
        assert client.get("/inbox/outgoing/").status_code == 403

    def test_the_address_is_entered_on_a_page(self, client: Client) -> None:
        judge = factories.person()
        client.force_login(judge)
        assert client.post("/inbox/digest/", {"address": "not an address", "is_active": "on"}).status_code == 400
        assert client.post("/inbox/digest/", {"address": "a@court.example", "is_active": "on"}).status_code == 302
        assert DigestSubscription.objects.get(user=judge).address == "a@court.example"
