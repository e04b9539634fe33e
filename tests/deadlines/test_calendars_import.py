"""The schedule of a year from the words of the notice, CSV or JSON; what would move is shown before it is saved."""

import chinese_calendar.constants as published
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courtcms.core import clock as court_clock
from courtcms.core.errors import Refusal
from courtcms.notices.models import Notice
from deadlines.calendars.models import CalendarDay
from deadlines.calendars.notice import NoticeError, read
from deadlines.calendars.selectors import work_calendar
from deadlines.calendars.services import close_court
from deadlines.scan.services import catch_up, scan
from tests.deadlines import factories
from tests.deadlines import hearing_factories as make
from tests.deadlines.factories import D

#: the schedule of 2026, in the manner of the notice
NOTICE_2026 = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def test_the_words_of_the_notice_give_the_days_of_the_published_library():
    found = read(NOTICE_2026, 2026)
    assert found.holidays == {d for d in published.holidays if d.year == 2026 and d.weekday() < 5}
    assert found.working == {d for d in published.workdays if d.year == 2026 and d.weekday() >= 5}
    assert found.names[D("2026-10-01")] == "国庆节"


def test_one_sentence_alone():
    text = "10月1日至7日放假调休，共7天。9月27日（星期日）、10月10日（星期六）上班。"
    found = read(text, 2020)
    assert found.holidays == {D(f"2020-10-0{n}") for n in (1, 2, 5, 6, 7)}
    assert found.working == {D("2020-09-27"), D("2020-10-10")}


@pytest.mark.parametrize(("text", "code"), [
    ("10月1日至7日放假调休，共8天。", "total"), ("2月30日放假，共1天。", "day"), ("今年没有通知", "nothing"),
    ("10月1日（星期三）放假，共1天。", "weekday"), ("10月7日至1日放假。", "span"), ("[1]", "shape"), ("{", "json"),
    ('[{"day": "2026-10-01", "kind": "maybe"}]', "kind"), ('{"holidays": ["2025-10-01"]}', "year"),
    ("day,kind\n2026-13-01,off\n", "day"),
])  # fmt: skip
def test_what_cannot_be_read_is_named(text, code):
    with pytest.raises(NoticeError) as caught:
        read(text, 2026)
    assert code in {name for name, _ in caught.value.problems}


def test_csv_and_json():
    rows = "日期,安排,节日\n2026-10-01,放假,国庆节\n2026-10-10,上班,国庆节\n"
    assert read(rows, 2026).working == {D("2026-10-10")}
    assert read('{"holidays": ["2026-10-01"], "working": []}', 2026).holidays == {D("2026-10-01")}


@pytest.mark.django_db
def test_the_preview_shows_old_and_new_and_saves_nothing(client):
    people = factories.court_people()
    clock = factories.clock_of(factories.civil_case(people, "2026-07-30"))  # due Monday 2027-02-01, provisional
    client.force_login(people["management"])
    address = reverse("deadlines:calendar") + "?year=2027"
    text = "春节：2月1日（星期一）至2日（星期二）放假调休，共2天。1月31日（星期日）上班。国庆节：10月1日放假。"
    before = CalendarDay.objects.count()
    sent = {"source": "国务院办公厅通知（虚构）", "notice": text, "act": "preview"}
    with court_clock.as_of(D("2026-11-10")):
        page = client.post(address, sent)
        [move] = page.context["preview"]["moves"]
        assert (move.old_due, move.new_due) == (D("2027-02-01"), D("2027-01-31"))
        assert CalendarDay.objects.count() == before
        hidden = page.context["preview"]
        kept = {key: hidden[key] for key in ("source", "holidays", "working", "names")}
        saved = client.post(address, {**kept, "act": "save"})
        assert saved.status_code == 302
        catch_up()
    clock.refresh_from_db()
    assert clock.due_on == D("2027-01-31")
    assert CalendarDay.objects.get(day=D("2027-02-01")).name == "春节"
    assert Notice.objects.filter(recipient=clock.case.judge, kind="calendar").count() == 1


