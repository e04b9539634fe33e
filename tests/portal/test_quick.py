"""The shelf before Django: quick, and never a moment behind what is public."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from courtcms.audit.services import act
from courtcms.core import clock
from publicity.portal.contract import RelatedDecision
from publicity.portal.hold_services import hold_judgment
from publicity.portal.quick import Quick, Shelf
from tests.portal import documents

FORMS = ("", "text/", "docx/", "pdf/", "xml/")


class Answer:
    """Status, headers and body as they leave the process."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = int(status[:3]), dict(headers), body
        assert len(self.headers) == len(headers), "a header is there twice"


class Visitor:
    """Asks the application of the public process; `django` counts how often Django had to answer."""

    def __init__(self) -> None:
        self.handler, self.django = WSGIHandler(), 0
        self.site = Quick(self._counted)

    def _counted(self, environ: dict[str, Any], start: Any) -> Any:
        self.django += 1
        return self.handler(environ, start)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        said: list[Any] = []
        environ = RequestFactory().generic(method, path, headers=headers).environ
        parts = self.site(environ, lambda status, given, _error=None: said.append((status, given)))
        return Answer(*said[-1], b"".join(parts))


@pytest.fixture
def visitor(public: Client) -> Iterator[Visitor]:
    """A visitor beside the settings of the public site; the test's transaction outlives each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Visitor()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_second_answer_is_the_first_without_django(
    visitor: Visitor, public: Client, prefix: str, form: str
) -> None:
    path = f"{prefix}{documents.push().path}{form}"
    first = visitor.get(path)
    assert visitor.django == 1 and first.status == 200
    plain = public.get(path)
    assert first.body == plain.content and first.headers["Content-Type"] == plain["Content-Type"]
    with CaptureQueriesContext(connection) as found:
        again = visitor.get(path)
    assert visitor.django == 1 and again.body == first.body and len(found) == 0  # its one read is a prepared statement
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    assert set(again.headers) >= {"Content-Security-Policy", "Cache-Control", "ETag", "Content-Length"}
    assert "Set-Cookie" not in again.headers


def test_who_has_the_page_is_told_so(visitor: Visitor) -> None:
    path = documents.push().path
    tag = visitor.get(path).headers["ETag"]
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        told = visitor.get(path, if_none_match=given)
        assert (told.status, told.body) == (304, b"") and told.headers["ETag"] == tag
        assert "must-revalidate" in told.headers["Cache-Control"]
    assert visitor.get(path, if_none_match='"other"').status == 200
    assert visitor.django == 1


def test_a_tag_given_before_the_process_began_is_known_at_once(visitor: Visitor) -> None:
    path = documents.push().path
    tag = visitor.get(path).headers["ETag"]
    assert Visitor().get(path, if_none_match=tag).status == 304


def test_pages_are_packed_for_those_who_can_unpack(visitor: Visitor) -> None:
    path = documents.push().path
    whole = visitor.get(path)
    packed = visitor.get(path, accept_encoding="br, gzip;q=0.8")
    assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.body) == whole.body
    assert packed.headers["ETag"] == f"W/{whole.headers['ETag']}"
    assert whole.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert int(packed.headers["Content-Length"]) == len(packed.body) < len(whole.body)
    assert "Content-Encoding" not in visitor.get(path, accept_encoding="gzip;q=0, br").headers


def test_head_tells_the_length_and_nothing_more(visitor: Visitor) -> None:
    path = documents.push().path
    for _turn in range(2):
        head = visitor.get(path, method="HEAD")
        assert head.status == 200 and head.body == b""
        assert int(head.headers["Content-Length"]) == len(visitor.get(path).body)


def gone(public_id: str) -> None:
    documents.withdraw(public_id)


def held(public_id: str) -> None:
    with act(actor=None, verb="test.hold"):
        hold_judgment(public_id, until=clock.today() + timedelta(days=3))


@pytest.mark.parametrize(("end", "status"), [(gone, 410), (held, 403)])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_withdrawn_or_held_is_gone_at_the_next_look(visitor: Visitor, form: str, end: Any, status: int) -> None:
    receipt = documents.push()
    path = f"{receipt.path}{form}"
    tag = visitor.get(path).headers["ETag"]
    end(receipt.public_id)
    for headers in ({}, {"if_none_match": tag}, {"accept_encoding": "gzip"}):
        answer = visitor.get(path, **headers)
        assert answer.status == status and "甲采薇" not in answer.body.decode()
    assert not visitor.site.shelf.held  # its text is not in memory any more


def test_a_correction_and_a_document_published_beside_it_are_seen_at_once(visitor: Visitor) -> None:
    related = (RelatedDecision("first", "（2026）津0102民初5号", "天津市河东区人民法院", date(2026, 3, 2), "驳回"),)
    receipt = documents.push(related=related)
    tag = visitor.get(receipt.path).headers["ETag"]
    first = documents.push("（2026）津0102民初5号", court_name="天津市河东区人民法院", instance="first")
    linked = visitor.get(receipt.path, if_none_match=tag)
    assert linked.status == 200 and first.path in linked.body.decode()
    documents.withdraw(first.public_id)
    assert first.path not in visitor.get(receipt.path).body.decode()
    documents.push(public_id=receipt.public_id, version=2, outcome="维持", related=related)
    assert "第 2 版" in visitor.get(receipt.path, if_none_match=linked.headers["ETag"]).body.decode()


def test_questions_other_methods_and_strange_hosts_are_left_to_django(visitor: Visitor) -> None:
    path = documents.push().path
    visitor.get(path)
    assert visitor.get(f"{path}?page=2").status == 200
    assert visitor.get(path, method="POST").status == 405
    assert visitor.get(path, host="evil.example").status == 400
    assert visitor.get(path, if_match='"other"').status == 412
    assert visitor.get("/judgments/nosuchthing1/").status == 404
    assert visitor.django == 6
    assert len(visitor.site.shelf.held) == 1


def test_a_database_that_does_not_answer_shows_nothing_kept(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    path = documents.push().path
    visitor.get(path)
    monkeypatch.setattr("publicity.portal.quick.stands", lambda public_id, keys: None)
    visitor.get(path)
    assert visitor.django == 2


def test_the_shelf_has_an_end() -> None:
    class Thing:
        size = 40

    shelf = Shelf(most=100)
    for name in ("a", "b"):
        shelf.put((name,), Thing())  # type: ignore[arg-type]
    shelf.get(("a",))
    shelf.put(("c",), Thing())  # type: ignore[arg-type]
    assert list(shelf.held) == [("a",), ("c",)] and shelf.size == 80
    shelf.put(("a",), None)
    assert list(shelf.held) == [("c",)] and shelf.size == 40
