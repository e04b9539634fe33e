"""What matches a search, counted in the database by the values that the filters show; a few hundred short rows at most.

A search vector is long and lies outside the row. For a common word the planner would rather read every row and unpack
every vector, or walk along an order and unpack one after another; the index alone knows the answer. Statements here
say which way is not to be taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models.functions import ExtractYear

from publicity.portal.asking import Asked
from publicity.portal.models import Judgment
from publicity.portal.querysets import JudgmentQuerySet

#: documents counted; of more than these the page says "more than"
CEILING = 5_000


class Group(NamedTuple):
    """Documents that are alike in everything the filters show."""

    document_kind: str
    cause: str
    cause_en: str
    year: int
    instance: str
    category: str
    number: int


@contextmanager
def without(*ways: str) -> Iterator[Any]:
    """A cursor, and inside the block the planner does not take these ways (`seqscan`, `indexscan`, `bitmapscan`)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL enable_{way} = off" for way in ways))
        yield cursor
        cursor.execute("; ".join(f"SET LOCAL enable_{way} = on" for way in ways))


def sought(asked: Asked) -> JudgmentQuerySet:
    """Documents with the court, the judge, the days and the words asked for; the boxes of the filters left out.

    The words come last: their condition is the dear one.
    """
    given = {"court_name": asked.court, "judged_on__gte": asked.since, "judged_on__lte": asked.until}
    rows = Judgment.objects.filter(**{lookup: value for lookup, value in given.items() if value})
    if asked.judge:
        rows = rows.of_judge(asked.judge)
    return rows.about(asked.q) if asked.q else rows


def filtered(asked: Asked) -> JudgmentQuerySet:
    """Documents that the search asks for, the boxes of the filters included."""
    boxes = {
        "document_kind__in": asked.kinds,
        "category__in": asked.categories,
        "cause__in": asked.causes,
        "instance__in": asked.instances,
    }
    rows = sought(asked).filter(**{lookup: value for lookup, value in boxes.items() if value})
    return rows.judged_in(asked.years) if asked.years else rows


def tally(rows: JudgmentQuerySet, by_words: bool) -> list[Group]:
    """The documents by their values; at most CEILING and one more are counted."""
    columns = [name for name in Group._fields if name not in ("year", "number")]
    rows = rows.order_by().annotate(year=ExtractYear("judged_on")).values_list(*columns[:3], "year", *columns[3:])
    try:
        statement, values = rows[: CEILING + 1].query.sql_with_params()
    except EmptyResultSet:  # nothing to search by was typed
        return []
    with without("seqscan", "indexscan") if by_words else transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT *, count(*) FROM ({statement}) found GROUP BY 1, 2, 3, 4, 5, 6",  # noqa: S608  Django's own SQL
            values,
        )
        return [Group._make(row) for row in cursor.fetchall()]


def size(groups: list[Group]) -> int:
    """How many documents."""
    return sum(group.number for group in groups)


def chosen(asked: Asked) -> dict[str, tuple[str, ...]]:
    """The values chosen in each facet, in the order of the page."""
    return {
        "kind": asked.kinds,
        "cause": asked.causes,
        "year": tuple(map(str, asked.years)),
        "instance": asked.instances,
        "category": asked.categories,
    }


#: how each facet reads a document
READERS: dict[str, Callable[[Group], Any]] = {
    "kind": attrgetter("document_kind"),
    "cause": attrgetter("cause"),
    "year": attrgetter("year"),
    "instance": attrgetter("instance"),
    "category": attrgetter("category"),
}


def kept(asked: Asked, groups: list[Group], without: str = "") -> list[Group]:
    """Documents that pass the facets chosen, one of them left out."""
    for name, values in chosen(asked).items():
        if values and name != without:
            read, wanted = READERS[name], set(values)
            groups = [group for group in groups if str(read(group)) in wanted]
    return groups


def counted(name: str, groups: list[Group]) -> Counter[str]:
    """How many documents carry each value of a facet."""
    found: Counter[str] = Counter()
    for group in groups:
        found[str(READERS[name](group))] += group.number
    return found
