"""When a clock stops: by the way the case ended, which of its dates counts (审限规定 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from deadlines.clocks.terms import Impossible, Problem
from deadlines.rulebook.rules import ClosingRule, Conversion


def closing_date(rule: ClosingRule, facts: Mapping[str, Sequence[date]]) -> date:
    """The day on which the clock stops: of several parties the last.

    `facts` maps what happened (pronounced, served, posted, notice_published …) to its dates. The day of signing or of
    receipt does not matter unless the rule names it. Raises Impossible when the fact the rule needs is missing.
    """
    days = facts.get(rule.ends_on)
    if not days:
        raise Impossible([Problem("closing_fact_missing", rule.ends_on, {"rule": rule.id, "fact": rule.ends_on})])
    return max(days)


def in_time(closed: date, legal_due: date) -> bool:
    """Whether a clock that stopped on `closed` kept its legal due date; the due day itself is in time."""
    return closed <= legal_due


def converted_start(rule: Conversion, original_start: date, event: date) -> date:
    """The day whose morrow the new limit counts from: the original filing, or the event that restarts it.

    Civil and administrative changes of procedure count on from the original filing (民诉解释 258, 行诉解释 105);
    criminal ones, supplementary investigation, remand and change of court begin anew (刑诉解释 368, 376, 刑诉法 208).
    """
    return original_start if rule.counts_from == "original_start" else event
