"""The board of long-pending cases: what flows in and out, what it waits for, what will cross a line."""

import io
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse
from openpyxl import load_workbook

from cases.intake.models import Case
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from deadlines.clocks.models import Clock, ClockInterval
from deadlines.hearings.models import Hearing
from deadlines.longpending import selectors
from deadlines.longpending.drawing import round_step, trend
from deadlines.longpending.models import BoardCell, WaitCell, Waiting
from deadlines.longpending.rules import add_months, cut, forecast, waits
from deadlines.longpending.selectors import ListFilter, board, listed
from deadlines.longpending.services import refresh
from deadlines.rulebook.reading import rulebook
from tests.deadlines import factories
from tests.deadlines.factories import D
from tests.deadlines.hearing_factories import at, room

TODAY = "2026-11-24"


@pytest.fixture
def people(db):
    return factories.court_people()


def case_of(people, filed_on, closed_on="", **fields):
    case = factories.civil_case(people, filed_on, **fields)
    if closed_on:
        with act(actor=None, verb="test.close"):
            Case.objects.filter(pk=case.pk).update(status="closed", closed_on=D(closed_on), closing_method="judgment")
    return case


def refreshed(day=TODAY):
    return refresh(as_of=D(day))


@pytest.mark.parametrize(("day", "months", "latest"), [
    ("2026-11-24", 12, "2025-11-24"), ("2025-02-28", 12, "2024-02-29"), ("2025-02-27", 12, "2024-02-27"),
    ("2026-06-30", 6, "2025-12-31"), ("2026-03-01", 6, "2025-09-01"),
])  # fmt: skip
def test_the_latest_filing_day_beyond_a_line(day, months, latest):
    assert cut(D(day), months) == D(latest)


def test_cut_agrees_with_adding_months_on_every_day():
    for offset in range(800):
        day = date(2024, 1, 1) + timedelta(days=offset)
        for months in (6, 12, 18):
            edge = cut(day, months)
            assert add_months(edge, months) <= day < add_months(edge + timedelta(days=1), months)


def test_every_ground_of_the_waits_is_in_the_packs():
    assert {ground for wait in waits() for ground in wait.grounds} <= set(rulebook().grounds)


def test_the_forecast_goes_on_at_the_pace_of_the_year():
    row = forecast(30, 100, crossing=20, fixed=2, paused=5, closed_a_year=365)
    assert (row.closing, row.stock) == (30, 90) and row.low < 90 < row.high


def test_a_case_stands_from_the_very_day(people):
    case_of(people, "2025-11-24")
    case_of(people, "2025-11-25")
    refreshed()
    shown = board(people["management"], 12)
    assert shown.standing == {6: 2, 12: 1}
    assert [row.crossing for row in shown.forecasts] == [1, 1, 1]


def test_inflow_and_outflow_by_month(people):
    case_of(people, "2025-09-10")  # crosses on 2026-09-10
    case_of(people, "2025-09-10", closed_on="2026-10-05")  # crosses, then closed
    case_of(people, "2025-09-10", closed_on="2026-09-09")  # closed the day before
    case_of(people, "2025-09-10", closed_on="2026-09-10")  # closed on the day it crossed
    refreshed()
    [flow] = board(people["management"], 12).flows
    months = [f"{month:%Y-%m}" for month in board(people["management"], 12).months]
    assert flow.inflow[months.index("2026-09")] == 3 and sum(flow.inflow) == 3
    assert flow.outflow[months.index("2026-09")] == 1 and flow.outflow[months.index("2026-10")] == 1
    assert flow.standing == 1 and flow.opening == 0


def test_every_number_is_the_length_of_its_list(people):
    for day in ("2022-01-31", "2024-02-29", "2024-11-20", "2025-05-05", "2025-11-23", "2025-12-10", "2026-01-15"):
        case_of(people, day)
    case_of(people, "2024-08-31", closed_on="2026-02-28")
    case_of(people, "2025-08-31", closed_on="2026-08-31")
    case_of(people, "2024-05-31", closed_on="2026-05-30")
    refreshed()
    user, today = people["management"], D(TODAY)
    for line in (6, 12, 18, 24, 36):
        shown = board(user, line)
        assert shown.now == listed(user, ListFilter(line), today).count()
        assert shown.inflow == listed(user, ListFilter(line, "in"), today).count()
        assert shown.outflow == listed(user, ListFilter(line, "out"), today).count()
        for row in shown.forecasts:
            assert row.crossing == listed(user, ListFilter(line, "coming", days=row.days), today).count()
        for place, month in enumerate(shown.months):
            for name in ("in", "out"):
                number = sum((flow.inflow if name == "in" else flow.outflow)[place] for flow in shown.flows)
                assert number == listed(user, ListFilter(line, name, month), today).count(), (line, name, month)


