"""Keyset pages: the cost of page 2,000 is the cost of page 1, and no row is counted to draw a list."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy


@dataclass(frozen=True)
class Page:
    """Rows of one page and the cursors of its neighbours ("" = there is none)."""

    rows: list[Any]
    next_cursor: str
    previous_cursor: str


@dataclass(frozen=True)
class _Key:
    """One column of the order. NULLs stand at the end of the list, in whichever direction it is walked."""

    name: str
    descending: bool
    nullable: bool
    backward: bool

    def order(self) -> OrderBy:
        """The expression for ORDER BY in the direction of the walk."""
        if not self.nullable:
            return OrderBy(F(self.name), descending=self.descending)
        first = self.backward or None
        return OrderBy(
            F(self.name), descending=self.descending, nulls_first=first, nulls_last=not self.backward or None
        )

    def beyond(self, value: Any) -> Q | None:
        """Rows that come after `value` by this column alone; None when none can."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if self.backward else None
        further = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return further | Q(**{f"{self.name}__isnull": True}) if self.nullable and not self.backward else further

    def same(self, value: Any) -> Q:
        """Rows with the same value in this column."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def bound(self, value: Any) -> Q:
        """A plain range that lets the index be entered at `value`; the exact condition is ANDed to it."""
        if self.nullable or value is None:
            return Q()
        return Q(**{f"{self.name}__{'lte' if self.descending else 'gte'}": value})


def _pack(values: list[Any], backward: bool) -> str:
    plain = json.dumps([backward, values], ensure_ascii=False, cls=DjangoJSONEncoder)
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _unpack(cursor: str, size: int) -> tuple[bool, list[Any]] | None:
    try:
        backward, values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None  # a cursor that nobody made here starts the list anew
    if not isinstance(values, list) or len(values) != size:
        return None
    sound = all(value is None or isinstance(value, str | int | float) for value in values)
    return (bool(backward), values) if sound and "\x00" not in "".join(map(str, values)) else None


def _nullable(rows: QuerySet[Any], name: str) -> bool:
    """May this column be NULL? What is no plain field (an annotation, a joined one) may."""
    try:
        return bool(getattr(rows.model._meta.get_field(name), "null", True))
    except FieldDoesNotExist:
        return name != "pk"


def _after(keys: list[_Key], values: list[Any]) -> Q:
    """Rows behind `values` in the order of `keys`."""
    condition = Q(pk__in=[])
    for index, key in enumerate(keys):
        beyond = key.beyond(values[index])
        if beyond is None:
            continue
        for earlier, value in zip(keys[:index], values[:index], strict=True):
            beyond &= earlier.same(value)
        condition |= beyond
    return keys[0].bound(values[0]) & condition


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = row[part] if isinstance(row, dict) else getattr(row, part)
    return row


def page(rows: QuerySet[Any], order: list[str], cursor: str = "", size: int = 50) -> Page:
    """One page of `rows` in `order` (field names, `-` for descending; the last must be unique and never NULL).

    An unreadable cursor shows the first page. NULLs sort last.
    """
    names = [name.lstrip("-") for name in order]
    state = _unpack(cursor, len(names)) if cursor else None
    backward = bool(state and state[0])
    keys = [
        _Key(name, term.startswith("-") != backward, _nullable(rows, name), backward)
        for name, term in zip(names, order, strict=True)
    ]
    ordered = rows.order_by(*[key.order() for key in keys])
    if state:
        try:
            ordered = ordered.filter(_after(keys, state[1]))
        except (ValueError, TypeError, ValidationError):
            return page(rows, order, "", size)  # values of a wrong type: nobody made that cursor here
    found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    ahead = more if not backward else True
    behind = more if backward else bool(state)
    at = [[_value(row, name) for name in names] for row in (found[:1] + found[-1:])]
    return Page(
        rows=found,
        next_cursor=_pack(at[-1], False) if found and ahead else "",
        previous_cursor=_pack(at[0], True) if found and behind else "",
    )
