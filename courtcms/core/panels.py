"""Panels: parts of a page that a higher room adds to a page of a lower one, loaded by htmx, each failing alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Panel:
    """A part of a page: `url_name` is reversed with the pk of the page's object (none on a desk)."""

    slot: str
    key: str
    title: Any
    url_name: str
    permission: str
    order: int = 100


_panels: dict[str, dict[str, Panel]] = {}


def register(panel: Panel) -> None:
    """Add a panel to its slot; called in `AppConfig.ready()`."""
    _panels.setdefault(panel.slot, {})[panel.key] = panel


def panels_for(slot: str, allowed: Callable[[str], bool]) -> list[Panel]:
    """The panels of a slot that the person may see, in order."""
    found = (panel for panel in _panels.get(slot, {}).values() if allowed(panel.permission))
    return sorted(found, key=lambda panel: (panel.order, panel.key))
