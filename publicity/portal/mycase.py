"""The page “my case” worked out for today from what was sealed: days left, and the bar. Pure: no Django table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from courtcms.core.dates import long_date

WIDTH = 360.0
WIDE_ENOUGH = 56.0


@dataclass(frozen=True)
class Piece:
    """A piece of the bar: place, look, its label where there is room, and the sentence for those who point at it."""

    x: str
    width: str
    css: str
    label: str
    reason: str


def shown(content: dict[str, Any], language: str, today: date) -> dict[str, Any]:
    """The content in the language, with what depends on the day."""
    own = dict(content["en" if language.startswith("en") else "zh"])
    own["limits"] = [_limit(limit, today) for limit in own["limits"]]
    own["todo"] = [{**row, "days": _days(row["by"], today)} for row in own["todo"] if _days(row["by"], today) >= 0]
    for row in (*own["appraisals"], *own["measures"]):
        row["days"] = _days(row["due_on"], today) if row.get("due_on") and row.get("live") else None
    return own


def _days(day: str, today: date) -> int:
    return (date.fromisoformat(day) - today).days


def _limit(limit: dict[str, Any], today: date) -> dict[str, Any]:
    found = dict(limit)
    due = date.fromisoformat(limit["due_on"]) if limit["due_on"] else None
    found["left"] = limit["remaining"] if limit["paused"] else (due - today).days if due and limit["live"] else None
    found["over"] = found["left"] is not None and found["left"] < 0
    found["over_by"] = -found["left"] if found["over"] else 0
    found["pieces"] = pieces(limit, today)
    return found


def pieces(limit: dict[str, Any], today: date) -> list[Piece]:
    """Used, taken out, still to come; for an open stop the days that will remain stand at the end."""
    started, end = date.fromisoformat(limit["started_on"]) + timedelta(days=1), _end(limit, today)
    stretches = [
        (max(date.fromisoformat(one["first"]), started), date.fromisoformat(one["last"]) if one["last"] else end, one)
        for one in limit["stretches"]
    ]
    parts: list[tuple[date, date, str, str]] = []
    day = started
    for first, last, one in sorted(stretches, key=lambda row: row[0]):
        parts += _running(day, min(first, end), today)
        if last > max(first, day):
            parts.append((max(first, day), min(last, end), "f-sus" if one["suspends"] else "f-ded", one["name"]))
        day = max(day, last)
    parts += _running(day, end, today)
    if limit["paused"] and limit["remaining"]:
        parts.append((end, end + timedelta(days=limit["remaining"]), "f-left", ""))
    whole = sum((last - first).days for first, last, *_rest in parts) or 1
    drawn, x = [], 0.0
    for first, last, css, name in parts:
        width = (last - first).days * WIDTH / whole
        drawn.append(_piece(x, width, css, name, first, last))
        x += width
    return drawn


def _end(limit: dict[str, Any], today: date) -> date:
    if limit["ended_on"]:
        return date.fromisoformat(limit["ended_on"]) + timedelta(days=1)
    if limit["paused"] or not limit["unrolled_on"]:
        return today + timedelta(days=1)
    last = limit["due_on"] or limit["unrolled_on"]  # the due day may have moved past a holiday
    return max(date.fromisoformat(last), date.fromisoformat(limit["started_on"])) + timedelta(days=1)


def _running(first: date, last: date, today: date) -> list[tuple[date, date, str, str]]:
    """Days that count, cut at today: before it used, from it on still to come."""
    middle = min(max(today + timedelta(days=1), first), last)
    return [(a, b, css, "") for a, b, css in ((first, middle, "f-run"), (middle, last, "f-left")) if (b - a).days > 0]


def _piece(x: float, width: float, css: str, name: str, first: date, last: date) -> Piece:
    days = (last - first).days
    words = {"f-run": _("已用 %(n)s 天"), "f-left": _("还有 %(n)s 天")}
    text = words.get(css, _("不算 %(n)s 天")) % {"n": days}
    span = {"first": long_date(first), "last": long_date(last - timedelta(days=1)), "what": text, "name": name}
    reason = (_("%(first)s 至 %(last)s：%(what)s（%(name)s）") if name else _("%(first)s 至 %(last)s：%(what)s")) % span
    if css == "f-left":
        reason = text
    return Piece(f"{x:.1f}", f"{width:.1f}", css, text if width >= WIDE_ENOUGH else "", reason)
