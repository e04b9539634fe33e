"""Reads the packs into a `Rulebook`, strictly: a mistake stops the program and names file, entry and reason.

The packs are the court's own data files in `packs/`; a change of law is a change there, with its validity,
never in code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cases.docket.kinds import kinds
from cases.intake.catalogue import case_types, procedures
from deadlines.rulebook.book import Rulebook
from deadlines.rulebook.entries import Entries, Entry, Raw
from deadlines.rulebook.rules import (
    APPROVERS,
    CATEGORIES,
    CONFIDENCES,
    DECIDING_POSTS,
    GROUPS,
    LEVELS,
    UNITS,
    Amount,
    ApprovalPath,
    Cap,
    CaseClock,
    Citation,
    ClosingRule,
    Conversion,
    EarlierNotice,
    EventClock,
    ExtensionRule,
    Ground,
    HearingRule,
    Limit,
    LongPending,
    NotDeductible,
    Renewal,
    Source,
    Step,
    Threshold,
)

#: procedures that the dictionary of this court does not have, but the law that the packs hold does
OF_BASIC_COURTS = ("fast_track", "small_claims")
PACKS = Path(__file__).with_name("packs")


@cache
def rulebook() -> Rulebook:
    """The court's rulebook, read once per process from `packs/`."""
    return read_packs(PACKS)


def read_packs(folder: Path) -> Rulebook:
    """Read every pack of a folder. Raises RulebookError naming file, entry and reason."""
    entries = Entries(folder)
    sources = {e.id: e.read(_source) for e in entries.of("source")}
    reader = _Reader(frozenset(sources), frozenset(e.id for e in entries.of("cap")))
    limits = [(e, e.read(reader.limit)) for group in sorted(GROUPS) for e in entries.of(group)]
    grounds = [(e, e.read(reader.ground)) for kind in ("deduction", "suspension") for e in entries.of(kind)]
    reader.limits = frozenset(limit.id for _, limit in limits)
    caps: list[Cap] = _all(entries, "cap", reader.cap_rule)
    refused: list[NotDeductible] = _all(entries, "not_deductible", lambda e: NotDeductible(**reader.named(e)))
    return Rulebook(
        version=entries.version,
        sources=sources,
        limits=_versions(limits),
        grounds=_versions(grounds),
        not_deductible={rule.id: (rule.name_zh, rule.name_en) for rule in refused},
        conversions=_by_id(_all(entries, "conversion", reader.conversion)),
        closings=_by_id(_all(entries, "closing", reader.closing)),
        caps={cap.id: cap.at_most for cap in caps},
        thresholds=_by_id(_all(entries, "threshold", reader.threshold)),
        steps=_by_id(_all(entries, "step", lambda e: Step(e.id, reader.basis(e)))),
        long_pending=_by_id(_all(entries, "long_pending", _long_pending)),
        events=_events(entries, limits, grounds),
        case_clocks=tuple(_all(entries, "case_clock", reader.case_clock)),
        approvals=_by_id(_all(entries, "approval", reader.approval)),
        cap_rules=_by_id(caps),
        event_clocks=tuple(_all(entries, "event_clock", reader.event_clock)),
        hearing_rules=tuple(_all(entries, "hearing_rule", reader.hearing_rule)),
        refused=_by_id(refused),
    )


def _all(entries: Entries, kind: str, reader: Callable[[Entry], Any]) -> list[Any]:
    return [entry.read(reader) for entry in entries.of(kind)]


def _by_id(rules: Iterable[Any]) -> dict[str, Any]:
    return {rule.id: rule for rule in rules}


def _events(
    entries: Entries, limits: list[tuple[Entry, Limit]], grounds: list[tuple[Entry, Ground]]
) -> dict[str, tuple[str, str]]:
    """Names of events; an event without a name would show its key to people, so it is an error."""
    names = {e.id: e.read(lambda e: (e.name("zh"), e.name("en"))) for e in entries.of("event")}
    used = [(entry, limit.starts_from) for entry, limit in limits]
    used += [(entry, event) for entry, ground in grounds for event in (ground.starts, ground.ends)]
    for entry, event in used:
        if event and event not in names:
            raise entry.wrong(f"the event {event!r} has no name in events.yaml")
    return names


