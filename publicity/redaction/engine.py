"""redact(): from a judgment and what the record knows of the case to the text that may be published.

One pass. Every hit is found on the untouched original, overlaps are settled by rank and length, never by order,
and the result is put together once. See docs/publicity.md.
"""

from __future__ import annotations

import re

from publicity.redaction import exclusions, residual
from publicity.redaction.addresses import find_addresses
from publicity.redaction.census import category_of, take
from publicity.redaction.document import Judgment, parse
from publicity.redaction.folding import canon, plain
from publicity.redaction.head import Entry
from publicity.redaction.masks import assign, base, is_latin, spelled
from publicity.redaction.numbers import find_numbers
from publicity.redaction.packs import DEFAULT, Pack, get_pack
from publicity.redaction.statements import find_statements
from publicity.redaction.types import LEGAL, CaseFacts, Person, Result, Span

GAP = r"[\s\u3000·]{0,6}"
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
_CONTINUES = re.compile(r"[ \t\u3000]*\n+[ \t\u3000]*(?=[与和及、，。,；系称在于因是诉])")
_IN_FIRM = re.compile(r"[\u4e00-\u9fff]{0,4}(?:公司|厂|店|律师事务所|商行|超市|饭店)")
_ALIAS_CLAUSE = r"[（(，,](?:曾用名|又名|别名|化名|绰号|外号|乳名|小名)[:：为叫是]?[“\"‘]?{}[”\"’]?[)）]?"


