"""Reads for the public pages and the public API. Each page costs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from publicity.portal import rules, snippets, words
from publicity.portal.asking import LAST_PAGE, PAGE_SIZE, Asked
from publicity.portal.models import Judgment, Notice, Tombstone
from publicity.portal.querysets import JudgmentQuerySet

RANKED_AMONG = 2000
COUNT_CEILING = 10_000
FACET_LENGTH = 8


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
    """A group of boxes; it opens by itself when one is chosen or it comes first."""

    name: str
    title: Any
    choices: list[Choice]
    open: bool


@dataclass(frozen=True)
class Found:
    """A page of results. `total` stops at COUNT_CEILING (`more` says so); only the first pages can be walked."""

    results: list[Result]
    total: int
    more: bool
    pages: int


def filtered(asked: Asked, without: str = "") -> JudgmentQuerySet:
    """Documents that the search asks for; `without` leaves one filter out, for the counts of its own facet."""
    rows = Judgment.objects.about(asked.q) if asked.q else Judgment.objects.all()
    simple = {
        "kind": ("document_kind__in", asked.kinds),
        "category": ("category__in", asked.categories),
        "cause": ("cause__in", asked.causes),
        "instance": ("instance__in", asked.instances),
        "court": ("court_name", asked.court),
        "since": ("judged_on__gte", asked.since),
        "until": ("judged_on__lte", asked.until),
    }
    rows = rows.filter(**{lookup: value for name, (lookup, value) in simple.items() if value and name != without})
    if asked.years and without != "year":
        rows = rows.judged_in(asked.years)
    return rows.of_judge(asked.judge) if asked.judge else rows


def search(asked: Asked) -> Found:
    """One page of results in the order asked for. Without words, relevance is the newest first."""
    rows = filtered(asked)
    counted = rows.order_by()[: COUNT_CEILING + 1].count()
    total, more = min(counted, COUNT_CEILING), counted > COUNT_CEILING
    if asked.order == "judged":
        ordered = rows.order_by("-judged_on", "-id")
    elif asked.order == "relevance" and asked.q and not rules.starts_like_case_number(asked.q) and total:
        ordered = rows.ranked(asked.q, RANKED_AMONG)
    else:
        ordered = rows.order_by("-published_on", "-id")
    start = (asked.page - 1) * PAGE_SIZE
    wanted = rules.terms(asked.q) if asked.q else []
    results = [
        Result(judgment, snippets.excerpt(judgment.sections, wanted))
        for judgment in ordered.defer("search")[start : start + PAGE_SIZE]
    ]
    return Found(results, total, more, min(-(-total // PAGE_SIZE), LAST_PAGE))


def facets(asked: Asked) -> list[Facet]:
    """Kinds, causes, years and instances with their numbers under the other filters."""
    return [
        _facet(asked, "kind", words.FACETS["kind"], "document_kind", words.KINDS, asked.kinds),
        _facet(asked, "cause", words.FACETS["cause"], "cause", None, asked.causes),
        _years(asked),
        _facet(asked, "instance", words.FACETS["instance"], "instance", words.INSTANCES, asked.instances),
        _facet(asked, "category", words.FACETS["category"], "category", words.CATEGORIES, asked.categories),
    ]


def _facet(
    asked: Asked, name: str, title: Any, column: str, labels: dict[str, Any] | None, chosen: tuple[str, ...]
) -> Facet:
    columns = (column, "cause_en") if column == "cause" else (column,)
    rows = filtered(asked, without=name).exclude(**{column: ""}).order_by().values_list(*columns)
    counted = rows.annotate(n=Count("pk")).order_by("-n", column)[: FACET_LENGTH + len(chosen)]
    choices: list[Choice] = []
    for value, *rest, number in counted:
        label = labels.get(value, value) if labels is not None else words.in_language(value, rest[0])
        choices.append(Choice(value, label, number, value in chosen))
    missing = [value for value in chosen if value not in {choice.value for choice in choices}]
    choices += [Choice(value, (labels or {}).get(value, value), 0, True) for value in missing]
    return Facet(name, title, choices[: max(FACET_LENGTH, len(chosen))], bool(chosen) or name in {"kind", "cause"})


def _years(asked: Asked) -> Facet:
    rows = filtered(asked, without="year").order_by().annotate(year=ExtractYear("judged_on")).values_list("year")
    counted = dict(rows.annotate(n=Count("pk")).order_by("-year")[:FACET_LENGTH])
    for year in asked.years:
        counted.setdefault(year, 0)
    choices = [
        Choice(str(year), str(year), n, year in asked.years) for year, n in sorted(counted.items(), reverse=True)
    ]
    return Facet("year", words.FACETS["year"], choices, True)


def courts() -> list[tuple[str, str]]:
    """Names of the courts whose documents are published here: Chinese, and for the page's language."""
    rows = Judgment.objects.order_by("court_name").values_list("court_name", "court_name_en").distinct()[:200]
    return [(name, words.in_language(name, english)) for name, english in rows]


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


@dataclass(frozen=True)
class YearCount:
    """Openness of one year by day of publication. `timed` are those whose working days are known."""

    year: int
    published: int
    timed: int
    in_time: int
    notices: int
    withdrawn: int

    @property
    def share(self) -> float | None:
        """Per cent published within seven working days of effect; None where nothing was timed."""
        return round(self.in_time * 100 / self.timed, 1) if self.timed else None


def years() -> list[YearCount]:
    """All years with anything published, newest first."""
    published = Judgment.objects.annotate(year=ExtractYear("published_on")).values("year").order_by().annotate(
        n=Count("pk"), timed=Count("working_days"), in_time=Count("pk", filter=Q(working_days__lte=7))
    )  # fmt: skip
    held = {row["year"]: row for row in published}
    notices = _by_year(Notice, "published_on")
    withdrawn = _by_year(Tombstone, "withdrawn_on")
    return [
        YearCount(
            year,
            held.get(year, {}).get("n", 0),
            held.get(year, {}).get("timed", 0),
            held.get(year, {}).get("in_time", 0),
            notices.get(year, 0),
            withdrawn.get(year, 0),
        )
        for year in sorted({*held, *notices, *withdrawn}, reverse=True)
    ]


def _by_year(model: type[Notice] | type[Tombstone], column: str) -> dict[int, int]:
    rows = model.objects.annotate(year=ExtractYear(column)).values("year").order_by().annotate(n=Count("pk"))
    return {row["year"]: row["n"] for row in rows}


def counts(model: type[Any], column: str) -> dict[str, int]:
    """How many rows carry each value of a column, most first."""
    return dict(model.objects.order_by().values_list(column).annotate(n=Count("pk")).order_by("-n"))


def sitemap_ids(part: int, size: int) -> Iterator[tuple[str, date]]:
    """Ids and days of one part of the site map."""
    rows = Judgment.objects.order_by("id").values_list("public_id", "pushed_at")[part * size : (part + 1) * size]
    return ((public_id, moment.date()) for public_id, moment in rows)
