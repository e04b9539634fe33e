"""The pages: who sees what, what they answer to bad input, and how many queries they cost."""

import pytest
from django.urls import reverse

from courtcms.core import clock as court_clock
from deadlines.calendars.models import CalendarYear
from deadlines.clocks.models import Clock
from deadlines.scan.services import scan
from tests.deadlines import factories
from tests.deadlines.factories import D

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return factories.court_people()


@pytest.fixture
def case(people):
    return factories.civil_case(people, "2025-02-10")


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def test_the_panel_shows_the_date_and_its_working(client, people, case):
    with court_clock.as_of(D("2025-07-20")):
        page = get(client, people["judge"], "deadlines:case_panel", case.pk)
    text = page.content.decode()
    assert "2025-08-11（周一）" in text and "民诉法第152条" in text and "<svg" in text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_clock_page_in_both_languages(client, people, case, language):
    client.cookies["django_language"] = language
    page = get(client, people["management"], "deadlines:clock", factories.clock_of(case).pk)
    text = page.content.decode()
    assert page.status_code == 200
    assert ("Civil Procedure Law art. 152" in text) is (language == "en")


@pytest.mark.parametrize(
    ("today", "said", "not_said"),
    [  # due 2025-08-11, rolled from Sunday 08-10; 15 days before that
        ("2025-07-20", "须在 2025-07-26", "已过"),
        ("2025-08-04", "已过最迟申请日 2025-07-26", "须在"),
        ("2025-08-12", "届满后不能追溯延长", "还可以延长"),
    ],
)
def test_an_extension_is_offered_only_while_it_can_be_had(client, people, case, today, said, not_said):
    with court_clock.as_of(D(today)):
        page = get(client, people["judge"], "deadlines:clock", factories.clock_of(case).pk)
    note = page.content.decode().split('<p class="note mt4">')[1].split("</p>")[0]
    assert said in note and not_said not in note


def test_somebody_elses_case_is_not_found(client, people, case):
    assert get(client, people["criminal_judge"], "deadlines:clock", factories.clock_of(case).pk).status_code == 404
    assert get(client, people["criminal_judge"], "deadlines:case_panel", case.pk).status_code == 404


def test_the_list_counts_by_risk_and_opens_each(client, people):
    factories.civil_case(people, "2025-02-10")
    factories.civil_case(people, "2025-06-10")
    with court_clock.as_of(D("2025-08-20")):
        page = get(client, people["judge"], "deadlines:list", risk="overdue")
        assert [row.clock.due_on for row in page.context["rows"]] == [D("2025-08-11")]
        everything = get(client, people["judge"], "deadlines:list")
    assert len(everything.context["rows"]) == 2
    assert {f.label: f.number for f in everything.context["figures"]}["超期"] == 1


def test_nonsense_filters_show_the_list(client, people, case):
    page = get(client, people["judge"], "deadlines:list", risk="x", role="y", cursor="%%%", provisional="?")
    assert page.status_code == 200


def test_the_list_costs_the_same_with_more_clocks(client, people, django_assert_max_num_queries):
    for day in ("2025-02-10", "2025-02-11", "2025-02-12"):
        factories.civil_case(people, day)
    client.force_login(people["management"])
    with django_assert_max_num_queries(14):
        client.get(reverse("deadlines:list"))


def post(client, user, name, clock, **data):
    client.force_login(user)
    return client.post(reverse(f"deadlines:{name}", args=[clock.pk]), data)


