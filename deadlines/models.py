"""The tables of this floor, room by room."""

from deadlines.calendars.models import CalendarDay, CalendarVersion, CalendarYear, DaySource, YearStatus
from deadlines.clocks.models import (
    Clock,
    ClockExtension,
    ClockInterval,
    ClockRestart,
    ClockRole,
    ClockStatus,
    ExtensionStatus,
)
from deadlines.hearings.models import Adjournment, FeedToken, Hearing, HearingParticipant
from deadlines.scan.models import Alert, ScanRun

__all__ = [
    "Adjournment",
    "Alert",
    "CalendarDay",
    "CalendarVersion",
    "CalendarYear",
    "Clock",
    "ClockExtension",
    "ClockInterval",
    "ClockRestart",
    "ClockRole",
    "ClockStatus",
    "DaySource",
    "ExtensionStatus",
    "FeedToken",
    "Hearing",
    "HearingParticipant",
    "ScanRun",
    "YearStatus",
]
