"""Derivations and problems in words, in the language in force."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from deadlines.clocks.terms import Problem, Step
from deadlines.rulebook.book import Rulebook
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Amount, Citation, Ground, Limit

STEPS: Mapping[str, str] = {
    "start": N_("%(subject)s当日不计，次日起算"),
    "restart": N_("%(subject)s，次日起重新计算"),
    "base": N_("期限 %(length)s"),
    "extension": N_("批准延长 %(length)s"),
    "excluded": N_("不计入：%(subject)s"),
    "excluded_part": N_("不计入：%(subject)s，共 %(length)s，重叠或者在期限之外的部分不重复计"),
    "excluded_capped": N_("不计入：%(subject)s，已达上限，超过部分计入"),
    "excluded_open": N_("停止计算：%(subject)s，尚未结束"),
    "excluded_late": N_("%(subject)s始于届满之后，不能扣除"),
    "open": N_("停止计算时余 %(days)s 天，恢复后接续"),
    "roll": N_("末日为休息日，顺延至其后第一个工作日"),
    "working_day": N_("末日为工作日，不变动"),
    "no_roll_custody": N_("有人在押，末日不因休息日顺延"),
    "no_roll": N_("此类期限末日不顺延"),
    "internal": N_("内部期限：不晚于届满日的最后一个工作日"),
    "request_by": N_("申请延长或者续行的最后一日，自未顺延的届满日倒推"),
    "hour_start": N_("%(subject)s当时不计，次一整时起算"),
    "before_start": N_("%(subject)s"),
    "before": N_("倒推 %(length)s"),
    "before_moved": N_("倒推至休息日，提前到之前最后一个工作日"),
    "hard": N_("不得晚于此日"),
    "unlimited": N_("法律未规定此类案件的审限"),
}
PROBLEMS: Mapping[str, str] = {
    "limit_missing": N_("缺少期限编号（limit_id）"),
    "limit_unknown": N_("没有编号为“%(limit)s”的期限"),
    "ground_unknown": N_("第 %(number)s 段不计入期间：没有编号为“%(ground)s”的事由"),
    "not_in_force": N_("“%(limit)s”在案件立案时没有有效的规定"),
    "not_deductible": N_("第 %(number)s 段不计入期间：“%(ground)s”依法不得扣除"),
    "ground_restarts": N_("第 %(number)s 段不计入期间：“%(ground)s”结束后审限重新计算，不是扣除"),
    "ground_party_only": N_("第 %(number)s 段不计入期间：“%(ground)s”只关系当事人的行为，不延长法院的期限"),
    "ground_other_category": N_("第 %(number)s 段不计入期间：“%(ground)s”不适用于此类案件"),
    "interval_reversed": N_("第 %(number)s 段不计入期间：止日 %(to)s 早于起日 %(from)s，天数为负"),
    "fixed_period": N_("按小时计算的期间和倒推的期间不能延长或者扣除（%(limit)s）"),
    "hour_needs_time": N_("“%(limit)s”按小时计算，起算须写明时刻，如 2026-02-14T15:20"),
    "amount_not_positive": N_("第 %(number)s 次延长：长度须为 1 至 99999 的整数，而不是 %(amount)s"),
    "unit_mismatch": N_("第 %(number)s 次延长：单位“%(unit)s”与期限不合"),
    "amount_shape": N_("第 %(number)s 次延长：“%(value)s”不是长度，应写作 6 month"),
    "unit_unknown": N_("不认识的单位“%(unit)s”，可用 hour、day、working_day、month、year"),
    "date_impossible": N_("%(place)s：“%(value)s”不是日历上有的日期，写法如 2026-03-02"),
    "date_missing": N_("缺少日期（%(place)s）"),
    "interval_shape": N_("“%(value)s”不是期间，应写作 起日..止日 或 起日..止日:事由"),
    "out_of_calendar": N_("自 %(start)s 起算的期间超出历表范围（1990 至 2100 年）"),
    "kind_mismatch": N_("“%(limit)s”不能按 %(kind)s 计算"),
    "kind_unknown": N_("不认识的计算方式“%(kind)s”"),
    "entry_shape": N_("条目不是键值结构"),
    "key_unknown": N_("不认识的键“%(place)s%(key)s”，可用：%(known)s"),
    "id_repeated": N_("编号与第 %(number)s 条相同而内容不同"),
    "flag_unknown": N_("“%(value)s”既不是“是”也不是“否”（true、false）"),
    "closing_fact_missing": N_("缺少结案方式所需的日期（%(fact)s）"),
}
LENGTHS: Mapping[str, str] = {
    "hour": N_("%(amount)s 小时"),
    "day": N_("%(amount)s 日"),
    "working_day": N_("%(amount)s 个工作日"),
    "month": N_("%(amount)s 个月"),
    "year": N_("%(amount)s 年"),
}
_ONE: Mapping[str, str] = {
    "hour": "1 hour",
    "day": "1 day",
    "working_day": "1 working day",
    "month": "1 month",
    "year": "1 year",
}


def english() -> bool:
    """Whether the page is in English (every other language reads Chinese)."""
    return (get_language() or "").startswith("en")


def name_of(rule: Any) -> str:
    """The name of a limit, ground, threshold … in the language in force."""
    return str(rule.name_en if english() else rule.name_zh)


def ground_name(ground_id: str) -> str:
    """A ground of deduction or suspension, or one that is not deductible, by its id; an unknown id as it is."""
    book = rulebook()
    if ground_id in book.not_deductible:
        return book.not_deductible[ground_id][1 if english() else 0]
    return name_of(book.grounds[ground_id][-1]) if ground_id in book.grounds else ground_id


def note_of(rule: Limit | Ground) -> str:
    """The note of a rule in the language in force."""
    return rule.note_en if english() else rule.note_zh


def length(amount: int, unit: str) -> str:
    """6 个月, 6 months; 5 个工作日, 5 working days."""
    if amount == 1 and english():
        return _ONE[unit]
    return _(LENGTHS[unit]) % {"amount": amount}


def lengths(amounts: Iterable[Amount]) -> str:
    """Several amounts in a row: 1 个月 15 日."""
    return " ".join(length(a.amount, a.unit) for a in amounts)


def cite(book: Rulebook, citations: Iterable[Citation]) -> str:
    """Articles as people write them, in the language in force."""
    language, joint = ("en", "; ") if english() else ("zh", "、")
    return joint.join(book.cite(citation, language) for citation in citations)


def event_name(book: Rulebook, event: str) -> str:
    """An event of the packs in words; what the packs do not know is shown as it is."""
    names = book.events.get(event)
    return names[1 if english() else 0] if names else event


def subject_of(step: Step, book: Rulebook) -> str:
    """What a step is about: an event, a ground, a conversion."""
    if step.key in ("start", "hour_start", "before_start"):
        return event_name(book, step.subject)
    if step.key == "restart":
        return name_of(book.conversions[step.subject])
    if step.subject in book.grounds:
        return name_of(book.grounds[step.subject][-1])
    return _("未写明事由") if step.key.startswith("excluded") else step.subject


def step_text(step: Step, book: Rulebook) -> str:
    """One step as a sentence."""
    measured = length(step.amount, step.unit) if step.amount is not None and step.unit else ""
    return _(STEPS[step.key]) % {"subject": subject_of(step, book), "length": measured, "days": step.days}


def problem_text(problem: Problem) -> str:
    """One problem as a sentence."""
    return _(PROBLEMS[problem.code]) % problem.params


def day_text(value: date | datetime | None) -> str | None:
    """ISO text of a day, or of a moment to the minute."""
    if value is None:
        return None
    return value.isoformat(timespec="minutes") if type(value) is datetime else value.isoformat()


_encode = json.JSONEncoder(ensure_ascii=False).encode


class Teller:
    """Writes steps as JSON in one language; sentences and citations repeat, so they are made once."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._texts: dict[tuple[Any, ...], str] = {}
        self._citations: dict[tuple[Citation, ...], str] = {}
        self._heads: dict[tuple[Any, ...], str] = {}

    def citation(self, basis: tuple[Citation, ...]) -> str:
        """The articles of a step as people write them."""
        found = self._citations.get(basis)
        if found is None:
            found = self._citations[basis] = cite(self._book, basis)
        return found

    def text(self, step: Step) -> str:
        """The sentence of a step."""
        key = (step.key, step.subject, step.amount, step.unit, step.days if step.key == "open" else None)
        found = self._texts.get(key)
        if found is None:
            found = self._texts[key] = step_text(step, self._book)
        return found

    def json(self, step: Step) -> str:
        """The same as `record` as JSON text: what repeats is encoded once, the rest are dates and numbers."""
        key, basis, amount, unit, days, first, last, reached, subject, provisional = step
        known = (key, subject, amount, unit, basis, days if key == "open" else None)
        head = self._heads.get(known)
        if head is None:
            fixed = {"key": key, "text": self.text(step)}
            if basis:
                fixed["article"] = self.citation(basis)
            if subject:
                fixed["subject"] = subject
            if amount is not None:
                fixed |= {"amount": amount, "unit": unit}
            head = self._heads[known] = _encode(fixed)[:-1]
        if days is not None:
            head += f', "days": {days}'
        if first is not None:
            head += f', "from": "{day_text(first)}"'
        if last is not None:
            head += f', "to": "{day_text(last)}"'
        if reached is not None:
            head += f', "reached": "{day_text(reached)}"'
        return head + (', "provisional": true}' if provisional else "}")

    def record(self, step: Step) -> dict[str, Any]:
        """A step as JSON: what machines read, and the sentence people read; what does not apply is left out."""
        key, basis, amount, unit, days, first, last, reached, subject, provisional = step
        row: dict[str, Any] = {"key": key, "text": self.text(step)}
        if basis:
            row["article"] = self.citation(basis)
        if amount is not None:
            row["amount"], row["unit"] = amount, unit
        if days is not None:
            row["days"] = days
        if first is not None:
            row["from"] = day_text(first)
        if last is not None:
            row["to"] = day_text(last)
        if reached is not None:
            row["reached"] = day_text(reached)
        if subject:
            row["subject"] = subject
        if provisional:
            row["provisional"] = True
        return row
