"""Reads for the public pages and the public API. Each page costs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from publicity.portal import matching, rules, snippets, words
from publicity.portal.asking import LAST_PAGE, PAGE_SIZE, Asked
from publicity.portal.models import Judgment, Notice, Tombstone

#: as many as the pages that can be walked hold
RANKED_AMONG = PAGE_SIZE * LAST_PAGE
#: of words that very many documents hold, only the newest are ranked: reading their vectors is what costs
RANKED_OF_MANY = 300
FACET_LENGTH = 8
OPEN_FACETS = ("kind", "cause", "year")
LABELS = {"kind": words.KINDS, "instance": words.INSTANCES, "category": words.CATEGORIES}


@dataclass(frozen=True)
class Result:
    """One line of the list: the document and its excerpt."""

    judgment: Judgment
    excerpt: list[snippets.Piece]


@dataclass(frozen=True)
class Choice:
    """One box of a facet."""

    value: str
    label: Any
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A group of boxes; it opens by itself when one is chosen or it comes first. `part`: its numbers are of a part."""

    name: str
    title: Any
    choices: list[Choice]
    open: bool
    part: bool = False


@dataclass(frozen=True)
class Found:
    """A page of results. `total` stops at a ceiling (`more` says so); only the first pages can be walked."""

    results: list[Result]
    total: int
    more: bool
    pages: int


