"""What appraisals tell higher rooms. Ids and days only; clocks start, stop and pause by these."""

from dataclasses import dataclass
from datetime import date

from courtcms.core.events import Event


@dataclass(frozen=True)
class AppraisalEntrusted(Event):
    """The letter of entrustment went out: from this day the time of the appraisal may be taken out of the trial."""

    entrustment_id: int
    case_id: int
    entrusted_on: date


@dataclass(frozen=True)
class AppraisalStarted(Event):
    """The limit of the appraisal itself begins: with the letter, or with the materials, by its kind."""

    entrustment_id: int
    case_id: int
    limit_id: str
    started_on: date


@dataclass(frozen=True)
class AppraisalOver(Event):
    """The report was received, or the entrustment withdrawn or terminated."""

    entrustment_id: int
    case_id: int
    on: date
    document: str


@dataclass(frozen=True)
class SupplementAllowed(Event):
    """The institution waits for more material from this day."""

    request_id: int
    entrustment_id: int
    case_id: int
    asked_on: date
    document: str


@dataclass(frozen=True)
class SupplementHandedOver(Event):
    """What was asked for was handed over on this day."""

    request_id: int
    entrustment_id: int
    case_id: int
    supplied_on: date
    document: str


@dataclass(frozen=True)
class ExtensionGranted(Event):
    """The court gave the institution more time."""

    request_id: int
    entrustment_id: int
    case_id: int
    amount: int
    unit: str
    asked_on: date
    decided_on: date
    document: str
    reason: str
    granted_by: str