def stopped(case, since="2026-10-01", ground="ded_appraisal"):
    with act(actor=None, verb="test.stop"):
        clock = factories.clock_of(case)
        ClockInterval.objects.create(clock=clock, ground=ground, starts_on=D(since), document="委托书")
        Clock.objects.filter(pk=clock.pk).update(status="paused", due_on=None, next_threshold_on=None)


def hearing_ahead(case, day="2030-03-04"):
    """A hearing still ahead whenever the test runs."""
    start = at(D(day))
    with act(actor=None, verb="test.hearing"):
        Hearing.objects.create(
            case=case, courtroom=room(), slot=DateTimeTZRange(start, start + timedelta(hours=1)), first_on=D(day),
            notice_on=D(TODAY), scheduled_at=start,
        )  # fmt: skip


def test_what_a_case_waits_for_and_whose_move_it_is(people):
    waiting, idle = case_of(people, "2025-01-10"), case_of(people, "2025-02-10")
    stopped(waiting)
    refreshed()
    rows = {row.wait.id: row for row in board(people["management"], 12).waits}
    assert set(rows) == {"appraisal", "nobody"}
    assert (rows["appraisal"].number, rows["appraisal"].days, rows["appraisal"].chased) == (1, 54, 1)
    assert list(listed(people["management"], ListFilter(12, wait="nobody"), D(TODAY))) == [idle]


