"""A scan that is killed at any statement loses nothing and doubles nothing once it is run again."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from courtcms.accounts.models import Appointment
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.notices.models import Notice
from deadlines.scan import services
from deadlines.scan.models import Alert, MissedRun, ScanRun
from deadlines.scan.services import catch_up, scan
from oversight.escalation.models import Escalation, EscalationAct
from tests import factories as ground
from tests.deadlines.factories import D
from tests.oversight.factories import People

#: cases of this court run out one after the other in July and August 2025
FILED = [D("2025-01-20") + timedelta(days=5 * number) for number in range(9)]
DAYS = [D("2025-07-06") + timedelta(days=9 * number) for number in range(5)]
KILLS_A_DAY = 4


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)


def state():
    """What a scan leaves, without ids, which differ between a run that was killed and one that was not."""
    alerts = Alert.objects.values_list("clock", "threshold", "due_on", "occurrence", "raised_on")
    open_ones = Escalation.objects.values_list("clock", "level", "position", "holder", "due_on", "state")
    trace = EscalationAct.objects.values_list("escalation__clock", "kind", "position", "holder", "on")
    notices = Notice.objects.values_list("recipient", "kind", "text", "params__case", "params__n", "case_id")
    return [Counter(rows) for rows in (alerts, open_ones, trace, notices)]


def undisturbed(day):
    """The state after a scan that nobody disturbs; undone again."""
    statements = []
    with transaction.atomic():
        with connection.execute_wrapper(lambda run, *args: (statements.append(1), run(*args))[1]):
            scan(as_of=day)
        found = state()
        transaction.set_rollback(True)
    return found, len(statements)


def killed_at(number, day):
    """Run the scan and cut its connection right before one of its statements; whether it came that far."""
    killer = connections.create_connection("default")
    seen = 0

    def cut(run, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == number:
            with killer.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [context["connection"].connection.info.backend_pid])
        return run(sql, params, many, context)

    try:
        with connection.execute_wrapper(cut):
            scan(as_of=day)
    except DatabaseError:
        return True
    finally:
        killer.close()
        connection.close()
    return False


@pytest.mark.django_db(transaction=True)
def test_killed_anywhere_and_run_again_equals_a_run_that_nobody_disturbed(small_batches):
    people, rng = People(), random.Random(20261124)
    for day in FILED:
        people.case(day.isoformat())
    killed = 0
    for day in DAYS:
        expected, statements = undisturbed(day)
        for _turn in range(KILLS_A_DAY):
            killed += killed_at(rng.randint(1, statements), day)
        scan(as_of=day)
        assert state() == expected, day
    assert killed >= KILLS_A_DAY * len(DAYS) // 2
    assert Alert.objects.count() > 20


@pytest.mark.django_db
def test_after_an_outage_of_days_the_state_is_that_of_the_last_day_and_people_are_told_once():
    people = People()
    for day in FILED:
        people.case(day.isoformat())
    past = ground.appoint(people.management, Post.JUDGE, people.division)
    with act(actor=None, verb="test.appoint"):  # a former post must not hide the present one
        Appointment.objects.filter(pk=past.pk).update(since=D("2020-01-01"), until=D("2021-01-01"))
    scan(as_of=D("2025-07-20"))
    with court_clock.as_of(D("2025-08-01")):
        catch_up()
        assert catch_up() is None
        with transaction.atomic():
            scan(as_of=D("2025-08-01"))
            assert ScanRun.objects.latest("pk").raised_total == 0
            transaction.set_rollback(True)
    missed = list(MissedRun.objects.order_by("day"))
    assert [row.day for row in missed] == [D("2025-07-21") + timedelta(days=n) for n in range(12)]
    assert all(row.made_up_at for row in missed)
    assert Notice.objects.filter(kind="scan", recipient=people.management).count() == 1


@pytest.mark.django_db
def test_without_any_earlier_run_nothing_was_missed():
    with court_clock.as_of(D("2025-08-01")):
        catch_up()
    assert not MissedRun.objects.exists()
