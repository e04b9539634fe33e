"""What an appraisal and a measure do to the clocks of a case, day by day. Expected days are counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from cases.appraisal import progress_services, services
from cases.appraisal.models import ChaseLetter
from cases.preservation import services as preservation
from cases.preservation import watch_services
from cases.preservation.models import Lapse, Reminder
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, Refusal
from courtcms.notices.models import Notice
from deadlines.clocks.models import Clock
from deadlines.subjects.services import settle_dates
from deadlines.subjects.tasks import watch_subjects
from tests.cases import appraisal_factories as make
from tests.deadlines import factories

pytestmark = pytest.mark.django_db
D = date.fromisoformat


@pytest.fixture
def people():
    return factories.court_people()


@pytest.fixture
def case(people):
    """Ordinary civil first instance filed on Monday 2026-03-02: six months, due on Wednesday 2026-09-02."""
    return factories.civil_case(people, "2026-03-02")


def trial(case) -> Clock:
    return Clock.objects.trial().get(case=case)


def own(kind: str, pk: int) -> Clock:
    return Clock.objects.filter(subject=f"{kind}:{pk}").order_by("-pk").first()


def test_a_civil_case_with_an_appraisal_shows_the_right_day_at_each_step(case):
    assert trial(case).due_on == D("2026-09-02")

    row = make.entrusted(case, D("2026-04-01"))
    assert trial(case).status == "paused" and row.effect == "stopped"
    [interval] = trial(case).intervals.all()
    assert (interval.ground, interval.starts_on, interval.document) == (
        "ded_appraisal",
        D("2026-04-01"),
        row.letter_number,
    )
    # 30 working days after 1 April 2026: Qingming off on 6 April, Labour Day off 1-5 May, work on Saturday 9 May
    assert own("appraisal", row.pk).due_on == row.due_on == D("2026-05-18")
    assert row.standard == "normative"

    with court_clock.as_of(D("2026-05-08")):
        request = progress_services.ask(
            actor=None, entrustment=row, kind="extension", asked_on=D("2026-05-08"), text="案情复杂", document="函1号",
            amount=30, unit="working_day",
        )  # fmt: skip
        progress_services.decide_request(
            actor=None, request=request, granted=True, reason="确属复杂", decided_on=D("2026-05-08")
        )
    row.refresh_from_db()
    # 30 more working days: Dragon Boat Festival off on Friday 19 June
    assert row.due_on == own("appraisal", row.pk).due_on == D("2026-06-30")

    with court_clock.as_of(D("2026-06-10")):
        services.receive_report(actor=None, entrustment=row, report_number="意见1号", received_on=D("2026-06-10"))
    clock = trial(case)
    # out from 1 April up to and including 9 June: seventy days; 2 September and 70 days is 11 November
    assert clock.status == "running" and clock.due_on == D("2026-11-11")
    assert own("appraisal", row.pk).status == "stopped"
    words = " ".join(str(step) for step in clock.derivation)
    assert "ded_appraisal" in words


def test_a_limit_that_has_run_out_is_not_mended_by_an_appraisal(case):
    row = make.entrusted(case, D("2026-09-21"))
    assert row.effect == "expired" and trial(case).due_on == D("2026-09-02") and not trial(case).intervals.exists()


def test_in_a_criminal_case_only_a_psychiatric_appraisal_is_taken_out(people):
    case = factories.criminal_case(people, "2026-03-02")
    other = make.entrusted(case, D("2026-04-01"), "handwriting")
    assert other.effect == "counts" and trial(case).status == "running"
    row = make.entrusted(case, D("2026-04-02"), "psychiatric")
    assert row.effect == "stopped" and trial(case).status == "paused"


def test_two_appraisals_at_once_share_one_deduction_until_the_later_report(case):
    first = make.entrusted(case, D("2026-04-01"))
    second = make.entrusted(case, D("2026-04-10"))
    assert trial(case).intervals.count() == 1
    with court_clock.as_of(D("2026-05-06")):
        services.receive_report(actor=None, entrustment=first, report_number="意见1号", received_on=D("2026-05-06"))
    assert trial(case).status == "paused"
    with court_clock.as_of(D("2026-05-11")):
        services.receive_report(actor=None, entrustment=second, report_number="意见2号", received_on=D("2026-05-11"))
    # 1 April up to and including 10 May: forty days
    assert trial(case).due_on == D("2026-10-12")


def test_a_report_on_the_day_of_the_letter_takes_nothing_out(case):
    row = make.entrusted(case, D("2026-04-01"))
    with court_clock.as_of(D("2026-04-01")):
        services.receive_report(actor=None, entrustment=row, report_number="意见1号", received_on=D("2026-04-01"))
    assert trial(case).due_on == D("2026-09-02")


def test_an_audit_counts_from_the_materials_and_is_taken_out_as_an_audit(case):
    row = make.entrusted(case, D("2026-04-01"), "audit")
    assert row.due_on is None and trial(case).intervals.get().ground == "ded_audit_valuation"
    with court_clock.as_of(D("2026-04-08")):
        services.hand_over(actor=None, entrustment=row, names=["账册三十本"], handed_on=D("2026-04-08"))
    row.refresh_from_db()
    assert row.started_on == D("2026-04-08") and row.due_on is not None


def test_waiting_for_more_material_stops_the_appraisal_and_handing_it_over_resumes(case):
    row = make.entrusted(case, D("2026-04-01"))
    with court_clock.as_of(D("2026-04-20")):
        request = progress_services.ask(
            actor=None, entrustment=row, kind="supplement", asked_on=D("2026-04-20"), text="补充样本", document="函2号"
        )
        progress_services.decide_request(
            actor=None, request=request, granted=True, reason="确有必要", decided_on=D("2026-04-20")
        )
    row.refresh_from_db()
    assert own("appraisal", row.pk).status == "paused" and row.due_on is None
    with court_clock.as_of(D("2026-04-27")):
        progress_services.supply(actor=None, request=request, supplied_on=D("2026-04-27"), document="清单2")
    row.refresh_from_db()
    assert row.due_on > D("2026-05-18") and own("appraisal", row.pk).status == "running"


def test_an_extension_beyond_the_pack_is_refused_with_every_reason_and_nothing_changes(case):
    row = make.entrusted(case, D("2026-04-01"))
    with court_clock.as_of(D("2026-05-08")):
        request = progress_services.ask(
            actor=None, entrustment=row, kind="extension", asked_on=D("2026-05-08"), text="复杂", document="函1号",
            amount=90, unit="working_day",
        )  # fmt: skip
        with pytest.raises(Refusal) as refused:
            progress_services.decide_request(
                actor=None, request=request, granted=True, reason=" ", decided_on=D("2026-05-08")
            )
    assert {reason.code for reason in refused.value.reasons} >= {"required", "too_long"}
    request.refresh_from_db()
    assert request.state == "asked" and own("appraisal", row.pk).due_on == D("2026-05-18")


def test_the_chase_ladder_raises_each_letter_once(case):
    row = make.entrusted(case, D("2026-04-01"))  # due 18 May
    for day, letters in (("2026-05-07", 0), ("2026-05-08", 1), ("2026-05-08", 1), ("2026-05-14", 1), ("2026-05-15", 2),
                         ("2026-05-18", 2), ("2026-05-19", 3), ("2026-05-25", 3), ("2026-06-02", 4)):  # fmt: skip
        with court_clock.as_of(D(day)):
            watch_subjects()
        assert ChaseLetter.objects.count() == letters, day
    assert list(row.chases.values_list("step", flat=True)) == ["before_10", "before_3", "overdue", "overdue_15"]
    assert Notice.objects.filter(kind="appraisal", recipient=case.judge).count() == 4


def test_missed_days_raise_one_letter_not_several(case):
    row = make.entrusted(case, D("2026-04-01"))
    with court_clock.as_of(D("2026-06-30")):
        watch_subjects()
    assert list(row.chases.values_list("step", flat=True)) == ["overdue_15"]


def test_a_ruling_is_owed_in_five_days_or_in_forty_eight_hours(case):
    usual = make.application(case, "2026-03-09")
    usual.refresh_from_db()
    # five days after 9 March is Saturday the 14th; it moves to Monday the 16th
    assert own("application", usual.pk).due_on == D("2026-03-16")
    urgent = make.application(case, "2026-03-09", urgent=True)
    assert urgent.decide_by == make.moment("2026-03-11", 10)  # the hour of the event is not counted (民诉法 85)
    late = preservation.rule(
        actor=None, application=urgent, outcome="granted", ruling_number="保2号", ruled_at=make.moment("2026-03-12")
    )
    assert late.late


@pytest.mark.parametrize(
    ("kind", "expires"),
    [("deposit", "2027-03-10"), ("movable", "2028-03-10"), ("immovable", "2029-03-10"), ("rights", "2029-03-10"),
     ("ship", "2026-04-09"), ("cargo", "2026-03-25")],
)  # fmt: skip
def test_a_measure_lives_as_long_as_its_object_allows(case, kind, expires):
    row = make.measure(make.granted(case, "2026-03-09"), "2026-03-10", object_kind=kind)
    assert row.expires_on == own("measure", row.pk).due_on == D(expires)


def test_before_suit_the_applicant_has_thirty_days(case):
    asked = make.granted(case, "2026-03-09", kind="pre_suit")
    make.measure(asked, "2026-03-10")
    asked.refresh_from_db()
    assert asked.sue_by == D("2026-04-09")
    with court_clock.as_of(D("2026-03-30")):
        preservation.note_suit(actor=None, application=asked, sued_on=D("2026-03-30"), sued_number="民初9号")
    assert not Clock.objects.live().filter(limit_id="prv_sue").exists()


def test_renewal_runs_anew_and_several_measures_of_one_kind_have_clocks_of_their_own(case):
    asked = make.granted(case, "2026-03-09")
    first, second = make.measure(asked, "2026-03-10"), make.measure(asked, "2026-03-11", thing="乙银行账户 0002")
    with court_clock.as_of(D("2027-02-25")):
        renewal = preservation.renew(
            actor=None, measure=first, asked_on=D("2027-02-20"), renewed_on=D("2027-02-25"), document="续保1号"
        )
        late = preservation.renew(
            actor=None, measure=second, asked_on=D("2027-02-25"), renewed_on=D("2027-02-25"), document="续保2号"
        )
    first.refresh_from_db()
    assert first.expires_on == D("2028-02-25") and not renewal.late and not late.late
    assert Clock.objects.live().filter(limit_id="prv_bank").count() == 2


def test_the_ladder_before_expiry_warns_court_and_applicant_once_each(case):
    row = make.measure(make.granted(case, "2026-03-09"), "2026-03-10")  # expires 2027-03-10
    for day, rows in (("2026-12-09", 0), ("2026-12-10", 1), ("2026-12-10", 1), ("2027-01-09", 3), ("2027-02-08", 5),
                      ("2027-03-03", 7), ("2027-03-10", 7)):  # fmt: skip
        with court_clock.as_of(D(day)):
            watch_subjects()
        assert row.reminders.count() == rows, day
    assert set(row.reminders.filter(to="applicant").values_list("days", flat=True)) == {60, 30, 7}
    reminder = Reminder.objects.filter(to="applicant", days=7).get()
    with court_clock.as_of(D("2027-03-04")):
        with pytest.raises(Refusal):
            watch_services.note_receipt(
                actor=None, reminder=reminder, sent_on=D("2027-03-04"), how="邮寄", received_on=D("2027-03-03")
            )
        watch_services.note_receipt(actor=None, reminder=reminder, sent_on=D("2027-03-04"), how="邮寄")
    assert Reminder.objects.get(pk=reminder.pk).sent_on == D("2027-03-04")


def test_a_lapse_is_an_incident_that_must_be_explained(people, case):
    row = make.measure(make.granted(case, "2026-03-09"), "2026-03-10")
    with court_clock.as_of(D("2027-03-11")):
        assert watch_subjects()["lapsed"] == 1 and watch_subjects()["lapsed"] == 0
        lapse = Lapse.objects.get()
        row.refresh_from_db()
        assert row.state == "lapsed" and row.ended_on == lapse.lapsed_on == D("2027-03-10")
        assert lapse.answer_by == D("2027-03-16") and own("measure", row.pk).status == "stopped"
        told = set(Notice.objects.filter(kind="preservation").values_list("recipient", flat=True))
        assert {case.judge_id, people["chief"].pk, people["management"].pk} <= told
        with pytest.raises(Refusal):
            watch_services.explain_lapse(actor=None, lapse=lapse, explanation="忘了")
        watch_services.explain_lapse(
            actor=None, lapse=lapse, explanation="申请人未申请续行，已书面告知其后果，未受损失。"
        )
        with pytest.raises(Conflict):
            watch_services.explain_lapse(actor=None, lapse=lapse, explanation="申请人未申请续行，已书面告知其后果。")
        with pytest.raises(Conflict):
            preservation.renew(
                actor=None, measure=row, asked_on=D("2027-03-11"), renewed_on=D("2027-03-11"), document="续保1号"
            )
    assert AuditEntry.objects.filter(verb="preservation.lapse").count() == 1


def test_dates_that_moved_in_bulk_are_settled(case):
    row = make.measure(make.granted(case, "2026-03-09"), "2026-03-10")
    with act(actor=None, verb="test.move"):
        Clock.objects.filter(subject=f"measure:{row.pk}").update(due_on=D("2027-03-12"))
    assert settle_dates() == 1 and settle_dates() == 0
    row.refresh_from_db()
    assert row.expires_on == D("2027-03-12")
