"""Keyset pages: the cost of page 2,000 is the cost of page 1, and no row is counted to draw a list."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet


@dataclass(frozen=True)
class Page:
    """Rows of one page and the cursors of its neighbours ("" = there is none)."""

    rows: list[Any]
    next_cursor: str
    previous_cursor: str


def _pack(values: list[Any], backward: bool) -> str:
    plain = [value.isoformat() if isinstance(value, date | datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps([backward, plain], ensure_ascii=False).encode()).decode().rstrip("=")


def _unpack(cursor: str, size: int) -> tuple[bool, list[Any]] | None:
    try:
        backward, values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, binascii.Error):
        return None  # a cursor that nobody made here starts the list anew
    return (bool(backward), values) if isinstance(values, list) and len(values) == size else None


def _after(keys: list[tuple[str, bool]], values: list[Any]) -> Q:
    """Rows behind `values` in the order of `keys` (name, descending); NULL sorts last in both directions."""
    condition = Q()
    for index, (name, descending) in enumerate(keys):
        ahead = Q(
            **{key: value for (key, _), value in zip(keys[:index], values[:index], strict=True) if value is not None}
        )
        for (key, _), value in zip(keys[:index], values[:index], strict=True):
            if value is None:
                ahead &= Q(**{f"{key}__isnull": True})
        if values[index] is None:
            continue
        beyond = Q(**{f"{name}__{'lt' if descending else 'gt'}": values[index]}) | Q(**{f"{name}__isnull": True})
        condition |= ahead & beyond
    return condition


def page(rows: QuerySet[Any], order: list[str], cursor: str = "", size: int = 50) -> Page:
    """One page of `rows` in `order` (field names, `-` for descending; the last must be unique and never NULL).

    An unreadable cursor shows the first page. NULLs sort last.
    """
    keys = [(name.lstrip("-"), name.startswith("-")) for name in order]
    state = _unpack(cursor, len(keys)) if cursor else None
    backward = bool(state and state[0])
    directed = [(name, descending != backward) for name, descending in keys]
    ordered = rows.order_by(
        *[
            F(name).desc(nulls_first=backward or None, nulls_last=not backward or None)
            if descending
            else F(name).asc(nulls_first=backward or None, nulls_last=not backward or None)
            for name, descending in directed
        ]
    )
    if state:
        try:
            ordered = ordered.filter(_after(directed, state[1]))
        except (TypeError, ValueError, ValidationError):  # values of another kind: a forged cursor, too
            return page(rows, order, "", size)
    found = list(ordered[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backward:
        found.reverse()

    def cursor_at(row: Any, back: bool) -> str:
        values = []
        for name, _ in keys:
            value = row
            for part in name.split("__"):
                value = value[part] if isinstance(value, dict) else getattr(value, part)
            values.append(value)
        return _pack(values, back)

    has_next = more if not backward else True
    has_previous = (more if backward else bool(state)) and bool(found)
    return Page(
        rows=found,
        next_cursor=cursor_at(found[-1], False) if found and has_next else "",
        previous_cursor=cursor_at(found[0], True) if has_previous else "",
    )