def test_every_number_of_the_waits_is_the_length_of_its_list(client, people):
    """The page itself is asked, for each number the list it opens: reasons, spans between lines, chased, sums."""
    for place, day in enumerate(("2022-01-31", "2023-05-05", "2024-02-29", "2024-11-20", "2025-05-05", "2025-11-23")):
        case = case_of(people, day)
        if place % 2:
            stopped(case, since=("2026-11-20", "2026-08-01", "2026-09-09")[place // 2])
    stopped(factories.criminal_case(people, "2025-03-03"), ground="sus_criminal")
    refreshed()
    client.force_login(people["management"])
    for line in (6, 12, 24):
        with court_clock.as_of(D(TODAY)):
            shown = client.get(reverse("deadlines:longpending"), {"line": line}).context
            total = shown["wait_total"]
            numbers = [(total["number"], total["href"]), (total["chased"], total["chased_href"])]
            for item in shown["waits"]:
                numbers += [(item["row"].number, item["href"]), (item["row"].chased, item["chased_href"])]
            for row in (total, *shown["waits"]):
                numbers += [(cell["number"], cell["href"]) for cell in row["buckets"]]
            for number, address in numbers:
                assert len(client.get(address).context["rows"]) == number, address
            assert total["number"] == shown["board"].now > 0


def test_the_median_wait_is_the_middle_case(people):
    for since in ("2026-10-25", "2026-10-25", "2026-11-14", "2026-09-25"):  # 30, 30, 10 and 60 days
        stopped(case_of(people, "2025-01-10"), since=since)
    refreshed()
    [row] = board(people["management"], 12).waits
    assert (row.number, row.days, row.chased) == (4, 30, 3)


def test_what_will_cross_is_split_by_a_fixed_hearing_and_a_stopped_clock(client, people):
    heard, paused, neither = (case_of(people, "2025-12-10") for _ in range(3))
    hearing_ahead(heard)
    stopped(paused)
    refreshed()
    client.force_login(people["management"])
    with court_clock.as_of(D(TODAY)):
        shown = client.get(reverse("deadlines:longpending")).context
        row = shown["forecasts"][0]
        assert (row["row"].crossing, row["row"].fixed, row["row"].paused) == (3, 1, 1)
        assert [r["case"] for r in client.get(row["fixed_href"]).context["rows"]] == [heard]
        assert [r["case"] for r in client.get(row["paused_href"]).context["rows"]] == [paused]
    steps = {row["case"]: row["step"] for row in shown["soon"]}
    assert (steps[heard].name, steps[heard].on) == ("开庭", D("2030-03-04"))
    assert steps[paused] is None and steps[neither] is None


def test_a_closed_case_leaves_the_board(people):
    case = case_of(people, "2025-01-10")
    stopped(case)
    refreshed()
    assert Waiting.objects.count() == WaitCell.objects.count() == 1
    with act(actor=None, verb="test.close"):
        Case.objects.filter(pk=case.pk).update(status="closed", closed_on=D(TODAY), closing_method="judgment")
    refreshed()
    assert not Waiting.objects.exists() and not WaitCell.objects.exists()
    assert not BoardCell.objects.filter(flow="standing").exists()


def test_a_second_refresh_changes_nothing(people):
    case_of(people, "2025-01-10")
    refreshed()
    before = list(BoardCell.objects.order_by("line", "flow", "days").values_list("line", "flow", "days", "number"))
    refreshed()
    after = list(BoardCell.objects.order_by("line", "flow", "days").values_list("line", "flow", "days", "number"))
    assert before == after


def test_a_chief_sees_the_own_division_only(people):
    case_of(people, "2025-01-10")
    factories.criminal_case(people, "2025-01-10")
    refreshed()
    assert board(people["management"], 12).now == 2
    assert board(people["chief"], 12).now == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["management", "chief"])
def test_the_page_and_its_lists(client, people, language, who):
    case_of(people, "2025-01-10")
    refreshed()
    client.force_login(people[who])
    client.cookies["django_language"] = language
    with court_clock.as_of(D(TODAY)):
        page = client.get(reverse("deadlines:longpending"), {"line": "12"})
        lists = client.get(reverse("deadlines:longpending_list"), {"flow": "standing", "line": "12"})
    assert page.status_code == lists.status_code == 200
    assert [row["case"].filed_on for row in lists.context["rows"]] == [D("2025-01-10")]


def test_an_empty_court_has_an_empty_board(client, people):
    client.force_login(people["management"])
    assert client.get(reverse("deadlines:longpending")).status_code == 200


@pytest.mark.parametrize("query", ["line=abc", "line=99999999999999999999", "division=1'--", "month=2026-13&flow=in",
                                   "days=1", "flow=x", "wait=x"])  # fmt: skip
def test_nonsense_in_the_address_is_passed_over(client, people, query):
    client.force_login(people["management"])
    assert client.get(f"{reverse('deadlines:longpending_list')}?{query}").status_code == 200


def test_the_workbook_holds_the_numbers_and_the_list(client, people):
    case = case_of(people, "2025-01-10")
    refreshed()
    client.force_login(people["management"])
    answer = client.get(reverse("deadlines:longpending_export"), {"line": "12"})
    book = load_workbook(io.BytesIO(answer.content))
    rows = list(book["清单"].iter_rows(values_only=True))
    assert rows[1][0] == case.number and len(rows) == 2


def test_a_judge_does_not_see_the_board(client, people):
    client.force_login(people["judge"])
    assert client.get(reverse("deadlines:longpending")).status_code == 403


def test_the_board_names_no_judge(client, people):
    """No league table: neither page nor workbook counts by person."""
    case = case_of(people, "2025-01-10")
    refreshed()
    client.force_login(people["management"])
    assert case.judge.name not in client.get(reverse("deadlines:longpending")).content.decode()
    assert selectors.board(people["management"], 12).now == 1


@pytest.mark.parametrize(("span", "parts", "step"), [
    (1, 2, 1), (6, 2, 5), (11, 2, 5), (15, 2, 10), (4, 4, 1), (48, 4, 10), (49, 4, 10), (50, 4, 20),
    (290_000, 4, 100_000),
])  # fmt: skip
def test_lines_of_the_charts_stand_at_round_numbers(span, parts, step):
    assert round_step(span, parts) == step


def test_the_lines_of_the_trend_hold_every_point_of_it(people):
    for day in ("2022-01-31", "2024-02-29", "2024-11-20", "2025-05-05", "2025-11-23", "2025-12-10", "2026-01-15"):
        case_of(people, day)
    refreshed()
    shown = trend(board(people["management"], 12))
    heights = [float(point.split(",")[1]) for line in (shown.past, shown.coming, shown.band) for point in line.split()]
    assert min(heights) >= 19.9 and max(heights) <= 200
    numbers = [number for _y, _text, number in shown.levels]
    assert len({b - a for a, b in pairwise(numbers)}) == 1 and 3 <= len(numbers) <= 7
