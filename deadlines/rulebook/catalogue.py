"""Every rule of the packs as one searchable list: lengths, grounds, conversions, closing rules, caps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deadlines.clocks import wording
from deadlines.rulebook.models import TargetState, TargetVersion
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Ground, HearingRule, Limit, Validity
from deadlines.rulebook.targets import is_target

KINDS = {
    "limit": gettext_lazy("审限与办理期限"),
    "service": gettext_lazy("送达、答辩、举证、上诉"),
    "backward": gettext_lazy("倒推的期间"),
    "preservation": gettext_lazy("保全"),
    "appraisal": gettext_lazy("鉴定"),
    "publication": gettext_lazy("公开"),
    "deduction": gettext_lazy("扣除事由"),
    "suspension": gettext_lazy("中止事由"),
    "conversion": gettext_lazy("程序转换、重新计算"),
    "closing": gettext_lazy("结案日"),
    "cap": gettext_lazy("次数上限"),
    "not_deductible": gettext_lazy("不得扣除"),
    "hearing_rule": gettext_lazy("庭审的通知、间隔、延期"),
}
CATEGORIES = {
    "civil": gettext_lazy("民事"),
    "criminal": gettext_lazy("刑事"),
    "administrative": gettext_lazy("行政"),
    "enforcement": gettext_lazy("执行"),
    "compensation": gettext_lazy("国家赔偿"),
    "other": gettext_lazy("各类通用"),
}
STATUSES = {"statutory": gettext_lazy("法定"), "target": gettext_lazy("本院目标")}
CONFIDENCES = {
    "verified": gettext_lazy("已核对条文"),
    "likely": gettext_lazy("本院理解"),
    "uncertain": gettext_lazy("未核实"),
    "suggested": gettext_lazy("建议"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One version of one rule as the page shows it; `until` is empty while it is in force."""

    id: str
    kind: str
    kind_label: Any
    name: str
    length: str
    categories: tuple[str, ...]
    articles: str
    confidence: str
    confidence_label: Any
    status: str
    valid: Validity
    note: str
    versions: int
    text: str


def rows() -> list[Row]:
    """The latest version of every rule, in the order of the packs."""
    return [*_limits(), *_grounds(), *_plain()]


def search(found: Iterable[Row], *, q: str = "", kind: str = "", category: str = "", status: str = "",
           confidence: str = "") -> list[Row]:  # fmt: skip
    """Those that hold every word of `q` and fit the filters; an empty filter does not matter."""
    words = q.lower().split()
    return [
        row
        for row in found
        if all(word in row.text for word in words)
        and kind in ("", row.kind)
        and (not category or category in row.categories)
        and status in ("", row.status)
        and confidence in ("", row.confidence)
    ]


def _row(rule: Any, kind: str, versions: int, length: str, categories: tuple[str, ...], status: str) -> Row:
    book = rulebook()
    articles = wording.cite(book, rule.basis)
    both = (rule.id, rule.name_zh, rule.name_en, articles, book_text(rule))
    return Row(
        id=rule.id, kind=kind, kind_label=KINDS[kind], name=wording.name_of(rule), length=length, categories=categories,
        articles=articles, confidence=rule.confidence, confidence_label=CONFIDENCES[rule.confidence], status=status,
        valid=getattr(rule, "valid", Validity()), note=_note(rule), versions=versions, text=" ".join(both).lower(),
    )  # fmt: skip


def book_text(rule: Any) -> str:
    """The articles in both languages, for the search."""
    book = rulebook()
    return " ".join(book.cite(c, language) for c in rule.basis for language in ("zh", "en"))


def _note(rule: Any) -> str:
    return (rule.note_en if wording.english() else rule.note_zh) if hasattr(rule, "note_zh") else ""


def _limits() -> Iterator[Row]:
    for versions in rulebook().limits.values():
        yield limit_row(versions[-1], len(versions))


def limit_row(limit: Limit, versions: int = 1) -> Row:
    """One version of a limit or period."""
    length = wording.lengths(limit.parts) if limit.parts else _("不设期限")
    if limit.before:
        length = _("之前 %(length)s") % {"length": length}
    status = "target" if is_target(limit) else "statutory"
    return _row(limit, limit.group, versions, length, (limit.category,) if limit.category else (), status)


def _grounds() -> Iterator[Row]:
    for versions in rulebook().grounds.values():
        yield ground_row(versions[-1], len(versions))


def ground_row(ground: Ground, versions: int = 1) -> Row:
    """One version of a ground; its length is its ceiling."""
    length = ""
    if ground.at_most is not None:
        length = _("至多 %(length)s") % {"length": wording.length(ground.at_most.amount, ground.at_most.unit)}
    return _row(ground, ground.kind, versions, length, tuple(sorted(ground.applies_to)), "statutory")


def _plain() -> Iterator[Row]:
    book = rulebook()
    for rule in book.conversions.values():
        limits = {book.limits[limit][-1].category for limit in rule.sources if limit in book.limits}
        yield _row(rule, "conversion", 1, "", tuple(sorted(limits)), "statutory")
    for closing in book.closings.values():
        yield _row(closing, "closing", 1, "", (), "statutory")
    for cap in book.cap_rules.values():
        yield _row(cap, "cap", 1, _("至多 %(n)s 次") % {"n": cap.at_most}, (), "statutory")
    for rule in book.hearing_rules:
        yield _row(rule, "hearing_rule", 1, _hearing_length(rule), (rule.category,), "statutory")
    for refused in book.refused.values():
        yield _row(refused, "not_deductible", 1, "", (), "statutory")


def _hearing_length(rule: HearingRule) -> str:
    book = rulebook()
    if rule.cap:
        return _("至多 %(n)s 次") % {"n": book.caps[rule.cap]}
    return limit_row(book.limits[rule.limit][-1]).length if rule.limit else _("不设期限")


def versions_of(rule_id: str) -> list[Row]:
    """Every version of a rule, the newest first; empty for an id that no pack knows."""
    book = rulebook()
    if rule_id in book.limits:
        return [limit_row(limit) for limit in reversed(book.limits[rule_id])]
    if rule_id in book.grounds:
        return [ground_row(ground) for ground in reversed(book.grounds[rule_id])]
    return [row for row in _plain() if row.id == rule_id]


def targets_of(rule_id: str) -> list[TargetVersion]:
    """The court's own versions of a length, the newest first, what was not approved included."""
    return list(TargetVersion.objects.filter(limit_id=rule_id).select_related("asked_by", "approval"))


def own_lengths() -> dict[str, str]:
    """The target in force for a case filed today, by limit."""
    found: dict[str, str] = {}
    for target in TargetVersion.objects.filter(state=TargetState.IN_FORCE).order_by("effective_from"):
        found[target.limit_id] = wording.length(target.amount, target.unit)
    return found
