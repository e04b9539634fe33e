"""A new calendar year owes a recomputation: noted as a row, begun by a task as soon as the act is committed."""

from __future__ import annotations

from django.db import transaction

from deadlines.calendars.events import CalendarChanged
from deadlines.scan.tasks import settle_calendar


def owe_recomputation(event: CalendarChanged) -> None:
    """The row says what is owed (`CalendarYear.recompute_owed`); the hourly catch-up finds it even if no task runs."""
    transaction.on_commit(lambda: settle_calendar.delay(event.year), robust=True)
