"""Clocks start with cases, stop with them, and change only by the ledger."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from cases.intake.services import close_case, set_custody
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.clock import COURT_ZONE
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from deadlines.clocks import extension_services, interval_services, restart_services, services
from deadlines.clocks.extension_services import ExtensionDraft
from deadlines.clocks.interval_services import IntervalDraft
from deadlines.clocks.models import Clock, ClockExtension, ClockInterval
from tests.deadlines import factories
from tests.deadlines.factories import D

pytestmark = pytest.mark.django_db
SUPPLEMENTARY = {"conversion": "cnv_crim_supp", "document": "建议延期审理函"}


@pytest.fixture
def people():
    return factories.court_people()


def codes(refusal):
    return {reason.code for reason in refusal.value.reasons}


def interval(clock, people, ground_id, first, last=None, **rest):
    draft = IntervalDraft(ground_id, D(first), D(last) if last else None, rest.get("document", "裁定书"), "庭长 甲一")
    return interval_services.add_interval(actor=people["management"], clock=clock, draft=draft)


def extension(clock, people, amount, asked, decided=None, unit="month", **rest):
    draft = ExtensionDraft(amount, unit, D(asked), "审批表1号", "案情复杂", D(decided) if decided else None,
                           rest.get("approved_by", "院长 甲二") if decided else "")  # fmt: skip
    return extension_services.extend_clock(actor=people["management"], clock=clock, draft=draft)


def test_registering_a_civil_case_starts_its_six_months(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-04-02"))
    assert (clock.limit_id, clock.due_on, clock.internal_due_on) == (
        "civ_1st_ordinary",
        D("2025-10-09"),
        D("2025-09-30"),
    )
    assert clock.request_by == D("2025-09-17")
    assert [step["key"] for step in clock.derivation][:2] == ["start", "base"]


def test_the_procedure_chooses_the_limit(people):
    clock = factories.clock_of(factories.civil_case(people, "2024-10-29", procedure="simplified"))
    assert (clock.limit_id, clock.due_on) == ("civ_1st_simplified", D("2025-02-05"))


def test_a_criminal_case_in_custody_does_not_roll_and_release_lets_it(people):
    case = factories.criminal_case(people, "2025-08-05", in_custody=True)
    clock = factories.clock_of(case)
    assert (clock.limit_id, clock.due_on) == ("crim_1st_public", D("2025-10-05"))
    with court_clock.as_of(D("2025-08-20")):
        set_custody(actor=people["criminal_judge"], case=case, in_custody=False, since=D("2025-08-20"))
    clock.refresh_from_db()
    assert (clock.in_custody, clock.due_on) == (False, D("2025-10-09"))


def test_closing_the_case_stops_its_trial_clock_on_the_closing_day(people):
    case = factories.civil_case(people, "2025-04-02")
    with court_clock.as_of(D("2025-07-01")):
        close_case(actor=people["judge"], case=case, method="first_instance_civil:1", closed_on=D("2025-06-30"))
    clock = Clock.objects.trial().get(case=case)
    assert (clock.status, clock.stopped_on) == ("stopped", D("2025-06-30"))
    assert not Clock.objects.live().filter(case=case).exists()


def test_a_publication_clock_outlives_the_case(people):
    case = factories.civil_case(people, "2025-04-02")
    clock = services.start_clock(actor=people["judge"], case=case, limit_id="pub_judgment", start_on=D("2024-09-27"))
    assert clock.due_on == D("2024-10-12")  # 29 and 30 September, 8 to 12 October: make-up days count
    with court_clock.as_of(D("2025-07-01")):
        close_case(actor=people["judge"], case=case, method="first_instance_civil:1", closed_on=D("2025-06-30"))
    clock.refresh_from_db()
    assert clock.status == "running"
    services.stop_clock(actor=people["judge"], clock=clock, stopped_on=D("2025-07-01"), reason="已上网")
    with pytest.raises(Conflict):
        services.stop_clock(actor=people["judge"], clock=clock, stopped_on=D("2025-07-01"), reason="再次")


def test_a_limit_in_hours_counts_from_the_next_full_hour(people):
    case = factories.civil_case(people, "2026-02-10")
    start = datetime(2026, 2, 14, 15, 20, tzinfo=COURT_ZONE)
    clock = services.start_clock(actor=None, case=case, limit_id="prv_decide_pre_suit", start_on=start)
    assert clock.due_at == datetime(2026, 2, 16, 16, 0, tzinfo=COURT_ZONE)


def test_one_limit_runs_once_on_a_case_whoever_asks(people):
    case = factories.civil_case(people, "2025-04-02")
    with pytest.raises(Conflict):
        services.start_clock(actor=None, case=case, limit_id="civ_1st_ordinary", start_on=D("2025-04-02"))
    held = factories.clock_of(case)
    held.pk = None
    with pytest.raises(IntegrityError), act(actor=None, verb="test"):
        held.save()


def test_an_unknown_limit_is_refused_by_name(people):
    with pytest.raises(Refusal, match="no_such_limit"):
        services.start_clock(
            actor=None,
            case=factories.civil_case(people, "2025-04-02"),
            limit_id="no_such_limit",
            start_on=D("2025-04-02"),
        )


def test_overlapping_deductions_are_counted_once(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    with court_clock.as_of(D("2025-07-15")):
        interval(clock, people, "ded_jurisdiction_objection", "2025-03-03", "2025-03-28")
        interval(clock, people, "ded_appraisal", "2025-04-15", "2025-06-24")
        interval(clock, people, "ded_notice", "2025-06-10", "2025-07-10")
    clock.refresh_from_db()
    assert (clock.unrolled_on, clock.due_on, clock.request_by) == (D("2025-11-29"), D("2025-12-01"), D("2025-11-14"))


def test_an_open_suspension_pauses_and_its_end_resumes(people):
    clock = factories.clock_of(factories.civil_case(people, "2024-03-06"))
    with court_clock.as_of(D("2024-05-20")):
        row = interval(clock, people, "ded_suspension", "2024-05-10")
    clock.refresh_from_db()
    assert (clock.status, clock.due_on, clock.paused_from, clock.remaining_days) == (
        "paused",
        None,
        D("2024-05-10"),
        119,
    )
    with court_clock.as_of(D("2024-11-27")):
        interval_services.end_interval(
            actor=people["management"], interval=row, ends_on=D("2024-11-26"), document="恢复审理通知书"
        )
    clock.refresh_from_db()
    assert (clock.status, clock.due_on) == ("running", D("2025-03-25"))


def test_a_petition_never_stops_a_clock_and_every_reason_is_told(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    with court_clock.as_of(D("2025-07-15")), pytest.raises(Refusal) as refused:
        draft = IntervalDraft("nd_petition", D("2025-01-01"), D("2024-12-01"), " ", "")
        interval_services.add_interval(actor=people["management"], clock=clock, draft=draft)
    assert codes(refused) == {"not_deductible", "interval_reversed", "before_start", "document", "approver"}
    assert not ClockInterval.objects.exists()


def test_a_deduction_that_begins_after_expiry_is_refused(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    with court_clock.as_of(D("2025-09-15")), pytest.raises(Refusal) as refused:
        interval(clock, people, "ded_appraisal", "2025-09-01")
    assert codes(refused) == {"after_expiry"}


def test_the_same_ground_twice_at_once_is_refused_in_service_and_database(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    with court_clock.as_of(D("2025-07-15")):
        row = interval(clock, people, "ded_appraisal", "2025-04-15", "2025-06-24")
        with pytest.raises(Refusal) as refused:
            interval(clock, people, "ded_appraisal", "2025-06-23", "2025-06-30")
    assert codes(refused) == {"overlap"}
    row.pk = None
    with pytest.raises(IntegrityError, match="interval_no_overlap"), act(actor=None, verb="test"):
        row.save()
    row.starts_on, row.ends_on = D("2025-07-02"), D("2025-07-01")
    with pytest.raises(Exception, match="interval_forward|range lower bound"), act(actor=None, verb="test"):
        row.save()


def test_one_adjournment_cannot_be_entered_as_two_to_pass_its_month(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    with court_clock.as_of(D("2025-07-15")):
        interval(clock, people, "ded_adjournment", "2025-03-03", "2025-04-03")
        with pytest.raises(Refusal) as refused:
            interval(clock, people, "ded_adjournment", "2025-04-03", "2025-05-03")
    assert codes(refused) == {"continued"}


def test_a_voided_interval_no_longer_counts_and_stays_on_record(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    with court_clock.as_of(D("2025-07-15")):
        row = interval(clock, people, "ded_appraisal", "2025-04-15", "2025-06-24")
        interval_services.void_interval(actor=people["management"], interval=row, reason="误登")
    clock.refresh_from_db()
    assert clock.unrolled_on == D("2025-08-10")
    assert ClockInterval.objects.get().void_reason == "误登"


def test_an_approved_extension_moves_the_date_and_one_asked_for_does_not(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-01-15"))
    with court_clock.as_of(D("2025-07-10")):
        row = extension(clock, people, 6, "2025-06-20")
        clock.refresh_from_db()
        assert clock.due_on == D("2025-07-15")
        extension_services.decide_extension(
            actor=people["management"],
            extension=row,
            approved=True,
            decided_on=D("2025-07-08"),
            approved_by="院长 甲二",
        )
    clock.refresh_from_db()
    assert (clock.due_on, clock.request_by) == (D("2026-01-15"), D("2025-12-31"))


def test_an_extension_asked_too_late_too_long_or_after_expiry_is_refused(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-01-15"))
    with court_clock.as_of(D("2025-09-10")):
        with pytest.raises(Refusal) as late:
            extension(clock, people, 7, "2025-07-05", "2025-07-06")
        with pytest.raises(Refusal) as expired:
            extension(clock, people, 6, "2025-08-01", "2025-08-02")
    assert codes(late) == {"too_long", "too_late"}
    assert codes(expired) == {"after_expiry"}
    assert not ClockExtension.objects.exists()


def test_a_limit_the_law_does_not_extend_says_so(people):
    case = factories.civil_case(people, "2025-02-10")
    clock = services.start_clock(actor=None, case=case, limit_id="civ_filing", start_on=D("2025-02-10"))
    with court_clock.as_of(D("2025-02-12")), pytest.raises(Refusal) as refused:
        extension(clock, people, 1, "2025-02-11", "2025-02-12")
    assert codes(refused) == {"no_extension"}


def test_supplementary_investigation_restarts_and_a_third_is_refused(people):
    clock = factories.clock_of(factories.criminal_case(people, "2025-01-06", in_custody=True))
    with court_clock.as_of(D("2025-09-01")):
        for day in ("2025-03-01", "2025-04-20"):
            restart_services.restart_clock(actor=people["management"], clock=clock, restarts_on=D(day), **SUPPLEMENTARY)
        with pytest.raises(Refusal) as refused:
            restart_services.restart_clock(
                actor=people["management"], clock=clock, restarts_on=D("2025-06-01"), **SUPPLEMENTARY
            )
    clock.refresh_from_db()
    assert clock.due_on == D("2025-06-20")
    assert codes(refused) == {"cap"}


def test_simplified_to_ordinary_counts_on_from_the_original_filing_with_its_deductions(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10", procedure="simplified"))
    with court_clock.as_of(D("2025-05-06")):
        interval(clock, people, "ded_appraisal", "2025-03-01", "2025-03-11")
        new = restart_services.convert_clock(
            actor=people["management"], clock=clock, conversion="cnv_civ_simplified_ordinary",
            decided_on=D("2025-05-06"), document="转换程序裁定书",
        )  # fmt: skip
    clock.refresh_from_db()
    new.refresh_from_db()
    assert clock.status == "converted"
    assert (new.limit_id, new.unrolled_on) == ("civ_1st_ordinary", D("2025-08-20"))


def test_conversion_after_expiry_is_refused(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10", procedure="simplified"))
    with court_clock.as_of(D("2025-06-20")), pytest.raises(Refusal) as refused:
        restart_services.convert_clock(
            actor=people["management"], clock=clock, conversion="cnv_civ_simplified_ordinary",
            decided_on=D("2025-06-20"), document="裁定书",
        )  # fmt: skip
    assert codes(refused) == {"after_expiry"}


def test_only_trial_management_corrects_the_ledger_everybody_else_applies(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    draft = IntervalDraft("ded_appraisal", D("2025-04-15"), None, "委托书", "庭长")
    for actor in (people["judge"], people["chief"]):
        with court_clock.as_of(D("2025-05-01")), pytest.raises(NotAllowed):
            interval_services.add_interval(actor=actor, clock=clock, draft=draft)
    with court_clock.as_of(D("2025-05-01")):
        interval_services.add_interval(actor=people["management"], clock=clock, draft=draft)


def test_every_change_leaves_an_entry_with_the_new_due_date(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    with court_clock.as_of(D("2025-07-15")):
        interval(clock, people, "ded_appraisal", "2025-04-15", "2025-06-24")
    entry = AuditEntry.objects.get(verb="deadlines.interval.add")
    assert entry.after["due_on"] == "2025-10-20" and entry.actor_id == people["management"].pk
    assert entry.case_id == clock.case_id


def test_a_write_outside_an_act_is_refused_by_the_database(people):
    clock = factories.clock_of(factories.civil_case(people, "2025-02-10"))
    with pytest.raises(ProgrammingError, match="outside an audited act"), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(due_on=date(2030, 1, 1))
    with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
        cursor.execute("TRUNCATE deadlines_clockinterval CASCADE")
