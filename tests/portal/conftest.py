"""The public site in the test process: its own addresses, middleware, templates and API settings."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import translation

from courtcms.settings import public_site

OWN = ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "ERROR_BASE_TEMPLATE", "CACHES")


@pytest.fixture
def public(db: None) -> Iterator[Client]:
    """A visitor of the public site."""
    with override_settings(**{name: getattr(public_site, name) for name in OWN}):
        cache.clear()
        with translation.override("zh-hans"):
            yield Client(raise_request_exception=True)


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
