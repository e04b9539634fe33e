"""Harness of all tests: real servers, a database per worker, no network beyond this machine."""

import os
from collections.abc import Iterator

import django
import pytest
from celery import Celery
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from courtcms.core import catalogues
from tests.harness import network, servers, sites

servers.begin()
if servers.worker_number() == 0:  # once a run, before its workers: a clean clone has no compiled catalogues
    catalogues.compile_all(servers.ROOT)
os.environ["DJANGO_SETTINGS_MODULE"] = "courtcms.settings.test"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's sync API keeps an event loop in the thread of the test
django.setup()


def pytest_xdist_setupnodes() -> None:
    """Workers find the settings by this file, not by the variable: pytest-django would read them before `begin()`."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A migrated copy of the template instead of Django's own test database."""
    with django_db_blocker.unblock():
        servers.create_database()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        servers.drop_database()


def _fresh_copy(self: TransactionTestCase) -> None:
    """After a test that commits: a new copy of the template.

    A flush would be refused by the audit trail, and it would take the rows that migrations bring.
    """
    connections.close_all()
    servers.create_database()


TransactionTestCase._fixture_teardown = _fresh_copy


@pytest.fixture(autouse=True)
def _language_of_the_court() -> None:
    """A request in English leaves its language behind in the thread; every test begins in Chinese."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    with network.loopback_only():
        yield


@pytest.fixture
def real_worker(transactional_db: None) -> Iterator[Celery]:
    """The Celery app with a worker process that works in this test's database."""
    with sites.worker() as app:
        yield app


@pytest.fixture
def public_address(transactional_db: None) -> Iterator[str]:
    """The public site as a process of its own, logged in to this test's database as court_public."""
    with sites.public_site() as address:
        yield address
