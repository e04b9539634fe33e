"""What a rule of legal time is: the typed form of the packs beside this file.

Nothing here counts days (see `deadlines.clocks.rules`) and nothing here reads files (see `deadlines.rulebook.reading`).
Several versions of one rule may exist, each with its own validity; the filing date of the case chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

CATEGORIES = frozenset({"civil", "criminal", "administrative", "enforcement", "compensation", "other"})
UNITS = frozenset({"hour", "day", "working_day", "month", "year"})
#: What people type for a unit in a file or on the command line, and what it means here.
UNIT_ALIASES: Mapping[str, str] = {
    **{unit: unit for unit in UNITS},
    **{f"{unit}s": unit for unit in UNITS},
    "h": "hour", "d": "day", "m": "month", "y": "year", "wd": "working_day",
    "working-day": "working_day", "working-days": "working_day", "working day": "working_day",
    "working days": "working_day", "workday": "working_day", "workdays": "working_day",
    "时": "hour", "小时": "hour", "日": "day", "天": "day", "工作日": "working_day", "个工作日": "working_day",
    "月": "month", "个月": "month", "年": "year",
}  # fmt: skip
GROUPS = frozenset({"limit", "service", "backward", "preservation", "appraisal", "publication"})
APPROVERS = frozenset(
    {
        "none", "court_president", "next_higher_court", "high_court", "spc", "court_ruling", "entrusting_court",
        "institution_head", "committee",
    }
)  # fmt: skip
#: posts that may decide a change of a limit
DECIDING_POSTS = frozenset(
    {"presiding_judge", "deputy_division_chief", "division_chief", "vice_president", "president"}
)
CONFIDENCES = frozenset({"verified", "likely", "uncertain", "suggested"})
LEVELS = ("info", "amber", "red", "critical", "overdue")


class RulebookError(Exception):
    """A pack is wrong; the message names file, entry and reason."""


class UnknownRule(RulebookError):
    """No rule of this id (`code` unknown), or no version in force on the day asked for (`code` not_in_force)."""

    def __init__(self, code: str, rule_id: str, filed: date | None = None) -> None:
        super().__init__(f"{rule_id}: {code}" + (f" on {filed}" if filed else ""))
        self.code = code
        self.rule_id = rule_id
        self.filed = filed


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time: `amount` of `unit` (hour, day, working_day, month, year)."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One article of one source; article "-" means that the document has no articles or its number is not known."""

    source: str
    article: str


@dataclass(frozen=True, slots=True)
class Source:
    """A law or judicial interpretation, with the short name used in citations."""

    id: str
    short_zh: str
    short_en: str
    title: str
    number: str
    in_force: str
    number_checked: bool


@dataclass(frozen=True, slots=True)
class Validity:
    """From the first to the last filing date the rule applies to; None is open."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether a case filed on `day` falls under the rule."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: Validity) -> bool:
        """Whether some day is covered by both."""
        starts_in_time = self.first is None or other.last is None or self.first <= other.last
        ends_in_time = other.first is None or self.last is None or other.first <= self.last
        return starts_in_time and ends_in_time


@dataclass(frozen=True, slots=True)
class EarlierNotice:
    """The shorter notice that an older rule asked for: `days` before expiry for cases filed up to `until`."""

    until: date
    days: int
    basis: Citation


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """One rung of extension: how long, by whom, how often, asked and decided how many days before expiry."""

    amount: Amount | None
    unit: str
    by: str
    times: int | None
    ask_before: int | None
    decide_before: int | None
    basis: Citation
    ground: str = ""
    asked_earlier: EarlierNotice | None = None
    offered: bool = True

    def ask_days(self, filed: date) -> int | None:
        """Days before the unrolled expiry by which to ask, by the rule in force for a case filed on `filed`."""
        if self.asked_earlier is not None and filed <= self.asked_earlier.until:
            return self.asked_earlier.days
        return self.ask_before


@dataclass(frozen=True, slots=True)
class Renewal:
    """A measure may be renewed: at most how long, asked for how many days before it lapses."""

    at_most: Amount
    ask_before: int
    basis: Citation


@dataclass(frozen=True, slots=True)
class Limit:
    """One period of law in one version: a trial limit or a service, backward, preservation … period."""

    id: str
    group: str
    name_zh: str
    name_en: str
    category: str
    procedure: str
    instance: str
    starts_from: str
    parts: tuple[Amount, ...]
    basis: tuple[Citation, ...]
    confidence: str
    rolls: bool = False
    rolls_unless_in_custody: bool = False
    criminal_months: bool = False
    before: bool = False
    hard: bool = False
    minimum: bool = False
    extensions: tuple[ExtensionRule, ...] = ()
    renewal: Renewal | None = None
    at_most: Amount | None = None
    max_occurrences: int | None = None
    safe_start: str = ""
    status: str = ""
    note_zh: str = ""
    note_en: str = ""
    valid: Validity = Validity()

    @property
    def unlimited(self) -> bool:
        """The law sets no length; such a clock has no due date."""
        return not self.parts

    def extension_after(self, granted: int) -> ExtensionRule | None:
        """The rung that the next request falls under when `granted` extensions were approved, or None at the end."""
        for rung in self.extensions:
            if not rung.offered:
                continue
            if rung.times is None or granted < rung.times:
                return rung
            granted -= rung.times
        return None


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which time is not counted: a deduction or a suspension."""

    id: str
    kind: str
    name_zh: str
    name_en: str
    applies_to: frozenset[str]
    effect: str
    basis: tuple[Citation, ...]
    confidence: str
    at_most: Amount | None = None
    after_days: int = 0
    starts: str = ""
    ends: str = ""
    instrument: str = ""
    grounds_zh: tuple[str, ...] = ()
    note_zh: str = ""
    note_en: str = ""
    valid: Validity = Validity()


