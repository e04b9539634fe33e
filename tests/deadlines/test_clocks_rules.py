"""Counting: the rules one by one, and all of them against a count that walks day by day."""

import random
from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.clocks.arithmetic import parse_amount
from deadlines.clocks.closing import converted_start
from deadlines.clocks.quick import due_days
from deadlines.clocks.rules import compute
from deadlines.clocks.terms import Excluded, Impossible, Question, Restart
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Amount

D = date.fromisoformat


def ask(calendar, limit_id, start, **rest):
    return compute(Question(rulebook().limit(limit_id), start, **rest), rulebook(), calendar)


def keys(answer):
    return [step.key for step in answer.steps]


def test_a_criminal_month_end_stays_a_month_end_and_a_civil_one_does_not(calendar):
    assert ask(calendar, "crim_2nd", D("2025-02-28")).unrolled == D("2025-04-30")
    assert ask(calendar, "civ_2nd_judgment", D("2025-02-28")).unrolled == D("2025-05-28")


def test_a_month_without_the_day_ends_on_its_last(calendar):
    assert ask(calendar, "civ_1st_ordinary", D("2025-08-31")).unrolled == D("2026-02-28")


def test_extensions_count_from_the_start_not_from_the_first_expiry(calendar):
    answer = ask(calendar, "civ_1st_ordinary", D("2025-08-31"), extensions=(Amount(6, "month"),))
    assert answer.unrolled == D("2026-08-31")


def test_an_interval_beyond_the_maximum_of_its_ground_is_cut(calendar):
    out = (Excluded(D("2025-03-03"), D("2025-05-03"), "ded_adjournment"),)
    answer = ask(calendar, "civ_1st_ordinary", D("2025-02-10"), excluded=out)
    assert answer.unrolled == D("2025-08-10") + timedelta(days=31)  # 3 March to 3 April
    assert "excluded_capped" in keys(answer)


def test_an_interval_before_the_start_counts_only_from_the_first_day(calendar):
    out = (Excluded(D("2025-01-01"), D("2025-02-20"), "ded_appraisal"),)
    answer = ask(calendar, "civ_1st_ordinary", D("2025-02-10"), excluded=out)
    assert answer.unrolled == D("2025-08-10") + timedelta(days=9)  # 11 to 19 February


def test_an_interval_that_begins_after_expiry_cannot_save_the_case(calendar):
    out = (Excluded(D("2025-09-01"), D("2025-12-01"), "ded_appraisal"),)
    answer = ask(calendar, "civ_1st_ordinary", D("2025-02-10"), excluded=out)
    assert answer.unrolled == D("2025-08-10")
    assert "excluded_late" in keys(answer)


def test_an_interval_that_only_an_earlier_one_keeps_in_time_counts(calendar):
    out = (
        Excluded(D("2025-04-01"), D("2025-07-01"), "ded_appraisal"),  # 91 days: due 2025-11-09
        Excluded(D("2025-09-01"), D("2025-09-11"), "ded_notice"),
    )
    answer = ask(calendar, "civ_1st_ordinary", D("2025-02-10"), excluded=out)
    assert answer.unrolled == D("2025-08-10") + timedelta(days=101)


def test_an_open_interval_pauses_the_clock_and_keeps_the_days_that_remain(calendar):
    out = (Excluded(D("2025-08-01"), None, "sus_civil"),)
    answer = ask(calendar, "civ_1st_ordinary", D("2025-02-10"), excluded=out)
    assert (answer.due, answer.paused, answer.remaining) == (None, True, 9)


def test_an_open_interval_with_a_maximum_ends_there(calendar):
    out = (Excluded(D("2025-03-03"), None, "ded_adjournment"),)
    during = ask(calendar, "civ_1st_ordinary", D("2025-02-10"), excluded=out, as_of=D("2025-03-20"))
    after = ask(calendar, "civ_1st_ordinary", D("2025-02-10"), excluded=out, as_of=D("2025-04-03"))
    assert during.due == after.due == D("2025-09-10")
    assert (during.paused, during.resumes_on) == (True, D("2025-04-03"))
    assert not after.paused


def test_custody_keeps_the_last_day_and_bail_moves_it(calendar):
    assert ask(calendar, "crim_1st_public", D("2025-08-05"), in_custody=True).due == D("2025-10-05")
    assert ask(calendar, "crim_1st_public", D("2025-08-05"), in_custody=False).due == D("2025-10-09")
    held = ask(calendar, "crim_1st_private_free", D("2025-04-04"), in_custody=True)
    assert held.due == held.unrolled == D("2025-10-04")  # a criminal limit never rolls while anyone is held


def test_a_restart_counts_anew_and_keeps_the_history(calendar):
    answer = ask(
        calendar, "crim_1st_public", D("2025-01-06"), in_custody=True,
        restarts=(Restart(D("2025-03-18"), "cnv_crim_supp"),),
        excluded=(Excluded(D("2025-01-20"), D("2025-02-01"), "ded_psychiatric"),),
    )  # fmt: skip
    assert answer.due == D("2025-05-18")
    assert keys(answer)[:2] == ["start", "restart"]


