"""How often an address may ask: one count for all processes, a span's end in the refusal, and a site without Redis."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from redis import Redis
from redis.exceptions import NoPermissionError, ResponseError

from courtcms.embedded import valkey
from publicity.portal import rates
from tests.portal import documents

LIMITED = {"public": ("/bulk.ndjson", "/api/v1/judgments/", "/api/v1/notices/")}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three requests in a span that does not end while the test runs."""
    for kind in (rates.PublicRate, rates.ReportRate):
        monkeypatch.setattr(kind, "most", 3)
        monkeypatch.setattr(kind, "seconds", 100_000_000)


@pytest.fixture
def redis() -> Iterator[str]:
    """The address of this run's Redis, as the court knows it."""
    url = os.environ["COURTCMS_REDIS_URL"]
    Redis.from_url(url).flushdb()
    yield url
    Redis.from_url(url).flushdb()


@pytest.mark.parametrize("page", LIMITED["public"])
def test_a_refusal_says_when_to_come_again(public: Client, few: None, page: str) -> None:
    documents.push()
    assert [public.get(page).status_code for _ in range(3)] == [200, 200, 200]
    refused = public.get(page)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 100_000_000
    assert refused.json()["errors"][0]["code"] == "throttled" and refused.json()["errors"][0]["message"]
    assert public.get(page, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_reports_are_refused_with_the_hour_to_come_again(public: Client, few: None) -> None:
    address = f"{documents.push().path}report/"
    for turn in range(4):
        token = public.get(address).context["form"].initial["token"]
        answer = public.post(address, {"kind": "number", "passage": f"第{turn}段有电话", "token": token})
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
    assert "12368" in answer.text


def test_processes_count_together(public: Client, few: None, redis: str) -> None:
    with override_settings(PUBLIC_REDIS_URL=redis):
        for _turn in range(3):
            rates._counters.clear()  # as another process
            cache.clear()
            assert public.get("/bulk.ndjson").status_code == 200
        rates._counters.clear()
        assert public.get("/bulk.ndjson").status_code == 429
    rates._counters.clear()
    with Redis.from_url(redis) as server:
        assert [server.ttl(key) > 0 for key in server.scan_iter()] == [True]


def test_the_site_stays_up_and_counts_by_itself_without_redis(
    public: Client, few: None, free_port: int, caplog: Any
) -> None:
    with override_settings(PUBLIC_REDIS_URL=f"redis://127.0.0.1:{free_port}/0"):
        began = time.monotonic()
        assert [public.get("/bulk.ndjson").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert time.monotonic() - began < 5
    rates._counters.clear()
    assert sum("Redis" in record.message for record in caplog.records) == 1  # asked once, then left alone for a while


def test_the_user_of_the_public_site_counts_and_does_nothing_else(redis: str) -> None:
    """The server may still be one that an older checkout started: then a user of the same rights is made."""
    owner, name, word = Redis.from_url(redis), f"test_{uuid.uuid4().hex}", uuid.uuid4().hex
    owner.execute_command("ACL", "SETUSER", name, "on", f">{word}", *valkey.PUBLIC_RIGHTS.split())
    try:
        place = urlsplit(redis)
        own = f"redis://{name}:{word}@{place.hostname}:{place.port}{place.path}"
        counters = rates.Counters(own)
        assert [counters.add("portal:x", 60) for _ in range(2)] == [1, 2] and counters.away_until == 0
        visitor = Redis.from_url(own)
        for command in (
            ("INCR", "celery"), ("GET", "portal:x"), ("KEYS", "*"), ("LPUSH", "portal:x", "1"), ("FLUSHDB",),
            ("CONFIG", "GET", "*"), ("ACL", "LIST"), ("PUBLISH", "x", "y"), ("EVAL", "return 1", "0"), ("SCAN", "0"),
        ):  # fmt: skip
            with pytest.raises((NoPermissionError, ResponseError), match=r"NOPERM|permission"):
                visitor.execute_command(*command)
    finally:
        owner.execute_command("ACL", "DELUSER", name)
