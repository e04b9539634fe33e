"""The states of a change as a table, and when an application is late. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


#: posts of a court from the bench upwards; a change is never decided below the one who asks
LADDER = ("judge", "presiding_judge", "deputy_division_chief", "division_chief", "vice_president", "president")


def deciding_posts(path: Sequence[str], own: Iterable[str]) -> tuple[str, ...]:
    """The posts of `path` that decide when people with the posts `own` ask for it or have the case in charge.

    Posts at or below theirs fall away; when none is left, the next post above decides. For the president, above whom
    this court has nobody, the vice president decides in the president's place (法院组织法 art. 41).
    """
    highest = max((LADDER.index(post) for post in own if post in LADDER), default=0)
    left = tuple(post for post in path if post not in LADDER or LADDER.index(post) > highest)
    if left:
        return left
    above = max(highest, LADDER.index("division_chief")) + 1
    return (LADDER[above],) if above < len(LADDER) else ("vice_president",)


def counted_together(spans: Sequence[tuple[date, date]], days: Sequence[date]) -> int:
    """Adjourned hearings as (from, next hearing) and first days of deductions: each deduction that begins within the
    span of a hearing is that adjournment and not another one."""
    open_spans, extra = sorted(spans), 0
    for day in days:
        found = next((span for span in open_spans if span[0] <= day <= span[1]), None)
        if found is None:
            extra += 1
        else:
            open_spans.remove(found)
    return len(spans) + extra
