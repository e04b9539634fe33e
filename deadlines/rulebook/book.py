"""The rulebook: all packs of one version, with the choice of the version in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from deadlines.rulebook.rules import (
    ApprovalPath,
    Cap,
    CaseClock,
    Citation,
    ClosingRule,
    Conversion,
    EventClock,
    Ground,
    HearingRule,
    Limit,
    LongPending,
    NotDeductible,
    Source,
    Step,
    Threshold,
    UnknownRule,
    Validity,
)

_Versioned = TypeVar("_Versioned", Limit, Ground)
_ALWAYS = Validity()


class Rulebook:
    """All packs of one version, read once; every look-up is a dictionary access."""

    def __init__(
        self,
        version: str,
        sources: Mapping[str, Source],
        limits: Mapping[str, tuple[Limit, ...]],
        grounds: Mapping[str, tuple[Ground, ...]],
        not_deductible: Mapping[str, tuple[str, str]],
        conversions: Mapping[str, Conversion],
        closings: Mapping[str, ClosingRule],
        caps: Mapping[str, int],
        thresholds: Mapping[str, Threshold],
        steps: Mapping[str, Step],
        long_pending: Mapping[str, LongPending],
        events: Mapping[str, tuple[str, str]],
        case_clocks: tuple[CaseClock, ...],
        approvals: Mapping[str, ApprovalPath] = MappingProxyType({}),
        cap_rules: Mapping[str, Cap] = MappingProxyType({}),
        refused: Mapping[str, NotDeductible] = MappingProxyType({}),
        event_clocks: tuple[EventClock, ...] = (),
        hearing_rules: tuple[HearingRule, ...] = (),
    ) -> None:
        self.version = version
        self.sources = sources
        self.limits = limits
        self.grounds = grounds
        self.not_deductible = not_deductible
        self.conversions = conversions
        self.closings = closings
        self.caps = caps
        self.thresholds = thresholds
        self.steps = steps
        self.long_pending = long_pending
        self.events = events
        self.case_clocks = case_clocks
        self.approvals = approvals
        self.cap_rules = cap_rules
        self.refused = refused
        self.event_clocks = event_clocks
        self.hearing_rules = hearing_rules

    def limit(self, limit_id: str, filed: date | None = None) -> Limit:
        """The version of a limit in force for a case filed on `filed` (the latest when not given).

        Raises UnknownRule when there is no such id, or none of its versions covers the day.
        """
        versions = self.limits.get(limit_id)
        if versions is None:
            raise UnknownRule("limit_unknown", limit_id)
        return self._in_force(versions, limit_id, filed)

    def ground(self, ground_id: str, filed: date | None = None) -> Ground:
        """The version of a deduction or suspension ground for a case filed on `filed`; raises UnknownRule."""
        versions = self.grounds.get(ground_id)
        if versions is None:
            raise UnknownRule("ground_unknown", ground_id)
        return self._in_force(versions, ground_id, filed)

    @staticmethod
    def _in_force(versions: tuple[_Versioned, ...], rule_id: str, filed: date | None) -> _Versioned:
        if filed is None or len(versions) == 1 and versions[0].valid == _ALWAYS:
            return versions[-1]
        for version in versions:
            if version.valid.covers(filed):
                return version
        raise UnknownRule("not_in_force", rule_id, filed)

    def clock_of_case(self, type_code: str, procedure: str, in_custody: bool) -> CaseClock | None:
        """Which clock starts with a case; None when the law sets no limit for its type."""
        fitting = (rule for rule in self.case_clocks if rule.fits(type_code, procedure, in_custody))
        return next(fitting, None)

    def hearing_rule(self, rule: str, category: str, procedure: str) -> HearingRule | None:
        """The notice, gap or cap rule for hearings of such a case; None when the law has none."""
        fitting = (found for found in self.hearing_rules if found.rule == rule and found.fits(category, procedure))
        return next(fitting, None)

    def iter_limits(self) -> Iterator[Limit]:
        """The latest version of every limit, in the order of the packs."""
        return (versions[-1] for versions in self.limits.values())

    def cite(self, citation: Citation, language: str = "zh") -> str:
        """A citation as people write it: 民诉法第152条, Civil Procedure Law art. 152."""
        source = self.sources[citation.source]
        if language == "zh":
            return source.short_zh if citation.article == "-" else f"{source.short_zh}第{citation.article}条"
        return source.short_en if citation.article == "-" else f"{source.short_en} art. {citation.article}"
