"""The states of an approval as tables, and who may decide a step. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PENDING, RETURNED, APPROVED, REJECTED, WITHDRAWN = "pending", "returned", "approved", "rejected", "withdrawn"

#: (state of the request, verb) -> next state; "pending" after approve means that a further step opens
TRANSITIONS: dict[tuple[str, str], str] = {
    (PENDING, "approve"): PENDING,
    (PENDING, "approve_last"): APPROVED,
    (PENDING, "return"): RETURNED,
    (PENDING, "reject"): REJECTED,
    (PENDING, "withdraw"): WITHDRAWN,
    (RETURNED, "resubmit"): PENDING,
    (RETURNED, "withdraw"): WITHDRAWN,
}
#: what becomes of the step that is decided
STEP_AFTER = {"approve": "approved", "return": "returned", "reject": "rejected"}
FINAL = (APPROVED, REJECTED, WITHDRAWN)


def next_state(state: str, verb: str, last_step: bool = False) -> str | None:
    """The state after `verb`, None where the table knows no such transition."""
    return TRANSITIONS.get((state, "approve_last" if verb == "approve" and last_step else verb))


@dataclass(frozen=True)
class Seat:
    """One post in which a person could decide: who holds it (`holder`), who would act in it (`person`)."""

    person: int
    holder: int
    post: str
    court: int
    division: int | None


@dataclass(frozen=True)
class Place:
    """Who must decide a step: a post in a court, in one division of it, or one named holder of it."""

    post: str
    court: int
    division: int | None
    holder: int | None


def fits(seat: Seat, place: Place) -> bool:
    """Is this seat the one that the step names?"""
    return (
        seat.post == place.post
        and seat.court == place.court
        and (place.division is None or seat.division == place.division)
        and (place.holder is None or seat.holder == place.holder)
    )


def barred(seat: Seat, asker: int, earlier: Iterable[tuple[int, int]]) -> str:
    """Why this seat must not decide: "asker" on an own request (or in the asker's own seat), "twice" for whoever
    already decided in this round, in person or through a substitute. "" when nothing bars."""
    if asker in (seat.person, seat.holder):
        return "asker"
    used = {one for pair in earlier for one in pair}
    return "twice" if used & {seat.person, seat.holder} else ""