def redact(text: str, case: CaseFacts | None = None, policy: str | Pack = DEFAULT) -> Result:
    """The redacted text with all hits, persons, reasons of article 4 and what is left over.

    `case` may be None: the parties are then read from the judgment's own head. Raises KeyError for an unknown policy.
    """
    pack = get_pack(policy) if isinstance(policy, str) else policy
    facts = case or CaseFacts()
    judgment = parse(text)
    folded = canon(text)
    people, organisations = take(judgment, folded, facts, pack)
    category = category_of(judgment, facts)
    assign(people, text, pack.numbering, pack.mark)
    named = _names(text, folded, people, organisations, judgment, pack)
    marks = [(span.start, person) for span, person in named if person]
    natural = [(e.start, e.end, e.kind != LEGAL) for e in judgment.entries]
    found = [span for span, _ in named]
    found += find_numbers(folded, text, pack)
    found += find_addresses(folded, text, pack, natural)
    found += find_statements(folded, text, pack, category, facts.cause or judgment.cause, people, marks)
    spans = settle(found)
    for person in people:
        person.count = sum(1 for span in spans if span.person == person.name and span.kind == "name")
    result = apply(text, spans)
    return Result(
        text=result,
        spans=tuple(spans),
        residual=residual.check(result, spans, people, pack),
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
    """Hits without overlap: lower rank wins, then the longer one, then the earlier one. Same input, same output, any order."""
    chosen: list[Span] = []
    taken: list[tuple[int, int]] = []
    for span in sorted(
        found, key=lambda s: (RANK.get(s.rule, 5 if s.kind != "name" else 6), s.start - s.end, s.start, s.rule)
    ):
        if span.end > span.start and not _overlaps(taken, span.start, span.end):
            _insert(taken, span.start, span.end)
            chosen.append(span)
    return sorted(chosen, key=lambda s: s.start)


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    at = _place(taken, start)
    return (at > 0 and taken[at - 1][1] > start) or (at < len(taken) and taken[at][0] < end)


def _insert(taken: list[tuple[int, int]], start: int, end: int) -> None:
    taken.insert(_place(taken, start), (start, end))


def _place(taken: list[tuple[int, int]], start: int) -> int:
    low, high = 0, len(taken)
    while low < high:
        middle = (low + high) // 2
        if taken[middle][0] < start:
            low = middle + 1
        else:
            high = middle
    return low


def pattern_of(spelling: str) -> str:
    """A spelling with blanks, line breaks and dots allowed between its letters."""
    if is_latin(spelling):
        return r"[\s·.]{1,4}".join(re.escape(word) for word in re.split(r"[\s·.]+", spelling) if word)
    return GAP.join(re.escape(letter) for letter in plain(canon(spelling)))


def _names(
    text: str, folded: str, people: list[Person], organisations: list[str], judgment: Judgment, pack: Pack
) -> list[tuple[Span, Person | None]]:
    """One pass over the text for all spellings at once, the longest first."""
    table: dict[str, tuple[Person | None, str]] = {}
    for organisation in organisations:
        if len(organisation) > 3:
            table[plain(canon(organisation))] = (None, organisation)
    for person in people:
        for spelling in person.spellings:
            key = plain(canon(spelling))
            if len(key) > 1 and key not in table:
                table[key] = (person, spelling)
    if not table:
        return []
    ordered = sorted(table, key=lambda key: (-len(key), key))
    pattern = re.compile("|".join(pattern_of(table[key][1]) for key in ordered))
    signed = next((section.start for section in judgment.sections if section.name == "signatures"), len(text))
    signers = {name for _, name in judgment.signatures}
    found: list[tuple[Span, Person | None]] = []
    for match in pattern.finditer(folded):
        named, written = table[plain(match[0])]
        found.append((_name_span(match, named, written, text, folded, signed, signers, pack), named))
    return found + _dropped_aliases(text, folded, people)


def _name_span(
    match: re.Match[str],
    person: Person | None,
    spelling: str,
    text: str,
    folded: str,
    signed: int,
    signers: set[str],
    pack: Pack,
) -> Span:
    start, end = match.span()
    shown = text[start:end]
    if person is None:
        return Span(start, end, shown, "name", "keep", shown, "organisation", "第十一条第（一）项", 0.99)
    in_signature = start >= signed and person.name in signers
    if not person.hidden or in_signature:
        rule, article = _why_kept(person)
        doubt = "与被隐去人员的角色冲突，请核对" if person.doubtful and not in_signature else ""
        return Span(start, end, shown, "name", "keep", shown, rule, article, 0.95, doubt, person.name)
    if spelling in person.dropped and _IN_FIRM.match(folded, end):
        return Span(
            start, end, shown, "name", "review", shown, person.rule, person.article, 0.4, "可能是企业字号", person.name
        )
    broken = _CONTINUES.match(text, end)
    if broken:
        end = broken.end()
    replacement = spelled(person, spelling, pack.mark)
    return Span(
        start,
        end,
        text[start:end],
        "name",
        "replace",
        replacement,
        person.rule,
        person.article,
        person.confidence,
        person.why if person.doubtful else "",
        person.name,
    )


def _why_kept(person: Person) -> tuple[str, str]:
    for who, rule, article in (
        ("judge", "judge_keep", "第十五条"),
        ("prosecutor", "prosecutor_keep", "第八条"),
        ("lawyer", "lawyer_keep", "第十一条第（二）项"),
        ("representative", "representative_keep", "第十一条第（一）项"),
        ("citizen_agent", "agent_keep", "第十一条第（二）项"),
    ):
        if who in person.who or person.kept_as == who:
            return rule, article
    return "party_keep", "第十一条第（一）项"


def _dropped_aliases(text: str, folded: str, people: list[Person]) -> list[tuple[Span, Person | None]]:
    """（绰号“大勇”） behind a hidden person goes as a whole; the nickname elsewhere becomes the person's replacement."""
    found: list[tuple[Span, Person | None]] = []
    for person in people:
        if not person.hidden:
            continue
        for alias in person.dropped:
            for match in re.finditer(_ALIAS_CLAUSE.format(re.escape(canon(alias))), folded):
                end = match.end() if match[0][0] in "（(" or match[0][-1] not in "）)" else match.end() - 1
                found.append(
                    (
                        Span(
                            match.start(),
                            end,
                            text[match.start() : end],
                            "name",
                            "delete",
                            "",
                            person.rule,
                            person.article,
                            0.95,
                            person=person.name,
                        ),
                        None,
                    )
                )
    return found


def entries_of(text: str) -> tuple[Entry, ...]:
    """The head's entries, for callers that only want the parties."""
    return parse(text).entries


__all__ = ["apply", "base", "entries_of", "pattern_of", "redact", "settle"]
