"""Keyset pages: every row once, in one order, forward and back, with NULLs, while rows come and go."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from courtcms.audit.services import act
from courtcms.core.pagination import page
from courtcms.courts.models import Division
from tests import factories

pytestmark = pytest.mark.django_db
NULLS = [None, date(2026, 1, 3), date(2026, 1, 1), None, date(2026, 1, 3), None, date(2026, 1, 2)]


@pytest.fixture
def divisions() -> QuerySet[Division]:
    """Seven divisions; three were never closed, two closed on the same day."""
    court = factories.court()
    with act(actor=None, verb="test.set_up"):
        for number, closed in enumerate(NULLS):
            Division.objects.create(
                court=court, code=f"d{number}", name=f"第{number}庭", kind="civil", closed_on=closed
            )
    return Division.objects.filter(court=court)


def forward(rows: QuerySet[Any], order: list[str], size: int) -> list[list[Any]]:
    """All pages from first to last."""
    pages, cursor = [], ""
    while True:
        found = page(rows, order, cursor, size)
        pages.append(found.rows)
        if not found.next_cursor:
            return pages
        cursor = found.next_cursor


def backward(rows: QuerySet[Any], order: list[str], size: int) -> list[list[Any]]:
    """All pages from the last one back to the first."""
    found = page(rows, order, "", size)
    while found.next_cursor:
        found = page(rows, order, found.next_cursor, size)
    pages = [found.rows]
    while found.previous_cursor:
        found = page(rows, order, found.previous_cursor, size)
        pages.append(found.rows)
    return pages[::-1]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
@pytest.mark.parametrize(
    "order", [["closed_on", "id"], ["-closed_on", "-id"], ["-closed_on", "id"], ["code", "id"], ["-id"]]
)
def test_every_row_comes_once_and_in_order_both_ways(
    divisions: QuerySet[Division], order: list[str], size: int
) -> None:
    key = lambda row: [  # noqa: E731
        (getattr(row, name.lstrip("-")) is None, _signed(getattr(row, name.lstrip("-")), name)) for name in order
    ]
    expected = [row.pk for row in sorted(divisions, key=key)]
    ahead = [row.pk for rows in forward(divisions, order, size) for row in rows]
    assert ahead == expected
    back = [row.pk for rows in backward(divisions, order, size) for row in rows]
    assert back == expected


def _signed(value: Any, name: str) -> Any:
    if value is None:
        return 0
    number = value.toordinal() if isinstance(value, date) else value
    if isinstance(number, str):
        return number
    return -number if name.startswith("-") else number


def test_the_first_page_has_nothing_before_it_and_the_last_nothing_behind(divisions: QuerySet[Division]) -> None:
    first = page(divisions, ["id"], "", 5)
    assert (len(first.rows), first.previous_cursor) == (5, "")
    last = page(divisions, ["id"], first.next_cursor, 5)
    assert (len(last.rows), last.next_cursor) == (2, "")
    assert page(divisions, ["id"], last.previous_cursor, 5).previous_cursor == ""


def test_rows_that_come_in_meanwhile_are_neither_doubled_nor_do_they_push_others_out(
    divisions: QuerySet[Division],
) -> None:
    first = page(divisions, ["-id"], "", 3)
    factories.division("new")
    second = page(divisions, ["-id"], first.next_cursor, 3)
    assert [row.code for row in first.rows + second.rows] == ["d6", "d5", "d4", "d3", "d2", "d1"]


def packed(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps([False, list(values)]).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "a" * 2000,
        "é",
        packed("abc"),
        packed(1, 2),
        packed([1]),
        packed({"a": 1}),
        packed("1\x00"),
        packed(True),
    ],
)
def test_a_cursor_that_nobody_made_shows_a_page_and_no_error(divisions: QuerySet[Division], cursor: str) -> None:
    assert len(page(divisions, ["id"], cursor, 5).rows) >= 2


def test_a_cursor_with_a_broken_date_shows_the_first_page(divisions: QuerySet[Division]) -> None:
    assert page(divisions, ["closed_on", "id"], packed("gestern", 1), 3) == page(divisions, ["closed_on", "id"], "", 3)


def test_a_page_is_one_query_and_counts_nothing(divisions: QuerySet[Division]) -> None:
    cursor = page(divisions, ["-id"], "", 3).next_cursor
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(divisions, ["-id"], cursor, 3)
    assert len(queries) == 1
    assert "COUNT" not in queries[0]["sql"].upper()


def test_a_late_page_enters_the_index_where_it_begins(divisions: QuerySet[Division]) -> None:
    """The plan of page two starts at the cursor instead of filtering everything before it."""
    cursor = page(divisions, ["-id"], "", 3).next_cursor
    with CaptureQueriesContext(connection) as queries, connection.cursor() as sql:
        page(Division.objects.all(), ["-id"], cursor, 3)
        sql.execute("SET LOCAL enable_seqscan = off")
        sql.execute("EXPLAIN " + queries[0]["sql"])
        plan = "\n".join(row[0] for row in sql.fetchall())
    assert "Index Cond: ((id <= " in plan
