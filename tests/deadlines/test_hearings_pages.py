"""Pages and API of hearings: who sees what, in both languages, what bad input answers, what leaves by the feed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.docket.services import enter
from courtcms.accounts.posts import Post
from courtcms.core import clock
from deadlines.hearings import feeds
from deadlines.hearings.models import FeedToken, Hearing
from deadlines.hearings.services import adjourn, cancel, hold
from tests import factories as ground
from tests.deadlines import hearing_factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing():
    return make.hearing(make.with_lawyer())


@pytest.fixture
def chief(hearing):
    return ground.person(Post.DIVISION_CHIEF)


def typed(day, hour=9, **more):
    bench = more.pop("bench", None)
    fields = {
        "kind": "hearing", "day": day.isoformat(), "starts_at": f"{hour:02}:00", "ends_at": f"{hour + 2:02}:00",
        "courtroom": make.room().pk, "is_public": "on",
    }  # fmt: skip
    return fields | ({"bench": bench} if bench else {}) | more


def addresses(hearing):
    day = f"?day={hearing.day.isoformat()}"
    return [
        reverse("hearings:week") + day,
        reverse("hearings:week") + day + "&by=judge",
        reverse("hearings:month") + day,
        reverse("hearings:day") + day,
        reverse("hearings:list") + "?state=scheduled",
        reverse("hearings:certainty"),
        reverse("hearings:show", args=[hearing.pk]),
        reverse("hearings:summons", args=[hearing.pk]),
        reverse("hearings:move", args=[hearing.pk]),
        reverse("hearings:new", args=[hearing.case_id]),
        reverse("hearings:bulk"),
        reverse("hearings:feeds"),
        reverse("hearings:case_panel", args=[hearing.case_id]),
        reverse("hearings:desk_panel"),
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_in_both_languages(client, hearing, chief, language):
    client.force_login(chief)
    client.cookies["django_language"] = language
    for address in addresses(hearing):
        page = client.get(address)
        assert page.status_code == 200, address
    week = client.get(addresses(hearing)[0]).text
    assert hearing.case.number in week
    assert ("Courtroom 1" in week) is (language == "en")


def test_a_case_outside_ones_posts_shows_as_taken_only(client, hearing):
    client.force_login(ground.person(Post.JUDGE, ground.division("civil-9")))
    week = client.get(reverse("hearings:week"), {"day": hearing.day.isoformat()}).text
    assert "占用" in week and hearing.case.number not in week and hearing.case.title not in week
    assert hearing.case.number not in client.get(reverse("hearings:day"), {"day": hearing.day.isoformat()}).text
    for name in ("show", "summons", "move"):
        assert client.get(reverse(f"hearings:{name}", args=[hearing.pk])).status_code == 404


def test_a_conflict_is_explained_on_the_form_and_the_input_stays(client, hearing):
    case = hearing.case
    client.force_login(case.judge)
    bench = [row.user_id for row in hearing.participants.all() if row.user_id]
    page = client.post(reverse("hearings:new", args=[case.pk]), typed(hearing.day, bench=bench, note="甲方要求"))
    assert page.status_code == 400
    assert "第一法庭已有庭审" in page.text and hearing.case.number in page.text and "甲方要求" in page.text
    assert Hearing.objects.count() == 1


def test_checking_writes_nothing_and_scheduling_writes_once(client, hearing):
    case = hearing.case
    client.force_login(case.judge)
    bench = [row.user_id for row in hearing.participants.all() if row.user_id]
    data = typed(hearing.day, hour=14, bench=bench)
    page = client.post(reverse("hearings:new", args=[case.pk]), data | {"check": "1"})
    assert "没有冲突" in page.text and Hearing.objects.count() == 1
    assert client.post(reverse("hearings:new", args=[case.pk]), data).status_code == 302
    assert Hearing.objects.count() == 2


def test_a_quick_line_offers_the_booking_without_typing_again(client, hearing):
    case = hearing.case
    day = make.working_day(15)
    make.room(3)
    said = {"kind": "hearing", "happened_on": day, "happened_at": make.at(day).time(), "place": "三庭"}
    entry = enter(actor=case.judge, case=case, **said)
    client.force_login(case.judge)
    offered = f"{reverse('hearings:new', args=[case.pk])}?entry={entry.pk}"
    assert offered in client.get(reverse("hearings:case_panel", args=[case.pk])).text
    form = client.get(offered).context["form"]
    assert form.initial["day"] == day and form.initial["courtroom"] == make.room(3).pk
    assert f"{form.initial['starts_at']:%H:%M}" == "09:00"


def test_a_dragged_block_lands_on_a_preview_that_changes_nothing(client, hearing):
    client.force_login(hearing.case.judge)
    address = reverse("hearings:move", args=[hearing.pk])
    to = {"day": make.working_day(12).isoformat(), "courtroom": make.room(2).pk}
    page = client.get(address, to)
    assert "可以改期" in page.text
    hearing.refresh_from_db()
    assert hearing.moves == 0
    values = {name: field.value() for name, field in [(f.name, f) for f in page.context["form"]] if field.value()}
    assert client.post(address, values).status_code == 302
    hearing.refresh_from_db()
    assert (hearing.day, hearing.courtroom_id) == (make.working_day(12), make.room(2).pk)


@pytest.mark.parametrize("query", ["day=2026-02-31", "day=9999-01-01", "room=abc", "judge=-1", "by=moon", "day=%00"])
@pytest.mark.parametrize("name", ["week", "month", "day", "list"])
def test_nonsense_in_an_address_never_fails(client, hearing, name, query):
    client.force_login(hearing.case.judge)
    assert client.get(f"{reverse(f'hearings:{name}')}?{query}").status_code in (200, 400)


@pytest.mark.parametrize("query", ["day=2026-02-31", "courtroom=abc", "starts_at=25:99", "entry=x", "entry=99999999"])
@pytest.mark.parametrize("name", ["new", "move"])
def test_nonsense_in_the_prefill_never_fails(client, hearing, name, query):
    client.force_login(hearing.case.judge)
    pk = hearing.case_id if name == "new" else hearing.pk
    assert client.get(f"{reverse(f'hearings:{name}', args=[pk])}?{query}").status_code == 200


def test_holding_adjourning_and_cancelling_in_the_browser(client, hearing):
    client.force_login(hearing.case.judge)
    assert client.post(reverse("hearings:hold", args=[hearing.pk])).status_code == 400
    refused = client.post(reverse("hearings:adjourn", args=[hearing.pk]), {"reason": "", "note": ""})
    assert refused.status_code == 400
    following = {f"next-{name}": value for name, value in typed(make.working_day(14)).items()}
    data = {"reason": "absent", "note": "被告住院", "set_next": "on"} | following
    assert client.post(reverse("hearings:adjourn", args=[hearing.pk]), data).status_code == 302
    after = Hearing.objects.get(continues=hearing)
    assert client.get(reverse("hearings:show", args=[hearing.pk])).status_code == 200
    assert client.get(reverse("hearings:new", args=[hearing.case_id])).status_code == 200
    assert client.post(reverse("hearings:cancel", args=[after.pk]), {"cancel-reason": ""}).status_code == 400
    assert client.post(reverse("hearings:cancel", args=[after.pk]), {"cancel-reason": "撤诉"}).status_code == 302
    assert "接续" in client.get(reverse("hearings:new", args=[hearing.case_id])).text


def test_bulk_shows_the_plan_first_and_then_does_it(client, hearing, chief):
    client.force_login(chief)
    address = reverse("hearings:bulk")
    span = f"?first={hearing.day.isoformat()}&last={hearing.day.isoformat()}"
    assert client.post(address + span, {"days": "1"}).status_code == 400
    data = {"hearing": hearing.pk, "days": "2", "working_days": "on"}
    page = client.post(address + span, data)
    assert page.status_code == 200 and "可以移动" in page.text
    digest = page.context["plan"].digest
    assert client.post(address + span, data | {"digest": "old", "apply": "1"}).status_code == 409
    assert client.post(address + span, data | {"digest": digest, "apply": "1"}).status_code == 302
    hearing.refresh_from_db()
    assert hearing.day == make.working_day(12)


def test_a_feed_is_shown_once_read_without_signing_in_and_gone_when_revoked(client, hearing):
    judge = hearing.case.judge
    client.force_login(judge)
    page = client.post(reverse("hearings:feeds"))
    address = page.context["address"]
    assert address in page.text and address not in client.get(reverse("hearings:feeds")).text
    client.logout()
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    assert hearing.case.number in answer.text.replace("\r\n ", "")
    client.force_login(judge)
    client.post(reverse("hearings:revoke_feed", args=[page.context["feeds"][0].pk]))
    client.logout()
    assert client.get(address).status_code == 404
    assert client.get("/calendar/nothing.ics").status_code == 404


def test_a_room_feed_is_for_those_who_manage_rooms(client, hearing, chief):
    client.force_login(hearing.case.judge)
    page = client.post(reverse("hearings:feeds"), {"courtroom": hearing.courtroom_id})
    assert page.status_code == 403
    _feed, token = feeds.open_feed(actor=chief, courtroom=hearing.courtroom)
    assert client.get(f"/calendar/{token}.ics").status_code == 200


@pytest.mark.parametrize("room", ["999999", "", "0", "９", "x"])
def test_a_feed_of_a_room_that_does_not_exist_is_not_found_and_opens_nothing(client, hearing, chief, room):
    client.force_login(chief)
    page = client.post(reverse("hearings:feeds"), {"courtroom": room})
    assert page.status_code == 404 and "没有这个法庭" in page.text
    assert page.context["address"] == "" and not FeedToken.objects.exists()


def test_certainty_counts_what_was_held_on_its_first_date(client, chief):
    day = make.working_day(5)
    made = [make.hearing(make.case(), day=day, hour=hour, hours=1) for hour in (9, 11, 14, 16)]
    cancel(actor=None, hearing=made[2], reason="撤诉")
    adjourn(actor=None, hearing=made[3], reason="absent", note="住院")
    with clock.as_of(day + timedelta(days=1)):
        hold(actor=None, hearing=made[0])
        hold(actor=None, hearing=made[1])
        client.force_login(chief)
        page = client.get(reverse("hearings:certainty"))
        row = page.context["months"][0]
        assert (row["total"], row["first"], row["share"]) == (4, 2, 50)
        assert (row["cancelled"], row["adjourned"], row["notice"]) == (1, 1, (day - made[0].notice_on).days)
        listed = client.get(row["base"] + "&state=first").context["page"].rows
    assert {item.pk for item in listed} == {made[0].pk, made[1].pk}


def test_the_summons_has_a_sheet_for_each_party(client, hearing):
    client.force_login(hearing.case.judge)
    text = client.get(reverse("hearings:summons", args=[hearing.pk])).text
    for party in hearing.case.parties.all():
        assert party.name in text and party.address in text
    assert text.count('class="summons"') == hearing.case.parties.count()


def test_the_week_costs_a_fixed_number_of_queries(client, hearing, chief, django_assert_max_num_queries):
    for hour in (11, 14):
        make.hearing(make.case(), day=hearing.day, hour=hour)
    client.force_login(chief)
    with django_assert_max_num_queries(25):
        client.get(reverse("hearings:week"), {"day": hearing.day.isoformat()})


# the API


def test_the_api_schedules_moves_and_refuses_in_one_shape(client, hearing):
    client.force_login(hearing.case.judge)
    starts = make.at(make.working_day(13))
    body = {"case": hearing.case_id, "courtroom": make.room().pk, "starts_at": starts.isoformat(),
            "ends_at": (starts + timedelta(hours=1)).isoformat()}  # fmt: skip
    made = client.post("/api/v1/hearings/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    again = client.post("/api/v1/hearings/", body, content_type="application/json")
    assert again.status_code == 400
    assert {error["code"] for error in again.json()["errors"]} >= {"room_taken", "person_taken"}
    moved = client.post(f"/api/v1/hearings/{made.json()['id']}/move/", body | {"courtroom": make.room(2).pk},
                        content_type="application/json")  # fmt: skip
    assert moved.status_code == 200 and moved.json()["courtroom_name"] == "第二法庭"
    listed = client.get("/api/v1/hearings/", {"first": hearing.day.isoformat(), "last": hearing.day.isoformat()})
    assert [row["id"] for row in listed.json()["results"]] == [hearing.pk]
    off = client.post(f"/api/v1/hearings/{hearing.pk}/cancel/", {"reason": "撤诉"}, content_type="application/json")
    assert off.json()["status"] == "cancelled"


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2101-01-01", "9999-12-31"])
@pytest.mark.parametrize("button", ["check", "save"])
def test_a_day_outside_the_calendar_is_refused_in_words(client, hearing, chief, day, button):
    client.force_login(chief)
    fields = typed(hearing.day) | {"day": day, button: "1"}
    for address in ("hearings:new", "hearings:move"):
        target = reverse(address, args=[hearing.case_id if address.endswith("new") else hearing.pk])
        page = client.post(target, fields)
        assert page.status_code in (200, 400) and day in page.text
    assert Hearing.objects.count() == 1
