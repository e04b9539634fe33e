"""Tokens of the staff API: how one is obtained, what it opens, how it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from courtcms.accounts.models import User
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.core import clock
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "court-test-2026"


@pytest.fixture(autouse=True)
def _fresh_rates() -> None:
    cache.clear()


def login(client: Client, **given: Any) -> Any:
    return client.post(reverse("token-login"), given, content_type="application/json")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Token {token}"}


def test_a_token_opens_the_api_until_it_is_revoked(client: Client) -> None:
    user = factories.person(Post.JUDGE)
    issued = login(client, username=user.username, password=PASSWORD)
    assert issued.status_code == 201
    token, key = issued.json()["token"], issued.json()["key"]
    assert client.get("/api/v1/", headers=bearer(token)).status_code == 200
    listed = client.get(reverse("token-list"), headers=bearer(token)).json()
    assert [held["key"] for held in listed] == [key]
    assert client.delete(reverse("token-revoke", args=[key]), headers=bearer(token)).status_code == 204
    assert client.get("/api/v1/", headers=bearer(token)).status_code == 401
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["api.token_issue", "api.token_revoke"]


def test_a_wrong_password_and_an_unknown_name_read_alike(client: Client) -> None:
    user = factories.person(Post.JUDGE)
    wrong = login(client, username=user.username, password="no")
    unknown = login(client, username="nobody", password="no")
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json() == unknown.json()
    assert wrong.json()["errors"][0]["field"] == "password"


@override_settings(AXES_ENABLED=True)
def test_five_failures_lock_the_name(client: Client) -> None:
    user = factories.person(Post.JUDGE)
    statuses = [login(client, username=user.username, password="no").status_code for _ in range(6)]
    assert statuses[0] == 400
    assert statuses[-1] == 429
    assert login(client, username=user.username, password=PASSWORD).status_code == 429


def test_one_cannot_revoke_the_token_of_another(client: Client) -> None:
    first, second = factories.person(Post.JUDGE), factories.person(Post.CLERK)
    mine = login(client, username=first.username, password=PASSWORD).json()
    theirs = login(client, username=second.username, password=PASSWORD).json()
    client.delete(reverse("token-revoke", args=[theirs["key"]]), headers=bearer(mine["token"]))
    assert client.get("/api/v1/", headers=bearer(theirs["token"])).status_code == 200


def test_a_changed_password_and_a_departure_end_the_tokens(client: Client) -> None:
    user = factories.person(Post.JUDGE)
    token = login(client, username=user.username, password=PASSWORD).json()["token"]
    User.objects.filter(pk=user.pk).update(password_changed_at=clock.now() + timedelta(seconds=1))
    assert client.get("/api/v1/", headers=bearer(token)).status_code == 401
    User.objects.filter(pk=user.pk).update(password_changed_at=None, is_active=False)
    assert client.get("/api/v1/", headers=bearer(token)).status_code == 401


def test_the_eleventh_token_ends_the_oldest(client: Client) -> None:
    user = factories.person(Post.JUDGE)
    tokens = [login(client, username=user.username, password=PASSWORD).json()["token"] for _ in range(11)]
    assert client.get("/api/v1/", headers=bearer(tokens[0])).status_code == 401
    assert len(client.get(reverse("token-list"), headers=bearer(tokens[-1])).json()) == 10


def test_a_second_factor_is_asked_for_where_there_is_one(client: Client) -> None:
    user = factories.person(Post.DIVISION_CHIEF)
    with override_settings(SECOND_FACTOR_FORCED=True):
        refused = login(client, username=user.username, password=PASSWORD)
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["code"] == "second_factor"
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "unreadable"})
    assert login(client, username=user.username, password=PASSWORD).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{", '"text"', "null",
        '{"username": {"a": 1}, "password": []}',
        '{"username": "a\\u0000", "password": "b"}',
        '{"username": "' + "a" * 5000 + '", "password": "b"}',
    ],
)  # fmt: skip
def test_bad_bodies_are_refused_with_every_reason(client: Client, body: str) -> None:
    answer = client.post(reverse("token-login"), body, content_type="application/json")
    assert answer.status_code == 400
    assert set(answer.json()["errors"][0]) == {"field", "message", "code", "article", "remedy"}
