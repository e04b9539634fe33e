"""Sixty-four clerks at the same moment: no gap, no number twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from cases.intake.events import CaseRegistered
from cases.intake.models import Case
from cases.intake.services import register_case
from courtcms.core import events
from tests.cases import factories

CLERKS = 64


@pytest.mark.django_db(transaction=True)
def test_sixty_four_clerks_get_numbers_without_gap_though_some_registrations_fail(monkeypatch):
    """Every eighth registration fails after its number was taken; the number goes to the next clerk."""

    def fail_some(event):
        if Case.objects.get(pk=event.case_id).amount == 13:
            raise RuntimeError("a handler failed")

    monkeypatch.setitem(events._handlers, CaseRegistered, [fail_some])
    factories.civil_division()
    clerk = factories.filing_clerk()
    drafts = [
        factories.draft(
            amount=Decimal(13 if n % 8 == 0 else 1000),
            parties=(factories.company_party(name=f"天津甲第{n}建材有限公司"), factories.person_party(name="乙丁")),
        )
        for n in range(CLERKS)
    ]
    start = Barrier(CLERKS)

    def file(number: int) -> bool:
        try:
            start.wait(timeout=60)
            register_case(actor=clerk if number % 2 else None, draft=drafts[number])
            return True
        except RuntimeError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(CLERKS) as pool:
        done = list(pool.map(file, range(CLERKS)))
    assert sum(done) == CLERKS - CLERKS // 8
    sequences = sorted(Case.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, sum(done) + 1))
    shares = [
        Case.objects.filter(judge=judge).count() for judge in Case.objects.values_list("judge", flat=True).distinct()
    ]
    assert max(shares) - min(shares) <= 1
