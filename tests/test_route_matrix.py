"""Every route of the staff site is closed: who is not signed in, or holds no fitting post, does not get through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from courtcms.accounts.permissions import PERMISSIONS
from courtcms.accounts.posts import Post
from tests import factories

#: routes that must answer before or beside a post, each with its reason
OPEN_ROUTES = {
    "account_": "signing in and out, changing one's own password",
    "mfa_": "one's own second factor",
    "set_language": "choosing the language of the sign-in page",
    "healthz": "tells a load balancer that the process lives",
    "readyz": "tells a load balancer that database, queue and clock are there",
    "javascript-catalog": "texts of the scripts",
    "api-root": "lists what the token may open",
    "token-login": "gives out the token by name and password",
    "token-logout": "gives back one's own token",
    "token-logout-all": "gives back all of one's own tokens",
    "display": "theme of this browser",
    "calendar_feed": "a calendar program has only the secret of the address",
    "design": "component gallery, exists in development only",
}


def leaves(patterns: list[Any], route: str = "", namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All routes below the root with their full path."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from leaves(pattern.url_patterns, route + str(pattern.pattern), namespace)
        else:
            yield route + str(pattern.pattern), pattern


def is_open(pattern: URLPattern) -> bool:
    return any((pattern.name or "").startswith(name) for name in OPEN_ROUTES)


def permission_of(pattern: URLPattern) -> str | None:
    """The permission that a page or an API view names."""
    callback = pattern.callback
    if hasattr(callback, "permission"):
        return callback.permission
    view = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    for kind in getattr(view, "permission_classes", []):
        if hasattr(kind, "permission"):
            return kind.permission
    return None


ROUTES = [
    (route, pattern) for route, pattern in leaves(get_resolver("courtcms.urls").url_patterns) if not is_open(pattern)
]


@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=[route for route, _ in ROUTES])
def test_every_route_names_a_permission_of_the_map(route: str, pattern: URLPattern) -> None:
    assert permission_of(pattern) in PERMISSIONS, f"{route} names no permission"


def plain(route: str) -> bool:
    return not any(mark in route for mark in "<>()^$\\?")


PLAIN = [(route, pattern) for route, pattern in ROUTES if plain(route)]


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "pattern"), PLAIN, ids=[route for route, _ in PLAIN])
def test_nobody_passes_without_signing_in(route: str, pattern: URLPattern, client: Client) -> None:
    response = client.get("/" + route)
    assert response.status_code in {302, 401, 403}
    if response.status_code == 302:
        assert "login" in response["Location"]


@pytest.mark.django_db
@pytest.mark.parametrize("post", list(Post), ids=[str(post.value) for post in Post])
def test_each_post_opens_its_pages_and_no_others(post: Post, client: Client) -> None:
    """A post without the permission gets 403; a post with it never gets 403 and never an error of the server."""
    client.force_login(factories.person(post))
    wrong = []
    for route, pattern in PLAIN:
        permission = permission_of(pattern)
        if permission is None:
            continue
        status = client.get("/" + route).status_code
        may = post in PERMISSIONS[permission]
        if (may and (status == 403 or status >= 500)) or (not may and status not in {403, 405}):
            wrong.append((route, permission, status))
    assert wrong == []