def search(asked: Asked) -> tuple[Found, list[Facet]]:
    """One page of results in the order asked for, and the numbers of each filter under the others.

    Of very many matches a part is counted; under chosen filters they are counted again, since the part may hold none.
    """
    by_words = bool(asked.q)
    groups = matching.tally(matching.sought(asked), by_words)
    part = more = matching.size(groups) > matching.CEILING
    kept = matching.kept(asked, groups)
    if part and any(matching.chosen(asked).values()):
        kept = matching.tally(matching.filtered(asked), by_words)
        more = matching.size(kept) > matching.CEILING
    total = min(matching.size(kept), matching.CEILING)
    wanted = rules.terms(asked.q) if asked.q else []
    results = [Result(judgment, snippets.excerpt(judgment.sections, wanted)) for judgment in _page(asked, more)]
    walked = RANKED_OF_MANY if more and _ranked(asked) else RANKED_AMONG
    return Found(results, total, more, -(-min(total, walked) // PAGE_SIZE)), _facets(asked, groups, kept)


def _ranked(asked: Asked) -> bool:
    """Are the results ordered by how well the words fit?"""
    return asked.order == "relevance" and bool(asked.q) and not rules.starts_like_case_number(asked.q)


def _page(asked: Asked, more: bool) -> list[Judgment]:
    """The documents of the page, in their order."""
    start = (asked.page - 1) * PAGE_SIZE
    if _ranked(asked):
        ids = _ids(asked, more, RANKED_OF_MANY if more else RANKED_AMONG)
        rows = Judgment.objects.filter(pk__in=ids).ranked(asked.q)
        return list(rows.defer("search")[start : start + PAGE_SIZE])
    ids = _ids(asked, more, start + PAGE_SIZE)[start:]
    found = Judgment.objects.defer("search").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]  # one withdrawn in between is gone


def _ids(asked: Asked, more: bool, number: int) -> list[int]:
    """Ids of the first documents in the order of the page; those to be ranked are the newest.

    Words that very many documents hold are met at once when walking from the newest; of words that few hold the index
    gives all, and those are sorted. Within chosen days the walk begins at the last of them.
    """
    within = asked.order == "relevance" and bool(asked.years or asked.since or asked.until)
    column = "judged_on" if asked.order == "judged" or within else "published_on"
    rows = matching.filtered(asked).order_by(f"-{column}", "-id").values_list("pk", flat=True)[:number]
    if not asked.q:
        return list(rows)
    walk = more and not rules.starts_like_case_number(asked.q)
    with matching.without(*(("bitmapscan",) if walk else ("seqscan", "indexscan"))):
        return list(rows)


def _facets(asked: Asked, groups: list[matching.Group], kept: list[matching.Group]) -> list[Facet]:
    """Kinds, causes, years, instances and categories, each counted under the other filters.

    A facet in which nothing is chosen stands under all the filters, as the results do.
    """
    english = {group.cause: group.cause_en for group in (*groups, *kept)}
    found = []
    for name, chosen in matching.chosen(asked).items():
        source = matching.kept(asked, groups, without=name) if chosen else kept
        part = matching.size(groups if chosen else kept) > matching.CEILING
        counted = matching.counted(name, source)
        counted.pop("", None)
        under_all = matching.counted(name, kept)
        counted.update({value: under_all[value] - counted[value] for value in chosen})
        key = (lambda item: item[0]) if name == "year" else (lambda item: item[1])
        most = sorted(sorted(counted.items()), key=key, reverse=True)[: max(FACET_LENGTH, len(chosen))]
        labels = LABELS.get(name) or {value: words.in_language(value, english.get(value, "")) for value, _n in most}
        choices = [Choice(value, labels.get(value, value), number, value in chosen) for value, number in most]
        found.append(Facet(name, words.FACETS[name], choices, bool(chosen) or name in OPEN_FACETS, part))
    return found


COURTS = """
WITH RECURSIVE one AS (
    (SELECT court_name, court_name_en FROM portal_judgment ORDER BY court_name, published_on DESC LIMIT 1)
    UNION ALL
    SELECT following.* FROM one, LATERAL (
        SELECT court_name, court_name_en FROM portal_judgment
        WHERE court_name > one.court_name ORDER BY court_name, published_on DESC LIMIT 1
    ) following
)
SELECT court_name, court_name_en FROM one LIMIT 200
"""


def courts() -> list[tuple[str, str]]:
    """Names of the courts whose documents are published here: Chinese, and for the page's language.

    The index is entered once for each court; asking for distinct names would read every row.
    """
    with connection.cursor() as cursor:
        cursor.execute(COURTS)
        return [(name, words.in_language(name, english)) for name, english in cursor.fetchall()]


def not_published(number: str) -> tuple[list[Tombstone], list[Notice]]:
    """What stands in place of a document when somebody looks for its case number."""
    if not rules.starts_like_case_number(number):
        return [], []
    key = rules.number_key(number)
    tombstones = Tombstone.objects.filter(number_key__startswith=key).order_by("-id")[:5]
    return list(tombstones), list(Notice.objects.filter(number_key__startswith=key).order_by("-id")[:5])


def entries(model: type[Notice] | type[Tombstone], number: str, reason: str) -> QuerySet[Any]:
    """Notices or withdrawals, narrowed by the beginning of a case number and by reason."""
    rows = model.objects.all()
    if number:
        rows = rows.filter(number_key__startswith=rules.number_key(number) or " ")
    return rows.filter(reason=reason) if reason else rows


def related(judgment: Judgment) -> list[dict[str, Any]]:
    """Other documents of the same dispute; those published here carry the address."""
    keys = {rules.number_key(row["case_number"]): row for row in judgment.related}
    here = dict(
        Judgment.objects.filter(number_key__in=keys).exclude(pk=judgment.pk).values_list("number_key", "public_id")
    )
    labels = words.INSTANCES | words.RELATIONS
    return [
        {
            **row,
            "judged_on": _day(row.get("judged_on")),
            "public_id": here.get(key, ""),
            "instance_label": labels.get(row["instance"], row["instance"]),
        }
        for key, row in keys.items()
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def newest(number: int) -> list[Judgment]:
    """The last published documents."""
    return list(Judgment.objects.defer("search", "sections").order_by("-published_on", "-id")[:number])


def sitemap_parts(size: int) -> list[int]:
    """Numbers of the parts of the site map that hold a document."""
    parts = Judgment.objects.order_by().annotate(part=(F("pk") - 1) / size + 1).values_list("part", flat=True)
    return sorted(parts.distinct())


def sitemap_ids(part: int, size: int) -> Iterator[tuple[str, date]]:
    """Ids and days of one part of the site map: a range of keys, so that a withdrawal moves nothing."""
    rows = Judgment.objects.filter(pk__gt=(part - 1) * size, pk__lte=part * size).order_by("pk")
    return ((public_id, moment.date()) for public_id, moment in rows.values_list("public_id", "pushed_at"))
