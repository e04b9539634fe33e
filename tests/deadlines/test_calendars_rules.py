"""The working-day calendar, against a day-by-day count and the days people ask about."""

from datetime import date, timedelta
from timeit import timeit

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendars.rules import OutOfCalendar, WorkCalendar

DAYS = st.dates(date(2013, 1, 1), date(2027, 12, 31))


def test_agrees_with_the_published_schedules_on_every_day(calendar):
    day = date(2004, 1, 1)
    while day < date(2027, 1, 1):
        assert calendar.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # a make-up Saturday before New Year
        (date(2026, 2, 28), True),  # and one after it
        (date(2026, 2, 21), False),  # a Saturday inside the holiday
        (date(2026, 10, 10), True),
        (date(2025, 9, 28), True),
        (date(2025, 10, 11), True),
        (date(2026, 11, 28), False),  # a plain Saturday
    ],
)
def test_make_up_days(calendar, day, works):
    assert calendar.is_working_day(day) is works


def test_rolls_over_the_whole_holiday(calendar):
    assert calendar.roll(date(2025, 10, 1)) == date(2025, 10, 9)
    assert calendar.roll(date(2026, 2, 15)) == date(2026, 2, 24)
    assert calendar.roll_back(date(2026, 2, 23)) == date(2026, 2, 14)


@given(day=DAYS, number=st.integers(1, 120))
def test_adding_working_days_counts_one_by_one(calendar, day, number):
    expected, left = day, number
    while left:
        expected += timedelta(days=1)
        left -= calendar.is_working_day(expected)
    assert calendar.add_working_days(day, number) == expected
    assert calendar.count_working_days(day, expected) == number


@given(day=DAYS)
def test_rolling_never_passes_a_working_day(calendar, day):
    later, earlier = calendar.roll(day), calendar.roll_back(day)
    assert earlier <= day <= later
    assert all(not calendar.is_working_day(day + timedelta(days=n)) for n in range((later - day).days))
    assert calendar.is_working_day(later) and calendar.is_working_day(earlier)


def test_years_without_a_schedule_are_provisional(calendar):
    assert not calendar.is_provisional(2026)
    assert calendar.is_provisional(2027)


def test_a_day_cannot_be_both(calendar):
    with pytest.raises(ValueError, match="2026-05-01"):
        WorkCalendar([date(2026, 5, 1)], [date(2026, 5, 1)], [2026])


def test_outside_its_years_it_says_so(calendar):
    with pytest.raises(OutOfCalendar):
        calendar.roll(date(1980, 1, 1))


def test_thirty_working_days_cost_well_under_a_page(calendar):
    start = date(2025, 1, 6).toordinal()
    assert timeit(lambda: calendar.add_ordinal(start, 30), number=10_000) < 0.1  # 10 µs each would already be slow