def test_which_day_a_converted_limit_counts_from():
    book = rulebook()
    civil, criminal = book.conversions["cnv_civ_simplified_ordinary"], book.conversions["cnv_crim_summary_ordinary"]
    assert converted_start(civil, D("2025-01-06"), D("2025-03-20")) == D("2025-01-06")
    assert converted_start(criminal, D("2025-01-06"), D("2025-01-20")) == D("2025-01-20")


def test_the_full_hour_itself_is_not_counted(calendar):
    assert ask(calendar, "prv_decide_pre_suit", datetime(2026, 3, 2, 9, 0)).due == datetime(2026, 3, 4, 10, 0)


def test_a_limit_the_law_leaves_open_has_no_due_date(calendar):
    answer = ask(calendar, "civ_foreign_related", D("2025-01-06"))
    assert answer.due is None and keys(answer) == ["unlimited"]


def test_a_date_that_hangs_on_an_unpublished_year_says_so(calendar):
    assert ask(calendar, "civ_1st_ordinary", D("2026-08-10")).provisional
    assert not ask(calendar, "civ_1st_ordinary", D("2026-02-10")).provisional
    assert ask(calendar, "apr_cost", D("2026-11-20")).provisional


def test_the_day_to_ask_is_taken_from_the_unrolled_date(calendar):
    answer = ask(calendar, "adm_1st", D("2025-04-01"))
    assert answer.request_by == D("2025-09-21") and answer.due == D("2025-10-09")


def test_after_the_last_rung_nothing_can_be_asked(calendar):
    used = (Amount(6, "month"), Amount(3, "month"))
    assert ask(calendar, "civ_1st_ordinary", D("2025-01-15"), extensions=used).request_by is None


def test_every_problem_is_told_at_once(calendar):
    out = (
        Excluded(D("2025-05-03"), D("2025-03-03"), "ded_appraisal"),
        Excluded(D("2025-05-03"), D("2025-06-03"), "nd_service"),
        Excluded(D("2025-05-03"), D("2025-06-03"), "ded_psychiatric"),
        Excluded(D("2025-05-03"), D("2025-06-03"), "no_such_ground"),
    )
    with pytest.raises(Impossible) as caught:
        ask(calendar, "civ_1st_ordinary", D("2025-02-10"), excluded=out, extensions=(Amount(-1, "month"),))
    assert [problem.code for problem in caught.value.problems] == [
        "amount_not_positive", "interval_reversed", "not_deductible", "ground_other_category", "ground_unknown",
    ]  # fmt: skip


@pytest.mark.parametrize("ground", ["nd_petition", "ded_supp_investigation", "ded_transit", "ded_appraisal"])
def test_what_may_not_be_taken_out_of_a_criminal_limit(calendar, ground):
    with pytest.raises(Impossible):
        ask(
            calendar, "crim_1st_public", D("2025-02-10"), excluded=(Excluded(D("2025-03-01"), D("2025-03-09"), ground),)
        )


def test_amounts_as_people_write_them():
    assert parse_amount("1.5", "months") == (Amount(1, "month"), Amount(15, "day"))
    assert parse_amount(6, "个月") == (Amount(6, "month"),)
    for bad in ((0, "day"), (-1, "day"), (1.5, "day"), ("x", "day"), (True, "day"), (3, "weeks")):
        with pytest.raises(ValueError):
            parse_amount(*bad)


# the independent count: no ordinals, no prefix tables, no intervals united; a day at a time


def walk_months(start, months, criminal):
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = monthrange(year, month)[1]
    ends = start.day == monthrange(start.year, start.month)[1]
    return date(year, month, last if criminal and ends else min(start.day, last))


def walk(start, months, days, criminal, intervals):
    target = walk_months(start, months, criminal) + timedelta(days=days)
    owed, day = (target - start).days, start
    while owed:
        day += timedelta(days=1)
        if not any(first <= day < last for first, last in intervals):
            owed -= 1
    return day


SPANS = st.tuples(st.dates(date(2013, 1, 1), date(2027, 6, 30)), st.integers(0, 90)).map(
    lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
)


