"""Applications to change a limit: the way to the decision, what it does to the date, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from cases.intake.catalogue import causes
from cases.intake.services import close_case
from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalRequest, ApprovalStep
from courtcms.approvals.services import decide, resubmit, withdraw
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from courtcms.courts.models import DivisionKind
from courtcms.notices.models import Notice
from deadlines.changes.letters import Answer, enter_answer, enter_dispatch, enter_receipt
from deadlines.changes.models import ChangeRequest, HigherLetter, PartyNotice
from deadlines.changes.party import enter_objection
from deadlines.changes.preview import effects_of
from deadlines.changes.words import told
from deadlines.clocks.interval_services import IntervalDraft, add_interval
from deadlines.clocks.models import Clock, ClockInterval
from deadlines.clocks.supposing import Supposition, suppose
from deadlines.clocks.terms import Excluded
from deadlines.rulebook.rules import Amount
from tests import factories as ground
from tests.deadlines import factories
from tests.deadlines.change_factories import agree, asked, court_people, draft, paper

pytestmark = pytest.mark.django_db
D = date.fromisoformat


@pytest.fixture
def people():
    return court_people()


@pytest.fixture
def case(people):
    """Civil, ordinary, filed on 2025-02-10: six months from the day after, so the last day is 2025-08-10, a Sunday;
    it moves to Monday 2025-08-11. Asked fifteen days before the unrolled day: by 2025-07-26; decided by 08-05."""
    return factories.civil_case(people, "2025-02-10")


def codes(refusal):
    return {reason.code for reason in refusal.value.reasons}


def extension(people, clock, **fields):
    values = {"ground": "civ_1st_ordinary#1", "amount": 6, "unit": "month"}
    return asked(people["judge"], clock, "extension", **(values | fields))


def test_a_case_with_appraisal_late_extension_suspension_and_conversion_has_the_right_date_at_each_step(people):
    """Civil, simplified, filed 2025-02-10. Three months: 2025-05-10, a Saturday, so Monday 2025-05-12."""
    case = factories.civil_case(people, "2025-02-10", procedure="simplified")
    clock = factories.clock_of(case)
    assert (clock.limit_id, clock.due_on) == ("civ_1st_simplified", D("2025-05-12"))

    with court_clock.as_of(D("2025-03-28")):  # appraisal 03-03 to 03-28: 25 days do not count
        change = asked(people["judge"], clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"),
                       ends_on=D("2025-03-28"))  # fmt: skip
        clock.refresh_from_db()
        assert (change.state, clock.due_on) == ("asked", D("2025-05-12"))
        agree(people["chief"], change)
    clock.refresh_from_db()
    # 2025-05-10 + 25 days = 2025-06-04, a Wednesday
    assert (change.state, change.due_after, clock.due_on) == ("decided", D("2025-06-04"), D("2025-06-04"))
    assert "审批#" in ClockInterval.objects.get(clock=clock).approved_by

    with court_clock.as_of(D("2025-05-30")):  # fifteen days before 06-04 were over on 05-20
        late = extension(people, clock, ground="civ_1st_simplified#1", amount=1)
        assert late.asked_late and late.request_by == D("2025-05-20")
        assert Notice.objects.filter(recipient=people["management"], kind="deadlines.change_late").exists()
        assert agree(people["chief"], late).state == "chief_ok"
        agree(people["president"], late)
    clock.refresh_from_db()
    # three months and one month from 02-10: 06-10; + 25 days = 2025-07-05, a Saturday; Monday 07-07.
    # Decided on 05-30: five days before 06-04 is 05-30, so in time.
    assert (late.state, late.decided_late, clock.due_on) == ("decided", False, D("2025-07-07"))

    with court_clock.as_of(D("2025-06-10")):
        change = asked(people["judge"], clock, "conversion", ground="cnv_civ_simplified_ordinary",
                       starts_on=D("2025-06-10"))  # fmt: skip
        agree(people["chief"], change)
    new = change.new_clock
    clock.refresh_from_db()
    # ordinary procedure counts on from the original filing: 08-10 + the 25 days of appraisal = 2025-09-04, a Thursday
    assert (clock.status, new.limit_id, new.due_on) == ("converted", "civ_1st_ordinary", D("2025-09-04"))

    with court_clock.as_of(D("2025-07-01")):
        stop = asked(people["judge"], new, "suspension", ground="sus_civil", starts_on=D("2025-07-01"))
        agree(people["chief"], stop)
    new.refresh_from_db()
    assert (new.status, new.due_on) == ("paused", None)
    with court_clock.as_of(D("2025-07-31")):
        resume = asked(people["judge"], new, "resumption", interval=stop.interval_id, ends_on=D("2025-07-31"))
        agree(people["chief"], resume)
    new.refresh_from_db()
    # 07-01 to 07-31 are 30 days: 2025-09-04 + 30 = 2025-10-04, within the National Day holiday (10-01 to 10-08): 10-09
    assert (new.status, new.due_on) == ("running", D("2025-10-09"))
    keys = [step["key"] for step in new.derivation]
    assert keys.count("excluded") == 2 and keys[0] == "start" and "roll" in keys
    notices = PartyNotice.objects.filter(change__case=case)
    assert notices.count() == 5 * case.parties.count()


def test_the_way_of_an_extension_is_chief_then_president(people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-07-20")):
        change = extension(people, clock)
        assert (change.asked_late, change.request_by, change.decide_by) == (False, D("2025-07-26"), D("2025-08-05"))
        with pytest.raises(NotAllowed):
            agree(people["president"], change)
        agree(people["chief"], change)
        effects = {str(effect.label): effect for effect in effects_of(change)}
        # twelve months from 2025-02-10: 2026-02-10, a Tuesday
        assert effects["届满日"].after == "2026-02-10（周二）" and effects["届满时案件总天数"].after == "365 天"
        agree(people["president"], change)
    clock.refresh_from_db()
    assert clock.due_on == D("2026-02-10")
    assert change.extension.approved_by.endswith(f"审批#{change.approval_id}")


def test_the_second_extension_goes_up_as_a_letter_with_receipt_and_answer(people, case):
    clock, judge = factories.clock_of(case), people["judge"]
    with court_clock.as_of(D("2025-07-20")):
        change = extension(people, clock)
        agree(people["chief"], change)
        agree(people["president"], change)
    with court_clock.as_of(D("2026-01-20")):
        second = extension(people, clock, ground="civ_1st_ordinary#2", amount=3)
        agree(people["chief"], second)
        assert agree(people["president"], second).state == "sent_up"
    letter = HigherLetter.objects.get(change=second)
    assert (letter.number, letter.to_name) == ("（2026）津02审限报1号", "天津市高级人民法院")
    clock.refresh_from_db()
    assert clock.due_on == D("2026-02-10")
    answer = Answer("approved", D("2026-02-05"), "津高法审批7号", 3, paper(judge, case))
    with court_clock.as_of(D("2026-02-06")):
        with pytest.raises(Refusal) as refusal:
            enter_answer(actor=judge, letter=letter, answer=answer)
        assert codes(refusal) == {"not_received"}
        enter_dispatch(actor=judge, letter=letter, sent_on=D("2026-01-21"))
        enter_receipt(actor=judge, letter=letter, receipt_on=D("2026-01-23"), receipt="津高收 12")
        with pytest.raises(Refusal) as refusal:
            enter_answer(actor=judge, letter=letter, answer=Answer("approved", D("2026-01-22"), " ", 4, None))
        assert codes(refusal) == {"reversed", "document", "file", "too_long"}
        enter_answer(actor=judge, letter=letter, answer=answer)
        with pytest.raises(Conflict):
            enter_answer(actor=judge, letter=letter, answer=answer)
    clock.refresh_from_db()
    second.refresh_from_db()
    # fifteen months from 2025-02-10: 2026-05-10, a Sunday; Monday 05-11
    assert (second.state, clock.due_on) == ("decided", D("2026-05-11"))
    assert second.decided_by == "天津市高级人民法院"


def test_an_answer_of_the_higher_court_after_expiry_changes_nothing(people, case):
    clock, judge = factories.clock_of(case), people["judge"]
    with court_clock.as_of(D("2025-07-20")):
        change = extension(people, clock)
        agree(people["chief"], change)
        agree(people["president"], change)
    with court_clock.as_of(D("2026-01-20")):
        second = extension(people, clock, ground="civ_1st_ordinary#2", amount=3)
        agree(people["chief"], second)
        agree(people["president"], second)
    letter = HigherLetter.objects.get(change=second)
    with court_clock.as_of(D("2026-02-20")):
        enter_dispatch(actor=judge, letter=letter, sent_on=D("2026-01-21"))
        enter_receipt(actor=judge, letter=letter, receipt_on=D("2026-01-23"), receipt="12")
        with pytest.raises(Refusal) as refusal:
            enter_answer(
                actor=judge, letter=letter, answer=Answer("approved", D("2026-02-11"), "7号", 3, paper(judge, case))
            )
        assert codes(refusal) == {"after_expiry"}
    clock.refresh_from_db()
    assert clock.due_on == D("2026-02-10")


def test_after_expiry_nothing_can_be_asked_or_granted(people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-08-11")):  # the due day itself is not expired
        change = extension(people, clock)
        agree(people["chief"], change)
    with court_clock.as_of(D("2025-08-12")):
        with pytest.raises(Refusal) as refusal:
            agree(people["president"], change)
        assert codes(refusal) == {"after_expiry"}
        with pytest.raises(Refusal) as refusal:
            asked(people["judge"], clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"))
        assert codes(refusal) == {"after_expiry"}
    clock.refresh_from_db()
    change.refresh_from_db()
    assert (clock.due_on, change.state) == (D("2025-08-11"), "chief_ok")
    assert not ClockInterval.objects.filter(clock=clock).exists()


def test_two_approvers_at_once_the_second_is_told_of_the_first(people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-03-10")):
        change = asked(people["judge"], clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"))
        step = ApprovalStep.objects.get(request=change.approval_id, state="open")
        decide(actor=people["chief"], step_id=step.pk, decision="approve")
        with pytest.raises(Conflict):
            decide(actor=people["chief"], step_id=step.pk, decision="reject", comment="不同意")
    assert ClockInterval.objects.filter(clock=clock).count() == 1


def test_an_administrative_limit_is_asked_for_ten_days_before_and_goes_to_the_high_court(people):
    where = ground.division("admin-1", DivisionKind.ADMINISTRATIVE)
    judge, chief = ground.person(Post.JUDGE, where), ground.person(Post.DIVISION_CHIEF, where)
    case = factories.civil_case(people, "2025-02-10", type_code="0401", cause_code=_administrative_cause())
    clock = factories.clock_of(case)
    # six months: Sunday 2025-08-10; ten days before the unrolled day: 07-31
    assert clock.request_by == D("2025-07-31")
    with court_clock.as_of(D("2025-08-01")):
        change = asked(judge, clock, "extension", ground="adm_1st#1", amount=3, unit="month")
        assert change.asked_late and change.approver == "high_court"
        agree(chief, change)
        agree(people["president"], change)
    assert HigherLetter.objects.get(change=change).to_name == "天津市高级人民法院"


def _administrative_cause():
    return next(code for code in causes() if code.startswith("administrative:"))


def test_adjournments_are_capped_at_two_and_one_month(people, case):
    clock, judge = factories.clock_of(case), people["judge"]
    for first, last in (("2025-03-03", "2025-03-20"), ("2025-04-01", "2025-05-01")):
        with court_clock.as_of(D(last)):
            change = asked(judge, clock, "adjournment", ground="ded_adjournment", starts_on=D(first), ends_on=D(last))
            agree(people["chief"], change)
    with court_clock.as_of(D("2025-07-10")), pytest.raises(Refusal) as refusal:
        asked(judge, clock, "adjournment", ground="ded_adjournment", starts_on=D("2025-06-02"),
              ends_on=D("2025-07-03"))  # fmt: skip
    assert codes(refusal) == {"cap", "too_long"}


def test_return_mend_and_withdrawal(people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-07-20")):
        change = extension(people, clock)
        assert agree(people["chief"], change, "return", "理由不足").state == "returned"
    with court_clock.as_of(D("2025-07-30")):
        resubmit(actor=people["judge"], request_id=change.approval_id, reason="补充理由", target=change)
        change.refresh_from_db()
        assert (change.state, change.reason, change.asked_late) == ("asked", "补充理由", True)
        withdraw(actor=people["judge"], request_id=change.approval_id, reason="不再需要")
        change.refresh_from_db()
        assert change.state == "withdrawn"
        again = extension(people, clock)
        assert agree(people["chief"], again, "reject", "不符合条件").state == "rejected"
    clock.refresh_from_db()
    assert clock.due_on == D("2025-08-11")


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("deduction", {"ground": "nd_petition", "starts_on": D("2025-03-03")}, {"not_deductible"}),
        ("extension", {"ground": "nd_petition", "amount": 6, "unit": "month"}, {"not_deductible"}),
        ("extension", {"ground": "civ_1st_ordinary#2", "amount": 7, "unit": "month"}, {"ground_unknown", "too_long"}),
        ("extension", {"ground": "civ_1st_ordinary#1", "amount": 0, "unit": "day"}, {"amount_not_positive"}),
        ("deduction", {"ground": "ded_psychiatric", "starts_on": D("2025-03-03")}, {"ground_other_category"}),
        ("deduction", {"ground": "sus_civil", "starts_on": D("2025-03-03")}, {"ground_other_kind"}),
        (
            "deduction",
            {"ground": "ded_appraisal", "starts_on": D("2025-03-03"), "ends_on": D("2025-03-01"), "reason": " ",
             "document": "", "file": None},
            {"interval_reversed", "reason", "document", "file"},
        ),
        ("deduction", {"ground": "ded_appraisal", "starts_on": D("2025-01-03")}, {"before_start"}),
        ("deduction", {"ground": "no_such", "starts_on": D("2025-03-03")}, {"ground_unknown"}),
        ("deduction", {"ground": "ded_appraisal"}, {"date_missing"}),
        ("resumption", {"interval": 999999, "ends_on": D("2025-03-03")}, {"interval"}),
        ("conversion", {"ground": "cnv_crim_supp", "starts_on": D("2025-03-03")}, {"conversion"}),
        ("conversion", {"ground": "cnv_crim_fast", "starts_on": D("2026-03-03")}, {"conversion", "future"}),
        ("holiday", {}, {"kind"}),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_every_reason_and_nothing_changes(people, case, kind, fields, expected):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-04-01")), pytest.raises(Refusal) as refusal:
        asked(people["judge"], clock, kind, **fields)
    assert codes(refusal) == expected
    assert not ChangeRequest.objects.exists() and not ApprovalRequest.objects.exists()
    if "not_deductible" in expected:
        assert "审限" in refusal.value.reasons[0].article


def test_a_closed_case_an_overlap_and_a_second_application_are_refused(people, case):
    clock, judge = factories.clock_of(case), people["judge"]
    with court_clock.as_of(D("2025-04-10")):
        first = asked(judge, clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"),
                      ends_on=D("2025-03-28"))  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            asked(judge, clock, "deduction", ground="ded_notice", starts_on=D("2025-04-01"))
        assert codes(refusal) == {"pending"}
        agree(people["chief"], first)
        with pytest.raises(Refusal) as refusal:
            asked(judge, clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-20"))
        assert codes(refusal) == {"overlap"}
        close_case(actor=people["judge"], case=case, closed_on=D("2025-04-10"), method="first_instance_civil:3")
        clock.refresh_from_db()
        with pytest.raises(Refusal) as refusal:
            asked(judge, clock, "deduction", ground="ded_notice", starts_on=D("2025-04-01"))
        assert {"case_closed", "stopped"} <= codes(refusal)


def test_only_judges_of_the_case_ask_and_nobody_writes_the_ledger_around_the_approval(people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-04-10")):
        for who in ("criminal_judge", "management", "president"):
            with pytest.raises(NotAllowed):
                asked(people[who], clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"))
        for who in ("judge", "chief", "president"):
            with pytest.raises(NotAllowed):
                add_interval(
                    actor=people[who], clock=clock,
                    draft=IntervalDraft("ded_appraisal", D("2025-03-03"), None, "委托书", "庭长"),
                )  # fmt: skip


def test_a_chief_who_asks_for_an_own_case_is_decided_by_the_vice_president(people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-04-10")):
        change = asked(people["chief"], clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"))
        with pytest.raises(NotAllowed):
            agree(people["chief"], change)
        assert agree(people["vice"], change).state == "decided"


def test_parties_are_told_in_plain_words_and_may_object(people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-04-10")):
        change = asked(people["judge"], clock, "deduction", ground="ded_appraisal", starts_on=D("2025-03-03"),
                       ends_on=D("2025-03-28"), reason="需要鉴定笔迹")  # fmt: skip
        agree(people["chief"], change)
        notice = PartyNotice.objects.filter(change=change).first()
        text = "\n".join(told(notice.lines))
        # six months end on 2025-08-10; 25 days more: 2025-09-04, a Thursday
        for words in ("需要鉴定笔迹", "2025-03-03", "25 天", "2025-09-04", "提出异议", "第七条"):
            assert words in text
        with pytest.raises(Refusal) as refusal:
            enter_objection(actor=people["judge"], notice=notice, objected_on=D("2025-04-09"), objection="")
        assert codes(refusal) == {"objection", "before_start"}
        enter_objection(actor=people["judge"], notice=notice, objected_on=D("2025-04-10"), objection="不同意鉴定")
    assert Notice.objects.filter(recipient=people["chief"], kind="deadlines.change_objection").exists()


def test_what_is_supposed_is_not_written(people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-04-10")):
        assert suppose(clock, Supposition(extension=Amount(6, "month"))).due_on == D("2026-02-10")
        excluded = Excluded(D("2025-03-03"), D("2025-03-28"), "ded_appraisal")
        assert suppose(clock, Supposition(excluded=excluded)).due_on == D("2025-09-04")
        with pytest.raises(Refusal) as refusal:
            suppose(clock, Supposition(excluded=Excluded(D("2025-03-03"), None, "nd_petition")))
        assert codes(refusal) == {"not_deductible"}
    assert Clock.objects.get(pk=clock.pk).due_on == D("2025-08-11")


def test_draft_carries_its_paper(people, case):
    clock = factories.clock_of(case)
    assert draft(people["judge"], clock, "deduction").file.case_id == case.pk
