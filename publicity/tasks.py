"""Celery finds the tasks of this floor here."""

from publicity.reports.tasks import receive_reports

__all__ = ["receive_reports"]