@settings(max_examples=400, deadline=None)
@given(
    start=st.dates(date(2013, 1, 1), date(2025, 12, 31)),
    months=st.integers(0, 12),
    days=st.integers(0, 60),
    criminal=st.booleans(),
    intervals=st.lists(SPANS, max_size=5),
    offsets=st.lists(st.tuples(st.integers(-20, 400), st.integers(0, 80)), max_size=4),
)
def test_the_calculator_agrees_with_a_count_day_by_day(calendar, start, months, days, criminal, intervals, offsets):
    if months == days == 0:
        days = 1
    near = [(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in offsets]
    spans = intervals + near
    limit = rulebook().limit("crim_1st_public" if criminal else "civ_1st_ordinary")
    parts = tuple(Amount(n, unit) for n, unit in ((months, "month"), (days, "day")) if n)
    question = Question(limit, start, parts=parts, excluded=tuple(Excluded(a, b) for a, b in spans), in_custody=False)
    answer = compute(question, rulebook(), calendar)
    expected = walk(start, months, days, criminal, spans)
    assert answer.unrolled == expected
    rolled = expected
    while not calendar.is_working_day(rolled):
        rolled += timedelta(days=1)
    assert answer.due == rolled
    assert answer.internal <= answer.unrolled <= answer.due


@settings(max_examples=150, deadline=None)
@given(
    start=st.dates(date(2013, 1, 1), date(2025, 12, 31)),
    number=st.integers(1, 60),
    offsets=st.lists(st.tuples(st.integers(-10, 90), st.integers(0, 30)), max_size=3),
)
def test_working_days_agree_with_a_count_day_by_day(calendar, start, number, offsets):
    spans = [(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in offsets]
    question = Question(
        rulebook().limit("apr_general"), start, parts=(Amount(number, "working_day"),),
        excluded=tuple(Excluded(a, b) for a, b in spans),
    )  # fmt: skip
    day, left = start, number
    while left:
        day += timedelta(days=1)
        if calendar.is_working_day(day) and not any(first <= day < last for first, last in spans):
            left -= 1
    assert compute(question, rulebook(), calendar).due == day


CRIMINAL = {"crim_1st_public", "crim_2nd"}
KINDS = ("civ_1st_ordinary", "civ_2nd_judgment", "adm_1st", "crim_1st_public", "crim_2nd", "apr_general")


def random_question(rng):
    """A clock of the years 2013 to 2027 with extensions, a restart at times, and overlapping stops of any length."""
    limit = rulebook().limit(rng.choice(KINDS))
    start = date(2013, 1, 1) + timedelta(days=rng.randrange(4_700))
    length = rng.choice(
        [(rng.randint(1, 12), "month"), (rng.randint(1, 90), "day"), (rng.randint(1, 60), "working_day")]
    )
    extensions = (
        ()
        if length[1] == "working_day"
        else tuple(Amount(rng.randint(1, 6), "month") for _ in range(rng.choice((0, 0, 1, 2))))
    )
    restarts = ()
    if rng.random() < 0.1:
        restarts = (Restart(start + timedelta(days=rng.randint(1, 90)), next(iter(rulebook().conversions))),)
    stops = []
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        first = start + timedelta(days=rng.randint(-20, 400))
        stops.append(Excluded(first, first + timedelta(days=rng.randint(0, 120))))
    return Question(limit, start, parts=(Amount(*length),), extensions=extensions, excluded=tuple(stops),
                    restarts=restarts, in_custody=rng.random() < 0.3)  # fmt: skip


def walked(question, calendar):
    """The last day of a question before it is moved, a day at a time."""
    start = max([question.start, *(restart.on for restart in question.restarts)])
    out = {first + timedelta(days=n) for first, last, _ in question.excluded for n in range((last - first).days)}
    [base] = question.parts
    if base.unit == "working_day":
        day, left = start, base.amount
        while left:
            day += timedelta(days=1)
            left -= calendar.is_working_day(day) and day not in out
        return day
    months = sum(amount.amount for amount in (base, *question.extensions) if amount.unit == "month")
    target = walk_months(start, months, question.limit.id in CRIMINAL)
    target += timedelta(days=base.amount if base.unit == "day" else 0)
    day, owed = start, (target - start).days
    while owed:
        day += timedelta(days=1)
        owed -= day not in out
    return day


def test_ten_thousand_random_clocks_agree_with_a_count_day_by_day(calendar):
    """The calculator and the count without a derivation, both against the walk."""
    rng = random.Random(20261125)
    for _ in range(10_000):
        question = random_question(rng)
        answer = compute(question, rulebook(), calendar)
        expected = walked(question, calendar)
        assert answer.unrolled == expected, question
        assert due_days(question, rulebook(), calendar) == (answer.due, answer.unrolled, answer.internal), question
        stays = question.limit.id == "apr_general" or question.limit.id in CRIMINAL and question.in_custody
        rolled = expected
        while not stays and not calendar.is_working_day(rolled):
            rolled += timedelta(days=1)
        assert answer.due == rolled, question


@pytest.mark.parametrize("limit_id", sorted(rulebook().limits))
def test_without_its_derivation_each_limit_ends_on_the_same_days(calendar, limit_id):
    """Every limit of the packs, with a stop that has a maximum, one without an end, and an impossible one."""
    limit = rulebook().limits[limit_id][-1]
    start = datetime(2026, 2, 14, 15, 20)
    grounds = [g for versions in rulebook().grounds.values() for g in versions[-1:] if g.effect == "stops"]
    stops = [()] + [(Excluded(D("2026-02-20"), end, g.id),) for g in grounds for end in (D("2026-09-20"), None)]
    for excluded in stops:
        for custody in (False, True):
            question = Question(limit, start, excluded=excluded, in_custody=custody)
            try:
                answer = compute(question, rulebook(), calendar)
            except Impossible as impossible:
                with pytest.raises(Impossible) as quick:
                    due_days(question, rulebook(), calendar)
                assert quick.value.problems == impossible.problems
                continue
            assert due_days(question, rulebook(), calendar) == (answer.due, answer.unrolled, answer.internal)
