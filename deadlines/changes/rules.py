"""The states of a change as a table, and when an application is late. Pure functions."""

from __future__ import annotations

from datetime import date

ASKED, CHIEF_OK, SENT_UP, DECIDED = "asked", "chief_ok", "sent_up", "decided"
RETURNED, REJECTED, WITHDRAWN = "returned", "rejected", "withdrawn"
OPEN = (ASKED, CHIEF_OK, SENT_UP, RETURNED)
FINAL = (DECIDED, REJECTED, WITHDRAWN)

#: (state, verb) -> next state
TRANSITIONS: dict[tuple[str, str], str] = {
    (ASKED, "chief_agrees"): CHIEF_OK,
    (ASKED, "decide"): DECIDED,
    (ASKED, "send_up"): SENT_UP,
    (CHIEF_OK, "decide"): DECIDED,
    (CHIEF_OK, "send_up"): SENT_UP,
    (SENT_UP, "decide"): DECIDED,
    (ASKED, "return"): RETURNED,
    (CHIEF_OK, "return"): RETURNED,
    (SENT_UP, "return"): RETURNED,
    (RETURNED, "resubmit"): ASKED,
    (ASKED, "reject"): REJECTED,
    (CHIEF_OK, "reject"): REJECTED,
    (SENT_UP, "reject"): REJECTED,
    (ASKED, "withdraw"): WITHDRAWN,
    (CHIEF_OK, "withdraw"): WITHDRAWN,
    (RETURNED, "withdraw"): WITHDRAWN,
}
#: approvers above this court: the request goes up as a letter
ABOVE = frozenset({"next_higher_court", "high_court", "spc"})
#: approvers outside the courts: this court can only record what they decided
OUTSIDE = frozenset({"institution_head", "committee"})


def next_state(state: str, verb: str) -> str | None:
    """The state after a verb; None where the table knows no such transition."""
    return TRANSITIONS.get((state, verb))


def is_late(asked_on: date, request_by: date | None) -> bool:
    """Asked after the last day of the lead time (15 days before expiry, 10 in administrative cases)."""
    return request_by is not None and asked_on > request_by


def path_of(kind: str, approver: str) -> str:
    """Which path of approval of the packs a change takes: by its kind, an extension by who approves it in law."""
    if kind != "extension":
        return kind
    if approver in ABOVE:
        return "higher_court"
    return "president" if approver == "court_president" else "court"


def extension_ground(limit_id: str, rung: int) -> str:
    """The id of a rung of extension as a ground: `civ_1st_ordinary#1` is the first one of that limit."""
    return f"{limit_id}#{rung}"
