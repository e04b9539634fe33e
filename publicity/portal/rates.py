"""How often one address may ask: counted in Redis for all processes together, in the process while Redis is away.

The public site's Redis user may count below `portal:` and nothing else, so the way to the counters is no way to the
court's queue. An address's requests are counted in fixed spans of time; the answer says when the next one begins.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rest_framework.throttling import BaseThrottle

logger = logging.getLogger(__name__)
#: seconds to wait for Redis, and to leave it alone after it did not answer
PATIENCE, PAUSE = 0.25, 5.0


class Counters:
    """Counts by key, each forgotten when its span is over."""

    def __init__(self, url: str) -> None:
        self.away_until = 0.0
        self.redis = (
            Redis.from_url(
                url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
            )
            if url
            else None
        )  # fmt: skip

    def add(self, key: str, seconds: int) -> int:
        """Count one more; how many there are now."""
        if self.redis is not None and time.monotonic() >= self.away_until:
            try:
                return int(self.redis.pipeline(transaction=False).incr(key).expire(key, seconds).execute()[0])
            except (RedisError, OSError) as problem:
                self.away_until = time.monotonic() + PAUSE
                logger.warning("Redis does not count for the public site (%s): each process counts for itself", problem)
        cache.add(key, 0, seconds)
        try:
            return cache.incr(key)
        except ValueError:  # thrown out between the two lines
            return 1


_counters: dict[str, Counters] = {}


def counters() -> Counters:
    """The counters of this process."""
    url = getattr(settings, "PUBLIC_REDIS_URL", "")
    if url not in _counters:
        _counters[url] = Counters(url)
    return _counters[url]


class Rate(BaseThrottle):
    """So many requests from one address in so many seconds; nobody signs in here."""

    scope, most, seconds = "", 0, 60

    def allow_request(self, request: Any, view: Any = None) -> bool:
        """Count this request; may it pass?"""
        span, self.passed = divmod(int(time.time()), self.seconds)
        key = f"portal:{self.scope}:{self.get_ident(request)}:{span}"
        return counters().add(key, self.seconds) <= self.most

    def wait(self) -> int:
        """Seconds until the next span."""
        return self.seconds - self.passed

    def mark(self, response: HttpResponse) -> HttpResponse:
        """Say in a refusal when to come again."""
        response["Retry-After"] = str(self.wait())
        return response


class PublicRate(Rate):
    """Requests to the interface and for the whole collection: enough for a person and for a careful program."""

    scope, most, seconds = "public", 240, 60


class ReportRate(Rate):
    """Reports; whoever has more to say is told the hotline."""

    scope, most, seconds = "report", 10, 3600
