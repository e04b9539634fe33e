"""One pass over what matches a search: a few short columns a document, from which facets are counted and pages ordered.

A search vector is long and lies outside the row. For a common word the planner would rather read every row and unpack
every vector; the index alone knows the answer, so a sequential scan is put out of its reach for this one statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection, transaction

from publicity.portal.asking import Asked
from publicity.portal.models import Judgment

#: read for the facets; four times as many took most of a page's time and changed their order little
CEILING = 5_000


class Match(NamedTuple):
    """What facets and order need of a document; as tuples they sort by publication."""

    published_on: date
    id: int
    judged_on: date
    document_kind: str
    cause: str
    cause_en: str
    instance: str
    category: str


def matches(asked: Asked) -> list[Match]:
    """Documents with the words, the court, the judge and the days asked for; at most CEILING and one more."""
    rows = Judgment.objects.about(asked.q) if asked.q else Judgment.objects.all()
    given = {"court_name": asked.court, "judged_on__gte": asked.since, "judged_on__lte": asked.until}
    rows = rows.filter(**{lookup: value for lookup, value in given.items() if value})
    if asked.judge:
        rows = rows.of_judge(asked.judge)
    with transaction.atomic(), connection.cursor() as cursor:
        if asked.q:
            cursor.execute("SET LOCAL enable_seqscan = off")
        found = [Match._make(row) for row in rows.order_by().values_list(*Match._fields)[: CEILING + 1]]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found


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
READERS: dict[str, Callable[[Match], Any]] = {
    "kind": attrgetter("document_kind"),
    "cause": attrgetter("cause"),
    "year": attrgetter("judged_on.year"),
    "instance": attrgetter("instance"),
    "category": attrgetter("category"),
}


def kept(asked: Asked, matched: list[Match], without: str = "") -> list[Match]:
    """Documents that pass the facets chosen, one of them left out."""
    for name, values in chosen(asked).items():
        if values and name != without:
            read, wanted = READERS[name], set(values)
            matched = [match for match in matched if str(read(match)) in wanted]
    return matched


def counted(name: str, matched: list[Match]) -> Counter[str]:
    """How many documents carry each value of a facet."""
    return Counter({str(value): number for value, number in Counter(map(READERS[name], matched)).items()})
