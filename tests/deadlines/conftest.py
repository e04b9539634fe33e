"""The calendar of the published schedules, for tests that need no database."""

import pytest

from deadlines.calendars.published import published_exceptions, published_years
from deadlines.calendars.rules import WorkCalendar


@pytest.fixture(scope="session")
def calendar():
    days = published_exceptions()
    return WorkCalendar(
        [d.day for d in days if not d.is_working], [d.day for d in days if d.is_working], published_years()
    )
