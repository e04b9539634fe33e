"""No input brings the public site down: every route, method, query, header and body answers below 500, in its shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.portal import documents

NASTY = (
    "", " ", "-1", "0", "99999999999999999999999", "9223372036854775808", "x" * 3000, "%00", "%ff%fe", "%F0%9F%98%80",
    "%E2%80%AE%E2%80%8F", "<script>alert(1)</script>", "' OR 1=1; --", "0001-01-01", "9999-12-31", "2026-02-30",
    "1e999", "NaN", "%EF%BC%91%EF%BC%92", "[]", "%25s{0}%0D%0A", "&|!():*", "a%20%26%20!b", "cD1hYmM%3D",
    "bz0tMQ%3D%3D", "cj0xJnA9", "W2ZhbHNlLFsxLDJdXQ", "../../etc/passwd", "%D9%A3", "%E5%90%88" * 300, "合同", "%2527",
)  # fmt: skip
HEADERS = (
    {"Accept": "text/nothing"}, {"Accept": "*/*;q=,"}, {"Accept-Language": "x" * 5000},
    {"Accept-Language": "zh;q=nine,,"}, {"Accept-Encoding": "gzip;q=oops, ;"}, {"If-None-Match": '"'},
    {"If-None-Match": "W/,,*"}, {"If-Match": "x"}, {"If-Modified-Since": "yesterday"},
    {"If-Modified-Since": "Mon, 99 Foo 9999 99:99:99 GMT"}, {"Range": "bytes=9-1"},
    {"X-Forwarded-For": "not, an, address"}, {"X-Forwarded-Proto": "gopher"}, {"Cookie": "a=b; ;;=; courtcms=\\x"},
    {"Content-Type": "application/json; charset=nonsense"}, {"Content-Type": "multipart/form-data"}, {"Origin": "null"},
    {"Authorization": "Basic ====="}, {"Authorization": "Token x"}, {"Content-Length": "-5"}, {"Expect": "x"},
)  # fmt: skip
METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
FIELDS = (
    "q", "kind", "category", "cause", "year", "instance", "court", "judge", "since", "until", "order", "page", "cursor",
    "page_size", "after", "day", "reason", "format",
)  # fmt: skip


def leaves(patterns: list[Any], route: str = "") -> Iterator[str]:
    """All routes of the public site with their full path."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from leaves(pattern.url_patterns, route + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield route + str(pattern.pattern)


ROUTES = sorted(set(leaves(get_resolver("courtcms.public_urls").url_patterns)))


def addresses(route: str, ids: list[str]) -> list[str]:
    """The route with documents that stand, are gone and never were."""
    if "<" not in route:
        return [f"/{route}"]
    values = ["1", "0", "99999999999999999999"] if "<int:" in route else [*ids, "nosuchthing1", "x" * 300, "%E5%90%88"]
    return ["/" + re.sub(r"<[^>]+>", value, route) for value in values]


def sound(answer: Any) -> bool:
    """Below 500, no cookie outside a party's own case, and a refusal of the interface says what is wrong."""
    if answer.status_code >= 500 or (answer.cookies and "/my-case/" not in answer.request["PATH_INFO"]):
        return False
    if answer.status_code >= 400 and answer.get("Content-Type", "").startswith("application/json"):
        return answer.request["REQUEST_METHOD"] == "HEAD" or all(
            error["message"] for error in json.loads(answer.content)["errors"]
        )
    return True


@pytest.fixture
def ids(public: Client) -> list[str]:
    """Documents that stand, are held and are withdrawn."""
    standing = documents.push()
    gone = documents.withdraw(documents.push("（2026）津02民终2号").public_id)
    documents.announce()
    return [standing.public_id, gone.public_id]


def test_there_are_routes_to_try() -> None:
    assert {"judgments/", "bulk.ndjson", "api/v1/judgments/", "my-case/"} <= set(ROUTES)


@pytest.mark.parametrize("route", ROUTES)
def test_no_method_query_header_or_body_brings_a_route_down(public: Client, ids: list[str], route: str) -> None:
    wrong = []
    for address in addresses(route, ids):
        tries = [(method, address, {}) for method in METHODS]
        if "x" * 300 not in address:
            turns = [len(address) + turn for turn in range(3)]
            queries = ["&".join(f"{f}={NASTY[(n * 7 + t) % len(NASTY)]}" for n, f in enumerate(FIELDS)) for t in turns]
            queries += [f"{field}={value}" for field, value in zip(FIELDS, NASTY, strict=False)]
            tries += [("get", f"{address}?{query}", {}) for query in queries]
            tries += [("get", address, header) for header in HEADERS]
            tries += [("post", address, header) for header in HEADERS if "Content-Type" in header]
        for method, target, headers in tries:
            cache.clear()  # the limit of requests is another test's matter
            answer = getattr(public, method)(target, headers=headers)
            if not sound(answer):
                wrong.append((method, target[:200], headers, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("page", ["/judgments/", "/api/v1/judgments/", "/hearings/", "/notices/", "/bulk.ndjson"])
def test_no_text_in_any_field_brings_a_search_down(public: Client, ids: list[str], page: str) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60), max_size=5))
    def asked(query: dict[str, str]) -> None:
        cache.clear()
        answer = public.get(page, {name: value.encode("utf-8", "replace") for name, value in query.items()})
        assert answer.status_code in (200, 400, 404) and sound(answer), query

    asked()


@pytest.mark.parametrize(
    ("query", "reasons"),
    [
        ("q=%01&since=x&until=y&page=0&kind=z", 5),
        ("q=" + "合" * 300 + "&order=x", 2),
        ("since=2026-05-01&until=2026-04-01", 1),
    ],
)
def test_all_reasons_come_at_once(public: Client, ids: list[str], query: str, reasons: int) -> None:
    page = public.get(f"/judgments/?{query}")
    assert page.status_code == 400
    assert len(page.context["asked"].reasons) == reasons
    assert all(str(reason.message) in page.text for reason in page.context["asked"].reasons)
    said = public.get(f"/api/v1/judgments/?{query}")
    assert said.status_code == 400 and len(said.json()["errors"]) == reasons
