"""The boundary, walked: every answer of the public site and API of a demo court is searched for what had to be hidden.

The documents come from the demo court: published, withdrawn, repaired and published again, withheld, and still at the
desk. Everything that any version of any of them replaced is looked for in every answer, as a reader gets it.
"""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import translation

from courtcms.accounts.models import User
from courtcms.core import clock
from courtcms.settings import public_site
from publicity.judgments.models import Publication, PublicationVersion
from publicity.judgments.publish_services import withdraw
from publicity.portal.models import Judgment
from tests.publicity.opened import text_of

OWN = ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "ERROR_BASE_TEMPLATE", "CACHES")
TODAY = date(2026, 11, 24)
STARTS = (
    "/", "/en/", "/robots.txt", "/sitemap.xml", "/feed.atom", "/api/v1/judgments/", "/api/v1/notices/",
    "/api/v1/withdrawals/", "/api/v1/schema/", "/api/v1/docs/", "/hearings/", "/bulk.ndjson", "/healthz", "/nothing/",
)  # fmt: skip
LINK = re.compile(r'(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>|"(?:next|previous|path)":\s*"([^"]+)"')
DIGITS = re.compile(r"[0-9Xx]{6,}")
MOST = 4000


def folded(text: str) -> str:
    """Without blanks, in one width: a name cut by a line or a tag is still that name."""
    plain = re.sub(r"<[^>]*>", "", html.unescape(unquote(text)))
    return re.sub(r"[\s·•・]", "", unicodedata.normalize("NFKC", plain))


def hidden_in(version: PublicationVersion) -> set[str]:
    """Names and numbers that this version replaced, as they stand in the original."""
    found = set()
    for hit in version.hits.all():
        original = version.original[hit.start : hit.end]
        if hit.replacement == original:
            continue
        if hit.kind == "name" and len(folded(original)) > 1:
            found.add(folded(original))
        found |= set(DIGITS.findall(folded(original)))
    return found


def visible(version: PublicationVersion, name: str) -> bool:
    """Somebody else of that name whom the rules leave public in this document."""
    return name not in hidden_in(version) and name in folded(version.result)


def walked(client: Client) -> Iterator[tuple[str, str]]:
    """Every address that can be reached from the starts, with what it answers as text, headers included."""
    waiting, seen = list(STARTS), set(STARTS)
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        assert answer.status_code in (200, 301, 302, 400, 404, 410), address
        body = text_of(answer)
        yield address, f"{answer.headers}\n{body}"
        assert len(seen) < MOST
        for groups in LINK.findall(body):
            found = urlsplit(urljoin(f"http://testserver{address}", html.unescape(next(filter(None, groups)))))
            target = found.path + (f"?{found.query}" if found.query else "")
            narrow = found.query.count("&") < 2 and "page=" not in found.query
            if found.netloc == "testserver" and target not in seen and narrow and not target.startswith("/static/"):
                seen.add(target)
                waiting.append(target)


@pytest.fixture
def court(db: None) -> None:
    """A demo court with documents in every state."""
    with override_settings(DEMO=True):
        call_command("seed_demo", cases=90, seed=5, today=TODAY, stdout=io.StringIO(), stderr=io.StringIO())
    office, published = User.objects.get(username="tmo"), Publication.objects.filter(state="published").order_by("pk")
    with clock.as_of(TODAY):
        for publication in (published.first(), published.last()):
            withdraw(actor=office, publication=publication, code="BAD_REDACTION", note="改正后重新公布")


@pytest.fixture
def site(court: None) -> Iterator[Client]:
    """A visitor of its public site."""
    with clock.as_of(TODAY), override_settings(**{name: getattr(public_site, name) for name in OWN}):
        cache.clear()
        with translation.override("zh-hans"):
            yield Client()


def test_no_answer_of_the_public_site_holds_a_hidden_name_or_number(site: Client) -> None:
    states = set(Publication.objects.values_list("state", flat=True))
    assert {"published", "withdrawn", "withheld", "review"} <= states
    versions = list(PublicationVersion.objects.prefetch_related("hits").select_related("publication"))
    hidden = {version.pk: hidden_in(version) for version in versions}
    officials = {folded(user.name) for user in User.objects.all()}
    everywhere = set().union(*hidden.values())
    public = {name for name in everywhere if any(visible(version, name) for version in versions)} | officials
    secret = sorted(everywhere - public)
    assert sum(name.isdigit() for name in secret) > 15 and sum(not name[0].isdigit() for name in secret) > 5
    own: dict[str, set[str]] = defaultdict(set)
    for version in versions:
        own[version.publication.public_id] |= hidden[version.pk] - officials
    visited, leaks = 0, []
    for address, body in walked(site):
        visited += 1
        text = folded(body)
        of_document = next((names for key, names in own.items() if key and f"judgments/{key}/" in address), set())
        leaks += [(address, name) for name in {*secret, *of_document} if name in text]
    assert leaks == []
    assert visited > 100  # the walk did not stop at the door


def test_a_search_for_a_hidden_name_finds_no_document_that_hid_it(site: Client) -> None:
    for version in PublicationVersion.objects.prefetch_related("hits").select_related("publication"):
        for name in sorted(hidden_in(version))[:12]:
            cache.clear()  # the throttle counts per address
            answer = site.get("/api/v1/judgments/", {"q": name})
            ids = {row["id"] for row in json.loads(answer.content)["results"]}
            for shown in Judgment.objects.filter(public_id__in=ids & {version.publication.public_id}):
                assert name not in folded(" ".join(shown.paragraphs)), (name, shown)
