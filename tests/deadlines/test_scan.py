"""The scan: it finds what is due, says it once, and makes up for lost days."""

import json
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core import events
from courtcms.core.errors import Conflict
from courtcms.notices.models import Notice
from deadlines.calendars.models import CalendarYear
from deadlines.calendars.services import enter_schedule
from deadlines.clocks import interval_services, services
from deadlines.clocks.interval_services import IntervalDraft
from deadlines.clocks.models import Clock, ClockInterval
from deadlines.scan import statements
from deadlines.scan.events import AlertsRaised, ScanFinished
from deadlines.scan.models import ClockTally, MissedRun, ScanRun
from deadlines.scan.selectors import heartbeat
from deadlines.scan.services import catch_up, scan
from deadlines.scan.tasks import scan_catch_up, watch_the_schedule
from deadlines.signals.models import Signal
from tests.deadlines import factories
from tests.deadlines.factories import D

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return factories.court_people()


def thresholds(clock):
    return set(clock.alerts.values_list("threshold", flat=True))


def test_each_threshold_is_raised_on_its_day(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))  # due Monday 2025-08-11, unrolled 08-10
    expected = {
        "2025-06-10": set(),
        "2025-06-11": {"esc_two_thirds"},  # 60 of 181 days are left
        "2025-07-22": {"esc_two_thirds", "esc_20_days_prepare"},
        "2025-07-27": {"esc_two_thirds", "esc_20_days_prepare", "esc_15_days"},
        "2025-08-08": {"esc_two_thirds", "esc_20_days_prepare", "esc_15_days", "esc_3_days"},
        "2025-08-11": {"esc_two_thirds", "esc_20_days_prepare", "esc_15_days", "esc_3_days"},  # the due day itself
        "2025-08-12": {"esc_two_thirds", "esc_20_days_prepare", "esc_15_days", "esc_3_days", "esc_overdue"},
    }
    for day, found in expected.items():
        scan(as_of=D(day))
        assert thresholds(clock) == found, day


def test_a_second_run_raises_nothing_and_says_what_was_raised_before(people):
    factories.civil_case(people, "2025-02-10")
    first, second = scan(as_of=D("2025-08-20")), scan(as_of=D("2025-08-20"))
    assert first.raised["overdue"] == 1 and first.seen == Clock.objects.live().count() > 0
    assert sum(second.raised.values()) == 0 and second.already == sum(first.raised.values())


def test_the_tally_of_live_clocks_follows_every_change_of_state(people):
    """What the scan calls seen is a sum kept by triggers; it must be the number that counting gives."""
    first, second = (factories.clock_of(factories.civil_case(people, "2025-02-10")) for _ in range(2))
    steps = []
    with act(actor=None, verb="test.clocks"):
        for change in (
            lambda: Clock.objects.filter(pk=first.pk).update(status="paused"),
            lambda: Clock.objects.filter(pk=first.pk).update(status="stopped", stopped_on=D("2025-03-01")),
            lambda: Clock.objects.filter(pk=first.pk).update(status="running", stopped_on=None),
            lambda: Clock.objects.update(status="stopped", stopped_on=D("2025-03-01")),
            lambda: Clock.objects.filter(pk=second.pk).update(status="running", stopped_on=None),
            lambda: Clock.objects.filter(pk=second.pk).delete(),
        ):
            change()
            steps.append((scan(as_of=D("2025-03-02")).seen, Clock.objects.live().count()))
    assert all(seen == counted for seen, counted in steps) and steps[-1] == (0, 0), steps
    assert ClockTally.objects.count() == 1  # folded


