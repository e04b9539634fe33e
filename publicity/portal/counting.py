"""How open the court is, in numbers: what was published and when, what was not and why, what was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from publicity.portal.models import Judgment, Notice, Tombstone

KEY, SECONDS = "portal.figures", 60
WIDTH = 720.0
STAMP = """
SELECT (SELECT max(id) FROM portal_judgment), (SELECT max(id) FROM portal_tombstone),
    (SELECT max(id) FROM portal_notice), (SELECT max(id) FROM portal_hold)
"""


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


def figures() -> Figures:
    """All counts; those of the last minute when nothing was published, withdrawn or announced since.

    Counting reads every row. The newest numbers of the tables say in no time whether that is needed.
    """
    held, stamp = cache.get(KEY), _stamp()
    if held is not None and held[0] == stamp:
        return held[1]
    found = Figures(
        years(), counts(Judgment, "document_kind"), counts(Judgment, "category"), counts(Notice, "reason"),
        counts(Tombstone, "reason"), reasons_by_year(),
    )  # fmt: skip
    cache.set(KEY, (stamp, found), SECONDS)
    return found


def _stamp() -> tuple[int | None, ...]:
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return tuple(cursor.fetchone())


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


@dataclass(frozen=True)
class Figures:
    """What the first page and the statistics show."""

    years: list[YearCount]
    kinds: dict[str, int]
    categories: dict[str, int]
    notices: dict[str, int]
    withdrawn: dict[str, int]
    #: notices of each year by reason, most first
    reasons: dict[int, list[tuple[str, int]]]


def _by_year(model: type[Notice] | type[Tombstone], column: str) -> dict[int, int]:
    rows = model.objects.annotate(year=ExtractYear(column)).values("year").order_by().annotate(n=Count("pk"))
    return {row["year"]: row["n"] for row in rows}


def counts(model: type[Any], column: str) -> dict[str, int]:
    """How many rows carry each value of a column, most first."""
    return dict(model.objects.order_by().values_list(column).annotate(n=Count("pk")).order_by("-n"))


def reasons_by_year() -> dict[int, list[tuple[str, int]]]:
    """Why documents of a year are not published."""
    rows = Notice.objects.annotate(year=ExtractYear("published_on")).values_list("year", "reason").order_by()
    found: dict[int, list[tuple[str, int]]] = {}
    for year, reason, number in rows.annotate(n=Count("pk")).order_by("year", "-n", "reason"):
        found.setdefault(year, []).append((reason, number))
    return found


@dataclass(frozen=True)
class Part:
    """A piece of the bar; lengths are text so that no locale rewrites the decimal point."""

    look: str
    x: str
    width: str


def bar(year: YearCount | None) -> list[Part]:
    """Published, withdrawn and not published documents of a year as one bar of 720 units; empty without any."""
    numbers = [("f-run", year.published), ("f-left", year.withdrawn), ("f-ded", year.notices)] if year else []
    whole, at, parts = sum(number for _look, number in numbers), 0.0, []
    for look, number in numbers:
        if number:
            width = max(3.0, number / whole * WIDTH)
            parts.append(Part(look, f"{min(at, WIDTH - width):.1f}", f"{width:.1f}"))
            at += width
    return parts
