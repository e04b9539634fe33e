"""Domain events: how a lower room tells higher rooms what happened, without knowing them.

Handlers run at once and in the same transaction; a handler that fails fails the act.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True)
class Event:
    """Base of all events: frozen dataclasses that carry ids and dates, never model instances."""


E = TypeVar("E", bound=Event)
_handlers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Call `handler` for each event of `kind`; registering twice counts once. Called in `AppConfig.ready()`."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def publish(event: Event) -> None:
    """Hand the event to its handlers, in the order in which they registered."""
    for handler in _handlers[type(event)]:
        handler(event)