def test_even_with_its_memory_wiped_nothing_is_raised_twice(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    scan(as_of=D("2025-08-20"))
    services.recompute(actor=None, clock=Clock.objects.get(pk=clock.pk), why="test")  # thresholds start over
    assert sum(scan(as_of=D("2025-08-20")).raised.values()) == 0


def test_a_new_due_date_raises_anew(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    scan(as_of=D("2025-07-27"))
    with court_clock.as_of(D("2025-07-28")):
        interval_services.add_interval(
            actor=people["management"], clock=clock,
            draft=IntervalDraft("ded_appraisal", D("2025-04-01"), D("2025-07-01"), "委托书", "庭长"),
        )  # fmt: skip
    clock.refresh_from_db()
    assert clock.due_on == D("2025-11-10")  # 2025-08-10 and 91 days is a Sunday
    scan(as_of=D("2025-10-26"))
    assert clock.alerts.filter(threshold="esc_15_days").count() == 2


def test_days_missed_are_made_up_for_in_one_run(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    scan(as_of=D("2025-07-20"))
    with court_clock.as_of(D("2025-08-01")):
        report = catch_up()
        assert catch_up() is None
    run = ScanRun.objects.get(pk=report.run_id)
    assert (run.covers_from, run.as_of, run.trigger) == (D("2025-07-21"), D("2025-08-01"), "catch_up")
    assert "esc_15_days" in thresholds(clock)


def test_a_closed_case_is_silent(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    services.stop_clock(actor=None, clock=clock, stopped_on=D("2025-07-01"), reason="结案")
    assert scan(as_of=D("2025-09-01")).seen == Clock.objects.live().count()
    assert not clock.alerts.exists()


def test_custody_brings_its_own_warning_seven_days_before(people):
    held = factories.clock_of(factories.criminal_case(people, "2025-08-05", in_custody=True))
    free = factories.clock_of(factories.criminal_case(people, "2025-08-05"))
    scan(as_of=D("2025-09-28"))
    assert "esc_7_days_custody" in thresholds(held)
    assert "esc_7_days_custody" not in thresholds(free)


def test_a_pending_extension_is_chased_five_days_before(people):
    from deadlines.clocks.extension_services import ExtensionDraft, extend_clock  # noqa: PLC0415

    clock = factories.clock_of(factories.civil_case(people, "2025-01-15"))
    with court_clock.as_of(D("2025-06-25")):
        extend_clock(
            actor=people["management"], clock=clock,
            draft=ExtensionDraft(6, "month", D("2025-06-20"), "审批表", "疑难"),
        )  # fmt: skip
    scan(as_of=D("2025-07-09"))
    assert "esc_5_days" not in thresholds(clock)
    scan(as_of=D("2025-07-10"))
    assert "esc_5_days" in thresholds(clock)


def test_a_short_limit_has_its_own_thresholds(people):
    case = factories.civil_case(people, "2025-02-10")
    clock = services.start_clock(actor=None, case=case, limit_id="civ_2nd_ruling", start_on=D("2025-03-03"))
    scan(as_of=D("2025-03-17"))
    assert thresholds(clock) == set()
    scan(as_of=D("2025-03-18"))  # half of thirty days
    assert thresholds(clock) == {"esc_short_half"}
    scan(as_of=D("2025-03-27"))  # a fifth is left
    assert thresholds(clock) == {"esc_short_half", "esc_short_last"}


def test_working_day_thresholds_count_make_up_days(people):
    case = factories.civil_case(people, "2025-02-10")
    clock = services.start_clock(actor=None, case=case, limit_id="pub_judgment", start_on=D("2025-09-24"))
    assert clock.due_on == D("2025-10-10")  # 25, 26, 28 (a worked Sunday), 29, 30 September, 9, 10 October
    scan(as_of=D("2025-09-28"))
    assert thresholds(clock) == set()
    scan(as_of=D("2025-09-30"))  # two working days are left, ten calendar days
    assert thresholds(clock) == {"esc_publication_last"}
    scan(as_of=D("2025-10-11"))
    assert thresholds(clock) == {"esc_publication_last", "esc_publication_overdue"}


def test_a_clock_stopped_for_long_is_chased_every_thirty_days(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    with court_clock.as_of(D("2025-04-20")):
        interval_services.add_interval(
            actor=people["management"], clock=clock,
            draft=IntervalDraft("sus_civil", D("2025-04-01"), None, "中止裁定书", "合议庭"),
        )  # fmt: skip
    counts = []
    for day in (29, 30, 45, 60, 90):
        counts.append(sum(scan(as_of=D("2025-04-01") + timedelta(days=day)).raised.values()))
    assert counts == [0, 1, 0, 1, 2]  # the ninetieth day is also a red line


def test_an_adjournment_resumes_by_itself_when_its_month_is_over(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    with court_clock.as_of(D("2025-03-05")):
        interval_services.add_interval(
            actor=people["management"], clock=clock,
            draft=IntervalDraft("ded_adjournment", D("2025-03-03"), None, "延期审理决定", "审判长"),
        )  # fmt: skip
    clock.refresh_from_db()
    assert (clock.status, clock.resumes_on, clock.due_on) == ("paused", D("2025-04-03"), D("2025-09-10"))
    scan(as_of=D("2025-04-02"))
    clock.refresh_from_db()
    assert clock.status == "paused"
    scan(as_of=D("2025-04-03"))
    clock.refresh_from_db()
    assert (clock.status, clock.due_on) == ("running", D("2025-09-10"))


def test_the_run_tells_higher_rooms_of_its_alerts_and_of_its_end(people):
    factories.civil_case(people, "2025-02-10")
    heard = []
    for event in (AlertsRaised, ScanFinished):
        events.subscribe(event, heard.append)
    try:
        first, second = scan(as_of=D("2025-08-20")), scan(as_of=D("2025-08-20"))
    finally:
        for event in (AlertsRaised, ScanFinished):
            events._handlers[event].remove(heard.append)
    assert heard == [
        AlertsRaised(first.run_id, after=0), ScanFinished(first.run_id, since=0),
        ScanFinished(second.run_id, since=first.run_id),
    ]  # fmt: skip


def test_a_scan_leaves_one_entry_in_the_trail(people):
    for day in ("2025-02-10", "2025-02-11"):
        factories.civil_case(people, day)
    scan(as_of=D("2025-08-20"))
    assert AuditEntry.objects.filter(verb__startswith="deadlines.scan").count() == 1
    assert AuditEntry.objects.get(verb="deadlines.scan").after["raised"]["overdue"] == 2


def test_a_failure_is_written_down_as_a_failed_run(people, monkeypatch):
    factories.civil_case(people, "2025-02-10")
    monkeypatch.setattr(statements, "RAISE_RUNNING", "SELECT 1/0")
    with pytest.raises(Exception, match="division by zero"):
        scan(as_of=D("2025-08-20"))
    run = ScanRun.objects.get()
    assert (run.finished_at, run.failed) == (None, 1) and "division by zero" in run.failures[0]
    assert heartbeat().is_late


def test_entering_a_schedule_moves_the_dates_that_rested_on_an_estimate(people):
    clock = factories.clock_of(factories.civil_case(people, "2026-07-30"))
    assert (clock.due_on, clock.provisional) == (D("2027-02-01"), True)  # Saturday 30 January rolls to Monday
    with court_clock.as_of(D("2026-11-10")):
        enter_schedule(
            actor=people["management"], year=2027, holidays=[D("2027-02-01"), D("2027-02-02"), D("2027-10-01")],
            working=[D("2027-01-31")], source="国务院办公厅通知（虚构）", names={},
        )  # fmt: skip
        assert CalendarYear.objects.get(pk=2027).recompute_owed
        catch_up()
    clock.refresh_from_db()
    assert (clock.due_on, clock.provisional) == (D("2027-01-31"), False)  # the Sunday is worked
    assert not CalendarYear.objects.get(pk=2027).recompute_owed


def test_two_scans_at_once_do_not_meet(people, django_db_blocker):
    from django.db import connections  # noqa: PLC0415

    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [0x5CA7])
            with pytest.raises(Conflict):
                scan(as_of=D("2025-08-20"))
    finally:
        other.close()
    assert not ScanRun.objects.exists()


def test_the_command_prints_the_report(people, capsys):
    factories.civil_case(people, "2025-02-10")
    call_command("scan", "--as-of", "2025-08-20", "--json")
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"as_of", "seen", "raised", "already", "failed", "seconds"}
    assert (report["as_of"], report["seen"]) == ("2025-08-20", Clock.objects.live().count())
    assert report["raised"]["overdue"] == 1


def test_the_command_refuses_an_impossible_date():
    with pytest.raises(CommandError, match="2025-02-30") as caught:
        call_command("scan", "--as-of", "2025-02-30")
    assert caught.value.returncode == 2


@pytest.mark.parametrize("day", ["1900-01-01", "2100-06-01", "9999-12-31", "2026-02-30", "soon"])
def test_a_day_that_cannot_be_scanned_for_is_refused_in_words(day):
    with pytest.raises(CommandError, match="--as-of") as refused:
        call_command("scan", "--as-of", day)
    assert refused.value.returncode == 2


# is the court's clock running?


def at(text, monkeypatch):
    """Let it be a moment of the court's own time."""
    moment = datetime.fromisoformat(text).replace(tzinfo=court_clock.COURT_ZONE)
    monkeypatch.setattr(court_clock, "now", lambda: moment)


@pytest.mark.parametrize(("now", "behind", "next_due"), [
    ("2025-08-20 12:00", 0, "2025-08-21 00:30"), ("2025-08-21 00:10", 0, "2025-08-21 00:30"),
    ("2025-08-21 00:45", 0, "2025-08-22 00:30"),  # it is at work; not yet late
    ("2025-08-21 01:00", 1, "2025-08-22 00:30"), ("2025-08-25 09:00", 5, "2025-08-26 00:30"),
])  # fmt: skip
def test_the_heartbeat_counts_the_days_behind(people, monkeypatch, now, behind, next_due):
    scan(as_of=D("2025-08-20"))
    at(now, monkeypatch)
    beat = heartbeat()
    assert (beat.days_behind, beat.is_late) == (behind, behind > 0)
    assert beat.next_due.strftime("%Y-%m-%d %H:%M") == next_due


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_with_a_schedule_that_stands_still_the_page_and_every_foot_say_so(client, people, monkeypatch, language):
    """Nobody sends tasks: the last scan is three days old and nothing but these pages can tell."""
    factories.civil_case(people, "2025-02-10")
    scan(as_of=D("2025-08-20"))
    at("2025-08-23 09:00", monkeypatch)
    client.force_login(people["management"])
    client.cookies["django_language"] = language
    late = {"zh-hans": ("落后 3 天", "期限扫描已落后 3 天"), "en": ("3 days behind", "3 days behind")}[language]
    page = client.get(reverse("deadlines:scans")).content.decode()
    assert late[0] in page
    assert late[1] in client.get(reverse("cases:list")).content.decode()
    report = catch_up()
    assert sum(report.raised.values()) == 0 and MissedRun.objects.filter(made_up_at__isnull=False).count() == 3
    page = client.get(reverse("deadlines:scans")).content.decode()
    assert late[0] not in page
    assert all(day in page for day in ("2025-08-21", "2025-08-22", "2025-08-23"))
    for who in ("management", "admin"):
        assert Notice.objects.filter(kind="scan", recipient=people[who]).count() == 1


def test_a_worker_asks_by_itself_what_is_owed(people, monkeypatch):
    """Without a schedule (beat stopped) the worker's own timer sends the catch-up, which raises alarm and alerts."""
    asked = []
    timer = SimpleNamespace(call_repeatedly=lambda seconds, fun: asked.append((seconds, fun)))
    watch_the_schedule(SimpleNamespace(timer=timer))
    [(seconds, fun)] = asked
    assert 60 <= seconds <= 3600 and fun.__self__.name == "deadlines.scan_catch_up"
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    scan(as_of=D("2025-07-01"))
    at("2025-08-23 09:00", monkeypatch)
    assert scan_catch_up() > 0 and scan_catch_up() == 0
    assert "esc_overdue" in thresholds(clock)
    assert MissedRun.objects.count() == 53  # 2 July to 23 August


def test_a_run_that_broke_off_shows_on_the_page_until_the_next_finishes(client, people, monkeypatch):
    factories.civil_case(people, "2025-02-10")
    with monkeypatch.context() as patched:
        patched.setattr(statements, "RAISE_RUNNING", "SELECT 1/0")
        with pytest.raises(Exception, match="division by zero"):
            scan(as_of=D("2025-08-20"))
    client.force_login(people["management"])
    assert "division by zero" in client.get(reverse("deadlines:scans")).content.decode()
    assert heartbeat().broken is not None
    scan(as_of=D("2025-08-20"))
    assert heartbeat().broken is None


def test_the_follow_up_is_left_out_only_while_nobody_does_anything(people, capsys):
    """A command run twice does not work the board out twice; after any act of the court it does."""
    case = factories.civil_case(people, "2024-02-10")
    numbers = []
    for _ in range(2):
        call_command("scan", "--as-of", "2025-08-20", "--json")
        numbers.append(AuditEntry.objects.filter(verb="board.refresh").count())
    with act(actor=None, verb="test.stop"):
        ClockInterval.objects.create(
            clock=factories.clock_of(case), ground="ded_appraisal", starts_on=D("2025-01-01"), document=""
        )
    call_command("scan", "--as-of", "2025-08-20", "--json")
    assert [*numbers, AuditEntry.objects.filter(verb="board.refresh").count()] == [1, 1, 2]
    assert Signal.objects.filter(case=case, detector="no_document").exists()
    call_command("scan", "--as-of", "2025-08-21", "--json")
    assert AuditEntry.objects.filter(verb="board.refresh").count() == 3