class _Reader:
    """Turns raw entries into rules; knows which sources may be cited."""

    def __init__(self, sources: frozenset[str], caps: frozenset[str]) -> None:
        self._sources, self._caps = sources, caps
        self.limits: frozenset[str] = frozenset()  # filled once the limits are read; what is read later names them

    def case_clock(self, e: Entry) -> CaseClock:
        when, days = e.need("when"), {"filed_on", "received_on"}
        return CaseClock(
            id=e.id,
            limit=e.one_of(e.need("limit"), self.limits, "limit"),
            types=e.each_of(when.get("types"), case_types(), "case type"),
            procedures=e.each_of(when.get("procedures", ()), {*procedures(), *OF_BASIC_COURTS}, "procedure"),
            in_custody=when.get("in_custody"),
            counts_from=e.one_of(e.need("from"), days, "day"),
            counts_from_in_custody=e.one_of(e.raw.get("from_in_custody") or e.need("from"), days, "day"),
        )

    def event_clock(self, e: Entry) -> EventClock:
        known = {"event", "period_end"}
        starts, over = str(e.raw.get("starts", "")), str(e.raw.get("over", ""))
        if bool(over) == bool(e.raw.get("entry")):
            raise e.wrong("either 'entry' (a kind of docket entry) or 'over' (a period that ended) decides, not both")
        return EventClock(
            id=e.id,
            on=e.one_of(e.raw["entry"], {"registered", *kinds()}, "kind of docket entry") if not over else "",
            over=e.one_of(over, self.limits, "limit") if over else "",
            only_if=e.one_of(e.raw.get("if", "any"), {"any", "judged", "not_judged"}, "if"),
            types=e.each_of(e.need("types"), case_types(), "case type"),
            starts=e.one_of(starts, self.limits, "limit") if starts else "",
            stops=tuple(e.one_of(limit, self.limits, "limit") for limit in e.raw.get("stops") or ()),
            counts_from=e.one_of(e.raw.get("from", "event"), known, "day"),
            party=bool(e.raw.get("party")),
            effect=bool(e.raw.get("effect")),
            after_closing=bool(e.raw.get("after_closing")),
            final=bool(e.raw.get("final")),
        )

    def cap_rule(self, e: Entry) -> Cap:
        most = e.need("at_most")
        if isinstance(most, bool) or not isinstance(most, int) or most < 0:
            raise e.wrong(f"{most!r} is not a whole number")
        return Cap(**self.named(e), at_most=most)

    def cite(self, entry: Entry, pair: Any) -> Citation:
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[1], str) or not pair[1].strip():
            raise entry.wrong(f"an article is missing in {pair!r}")
        if pair[0] not in self._sources:
            raise entry.wrong(f"unknown source {pair[0]!r}")
        return Citation(str(pair[0]), str(pair[1]))

    def basis(self, entry: Entry, may_be_empty: bool = False) -> tuple[Citation, ...]:
        pairs = entry.raw.get("basis")
        if not pairs and not may_be_empty:
            raise entry.wrong("the article is missing: 'basis' is empty")
        return tuple(self.cite(entry, pair) for pair in pairs or [])

    def amount(self, entry: Entry, amount: Any, unit: Any) -> Amount:
        entry.one_of(unit, UNITS, "unit")
        if isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
            raise entry.wrong(f"{amount!r} is not a whole number of {unit}s")
        return Amount(amount, unit)

    def cap(self, entry: Entry) -> Amount | None:
        value = entry.raw.get("at_most")
        return self.amount(entry, *value) if value else None

    def limit(self, entry: Entry) -> Limit:
        scope, counts = entry.raw.get("for") or {}, entry.need("counts")
        if entry.raw["group"] == "limit":
            entry.one_of(scope.get("category"), CATEGORIES, "category")
        if "direction" in counts:
            entry.one_of(counts["direction"], {"before"}, "direction")
        if "months" in counts:
            entry.one_of(counts["months"], {"criminal"}, "way of counting months")
        rolls = entry.one_of(counts.get("rolls"), {"always", "never", "unless_in_custody"}, "rolls")
        return Limit(
            id=entry.id,
            group=entry.raw["group"],
            name_zh=entry.name("zh"),
            name_en=entry.name("en"),
            category=scope.get("category", ""),
            procedure=scope.get("procedure", ""),
            instance=scope.get("instance", ""),
            starts_from=str(counts.get("from", "")),
            parts=self.parts(entry, counts),
            basis=self.basis(entry),
            confidence=entry.one_of(entry.need("confidence"), CONFIDENCES, "confidence"),
            rolls=rolls == "always",
            rolls_unless_in_custody=rolls == "unless_in_custody",
            criminal_months=counts.get("months") == "criminal",
            before=counts.get("direction") == "before",
            hard=bool(counts.get("hard")),
            minimum=bool(counts.get("minimum")),
            extensions=tuple(self.extension(entry, raw) for raw in entry.raw.get("extensions") or []),
            renewal=self.renewal(entry),
            at_most=self.cap(entry),
            max_occurrences=counts.get("max_occurrences"),
            safe_start=counts.get("safe_start", ""),
            status=entry.raw.get("status", ""),
            note_zh=entry.note("zh"),
            note_en=entry.note("en"),
            valid=entry.valid(),
        )

    def parts(self, entry: Entry, counts: Raw) -> tuple[Amount, ...]:
        if counts.get("unlimited"):
            return ()
        pairs = counts.get("parts") or [[counts.get("amount"), counts.get("unit")]]
        return tuple(self.amount(entry, *pair) for pair in pairs)

    def extension(self, entry: Entry, raw: Raw) -> ExtensionRule:
        open_length = raw.get("amount") == "as_approved"
        earlier = raw.get("asked_earlier") or {}
        until = entry.day(earlier.get("until"))
        return ExtensionRule(
            amount=None if open_length else self.amount(entry, raw.get("amount"), raw.get("unit")),
            unit=entry.one_of(raw.get("unit"), UNITS, "unit"),
            by=entry.one_of(raw.get("by"), APPROVERS, "approver"),
            times=entry.number(raw, "times"),
            ask_before=entry.number(raw, "ask_before"),
            decide_before=entry.number(raw, "decide_before"),
            basis=self.cite(entry, raw.get("basis")),
            ground=raw.get("ground", ""),
            offered=raw.get("offered", True),
            asked_earlier=EarlierNotice(until, earlier["days"], self.cite(entry, earlier["basis"])) if until else None,
        )

    def renewal(self, entry: Entry) -> Renewal | None:
        raw = entry.raw.get("renewal")
        if not raw:
            return None
        return Renewal(self.amount(entry, *raw["at_most"]), int(raw["ask_before"]), self.cite(entry, raw["basis"]))

    def ground(self, entry: Entry) -> Ground:
        interval = entry.raw.get("interval") or {}
        applies = frozenset(entry.one_of(c, CATEGORIES, "category") for c in entry.need("applies_to"))
        return Ground(
            id=entry.id,
            kind=entry.raw["group"],
            name_zh=entry.name("zh"),
            name_en=entry.name("en"),
            applies_to=applies,
            effect=entry.one_of(entry.raw.get("effect", "stops"), {"stops", "restarts", "party_only"}, "effect"),
            basis=self.basis(entry),
            confidence=entry.one_of(entry.need("confidence"), CONFIDENCES, "confidence"),
            at_most=self.cap(entry),
            after_days=int(entry.raw.get("after_days", 0)),
            starts=interval.get("from", ""),
            ends=interval.get("to", ""),
            instrument=entry.raw.get("instrument", ""),
            grounds_zh=tuple(entry.raw.get("grounds") or ()),
            note_zh=entry.note("zh"),
            note_en=entry.note("en"),
            valid=entry.valid(),
        )

    def conversion(self, entry: Entry) -> Conversion:
        known = {"original_start", "decision", "file_returned", "case_received", "new_filing"}
        return Conversion(
            id=entry.id,
            name_zh=entry.name("zh"),
            name_en=entry.name("en"),
            sources=frozenset(entry.need("from")),
            targets=frozenset(entry.need("to")),
            counts_from=entry.one_of(entry.need("counts_from"), known, "counts_from"),
            before_expiry=bool(entry.raw.get("before_expiry")),
            basis=self.basis(entry),
            confidence=entry.one_of(entry.need("confidence"), CONFIDENCES, "confidence"),
        )

    def closing(self, entry: Entry) -> ClosingRule:
        return ClosingRule(
            id=entry.id,
            name_zh=entry.name("zh"),
            name_en=entry.name("en"),
            ends_on=str(entry.need("ends_on")),
            basis=self.basis(entry),
            confidence=entry.one_of(entry.need("confidence"), CONFIDENCES, "confidence"),
            note_zh=entry.note("zh"),
            note_en=entry.note("en"),
        )

    def named(self, entry: Entry) -> dict[str, Any]:
        """What every plain entry has: id, names, articles, confidence."""
        return {
            "id": entry.id,
            "name_zh": entry.name("zh"),
            "name_en": entry.name("en"),
            "basis": self.basis(entry),
            "confidence": entry.one_of(entry.need("confidence"), CONFIDENCES, "confidence"),
        }

    def approval(self, entry: Entry) -> ApprovalPath:
        posts = tuple(entry.one_of(post, DECIDING_POSTS, "post") for post in entry.need("posts"))
        return ApprovalPath(**self.named(entry), posts=posts)

    def hearing_rule(self, entry: Entry) -> HearingRule:
        when, rule = entry.need("when"), entry.one_of(entry.need("rule"), {"notice", "gap", "cap", "before"}, "rule")
        limit = entry.raw.get("limit", "none")
        return HearingRule(
            **self.named(entry),
            rule=rule,
            category=entry.one_of(when.get("category"), CATEGORIES, "category"),
            procedures=entry.each_of(when.get("procedures", ()), {*procedures(), *OF_BASIC_COURTS}, "procedure"),
            excepted=entry.each_of(when.get("except", ()), {*procedures(), *OF_BASIC_COURTS}, "procedure"),
            appraised=bool(when.get("appraised")),
            limit="" if limit == "none" else entry.one_of(limit, self.limits, "limit"),
            cap=entry.one_of(entry.need("cap"), self._caps, "cap") if rule == "cap" else "",
            note_zh=entry.note("zh"),
            note_en=entry.note("en"),
        )

    def threshold(self, entry: Entry) -> Threshold:
        only, span = entry.raw.get("only") or {}, entry.raw.get("between") or [None, None]
        statutory, at = entry.raw.get("statutory") or {}, entry.raw.get("at")
        watch = entry.one_of(entry.need("watch"), {"elapsed", "days_left", "working_days_left", "open_days"}, "watch")
        if (watch == "elapsed") != bool(at):
            raise entry.wrong("'at' is a fraction and belongs to watch: elapsed, 'between' to the others")
        return Threshold(
            id=entry.id,
            name_zh=entry.name("zh"),
            name_en=entry.name("en"),
            level=entry.one_of(entry.need("level"), LEVELS, "level"),
            watch=watch,
            least=span[0],
            most=span[1],
            fraction=(at[0], at[1]) if at else None,
            at_least_days_left=entry.raw.get("at_least_days_left"),
            every=entry.raw.get("every"),
            to=tuple(entry.need("to")),
            basis=self.basis(entry, may_be_empty=True),
            group=only.get("group", ""),
            category=only.get("category", ""),
            in_custody=bool(only.get("in_custody")),
            extension_pending=bool(only.get("extension_pending")),
            extendable=bool(only.get("extendable")),
            limit_days=tuple(only.get("limit_days") or (None, None)),
            grounds=frozenset(only.get("grounds") or ()),
            statutory_zh=statutory.get("zh", ""),
            statutory_en=statutory.get("en", ""),
        )


def _source(e: Entry) -> Source:
    short = e.need("short")
    return Source(e.id, short["zh"], short["en"], e.need("title"), str(e.need("number")), str(e.need("in_force")),
                  bool(e.raw.get("number_checked")))  # fmt: skip


def _long_pending(e: Entry) -> LongPending:
    return LongPending(e.id, e.name("zh"), e.name("en"), frozenset(e.need("applies_to")), e.raw.get("months"),
                       str(e.need("counted")))  # fmt: skip


def _versions(pairs: Iterable[tuple[Entry, Any]]) -> dict[str, tuple[Any, ...]]:
    """Group by id, oldest first; two versions in force on the same day are an error."""
    found: dict[str, list[tuple[Entry, Any]]] = {}
    for entry, rule in pairs:
        for other_entry, other in found.setdefault(rule.id, []):
            if rule.valid.overlaps(other.valid):
                raise entry.wrong(f"overlaps the validity of the entry of the same id in {other_entry.file}")
        found[rule.id].append((entry, rule))

    def first_day(rule: Any) -> date:
        return rule.valid.first or date.min

    return {key: tuple(sorted((rule for _, rule in rows), key=first_day)) for key, rows in found.items()}
