"""Which words an entry of each kind of pack may have: a misspelt key is an error, not something silently left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_CITED = frozenset({"id", "name", "basis", "confidence"})
_PERIOD = _CITED | {"for", "counts", "extensions", "note", "valid", "renewal", "at_most", "status", "table"}
_GROUND = _CITED | {
    "applies_to", "effect", "interval", "note", "at_most", "valid", "after_days", "instrument", "grounds",
    "review_every_days",
}  # fmt: skip

#: kind of pack -> keys of its entries
KINDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("limit", "service", "backward", "preservation", "appraisal", "publication"), _PERIOD),
    **dict.fromkeys(("deduction", "suspension"), _GROUND),
    "approval": _CITED | {"posts"},
    "cap": _CITED | {"at_most"},
    "case_clock": frozenset({"id", "when", "limit", "from", "from_in_custody"}),
    "closing": _CITED | {"ends_on", "several", "note"},
    "conversion": _CITED | {"from", "to", "counts_from", "before_expiry"},
    "event": frozenset({"id", "name"}),
    "event_clock": frozenset(
        {"id", "entry", "over", "if", "types", "starts", "stops", "from", "party", "effect", "after_closing", "final"}
    ),
    "hearing_rule": _CITED | {"rule", "when", "limit", "cap", "note"},
    "long_pending": _CITED | {"applies_to", "months", "counted", "statutory"},
    "not_deductible": _CITED,
    "source": frozenset({"id", "short", "title", "number", "in_force", "number_checked"}),
    "step": frozenset({"id", "basis", "confidence"}),
    "threshold": _CITED | {"level", "watch", "at", "between", "only", "to", "statutory", "at_least_days_left", "every"},
}
#: kinds of which one id may have several versions, told apart by their validity
VERSIONED = frozenset({"limit", "service", "backward", "preservation", "appraisal", "publication", "deduction",
                       "suspension"})  # fmt: skip
_NESTED: Mapping[str, frozenset[str]] = {
    "name": frozenset({"zh", "en"}),
    "note": frozenset({"zh", "en"}),
    "short": frozenset({"zh", "en"}),
    "valid": frozenset({"from", "to"}),
    "interval": frozenset({"from", "to"}),
    "for": frozenset({"category", "procedure", "instance"}),
    "renewal": frozenset({"at_most", "ask_before", "basis"}),
    "counts": frozenset(
        {
            "from", "amount", "unit", "rolls", "direction", "hard", "unlimited", "months", "safe_start", "parts",
            "max_occurrences", "minimum", "repeat_for",
        }
    ),
    "when": frozenset({"types", "procedures", "in_custody", "category", "except", "appraised"}),
    "only": frozenset({"group", "limit_days", "extendable", "category", "in_custody", "extension_pending", "grounds"}),
}  # fmt: skip
_EXTENSION = frozenset(
    {
        "amount", "unit", "by", "ask_before", "decide_before", "times", "basis", "ground", "asked_earlier", "offered",
        "amount_confidence", "ask_confidence",
    }
)  # fmt: skip


def unknown_keys(kind: str, raw: Mapping[str, Any]) -> Iterator[str]:
    """Keys that no entry of this kind has, nested ones as `counts.uint`."""
    yield from (str(key) for key in raw if key not in KINDS[kind])
    for outer, allowed in _NESTED.items():
        inner = raw.get(outer)
        if isinstance(inner, Mapping):
            yield from (f"{outer}.{key}" for key in inner if key not in allowed)
    rungs = raw.get("extensions")
    for rung in rungs if isinstance(rungs, list) else ():
        if isinstance(rung, Mapping):
            yield from (f"extensions.{key}" for key in rung if key not in _EXTENSION)
