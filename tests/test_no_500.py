"""No input brings a page down: every route of the staff site with every method, by posts that may use it.

Forms get the nastiest values in every field that any page of the site names; numbers of addresses are real, none and
beyond what the database can hold. The API has its own walk in `tests/api`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from cases.intake.models import Case
from courtcms.accounts.permissions import PERMISSIONS
from courtcms.accounts.posts import Post
from deadlines.clocks.models import Clock
from publicity.judgments.services import open_publication
from tests import factories as ground
from tests.deadlines import hearing_factories as make
from tests.test_route_matrix import ROUTES, permission_of

pytestmark = pytest.mark.django_db
#: each route is walked by the first of these that may open it, and none is left out
POSTS = (
    Post.JUDGE, Post.CLERK, Post.DIVISION_CHIEF, Post.FILING_CLERK, Post.TRIAL_MANAGEMENT,
    Post.PUBLICITY, Post.DISCIPLINE, Post.ADMINISTRATOR, Post.PRESIDENT, Post.VICE_PRESIDENT,
    Post.HOTLINE, Post.PRESIDING_JUDGE, Post.DEPUTY_DIVISION_CHIEF, Post.JUDGE_ASSISTANT,
)  # fmt: skip
TURNS = 2
HUGE = "99999999999999999999999"
NASTY = (
    "", "-1", "0", HUGE, "9223372036854775808", "x" * 3000, "\x00", "\u202e\u200f😀👩‍👩‍👧", "<script>alert(1)</script>",
    "' OR 1=1; --", "0001-01-01", "9999-12-31", "2101-01-01", "2026-02-30", "1e999", "NaN", "１２", "[]", "%s{0}\r\n",
)  # fmt: skip
#: names that fields of the site have; more are read from its pages while they are walked
FIELDS = {
    "amount", "basis", "case", "confirm", "courtroom", "cursor", "day", "decision", "document", "effective_on", "entry",
    "escalation", "first", "ground", "kind", "last", "measure", "note", "notice", "post", "q", "reason", "send",
    "since", "starts_at", "text", "unit", "until", "user", "year",
}  # fmt: skip


def routes_of(post: Post) -> Iterator[tuple[str, Any]]:
    for route, pattern in ROUTES:
        holders = PERMISSIONS[permission_of(pattern)]
        if not route.startswith("api/") and next((one for one in POSTS if one in holders), None) == post:
            yield route, pattern


def addresses(route: str, numbers: list[str]) -> list[str]:
    """The route with a number, or once as it is when it has no place for one."""
    if "<" not in route:
        return [f"/{route}"]
    return ["/" + re.sub(r"<[^>]+>", value, route) for value in numbers]


def send(client: Client, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
    """One request in a savepoint of its own, as a real one has its own transaction."""
    with transaction.atomic():
        answer = getattr(client, method)(address, data or {})
        transaction.set_rollback(True)
    return answer


def bodies(fields: set[str]) -> Iterator[dict[str, Any]]:
    for turn in range(TURNS):
        yield {name: NASTY[(number + 5 * turn) % len(NASTY)] for number, name in enumerate(sorted(fields))}
    yield {}
    upload = SimpleUploadedFile("x" * 200 + ".docx", b"PK\x03\x04junk")
    yield dict.fromkeys(fields, "1") | {"file": upload}


@pytest.fixture
def court() -> dict[str, Any]:
    """A case with a clock, a hearing and a document to publish."""
    hearing = make.hearing(make.with_lawyer())
    publication = open_publication(actor=None, case=hearing.case)
    clock = Clock.objects.filter(case=hearing.case).first()
    found = {hearing.case_id, hearing.pk, publication.pk, clock.pk if clock else 1}
    return {"case": hearing.case, "numbers": [*map(str, sorted(found)), HUGE]}


def walker(post: Post, case: Case) -> Any:
    return case.judge if post == Post.JUDGE else ground.person(post, case.division)


@pytest.mark.parametrize("post", POSTS, ids=[post.value for post in POSTS])
def test_no_input_brings_a_page_down(court: dict[str, Any], post: Post) -> None:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    client = Client(raise_request_exception=False)
    client.force_login(walker(post, court["case"]))
    fields, wrong = set(FIELDS), []
    for route, _pattern in routes_of(post):
        for address in addresses(route, court["numbers"]):
            page = send(client, "get", address)
            answers = [("get", "", page)]
            if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
                fields |= set(re.findall(r' name="([^"{]+)"', page.text)) - {"csrfmiddlewaretoken"}
            for data in bodies(fields) if page.status_code in (200, 405) and HUGE not in address else [{}]:
                shown = str(next(iter(data.values()), ""))[:20]
                answers.append(("post", shown, send(client, "post", address, data)))
            if page.status_code == 200:
                query = dict.fromkeys(fields, NASTY[len(address) % len(NASTY)].replace("\x00", "%"))
                answers.append(("get", "query", send(client, "get", address, query)))
            answers += [(method, "", send(client, method, address)) for method in ("put", "delete")]
            wrong += [(m, address, s, a.status_code) for m, s, a in answers if a.status_code >= 500]
            cache.clear()
    assert wrong == []
