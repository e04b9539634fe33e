"""What preservation tells higher rooms; clocks start and stop by these."""

from dataclasses import dataclass
from datetime import date, datetime

from courtcms.core.events import Event


@dataclass(frozen=True)
class PreservationApplied(Event):
    """An application came in; `limit_id` is the period for ruling on it."""

    application_id: int
    case_id: int
    limit_id: str
    received_at: datetime


@dataclass(frozen=True)
class PreservationRuled(Event):
    """The court ruled, or the application was withdrawn."""

    application_id: int
    case_id: int
    granted: bool
    on: date


@dataclass(frozen=True)
class MeasureTaken(Event):
    """A measure was taken; `first` of its application, `pre_suit` when suit must follow."""

    measure_id: int
    application_id: int
    case_id: int
    limit_id: str
    taken_on: date
    first: bool
    pre_suit: bool
    ordered_amount: int | None = None
    ordered_unit: str = ""


@dataclass(frozen=True)
class MeasureRenewed(Event):
    """A measure was renewed in time; its period runs anew from this day."""

    measure_id: int
    case_id: int
    limit_id: str
    renewed_on: date
    ordered_amount: int | None = None
    ordered_unit: str = ""


@dataclass(frozen=True)
class MeasureOver(Event):
    """A measure was lifted, or lapsed by itself."""

    measure_id: int
    application_id: int
    case_id: int
    on: date
    lapsed: bool
    last: bool


@dataclass(frozen=True)
class SuitFollowed(Event):
    """After preservation before suit the applicant sued, or applied for arbitration."""

    application_id: int
    case_id: int
    on: date