@pytest.mark.django_db
def test_a_file_and_a_bad_file(client):
    people = factories.court_people()
    client.force_login(people["management"])
    address = reverse("deadlines:calendar") + "?year=2027"
    good = SimpleUploadedFile("a.csv", b"day,kind\n2027-10-01,off\n")
    page = client.post(address, {"source": "通知", "file": good, "act": "preview"})
    assert page.context["preview"]["off"] == [D("2027-10-01")]
    bad = SimpleUploadedFile("a.csv", b"\xff\xfe\x00")
    assert client.post(address, {"source": "通知", "file": bad, "act": "preview"}).status_code == 400


@pytest.mark.django_db
def test_a_closure_moves_the_last_day_and_outlives_a_new_schedule():
    people = factories.court_people()
    clock = factories.clock_of(factories.civil_case(people, "2025-02-11"))  # due Monday 2025-08-11
    with court_clock.as_of(D("2025-07-01")):
        close_court(actor=people["management"], days=[D("2025-08-11")], reason="台风停止办公（虚构）")
        scan(as_of=D("2025-07-01"))
        with pytest.raises(Refusal):
            close_court(actor=people["management"], days=[D("2025-08-10")], reason="周日")
    clock.refresh_from_db()
    assert clock.due_on == D("2025-08-12")
    assert not work_calendar().is_working_day(D("2025-08-11"))


@pytest.mark.django_db
def test_a_closure_is_shown_first_then_saved_and_people_are_told_and_it_can_be_taken_back(client):
    people = factories.court_people()
    clock = factories.clock_of(factories.civil_case(people, "2025-02-11"))  # due Monday 2025-08-11
    client.force_login(people["management"])
    close, reopen = reverse("deadlines:calendar_close"), reverse("deadlines:calendar_reopen")
    with court_clock.as_of(D("2025-07-20")):
        heard = make.hearing(clock.case, day=D("2025-08-11"))
        sent = {"days": "2025-08-11", "reason": "洪水停止办公（虚构）"}
        page = client.post(close, sent | {"act": "preview"})
        assert page.status_code == 200 and [(m.old_due, m.new_due) for m in page.context["preview"]["moves"]] == [
            (D("2025-08-11"), D("2025-08-12"))
        ]
        assert list(page.context["preview"]["hearings"]) == [heard] and work_calendar().is_working_day(D("2025-08-11"))
        assert client.post(close, sent).status_code == 302
        catch_up()
        clock.refresh_from_db()
        assert clock.due_on == D("2025-08-12")
        told = Notice.objects.filter(recipient=clock.case.judge, kind="calendar")
        assert {notice.url for notice in told} >= {reverse("hearings:show", args=[heard.pk])} and told.count() == 2
        assert client.post(reopen, {"day": "2025-08-12", "reason": "未停"}).status_code == 400
        page = client.post(reopen, {"day": "2025-08-11", "reason": "洪水已退", "act": "preview"})
        assert [m.new_due for m in page.context["preview"]["moves"]] == [D("2025-08-11")]
        assert client.post(reopen, {"day": "2025-08-11", "reason": "洪水已退"}).status_code == 302
        catch_up()
    clock.refresh_from_db()
    assert clock.due_on == D("2025-08-11") and work_calendar().is_working_day(D("2025-08-11"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"days": "2026-12-05", "reason": ""}, ["days", "reason"]),
        ({"days": "2026-02-30, x", "reason": "停电"}, ["days"]),
        ({"days": "", "reason": "停电"}, ["days"]),
        ({"days": "2026-10-01 2026-12-06", "reason": "停电"}, ["days", "days"]),
        ({"days": "2026-12-10..2026-12-01", "reason": "停电"}, ["days"]),
    ],
)
def test_a_closure_without_sense_is_refused_with_all_reasons_and_nothing_changes(client, sent, told):
    client.force_login(factories.court_people()["management"])
    before = list(CalendarDay.objects.values_list("day", flat=True))
    for act_of in ("preview", "save"):
        page = client.post(reverse("deadlines:calendar_close"), sent | {"act": act_of})
        found = [name for name, errors in page.context["closure"].errors.items() for _error in errors]
        assert page.status_code == 400 and sorted(set(told)) == sorted(set(found)) and len(found) >= len(told)
    assert list(CalendarDay.objects.values_list("day", flat=True)) == before
