"""Progress of an import is seen from outside while it reads, checks and writes, also when all is one transaction."""

from __future__ import annotations

import pytest
from django.db import connection

from cases.intake import import_services
from cases.intake.import_reading import read_table
from cases.intake.import_services import run_import_job, start_import
from cases.intake.models import Case
from cases.intake.register_models import ImportJob
from tests.cases import factories
from tests.cases.test_intake_import import csv_bytes, row


def seen_from_outside(pk: int) -> tuple[str, int, int]:
    """Phase, rows of the phase and cases, as another process sees them."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT phase, phase_done FROM cases_importjob WHERE id = %s", [pk])
            phase, done = cursor.fetchone()
            cursor.execute("SELECT count(*) FROM cases_case")
            return phase, done, cursor.fetchone()[0]
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_all_or_nothing_shows_how_far_checking_and_writing_are(monkeypatch):
    factories.civil_division()
    clerk = factories.filing_clerk()
    rows = [row(number) for number in range(60)]
    job = start_import(actor=clerk, name="a.csv", content=csv_bytes(rows), dry_run=False, keep_good=False)
    seen, calls = {}, {"check": 0, "write": 0}
    check, write = import_services.review_draft, import_services.register_case

    def checked(*args, **kwargs):
        calls["check"] += 1
        if calls["check"] == 55:
            seen["check"] = seen_from_outside(job.pk)
        return check(*args, **kwargs)

    def written(**kwargs):
        calls["write"] += 1
        if calls["write"] == 55:
            seen["write"] = seen_from_outside(job.pk)
        return write(**kwargs)

    monkeypatch.setattr(import_services, "review_draft", checked)
    monkeypatch.setattr(import_services, "register_case", written)
    run_import_job(job.pk)
    assert seen["check"] == ("checking", 50, 0)
    assert seen["write"] == ("writing", 50, 0)  # nothing is there for others before all is
    done = ImportJob.objects.get()
    assert (done.state, done.phase, done.written, done.percent, Case.objects.count()) == ("done", "", 60, 100, 60)


def test_reading_tells_how_far_it_is():
    heard: list[int] = []
    read_table("a.csv", csv_bytes([row(number) for number in range(1200)]), heard.append)
    assert heard == [500, 1000]
