"""What was typed in the rows of the filing form, as it was typed; rows come and go without anything being judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST_PARTIES = 50
MOST_ACTING = 10

Row = dict[str, Any]


def typed_rows(data: Mapping[str, Any]) -> list[Row]:
    """Each party's fields by name, with its `representatives` as a list of the same kind."""
    return [_row(data, f"parties-{place}") for place in range(_count(data, "parties", MOST_PARTIES))]


def _row(data: Mapping[str, Any], prefix: str) -> Row:
    inner = f"{prefix}-representatives"
    row = _fields(data, prefix)
    row["representatives"] = [_fields(data, f"{inner}-{place}") for place in range(_count(data, inner, MOST_ACTING))]
    return row


def _count(data: Mapping[str, Any], prefix: str, most: int) -> int:
    total = str(data.get(f"{prefix}-TOTAL_FORMS", "0"))
    return min(int(total), most) if total.isascii() and total.isdecimal() and len(total) < 6 else 0


def _fields(data: Mapping[str, Any], prefix: str) -> Row:
    start = f"{prefix}-"
    named = {key.removeprefix(start): data.get(key) for key in data if key.startswith(start)}
    return {name: value for name, value in named.items() if "-" not in name}


def change_rows(rows: list[Row], data: Mapping[str, Any]) -> tuple[list[Row], str]:
    """The rows after the button that was pressed, and the field where the typing goes on ("" = nowhere new).

    Buttons: `add_party`, `remove_party` (place), `add_acting` (place of the party), `remove_acting` (`party-place`).
    A place that does not exist changes nothing.
    """
    if "add_party" in data and len(rows) < MOST_PARTIES:
        rows.append({"kind": "natural", "representatives": []})
        return rows, f"parties-{len(rows) - 1}-role"
    removed = _place(data.get("remove_party"), rows)
    if removed is not None:
        rows.pop(removed)
        return rows, f"parties-{max(removed - 1, 0)}-role"
    party = _place(data.get("add_acting"), rows)
    if party is not None and len(rows[party]["representatives"]) < MOST_ACTING:
        rows[party]["representatives"].append({})
        return rows, f"parties-{party}-representatives-{len(rows[party]['representatives']) - 1}-name"
    return rows, _remove_acting(rows, str(data.get("remove_acting") or ""))


def _remove_acting(rows: list[Row], value: str) -> str:
    party_text, _dash, place_text = value.partition("-")
    party = _place(party_text, rows)
    acting = rows[party]["representatives"] if party is not None else []
    place = _place(place_text, acting)
    if place is None:
        return ""
    acting.pop(place)
    before = f"representatives-{place - 1}-name" if place else "name"
    return f"parties-{party}-{before}"


def _place(text: Any, rows: list[Any]) -> int | None:
    text = str(text or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 and int(text) < len(rows) else None
