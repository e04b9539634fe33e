"""Kinds of notices, named by the rooms that send them; the inbox filters by them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

_titles: dict[str, Any] = {}


def register_kind(kind: str, title: Any) -> None:
    """Name a kind; called in `AppConfig.ready()`. Notices of a kind nobody named stand under 其他."""
    _titles[kind] = title


def title_of(kind: str) -> Any:
    """The name of a kind in the language in force."""
    return _titles.get(kind, _("其他"))


def choices() -> list[tuple[str, Any]]:
    """All named kinds in order of their keys, for the filter."""
    return sorted(_titles.items())
