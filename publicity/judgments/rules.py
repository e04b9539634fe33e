"""The states of a publication as a table, and the readiness checks as data. Pure functions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

AWAITED, REVIEW, CLEARANCE, READY = "awaited", "review", "clearance", "ready"
PUBLISHED, WITHDRAWN, DECIDING, WITHHELD = "published", "withdrawn", "deciding", "withheld"
HELD = "held"
OPEN = (AWAITED, REVIEW, CLEARANCE, READY, DECIDING)


@dataclass(frozen=True)
class Transition:
    """One act on a publication: from which states, to which, by which permission, under which guard."""

    name: str
    sources: tuple[str, ...]
    target: str
    permission: str
    guard: str = ""
    needs_reason: bool = False


TRANSITIONS: dict[str, Transition] = {
    row.name: row
    for row in (
        Transition("prepare", (AWAITED, REVIEW, WITHDRAWN), REVIEW, "judgments.prepare", "signed_text"),
        Transition("submit", (REVIEW,), CLEARANCE, "judgments.prepare", "reviewed"),
        Transition("accept", (CLEARANCE,), READY, "judgments.clear", "second_person"),
        Transition("return", (CLEARANCE, READY), REVIEW, "judgments.clear", "second_person", needs_reason=True),
        Transition("publish", (READY,), PUBLISHED, "judgments.publish", "ready"),
        Transition(
            "withhold", (AWAITED, REVIEW, CLEARANCE, READY, WITHDRAWN), WITHHELD, "judgments.withhold", "excluded"
        ),
        Transition(
            "ask_x5", (AWAITED, REVIEW, CLEARANCE, READY), DECIDING, "judgments.withhold", "opinion", needs_reason=True
        ),
        Transition("grant_x5", (DECIDING,), WITHHELD, "judgments.withhold", "approved"),
        Transition("refuse_x5", (DECIDING,), REVIEW, "judgments.withhold", "approved"),
        Transition("hold", (PUBLISHED,), HELD, "judgments.hold", "published", needs_reason=True),
        Transition("release", (HELD,), PUBLISHED, "judgments.withdraw", "held", needs_reason=True),
        Transition("withdraw", (PUBLISHED, HELD), WITHDRAWN, "judgments.withdraw", "withdrawal", needs_reason=True),
        Transition("reopen", (WITHHELD,), REVIEW, "judgments.withdraw", "reopening", needs_reason=True),
    )
}


def transition(name: str, state: str) -> Transition | None:
    """The transition of that name from a state; None where the table knows none. Unknown names raise KeyError."""
    row = TRANSITIONS[name]
    return row if state in row.sources else None


def possible(state: str) -> tuple[str, ...]:
    """Names of all transitions out of a state, in the order of the table."""
    return tuple(name for name, row in TRANSITIONS.items() if state in row.sources)


def fingerprint(text: str) -> tuple[str, str]:
    """SHA-256 and SM3 of a text, as hexadecimal."""
    raw = text.encode()
    return hashlib.sha256(raw).hexdigest(), hashlib.new("sm3", raw).hexdigest()


@dataclass(frozen=True)
class Replaced:
    """A replaced part of the original: `original[start:end]` became `replacement`."""

    start: int
    end: int
    replacement: str


def assembled(original: str, replaced: list[Replaced]) -> str:
    """The original with the parts replaced. Raises ValueError when they overlap or lie outside."""
    parts, at = [], 0
    for part in sorted(replaced, key=lambda one: one.start):
        if part.start < at or part.end > len(original) or part.end < part.start:
            raise ValueError(f"{part.start}..{part.end}")
        parts += [original[at : part.start], part.replacement]
        at = part.end
    return "".join([*parts, original[at:]])


def identical(original: str, published: str, replaced: list[Replaced]) -> bool:
    """Article 15: the published text is the original except for the replaced parts."""
    try:
        return assembled(original, replaced) == published
    except ValueError:
        return False
