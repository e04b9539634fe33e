"""Scans in processes that are killed, a broker that forgets: nothing is lost and nothing doubled."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
import redis
from django.conf import settings
from django.db import connection

from courtcms.core import clock as court_clock
from courtcms.embedded.home import ROOT
from deadlines.scan import services
from deadlines.scan.models import Alert, ScanRun
from deadlines.scan.services import scan
from deadlines.scan.tasks import scan_daily
from tests.deadlines.factories import D
from tests.deadlines.test_scan_killed import FILED, state, undisturbed
from tests.harness import sites
from tests.oversight.factories import People

DAYS = [D("2025-07-06"), D("2025-07-24"), D("2025-08-14")]
SECONDS = 20


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)


@pytest.fixture
def court(transactional_db):
    people = People()
    for day in FILED:
        people.case(day.isoformat())
    return people


@pytest.fixture
def scanner(court):
    """Asks for a scan in a process of its own that dies at a statement; answers the signal that ended it."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "courtcms.settings.test"}
    command = [sys.executable, "-m", "tests.deadlines.scan_process"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )

    def ask(day, number):
        process.stdin.write(f"{day} {number}\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    yield ask
    process.stdin.close()
    process.wait(timeout=SECONDS)
    process.stdout.close()


def until(true, what):
    """Wait for something that another process does."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def no_scan_at_work():
    """The server has noticed that the scanning process is gone and let its lock go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                       "WHERE l.locktype = 'advisory' AND d.datname = current_database()")  # fmt: skip
        return cursor.fetchone() == (0,)


def test_a_process_killed_at_any_moment_loses_and_doubles_nothing(small_batches, scanner):
    """SIGKILL right before a statement chosen by chance, and from outside after some milliseconds."""
    rng, killed = random.Random(20261125), 0
    for day in DAYS:
        expected, statements = undisturbed(day)
        own = statements * 3 // 4  # here each act is a savepoint more
        for number in (rng.randint(1, own), rng.randint(1, own), own, -rng.randint(5, 120)):
            ended = scanner(day, number)
            assert ended in (0, signal.SIGKILL)
            killed += ended == signal.SIGKILL
            until(no_scan_at_work, "the lock of a dead process stays")
        scan(as_of=day)
        assert state() == expected, day
    assert killed >= 3 * len(DAYS)
    assert Alert.objects.count() > 20


def test_a_process_that_nobody_kills_does_the_same_as_a_scan_here(small_batches, scanner):
    expected, _ = undisturbed(DAYS[-1])
    assert scanner(DAYS[-1], 0) == 0
    assert state() == expected


@pytest.fixture
def broker():
    """The Redis number of this test process alone: other runs share the server."""
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as client:
        yield client


def test_a_broker_wiped_before_every_statement_changes_nothing(small_batches, court, broker):
    expected, _ = undisturbed(DAYS[1])
    wipes = 0

    def wipe(run, *call):
        nonlocal wipes
        wipes += broker.flushdb()
        return run(*call)

    with connection.execute_wrapper(wipe):
        scan(as_of=DAYS[1])
    assert wipes > 50
    assert state() == expected


def test_a_task_that_the_broker_forgot_is_made_up_for_when_a_worker_starts(court, broker):
    """The task of the night is queued and lost; the worker that starts asks by itself what is owed."""
    today = court_clock.today()
    expected, _ = undisturbed(today)
    scan_daily.delay()
    broker.flushdb()
    with sites.worker():
        until(lambda: ScanRun.objects.filter(finished_at__isnull=False, as_of=today).exists(), "no scan came")
    found = state()
    assert found[0] == expected[0]  # alerts; the worker goes on with what escalations owe
    assert found[1].total() == expected[1].total() > 0
