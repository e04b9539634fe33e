"""The schedule of a year as it comes: the text of the State Council's notice, CSV or JSON. Pure; no Django.

The notice says it in a fixed manner, for example
国庆节：10月1日（星期四）至7日（星期三）放假调休，共7天。9月27日（星期日）、10月10日（星期六）上班。
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

_DAY = r"(?:(?P<{p}y>\d{{4}})年)?(?:(?P<{p}m>\d{{1,2}})月)?(?P<{p}d>\d{{1,2}})日(?:（[^）]*）)?"
_SPAN = re.compile(_DAY.format(p="a") + r"(?:\s*(?:至|—|-|~|～)\s*" + _DAY.format(p="b") + ")?")
_NAME = re.compile(r"(?:^|[一二三四五六七八九十]+、|[。；\n])\s*([一-鿿]{2,8})：")
_TOTAL = re.compile(r"共\s*(\d{1,2})\s*天")
_WEEKDAY = re.compile(r"(\d{1,2})月(\d{1,2})日（(?:星期|周)([一二三四五六日天])）")
_LONGEST_SPAN = 31


class NoticeError(ValueError):
    """The text cannot be read as a schedule; `problems` name every place that is wrong."""

    def __init__(self, problems: list[tuple[str, dict[str, Any]]]) -> None:
        super().__init__("; ".join(code for code, _ in problems))
        self.problems = problems


@dataclass
class Schedule:
    """Days off from Monday to Friday, weekend days worked, and the name of each holiday."""

    holidays: set[date] = field(default_factory=set)
    working: set[date] = field(default_factory=set)
    names: dict[date, str] = field(default_factory=dict)


def read(text: str, year: int) -> Schedule:
    """A schedule from JSON, CSV or the words of the notice. Raises NoticeError with everything that is wrong."""
    stripped = text.strip().lstrip("\ufeff")
    if stripped[:1] in "{[" and stripped:
        return _checked(_json(stripped), year, [])
    if re.match(r"(?i)^(day|date|日期)\s*[,\t;]", stripped):
        return _checked(_csv(stripped), year, [])
    return _words(stripped, year)


def _json(text: str) -> Schedule:
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise NoticeError([("json", {"why": str(error)})]) from None
    found = Schedule()
    if isinstance(raw, dict) and ("holidays" in raw or "working" in raw):
        for key, target in (("holidays", found.holidays), ("working", found.working)):
            values = raw.get(key) or []
            if not isinstance(values, list):
                raise NoticeError([("shape", {})])
            for value in values:
                target.add(_day(str(value)))
        return found
    if not isinstance(raw, list):
        raise NoticeError([("shape", {})])
    for row in raw:
        if not isinstance(row, dict):
            raise NoticeError([("shape", {})])
        _row(found, row)
    return found


def _csv(text: str) -> Schedule:
    first = text.splitlines()[0]
    separator = next((mark for mark in ("\t", ";", ",") if mark in first), ",")
    found = Schedule()
    for row in csv.DictReader(io.StringIO(text), delimiter=separator):
        _row(found, {str(key).strip().lower(): value for key, value in row.items() if key})
    return found


def _row(found: Schedule, row: dict[str, Any]) -> None:
    day = _day(str(row.get("day") or row.get("date") or row.get("日期") or ""))
    kind = str(row.get("kind") or row.get("安排") or "").strip().lower()
    if kind in ("off", "holiday", "放假", "休"):
        found.holidays.add(day)
    elif kind in ("work", "working", "上班", "班", "调休上班"):
        found.working.add(day)
    else:
        raise NoticeError([("kind", {"day": day.isoformat(), "kind": kind})])
    name = str(row.get("name") or row.get("节日") or "").strip()
    if name:
        found.names[day] = name[:60]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        raise NoticeError([("day", {"text": text})]) from None


def _words(text: str, year: int) -> Schedule:
    found, problems = Schedule(), []
    parts = _NAME.split("\n" + text)
    if len(parts) < 3:
        parts = ["", "", text]
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        problems += _holiday(found, name, body, year)
    for month, day, word in _WEEKDAY.findall(text):
        try:
            real = date(year, int(month), int(day))
        except ValueError:
            continue
        if (
            "一二三四五六日".index(word.replace("天", "日")) != real.weekday()
            and real in found.holidays | found.working
        ):
            problems.append(("weekday", {"day": real.isoformat(), "word": word}))
    return _checked(found, year, problems)


def _holiday(found: Schedule, name: str, body: str, year: int) -> list[tuple[str, dict[str, Any]]]:
    """One holiday: what stands before 放假 is off, what stands before 上班 is worked."""
    problems: list[tuple[str, dict[str, Any]]] = []
    month = 0
    for sentence in re.split(r"[。；\n]", body):
        off = re.search(r"放假|休息", sentence)
        target = found.holidays if off else found.working if "上班" in sentence else None
        if target is None:
            continue
        days: list[date] = []
        for match in _SPAN.finditer(sentence[: off.start()] if off else sentence):
            month = int(match["am"] or month or 0)
            try:
                first = date(int(match["ay"] or year), month, int(match["ad"]))
                last = date(int(match["by"] or first.year), int(match["bm"] or month), int(match["bd"])) \
                    if match["bd"] else first  # fmt: skip
            except ValueError:
                problems.append(("day", {"text": match.group()}))
                continue
            if not 0 <= (last - first).days <= _LONGEST_SPAN:
                problems.append(("span", {"text": match.group()}))
                continue
            days += [first + timedelta(days=n) for n in range((last - first).days + 1)]
        total = _TOTAL.search(sentence)
        if off and total and int(total[1]) != len(days):
            problems.append(("total", {"name": name, "said": int(total[1]), "found": len(days)}))
        for day in days:
            if day.year == year and (day.weekday() < 5) == bool(off):
                target.add(day)
                found.names[day] = name
    return problems


def _checked(found: Schedule, year: int, problems: list[tuple[str, dict[str, Any]]]) -> Schedule:
    found.holidays = {day for day in found.holidays if day.weekday() < 5}
    for day in sorted(found.holidays | found.working):
        if day.year != year:
            problems.append(("year", {"day": day.isoformat(), "year": year}))
    if not found.holidays:
        problems.append(("nothing", {}))
    if problems:
        raise NoticeError(problems)
    return found
