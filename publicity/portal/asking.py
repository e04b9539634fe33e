"""Reads what visitors ask for from an address: search words, filters, dates, page. Bad input is named, never obeyed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from courtcms.core.errors import Reason, Reasons
from publicity.portal import contract, rules, words

LONGEST, MOST_CHOICES = 200, 20
PAGE_SIZE, LAST_PAGE = 20, 50
ORDERS = ("relevance", "published", "judged")
FIRST_YEAR, LAST_YEAR = 1949, 2199


@dataclass(frozen=True)
class Asked:
    """One search. Empty values do not narrow it. Dates are those of the judgment."""

    q: str = ""
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    instances: tuple[str, ...] = ()
    court: str = ""
    judge: str = ""
    since: date | None = None
    until: date | None = None
    order: str = "relevance"
    page: int = 1
    reasons: tuple[Reason, ...] = field(default=(), compare=False)

    @property
    def filters(self) -> int:
        """How many filters narrow the search."""
        lists = sum(map(len, (self.kinds, self.categories, self.causes, self.years, self.instances)))
        return lists + sum(map(bool, (self.court, self.judge, self.since, self.until)))


class _Labelled(Reasons):
    """Reasons that begin with the name of the filter they concern."""

    def add(self, message: Any, *, field: str = "", **more: Any) -> None:
        label = words.FILTERS.get(field) or words.FACETS.get(field)
        super().add(f"{label}{_('：')}{message}" if label else message, field=field, **more)


class _Reader:
    def __init__(self, params: QueryDict) -> None:
        self.params = params
        self.reasons = _Labelled()

    def text(self, name: str, longest: int = LONGEST) -> str:
        value = " ".join(self.params.get(name, "").split())
        if rules.CONTROL.search(value):
            self.reasons.add(_("含有控制字符"), field=name, code="control")
            return ""
        if len(value) > longest:
            self.reasons.add(_("最多 %(most)s 个字") % {"most": longest}, field=name, code="too_long")
            return ""
        return value

    def choices(self, name: str, known: tuple[str, ...] | None = None) -> tuple[str, ...]:
        values = list(dict.fromkeys(self.params.getlist(name)))[: MOST_CHOICES + 1]
        values = [value for value in values if value]
        if len(values) > MOST_CHOICES:
            self.reasons.add(_("最多选 %(most)s 项") % {"most": MOST_CHOICES}, field=name, code="too_many")
        bad = [value for value in values if (value not in known if known else _strange(value))]
        if bad:
            self.reasons.add(_("没有这个选项"), field=name, code="unknown")
        return tuple(value for value in values[:MOST_CHOICES] if value not in bad)

    def day(self, name: str) -> date | None:
        value = self.params.get(name, "").strip()
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.reasons.add(_("日期应写作 2026-11-20 的形式"), field=name, code="date")
            return None
        return day

    def number(self, name: str, least: int, most: int, default: int) -> int:
        value = self.params.get(name, "").strip()
        if not value:
            return default
        if not (value.isascii() and value.isdigit() and len(value) < 8 and least <= int(value) <= most):
            self.reasons.add(
                _("应为 %(least)s 到 %(most)s 的数") % {"least": least, "most": most}, field=name, code="number"
            )
            return default
        return int(value)

    def years(self, name: str) -> tuple[int, ...]:
        known = tuple(str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1))
        return tuple(int(value) for value in self.choices(name, known))


def _strange(value: str) -> bool:
    return bool(rules.CONTROL.search(value)) or len(value) > 100


def read(params: QueryDict) -> Asked:
    """What the address asks for, with every reason against it."""
    reader = _Reader(params)
    since, until = reader.day("since"), reader.day("until")
    if since and until and since > until:
        reader.reasons.add(_("起始日不得晚于截止日"), field="since", code="order")
    asked = Asked(
        q=reader.text("q"),
        kinds=reader.choices("kind", contract.DOCUMENT_KINDS),
        categories=reader.choices("category", contract.CATEGORIES),
        causes=reader.choices("cause"),
        years=reader.years("year"),
        instances=reader.choices("instance", tuple(words.INSTANCES)),
        court=reader.text("court", 100),
        judge=reader.text("judge", 60),
        since=since,
        until=until,
        order=(reader.choices("order", ORDERS) or ("relevance",))[0],
        page=reader.number("page", 1, LAST_PAGE, 1),
    )
    return Asked(**{**asked.__dict__, "reasons": tuple(reader.reasons.found)})


def read_list(params: QueryDict) -> tuple[str, str, list[Reason]]:
    """Case number and reason by which the notices or withdrawals are narrowed, with the reasons against them."""
    reader = _Reader(params)
    number = reader.text("q", 80)
    reason = (reader.choices("reason", contract.WITHDRAWAL_REASONS) or ("",))[0]
    return number, reason, reader.reasons.found
