"""Signals of hidden overdue: found from the ledger, asked once, answered, referred."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core import events
from courtcms.core.errors import NotAllowed, Refusal
from courtcms.notices.models import Notice
from deadlines.clocks import services
from deadlines.clocks.models import ClockExtension, ClockInterval
from deadlines.signals.events import SignalRaised
from deadlines.signals.models import Signal
from deadlines.signals.rules import DetectorError, detectors, parse
from deadlines.signals.services import answer, look, review
from tests.deadlines import factories
from tests.deadlines.factories import D

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return factories.court_people()


@pytest.fixture
def case(people):
    return factories.civil_case(people, "2025-02-10")


def stop(people, case, first, last=None, ground="ded_appraisal", document="委托书"):
    """A deduction; one without its document comes from an import and is written as such."""
    clock = factories.clock_of(case)
    with act(actor=None, verb="test.import"):
        return ClockInterval.objects.create(
            clock=clock, ground=ground, starts_on=D(first), ends_on=D(last) if last else None, document=document
        )


def found(case):
    return set(Signal.objects.filter(case=case).values_list("detector", flat=True))


def test_a_clean_ledger_asks_nothing(people, case):
    assert look(as_of=D("2025-06-01")) == 0


def test_the_third_deduction_on_one_ground_is_asked_about_with_all_three(people, case):
    stop(people, case, "2025-02-20", "2025-02-25")
    stop(people, case, "2025-03-01", "2025-03-05")
    look(as_of=D("2025-03-10"))
    assert "same_ground" not in found(case)
    stop(people, case, "2025-03-08", "2025-03-09")
    look(as_of=D("2025-03-10"))
    signal = Signal.objects.get(detector="same_ground")
    assert [item["from"] for item in signal.evidence] == ["2025-02-20", "2025-03-01", "2025-03-08"]
    assert (signal.judge, signal.due_on) == (case.judge, D("2025-03-13"))  # three working days after Monday 10 March


def test_a_deduction_without_a_document(people, case):
    stop(people, case, "2025-02-20", "2025-02-25", document=" ")
    look(as_of=D("2025-03-10"))
    assert found(case) == {"no_document"}


@pytest.mark.parametrize(("days", "asked"), [(29, set()), (30, {"open_30", "silent_stop"}),
                                             (90, {"open_30", "open_90", "silent_stop"})])  # fmt: skip
def test_a_stop_is_asked_about_from_its_thirtieth_and_ninetieth_day(people, case, days, asked):
    stop(people, case, "2025-03-01")
    look(as_of=D("2025-03-01") + timedelta(days=days))
    assert found(case) - {"counted_share"} == asked


def test_an_entry_in_the_docket_breaks_the_silence(people, case):
    stop(people, case, "2025-03-01")
    with act(actor=None, verb="test.docket"):
        case.docket.create(
            kind="evidence", happened_on=D("2025-03-20"), actor=case.judge, capacity="", entered_at=court_clock.now()
        )
    look(as_of=D("2025-04-05"))
    assert found(case) == {"open_30"}


@pytest.mark.parametrize(("asked_on", "late"), [("2025-08-05", False), ("2025-08-06", True), ("2025-08-11", True)])
def test_an_extension_asked_in_the_last_five_days(people, case, asked_on, late):
    """The limit ends on 2025-08-11."""
    with act(actor=None, verb="test.ask"):
        ClockExtension.objects.create(
            clock=factories.clock_of(case), amount=6, unit="month", status="asked", asked_on=D(asked_on),
            approver="court_president", document="审批表", reason="疑难",
        )  # fmt: skip
    look(as_of=D("2025-08-12"))
    assert ("late_request" in found(case)) is late


@pytest.mark.parametrize(("resumed", "late"), [("2025-04-03", False), ("2025-04-04", True)])
def test_a_clock_resumed_long_after_the_report_came(people, case, resumed, late):
    stop(people, case, "2025-03-01", resumed)
    with act(actor=None, verb="test.docket"):
        case.docket.create(
            kind="appraisal_back", happened_on=D("2025-04-01"), actor=case.judge, capacity="",
            entered_at=court_clock.now(),
        )  # fmt: skip
    look(as_of=D("2025-04-10"))
    assert ("resumed_late" in found(case)) is late


def test_few_of_the_days_count(people, case):
    """Two hundred days since the start; overlapping stops of 110 and 60 days take 120 out, counted once."""
    stop(people, case, "2025-03-01", "2025-06-19")
    stop(people, case, "2025-04-30", "2025-06-29", ground="ded_settlement")
    look(as_of=D("2025-02-10") + timedelta(days=200))
    [item] = Signal.objects.get(detector="counted_share").evidence
    assert (item["calendar"], item["counted"]) == (200, 80)


def test_the_same_finding_is_asked_once_and_higher_rooms_hear_of_it(people, case):
    stop(people, case, "2025-02-20", "2025-02-25", document="")
    heard = []
    events.subscribe(SignalRaised, heard.append)
    try:
        first, second = look(as_of=D("2025-03-10")), look(as_of=D("2025-03-11"))
    finally:
        events._handlers[SignalRaised].remove(heard.append)
    assert (first, second) == (1, 0)
    assert heard == [SignalRaised(Signal.objects.get().pk, case.pk)]
    assert Notice.objects.filter(recipient=case.judge, kind="signals").count() == 1


def report_received(case, day):
    with act(actor=None, verb="test.docket"):
        case.docket.create(
            kind="appraisal_back", happened_on=D(day), actor=case.judge, capacity="", entered_at=court_clock.now()
        )


def entered(case, day):
    with act(actor=None, verb="test.docket"):
        case.docket.create(
            kind="evidence", happened_on=D(day), actor=case.judge, capacity="", entered_at=court_clock.now()
        )


def asked(case, day):
    with act(actor=None, verb="test.ask"):
        ClockExtension.objects.create(
            clock=factories.clock_of(case), amount=6, unit="month", status="asked", asked_on=D(day),
            approver="court_president", document="审批表", reason="疑难",
        )  # fmt: skip


#: what is done in the ledger of a case that starts on 2025-02-10, and the day it is looked at: it fires, and just not
MADE = {
    "same_ground": (
        lambda p, c: [stop(p, c, f"2025-03-0{n}", f"2025-03-0{n + 1}") for n in (1, 3, 5)],
        lambda p, c: [stop(p, c, f"2025-03-0{n}", f"2025-03-0{n + 1}") for n in (1, 3)], "2025-03-20",
    ),
    "no_document": (
        lambda p, c: stop(p, c, "2025-03-01", "2025-03-09", document=""),
        lambda p, c: stop(p, c, "2025-03-01", "2025-03-09"), "2025-03-20",
    ),
    "open_30": (
        lambda p, c: (stop(p, c, "2025-03-01"), entered(c, "2025-03-20")),
        lambda p, c: (stop(p, c, "2025-03-02"), entered(c, "2025-03-20")), "2025-03-31",
    ),
    "open_90": (
        lambda p, c: (stop(p, c, "2025-03-01"), entered(c, "2025-03-20")),
        lambda p, c: (stop(p, c, "2025-03-02"), entered(c, "2025-03-20")), "2025-05-30",
    ),
    "silent_stop": (
        lambda p, c: stop(p, c, "2025-03-01"),
        lambda p, c: (stop(p, c, "2025-03-01"), entered(c, "2025-03-31")), "2025-03-31",
    ),
    "late_request": (
        lambda p, c: asked(c, "2025-08-06"), lambda p, c: asked(c, "2025-08-05"), "2025-08-07",
    ),
    "resumed_late": (
        lambda p, c: (stop(p, c, "2025-03-01", "2025-03-18"), report_received(c, "2025-03-15")),
        lambda p, c: (stop(p, c, "2025-03-01", "2025-03-17"), report_received(c, "2025-03-15")), "2025-03-20",
    ),
    "counted_share": (
        lambda p, c: stop(p, c, "2025-03-01", "2025-06-10"),  # 101 of 200 days
        lambda p, c: stop(p, c, "2025-03-01", "2025-06-09"), "2025-08-29",
    ),
}  # fmt: skip


def test_every_detector_has_its_made_case():
    assert set(MADE) == {detector.id for detector in detectors()}


@pytest.mark.parametrize("detector", MADE)
def test_each_detector_fires_on_its_case_asks_the_judge_once_and_leaves_the_clean_one(people, detector):
    dirty, clean, day = MADE[detector]
    guilty, innocent = factories.civil_case(people, "2025-02-10"), factories.civil_case(people, "2025-02-10")
    dirty(people, guilty)
    clean(people, innocent)
    look(as_of=D(day))
    look(as_of=D(day))
    [signal] = Signal.objects.filter(detector=detector)
    assert signal.case == guilty and signal.evidence
    assert (signal.judge, signal.state) == (guilty.judge, "asked") and signal.due_on > D(day)
    [notice] = Notice.objects.filter(recipient=guilty.judge, kind="signals")
    mine = Signal.objects.filter(judge=guilty.judge)
    assert notice.params == {"n": mine.count(), "due": min(row.due_on for row in mine).isoformat()}


def test_the_judge_answers_and_the_chief_accepts_or_asks_again(people, case):
    stop(people, case, "2025-02-20", "2025-02-25", document="")
    look(as_of=D("2025-03-10"))
    signal = Signal.objects.get()
    with court_clock.as_of(D("2025-03-11")):
        with pytest.raises(NotAllowed):
            answer(actor=people["criminal_judge"], signal_id=signal.pk, text="与我无关")
        with pytest.raises(Refusal):
            answer(actor=case.judge, signal_id=signal.pk, text=" ")
        assert answer(actor=case.judge, signal_id=signal.pk, text="材料在纸质卷中，今日补录").state == "answered"
        again = review(actor=people["management"], signal_id=signal.pk, accepted=False, text="请附材料")
        assert (again.state, again.due_on) == ("asked", D("2025-03-14"))
        answer(actor=case.judge, signal_id=signal.pk, text="已补")
        assert review(actor=people["management"], signal_id=signal.pk, accepted=True, text="属实").state == "settled"


def test_no_answer_goes_to_trial_management_and_the_chief_once(people, case):
    stop(people, case, "2025-02-20", "2025-02-25", document="")
    look(as_of=D("2025-03-10"))
    look(as_of=D("2025-03-13"))  # the last day itself
    assert Signal.objects.get().state == "asked"
    look(as_of=D("2025-03-14"))
    look(as_of=D("2025-03-15"))
    assert Signal.objects.get().state == "referred"
    for person in (people["management"], people["chief"]):
        assert Notice.objects.filter(recipient=person, kind="signals").count() == 1


def test_a_closed_case_settles_its_question(people, case):
    stop(people, case, "2025-02-20", "2025-02-25", document="")
    look(as_of=D("2025-03-10"))
    services.stop_clock(actor=None, clock=factories.clock_of(case), stopped_on=D("2025-03-11"), reason="结案")
    look(as_of=D("2025-03-12"))
    assert Signal.objects.get().state == "settled"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_show_the_evidence(client, people, case, language):
    stop(people, case, "2025-02-20", "2025-02-25", document="")
    look(as_of=D("2025-03-10"))
    client.force_login(case.judge)
    client.cookies["django_language"] = language
    listed = client.get(reverse("deadlines:signals"))
    page = client.get(reverse("deadlines:signal", args=[Signal.objects.get().pk]))
    assert listed.status_code == page.status_code == 200
    assert ("No document is named" in page.content.decode()) is (language == "en")
    client.force_login(people["criminal_judge"])
    assert client.get(reverse("deadlines:signal", args=[Signal.objects.get().pk])).status_code == 404


def test_an_answer_by_the_page(client, people, case):
    stop(people, case, "2025-02-20", "2025-02-25", document="")
    look(as_of=D("2025-03-10"))
    signal = Signal.objects.get()
    client.force_login(case.judge)
    refused = client.post(reverse("deadlines:signal_answer", args=[signal.pk]), {"text": ""})
    assert refused.status_code == 400 and "写明原因" in refused.content.decode()
    assert client.post(reverse("deadlines:signal_answer", args=[signal.pk]), {"text": "补录"}).status_code == 302
    assert Signal.objects.get().answer == "补录"


@pytest.mark.parametrize("raw", [
    {}, {"detectors": [{"id": "a", "measure": "guess"}]},
    {"detectors": [{"id": "a", "measure": "open", "name": {"zh": "甲", "en": "A"}, "how": {"zh": "甲", "en": "A"},
                    "answer_days": 3}]},
])  # fmt: skip
def test_a_bad_pack_names_its_entry(raw):
    with pytest.raises(DetectorError):
        parse(raw)
