"""Every route of the staff API: closed without a post, refusing bad input in one shape, never failing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from courtcms.accounts.permissions import PERMISSIONS
from courtcms.accounts.posts import Post
from tests import factories
from tests.test_route_matrix import leaves, permission_of

pytestmark = pytest.mark.django_db
SHAPE = {"field", "message", "code", "article", "remedy"}
OPEN = {"token-login"}


def routes() -> list[tuple[str, Any]]:
    found = leaves(get_resolver("courtcms.urls").url_patterns)
    return [(route, pattern) for route, pattern in found if route.startswith("api/v1/") and pattern.name not in OPEN]


def methods_of(pattern: Any) -> list[str]:
    actions = getattr(pattern.callback, "actions", None)
    if actions:
        return [name for name in actions if name != "head"]  # a served GET adds HEAD, whose answer has no body
    view = pattern.callback.cls
    return [name for name in ("get", "post", "put", "patch", "delete") if hasattr(view, name)]


def address(route: str, value: str) -> str:
    """The route with every variable replaced."""
    filled = re.sub(r"<[^>]+>|\(\?P<\w+>[^)]+\)", value, route)
    return "/" + filled.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


ROUTES = routes()
IDS = [route for route, _pattern in ROUTES]


def assert_shape(answer: Any) -> None:
    """Every JSON refusal has one shape; the page of the description and its YAML refuse in their own form."""
    if answer["Content-Type"].startswith("application/json"):
        assert set(answer.json()["errors"][0]) == SHAPE


@pytest.fixture(autouse=True)
def _fresh_rates() -> None:
    cache.clear()


@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=IDS)
def test_nobody_gets_in_without_a_token(client: Client, route: str, pattern: Any) -> None:
    for method in methods_of(pattern):
        answer = getattr(client, method)(address(route, "1"), data={}, content_type="application/json")
        assert answer.status_code == 401, method
        assert_shape(answer)


@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=IDS)
def test_a_post_without_the_permission_is_refused(client: Client, route: str, pattern: Any) -> None:
    permission = permission_of(pattern)
    others = [post for post in Post if post not in PERMISSIONS[permission]]
    if not others:
        pytest.skip("open to every post")
    client.force_login(factories.person(others[0]))
    for method in methods_of(pattern):
        answer = getattr(client, method)(address(route, "1"), data={}, content_type="application/json")
        assert answer.status_code == 403, method
        assert_shape(answer)


#: half a character in every field that some view reads
HALF = "{" + ", ".join(f'"{name}": "\\ud800"' for name in ("case", "clock", "unit", "kind", "line", "text")) + "}"
ODD = '{"case": {"a": []}, "kind": 7, "note": null, "happened_on": "2026-02-31"}'
BODIES = ["{", "[]", "null", '"x"', "7", HALF, ODD]
QUERIES = [
    "?cursor=cD1hYmM%3D", "?cursor=%C3%BF", "?page_size=-1", "?page_size=abc", "?q=" + "x" * 3000, "?q=%F0%9F%98%80",
    "?status=nonsense&year=abc&court=1e9&judge=%27&level=9&filed_after=2026-02-31&case=99999999999999999999999",
]  # fmt: skip


@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=IDS)
def test_bad_input_never_fails(client: Client, route: str, pattern: Any) -> None:
    holder = PERMISSIONS[permission_of(pattern)][0]
    client.force_login(factories.person(holder))
    for value in ("1", "0", "-1", "99999999999999999999999", "abc", "%E2%98%83"):
        for method in methods_of(pattern):
            for body in BODIES if method != "get" else [""]:
                answer = client.generic(method.upper(), address(route, value), body, content_type="application/json")
                assert answer.status_code < 500, (method, value, body)
                if 400 <= answer.status_code < 500:
                    assert_shape(answer)
    if "get" in methods_of(pattern):
        for query in QUERIES:
            answer = client.get(address(route, "1") + query)
            assert answer.status_code < 500, query


def test_the_description_and_its_page_come_from_here(client: Client) -> None:
    client.force_login(factories.person(Post.JUDGE))
    schema = client.get(reverse("schema"))
    assert schema.status_code == 200
    page = client.get(reverse("api-docs"))
    assert page.status_code == 200
    assert "http" not in re.sub(r"https?://testserver", "", page.text)
    script = client.get(reverse("api-docs") + "?script=")
    assert script["Content-Type"].startswith("application/javascript")


def test_an_unknown_address_answers_in_the_same_shape(client: Client) -> None:
    client.force_login(factories.person(Post.JUDGE))
    assert client.get("/api/v1/nothing/").status_code == 404