def test_entering_a_deduction_moves_the_date(client, people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-07-15")):
        answer = post(client, people["management"], "add_interval", clock, ground="ded_appraisal",
                      starts_on="2025-04-15", ends_on="2025-06-24", document="委托书", approved_by="庭长",
                      correction="漏登")  # fmt: skip
    assert answer.status_code == 302
    assert Clock.objects.get(pk=clock.pk).due_on == D("2025-10-20")


def test_a_refused_entry_keeps_the_input_and_tells_every_reason(client, people, case):
    clock = factories.clock_of(case)
    with court_clock.as_of(D("2025-07-15")):
        answer = post(
            client, people["management"], "add_interval", clock, ground="ded_appraisal",
            starts_on="2025-06-24", ends_on="2025-04-15", document="委托书甲", approved_by="庭长", correction="漏登",
        )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 400 and "恢复计算之日须晚于停止计算之日" in text and "委托书甲" in text
    impossible = post(client, people["management"], "add_interval", clock, ground="x", starts_on="2025-02-30")
    assert impossible.status_code == 400


@pytest.mark.parametrize(
    "name", ["end_interval", "void_interval", "decide_extension", "restart", "convert", "add_extension"]
)
def test_no_form_breaks_on_nonsense(client, people, case, name):
    nonsense = {"interval": "99999999999999999999", "extension": "x", "amount": "-1", "decided_on": "2025-02-30"}
    assert post(client, people["management"], name, factories.clock_of(case), **nonsense).status_code == 400


def test_a_judge_finds_no_forms_and_may_not_post(client, people, case):
    clock = factories.clock_of(case)
    page = get(client, people["judge"], "deadlines:clock", clock.pk)
    assert page.context["changes"] == []
    assert post(client, people["judge"], "add_interval", clock).status_code == 403


def test_the_calendar_shows_what_is_published_and_what_is_not(client, people):
    assert "已公布" in get(client, people["judge"], "deadlines:calendar", year=2026).content.decode()
    provisional = get(client, people["judge"], "deadlines:calendar", year=2027).content.decode()
    assert "暂定" in provisional and "录入 2027 年" not in provisional
    assert get(client, people["judge"], "deadlines:calendar", year="abcd").status_code == 200


def test_a_schedule_is_entered_with_every_mistake_named(client, people, django_capture_on_commit_callbacks):
    client.force_login(people["admin"])
    url = reverse("deadlines:calendar") + "?year=2027"
    bad = client.post(url, {"source": "", "holidays": "2027-01-02 2026-01-01 2027-99-99", "working": "2027-03-03"})
    assert bad.status_code == 400
    worse = client.post(url, {"source": "通知", "holidays": "2027-01-02 2026-01-01", "working": "2027-03-03"})
    text = worse.content.decode()
    assert worse.status_code == 400 and "2027-01-02" in text and "2026-01-01" in text and "2027-03-03" in text
    good = client.post(
        url,
        {
            "source": "国务院办公厅通知（虚构）",
            "holidays": "2027-01-01，2027-10-01..2027-10-08",
            "working": "2027-10-09",
        },
    )
    assert good.status_code == 302
    assert CalendarYear.objects.get(pk=2027).status == "published"


def test_only_trial_management_and_the_administrator_enter_a_schedule(client, people):
    client.force_login(people["judge"])
    assert client.post(reverse("deadlines:calendar") + "?year=2027", {}).status_code == 403


def test_the_heartbeat_page(client, people):
    assert "还没有扫描过" in get(client, people["management"], "deadlines:scans").content.decode()
    scan(as_of=court_clock.today())
    text = get(client, people["management"], "deadlines:scans").content.decode()
    assert "正常" in text and "esc_" not in text
    assert get(client, people["judge"], "deadlines:scans").status_code == 403


def test_the_alerts_of_a_clock(client, people, case):
    scan(as_of=D("2025-08-20"))
    text = get(client, people["judge"], "deadlines:clock_alerts", factories.clock_of(case).pk).content.decode()
    assert "超审限" in text


def test_the_api_gives_clocks_with_their_derivation(client, people, case):
    client.force_login(people["judge"])
    with court_clock.as_of(D("2025-08-20")):
        listed = client.get("/api/v1/clocks/", {"risk": "overdue"}).json()
    by_limit = {row["limit_id"]: row for row in listed["results"]}
    assert set(by_limit) == {"civ_1st_ordinary", "srv_complaint_copy"}  # the copy was to be sent within five days
    row = by_limit["civ_1st_ordinary"]
    assert (row["due_on"], row["case_number"], "derivation" in row) == ("2025-08-11", case.number, False)
    single = client.get(f"/api/v1/clocks/{row['id']}/").json()
    assert [step["key"] for step in single["derivation"]][:2] == ["start", "base"]
    assert client.get("/api/v1/clocks/", {"case": "x"}).status_code == 400
    client.force_login(people["criminal_judge"])
    assert client.get(f"/api/v1/clocks/{row['id']}/").status_code == 404


def test_the_head_of_the_case_page_shows_the_days_left_and_opens_the_clock(client, people, case):
    with court_clock.as_of(D("2025-08-01")):
        text = get(client, people["judge"], "deadlines:case_head", case.pk).content.decode()
    assert "<b>10</b>" in text and "2025-08-11（周一）" in text
    assert text.count('data-level="urgent"') == text.count("data-level") > 1  # number and bar have one colour
    assert reverse("deadlines:clock", args=[factories.clock_of(case).pk]) in text
    assert get(client, people["criminal_judge"], "deadlines:case_head", case.pk).status_code == 404
