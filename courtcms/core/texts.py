"""Sentences that are stored once and shown in the reader's language: msgid and parameters, not the rendered text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override

#: parameters that a floor above puts into the reader's language itself: `{"post": "…"}` is read by `readers["post"]`
readers: dict[str, Callable[[str], str]] = {}


@dataclass(frozen=True)
class Sentence:
    """A sentence used as a parameter of another one; it too follows the reader's language."""

    text: Any
    params: Mapping[str, Any] = field(default_factory=dict)


def msgid(text: Any) -> str:
    """The source sentence behind a lazy translation; a plain string is its own msgid."""
    if not isinstance(text, Promise):
        return str(text)
    with override(None):
        return str(text)


def _packed(value: Any) -> Any:
    if isinstance(value, Sentence):
        return {"msgid": msgid(value.text), "params": packed(value.params)}
    if isinstance(value, Promise):
        return {"msgid": msgid(value), "params": {}}
    return value if isinstance(value, int | dict) else str(value)


def packed(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters fit for a JSON column; lazy translations and sentences keep their msgid. Packing twice is harmless."""
    return {key: _packed(value) for key, value in params.items()}


def rendered(text: str, params: Mapping[str, Any]) -> str:
    """The sentence in the language in force. A parameter that is missing leaves the sentence as it stands."""
    translated = gettext(text) if text else ""
    if not params:
        return translated
    values = {key: _shown(value) for key, value in params.items()}
    try:
        return translated % values
    except (KeyError, ValueError, TypeError):
        return translated


def _shown(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "msgid" in value:
        return rendered(value["msgid"], value.get("params", {}))
    [(kind, stored)] = value.items()
    return readers[kind](stored)
