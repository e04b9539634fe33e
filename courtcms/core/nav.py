"""The top navigation: each room adds its entry, a person sees those that the permission map opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NavItem:
    """One entry; `prefix` is the start of the paths on which it is shown as current."""

    key: str
    title: Any
    url_name: str
    permission: str
    prefix: str
    order: int = 100


_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add an entry; called in `AppConfig.ready()`."""
    _items[item.key] = item


def items_for(allowed: Callable[[str], bool]) -> list[NavItem]:
    """The entries that the person may open, in order. An empty permission is open to everyone signed in."""
    found = (item for item in _items.values() if not item.permission or allowed(item.permission))
    return sorted(found, key=lambda item: (item.order, item.key))
