"""Celery finds the tasks of this floor here."""

from deadlines.periods.tasks import settle_periods
from deadlines.scan.tasks import scan_catch_up, scan_daily, settle_calendar
from deadlines.subjects.tasks import watch_subjects

__all__ = ["scan_catch_up", "scan_daily", "settle_calendar", "settle_periods", "watch_subjects"]
