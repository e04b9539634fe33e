"""The processes of the court as they really run: worker, schedule, public site."""

import os
import subprocess
import sys
import urllib.request

import psycopg2
import pytest
from celery import Celery
from django.db import connection

from courtcms.celery import app as court_app
from tests.harness import servers


def test_a_worker_process_knows_every_task_of_the_schedule(real_worker: Celery) -> None:
    (known,) = real_worker.control.inspect(timeout=10).registered().values()
    scheduled = {entry["task"] for entry in court_app.conf.beat_schedule.values()}
    assert scheduled - set(known) == set()


def test_a_task_queued_outside_the_worker_goes_to_the_broker_of_the_court() -> None:
    """The site and the commands load Django only; the tasks must still know the court's queue."""
    program = (
        "import django; django.setup(); from oversight.escalation.tasks import work_off; "
        "print(work_off.app.main, work_off.app.conf.broker_url)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["courtcms", os.environ["COURTCMS_REDIS_URL"]]


def test_the_public_site_answers_as_a_role_that_sees_only_the_portal(public_address: str) -> None:
    with urllib.request.urlopen(public_address) as page:
        assert page.status == 200
    url = servers.with_name(os.environ["COURTCMS_PUBLIC_DATABASE_URL"], servers.database_name())
    visible = _readable_tables(url)
    assert visible
    assert [name for name in visible if not name.startswith("portal_")] == []


@pytest.mark.django_db
def test_the_role_of_the_site_may_not_truncate_anything() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
            "AND has_table_privilege(current_user, oid, 'TRUNCATE')"
        )
        assert cursor.fetchall() == []


def _readable_tables(url: str) -> list[str]:
    outside = psycopg2.connect(url)
    try:
        with outside.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
                "AND relkind IN ('r', 'v', 'm', 'p') "
                "AND has_any_column_privilege(current_user, oid, 'SELECT')"
            )
            return [name for (name,) in cursor.fetchall()]
    finally:
        outside.close()
