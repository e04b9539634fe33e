"""What each public page costs in queries: the same for one document and for many."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publicity.portal.contract import RelatedDecision
from tests.portal import documents

#: a search asks twice with settings of its own: each brings BEGIN, COMMIT and two settings with it
MOST = {
    "/": 6,
    "/judgments/": 7,
    "/judgments/?q=房屋质量": 12,
    "/judgments/?q=房屋质量&kind=judgment&year=2026&order=judged": 12,
    "/judgments/?q=（2026）津02民终1号": 15,
    "/notices/": 2,
    "/withdrawals/": 2,
    "/statistics/": 7,
    "/feed.atom": 1,
    "/api/v1/judgments/": 1,
}


def cost(public: Client, page: str) -> int:
    public.get(page)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert public.get(page).status_code == 200
    return len(found)


@pytest.mark.parametrize("page", MOST)
def test_a_page_costs_the_same_however_much_is_published(public: Client, page: str) -> None:
    documents.push()
    documents.announce()
    one = cost(public, page)
    for number in range(2, 24):
        documents.push(f"（2026）津02民终{number}号", published_on=date(2026, 7, 20) + timedelta(days=number))
        documents.announce(f"（2026）津02民初{number + 40}号")
    assert cost(public, page) == one
    assert one <= MOST[page]


def test_a_document_costs_two_queries_and_two_to_know_whether_it_changed(public: Client) -> None:
    receipt = documents.push(related=(RelatedDecision("lower", "（2026）津0102民初5号"),))
    assert cost(public, receipt.path) == 4
    etag = public.get(receipt.path)["ETag"]
    with CaptureQueriesContext(connection) as found:
        assert public.get(receipt.path, headers={"If-None-Match": etag}).status_code == 304
    assert len(found) == 2
