"""The tables of this floor, room by room."""

from deadlines.calendars.models import CalendarDay, CalendarVersion, CalendarYear, DaySource, YearStatus
from deadlines.changes.models import (
    ChangeKind,
    ChangeRequest,
    ChangeState,
    HigherLetter,
    LetterOutcome,
    LowerRequest,
    LowerState,
    PartyNotice,
)
from deadlines.clocks.models import (
    Clock,
    ClockExtension,
    ClockInterval,
    ClockRestart,
    ClockRole,
    ClockStatus,
    ExtensionStatus,
)
from deadlines.hearings.models import Adjournment, CourtHours, FeedToken, Hearing, HearingParticipant
from deadlines.longpending.models import BoardCell, BoardRefresh, SignalCell, WaitCell, Waiting
from deadlines.periods.models import EffectDate, EffectWhy
from deadlines.rulebook.models import TargetState, TargetVersion
from deadlines.scan.models import Alert, ClockTally, MissedRun, ScanRun
from deadlines.signals.models import Signal, SignalState

__all__ = [
    "SignalState",
    "Signal",
    "SignalCell",
    "MissedRun",
    "WaitCell",
    "Waiting",
    "BoardRefresh",
    "BoardCell",
    "ClockTally",
    "Adjournment",
    "Alert",
    "CalendarDay",
    "CalendarVersion",
    "CalendarYear",
    "ChangeKind",
    "ChangeRequest",
    "ChangeState",
    "Clock",
    "ClockExtension",
    "ClockInterval",
    "ClockRestart",
    "ClockRole",
    "ClockStatus",
    "CourtHours",
    "DaySource",
    "EffectDate",
    "EffectWhy",
    "ExtensionStatus",
    "FeedToken",
    "Hearing",
    "HearingParticipant",
    "HigherLetter",
    "LetterOutcome",
    "LowerRequest",
    "LowerState",
    "PartyNotice",
    "ScanRun",
    "TargetState",
    "TargetVersion",
    "YearStatus",
]
