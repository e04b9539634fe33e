"""Conditions on published documents that read as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q, QuerySet

from publicity.portal import rules


class Words(SearchQuery):
    """A tsquery that is already one: the words were cut in Python, PostgreSQL's parser must not cut them again."""

    def as_sql(self, compiler: Any, connection: Any, function: Any = None, template: Any = None) -> Any:
        """The literal with a cast."""
        return "%s::tsquery", [self.literal]

    def __init__(self, literal: str) -> None:
        self.literal = literal
        super().__init__(literal, search_type="raw")


class JudgmentQuerySet(QuerySet[Any]):
    """Published documents by their words and facts."""

    def about(self, text: str) -> JudgmentQuerySet:
        """Documents in which all words occur, or that bear the case number which the text begins."""
        if rules.starts_like_case_number(text):
            return self.filter(number_key__startswith=rules.number_key(text))
        literal = rules.query(text)
        return self.filter(search=Words(literal)) if literal else self.none()

    def ranked(self, text: str) -> JudgmentQuerySet:
        """Best match first; the caller bounds how many are ranked, since each vector has to be read."""
        words = Words(rules.query(text))
        rank = SearchRank(F("search"), words, cover_density=True, normalization=1)
        return self.annotate(rank=rank).order_by("-rank", "-published_on", "-id")

    def of_judge(self, name: str) -> JudgmentQuerySet:
        """Signed by somebody of this name (clerks are not counted)."""
        return self.filter(judge_names__contains=[name])

    def judged_in(self, years: Sequence[int]) -> JudgmentQuerySet:
        """Judged in one of the years."""
        condition = Q(pk__in=())
        for year in years:
            condition |= Q(judged_on__gte=date(year, 1, 1), judged_on__lte=date(year, 12, 31))
        return self.filter(condition)

    def light(self) -> JudgmentQuerySet:
        """Without the search vector, which no page shows."""
        return self.defer("search")
