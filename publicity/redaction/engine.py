"""redact(): from a judgment and what the record knows of the case to the text that may be published.

One pass. Every hit is found on the untouched original, overlaps are settled by rank and length, never by order,
and the result is put together once. See docs/publicity.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace

from publicity.redaction import exclusions, residual
from publicity.redaction.addresses import find_addresses
from publicity.redaction.census import category_of, take
from publicity.redaction.document import parse
from publicity.redaction.head import Entry
from publicity.redaction.masks import assign, base
from publicity.redaction.names import find_names, pattern_of
from publicity.redaction.numbers import Window, find_numbers
from publicity.redaction.packs import DEFAULT, Pack, get_pack
from publicity.redaction.statements import find_statements
from publicity.redaction.types import LEGAL, CaseFacts, Result, Span

_WORTH = re.compile(r"[0-9A-Za-z０-９\u4e00-\u9fff]")
# Who wins where hits overlap: what protects, then sentences that go as a whole, then numbers, then names.
RANK = {
    "case_no_keep": 0,
    "uscc": 1,
    "org_code": 1,
    "lawyer_licence": 1,
    "tech_investigation": 2,
    "trade_secret": 3,
    "id18": 4,
    "money_keep": 8,
    "disputed_home": 9,
}


def redact(text: str, case: CaseFacts | None = None, policy: str | Pack = DEFAULT) -> Result:
    """The redacted text with all hits, persons, reasons of article 4 and what is left over.

    `case` may be None: the parties are then read from the judgment's own head. Raises KeyError for an unknown policy.
    """
    pack = get_pack(policy) if isinstance(policy, str) else policy
    facts = case or CaseFacts()
    judgment = parse(text)
    folded = judgment.folded
    people, organisations = take(judgment, folded, facts, pack)
    category = category_of(judgment, facts)
    assign(people, text, pack.numbering, pack.mark)
    named = find_names(text, folded, people, organisations, judgment, pack)
    marks = [(span.start, person) for span, person in named if person]
    natural = [(e.start, e.end, e.kind != LEGAL) for e in judgment.entries]
    found = [span for span, _ in named]
    quiet: set[Window] = set()
    found += find_numbers(folded, text, pack, quiet)
    found += find_addresses(folded, text, pack, natural)
    found += find_statements(folded, text, pack, category, facts.cause or judgment.cause, people, marks)
    spans = settle(found)
    counted = Counter(span.person for span in spans if span.kind == "name")
    for person in people:
        person.count = counted[person.name]
    result = apply(text, spans)
    return Result(
        text=result,
        spans=tuple(spans),
        residual=residual.check(result, spans, people, pack, quiet),
        persons=tuple(sorted((p for p in people if p.count or p.hidden), key=lambda p: p.first)),
        exclusions=exclusions.find(judgment, facts, people, category),
        policy=pack.id,
    )


def apply(text: str, spans: list[Span] | tuple[Span, ...]) -> str:
    """The text with each span replaced. Spans must not overlap."""
    parts, at = [], 0
    for span in sorted(spans, key=lambda one: one.start):
        parts += [text[at : span.start], span.replacement]
        at = span.end
    return "".join([*parts, text[at:]])


def settle(found: list[Span]) -> list[Span]:
    """Hits without overlap: lower rank wins, then the longer one, then the earlier one, in whatever order they come."""
    chosen: list[Span] = []
    starts: list[int] = []
    ends: list[int] = []
    for span in sorted(found, key=_precedence):
        at = bisect_left(starts, span.start)
        free = (at == 0 or ends[at - 1] <= span.start) and (at == len(starts) or starts[at] >= span.end)
        if free and span.end > span.start:
            parts = [span]
        elif span.action == "delete":  # two clauses share a comma: what the first one left still goes
            parts = _rest(span, starts, ends)
        else:
            continue
        for part in parts:
            at = bisect_left(starts, part.start)
            starts.insert(at, part.start)
            ends.insert(at, part.end)
            chosen.append(part)
    return sorted(chosen, key=lambda s: s.start)


def _precedence(span: Span) -> tuple[int, int, int, str]:
    rank = RANK.get(span.rule) if span.rule in RANK else 6 if span.kind == "name" else 5
    return rank or 0, span.start - span.end, span.start, span.rule


def _rest(span: Span, starts: list[int], ends: list[int]) -> list[Span]:
    """The parts of a deletion that nothing else has taken, mere punctuation left out."""
    parts, at = [], span.start
    for index in range(max(0, bisect_left(starts, span.start) - 1), len(starts)):
        if starts[index] >= span.end:
            break
        parts.append((at, max(at, starts[index])))
        at = max(at, ends[index])
    parts.append((at, max(at, span.end)))
    texts = ((left, right, span.text[left - span.start : right - span.start]) for left, right in parts)
    return [replace(span, start=left, end=right, text=text) for left, right, text in texts if _WORTH.search(text)]


def entries_of(text: str) -> tuple[Entry, ...]:
    """The head's entries, for callers that only want the parties."""
    return parse(text).entries


__all__ = ["apply", "base", "entries_of", "pattern_of", "redact", "settle"]