@dataclass(frozen=True, slots=True)
class Conversion:
    """A change of procedure or a restart, and the day from which the new limit counts."""

    id: str
    name_zh: str
    name_en: str
    sources: frozenset[str]
    targets: frozenset[str]
    counts_from: str
    before_expiry: bool
    basis: tuple[Citation, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """Which fact ends the clock when a case ends in this way; several parties: the last of them."""

    id: str
    name_zh: str
    name_en: str
    ends_on: str
    basis: tuple[Citation, ...]
    confidence: str
    note_zh: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """One condition under which a running clock raises an alert."""

    id: str
    name_zh: str
    name_en: str
    level: str
    watch: str
    least: int | None
    most: int | None
    fraction: tuple[int, int] | None
    at_least_days_left: int | None
    every: int | None
    to: tuple[str, ...]
    basis: tuple[Citation, ...]
    group: str = ""
    category: str = ""
    in_custody: bool = False
    extension_pending: bool = False
    extendable: bool = False
    limit_days: tuple[int | None, int | None] = (None, None)
    grounds: frozenset[str] = frozenset()
    statutory_zh: str = ""
    statutory_en: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The articles that carry one step of a computation."""

    id: str
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Cap:
    """How often something may happen in one case."""

    id: str
    name_zh: str
    name_en: str
    at_most: int
    basis: tuple[Citation, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class NotDeductible:
    """What is often asked to be taken out and may not be, with the rule that closes the list."""

    id: str
    name_zh: str
    name_en: str
    basis: tuple[Citation, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class ApprovalPath:
    """The posts of this court that decide a kind of change, in their order."""

    id: str
    name_zh: str
    name_en: str
    posts: tuple[str, ...]
    basis: tuple[Citation, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class EventClock:
    """What one kind of docket entry (`on`), or a period that ended (`over`), does to the periods of a case of these
    types; see the pack for the words."""

    id: str
    on: str
    over: str
    only_if: str
    types: frozenset[str]
    starts: str
    stops: tuple[str, ...]
    counts_from: str
    party: bool
    effect: bool
    after_closing: bool
    final: bool


@dataclass(frozen=True, slots=True)
class HearingRule:
    """Which notice, gap or cap on adjournments a case has, and what else is due before a hearing.

    `limit` empty: the law sets none here. `appraised`: only where the case has an appraisal with its report.
    """

    id: str
    name_zh: str
    name_en: str
    basis: tuple[Citation, ...]
    confidence: str
    rule: str
    category: str
    procedures: frozenset[str]
    excepted: frozenset[str]
    appraised: bool
    limit: str
    cap: str
    note_zh: str = ""
    note_en: str = ""

    def fits(self, category: str, procedure: str) -> bool:
        """Whether a case of this category and procedure falls under it."""
        named = not self.procedures or procedure in self.procedures
        return category == self.category and named and procedure not in self.excepted


@dataclass(frozen=True, slots=True)
class LongPending:
    """One step of the long-pending ladder: calendar months, deductions not taken out."""

    id: str
    name_zh: str
    name_en: str
    applies_to: frozenset[str]
    months: int | None
    counted: str


@dataclass(frozen=True, slots=True)
class CaseClock:
    """The limit that starts with a case of these types and procedures, and the day it counts from."""

    id: str
    limit: str
    types: frozenset[str]
    procedures: frozenset[str]
    in_custody: bool | None
    counts_from: str
    counts_from_in_custody: str

    def fits(self, type_code: str, procedure: str, in_custody: bool) -> bool:
        """Whether every condition holds for such a case."""
        return (
            type_code in self.types
            and (not self.procedures or procedure in self.procedures)
            and (self.in_custody is None or self.in_custody is in_custody)
        )
