"""“My case”: what a party sees, who may look, and that the public side by itself can tell nothing."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from typing import Any

import psycopg2
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.utils import translation

from cases.docket.services import enter as enter_docket
from cases.intake.models import Case, Representative
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core import grants
from courtcms.core.errors import Conflict, NotAllowed, Refusal
from courtcms.settings import public_site
from oversight.escalation.models import Escalation
from publicity.portal import mycase, sealing
from publicity.portal.models import CaseAccess
from publicity.process_info import access_services, rules
from publicity.process_info.access_services import issue, revoke, settle_day, work_off
from publicity.process_info.content import content_of
from publicity.process_info.items import items
from publicity.process_info.models import ProcessAccess
from tests import factories as ground
from tests.cases import factories as cases
from tests.deadlines import factories
from tests.deadlines.change_factories import agree, asked, court_people

pytestmark = pytest.mark.django_db
D = date.fromisoformat
DAY = "2025-03-28"
OWN = ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "ERROR_BASE_TEMPLATE", "CACHES")


class Court:
    """A civil case with an appraisal taken out of its limit, and the people around it."""

    def __init__(self) -> None:
        self.people = court_people()
        self.case: Case = factories.civil_case(self.people, "2025-02-10")
        self.plaintiff, self.defendant = self.case.parties.order_by("position")[:2]
        self.clerk = self.people["clerk"]

    def code(self, party: Any = None, representative: Any = None, actor: Any = None) -> str:
        """A code handed out at the window."""
        with court_clock.as_of(D(DAY)):
            return issue(
                actor=actor or self.clerk, party=party or self.plaintiff, representative=representative,
                handed="in_person", identity_checked="营业执照",
            ).code  # fmt: skip

    def deduct(self) -> None:
        """03-03 to 03-28: 25 days do not count."""
        with court_clock.as_of(D(DAY)):
            change = asked(self.people["judge"], factories.clock_of(self.case), "deduction", ground="ded_appraisal",
                           starts_on=D("2025-03-03"), ends_on=D(DAY), reason="需要鉴定笔迹")  # fmt: skip
            agree(self.people["chief"], change)


@pytest.fixture
def court() -> Court:
    return Court()


class Visitor:
    """A phone at the public site, on the day of the tests; the staff site goes on beside it."""

    def __init__(self) -> None:
        self._client = Client(raise_request_exception=True)
        self.cookies = self._client.cookies

    def get(self, address: str, **fields: Any) -> Any:
        return self._ask(self._client.get, address, **fields)

    def post(self, address: str, data: Any = None, **fields: Any) -> Any:
        return self._ask(self._client.post, address, data=data, **fields)

    def _ask(self, how: Any, *what: Any, **fields: Any) -> Any:
        own = {name: getattr(public_site, name) for name in OWN}
        with override_settings(**own), translation.override("zh-hans"):
            return how(*what, **fields)


@pytest.fixture
def visitor() -> Any:
    cache.clear()
    with court_clock.as_of(D(DAY)), override_settings(CACHES=public_site.CACHES):
        cache.clear()
        yield Visitor()


def enter(visitor: Visitor, number: str, code: str, prefix: str = "") -> Any:
    return visitor.post(f"{prefix}/my-case/", {"case_number": number, "code": code}, follow=True)


# -- what is sealed


def test_a_code_opens_its_row_and_no_other_code_or_number_does() -> None:
    code, key = sealing.new_code(), sealing.new_key()
    held = sealing.lock(code, "（2026）津02民初1号", key)
    sloppy = f" {code.lower().replace('-', ' ')} "
    assert sealing.unlock(sloppy, "(2026)津02民初1号", held) == key
    other = code[:-1] + ("2" if code[-1] != "2" else "3")
    for wrong, number in ((other, "（2026）津02民初1号"), (code, "（2026）津02民初2号")):
        with pytest.raises(sealing.Closed):
            sealing.unlock(wrong, number, held)
    sealed = sealing.seal(key, {"甲": 1}, held.name)
    assert sealing.unseal(key, sealed, held.name) == {"甲": 1}
    with pytest.raises(sealing.Closed):  # a row cannot be put in another's place
        sealing.unseal(key, sealed, "222222")


@pytest.mark.parametrize("code", ["", "ABC", "0000-0000-0000-0000", "K7QM-3FXD-9WPA-2HT", "甲" * 16, "K" * 40])
def test_what_is_no_code_names_no_row(code: str) -> None:
    assert sealing.name_of(code) == ""


def test_codes_are_long_random_and_free_of_signs_that_look_alike() -> None:
    codes = {sealing.new_code() for _ in range(200)}
    assert len(codes) == 200 and not set("".join(codes)) & set("01IO")
    # ten secret signs of 32: fifty bits behind a memory-hard function
    assert len(sealing.SIGNS) == 32 and all(len(sealing.bare(code)) == 16 for code in codes)


# -- for whom


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"secrecy": "secret"}, "secret"),
        ({"category": "enforcement"}, "category"),
        ({"cancelled": True}, "cancelled"),
        ({"role": "prosecuting_organ"}, "role"),
        ({"minor": True}, "minor"),
        ({"minor": True, "through_adult": True}, ""),
        ({"secrecy": "secret", "minor": True, "through_adult": True}, "secret"),
    ],
)
def test_who_may_have_a_code(fields: dict[str, Any], expected: str) -> None:
    usual = {"category": "civil", "secrecy": "none", "cancelled": False, "role": "plaintiff", "minor": False,
             "through_adult": False}  # fmt: skip
    known = {"categories": items().categories, "no_code_for": items().no_code_for}
    assert rules.code_complaint(**(usual | fields | known)) == expected


def test_a_minor_looks_through_the_statutory_agent_only(court: Court) -> None:
    with act(actor=None, verb="test.minor"):
        court.defendant.is_minor = True
        court.defendant.save()
        agent = Representative.objects.create(party=court.defendant, kind="statutory", name="丙父")
    with pytest.raises(Refusal) as refused:
        court.code(court.defendant)
    assert [reason.code for reason in refused.value.reasons] == ["minor"]
    assert court.code(court.defendant, agent)


def test_a_case_that_becomes_secret_is_gone_from_the_public_side(court: Court) -> None:
    court.code()
    with act(actor=None, verb="test.secret"):
        Case.objects.filter(pk=court.case.pk).update(secrecy="secret")
        access_services.owe(court.case.pk)
    assert work_off() == 1
    assert not CaseAccess.objects.exists()
    assert ProcessAccess.objects.get().revoked_on is not None
    with pytest.raises(Refusal):
        court.code()


def test_codes_are_issued_by_the_clerks_of_the_case_only_with_every_reason(court: Court) -> None:
    for who in ("criminal_judge", "chief", "management", "president"):
        with pytest.raises(NotAllowed):
            court.code(actor=court.people[who])
    outside = ground.person(Post.CLERK, ground.division("civil-7"))
    with pytest.raises(NotAllowed):
        court.code(actor=outside)
    with pytest.raises(Refusal) as refused:
        issue(actor=court.clerk, party=court.plaintiff, handed="pigeon", identity_checked=" ")
    assert {reason.code for reason in refused.value.reasons} == {"handed", "identity"}
    assert not ProcessAccess.objects.exists()


# -- what is seen


def test_the_content_is_exactly_what_the_rule_allows(court: Court) -> None:
    """Keys of the page are a closed list, and nothing internal of the case is in it in any language."""
    court.deduct()
    secrets = ["合议庭认为应当驳回", "请示庭长后再定", "审委会讨论意见", "院长批示", "13900001111", "某某路九号"]
    with court_clock.as_of(D(DAY)):
        for kind, note in zip(("deliberation", "note", "committee", "served"), secrets, strict=False):
            enter_docket(actor=None, case=court.case, kind=kind, happened_on=D(DAY), note=note)
    with act(actor=None, verb="test.private"):
        court.defendant.phone, court.defendant.address = secrets[4], secrets[5]
        court.defendant.identity_masked = "1201***********111"
        court.defendant.save()
        alert = Escalation._meta.get_field("alert").related_model  # the room of supervision is full
        assert alert is not None
    with court_clock.as_of(D(DAY)):
        content = content_of(court.plaintiff)
    assert set(content) == {"zh", "en"}
    assert set(content["zh"]) == set(content["en"]) == {
        "case_number", "cause", "role", "court", "title", "say", "steps", "todo", "limits", "changes", "appraisals",
        "measures", "people", "documents", "hearings", "division", "updated", "right", "basis",
    }  # fmt: skip
    told = json.dumps(content, ensure_ascii=False)
    for word in (*secrets, "合议", "审判委员会", "Deliberation", court.plaintiff.name, court.defendant.name, "1201"):
        assert word not in told, word
    zh, [limit] = content["zh"], content["zh"]["limits"]
    # six months from 2025-02-10 end on 08-10; 25 days more: Thursday 2025-09-04
    assert (limit["due_on"], limit["stretches"][0]["first"], limit["stretches"][0]["last"]) == (
        "2025-09-04", "2025-03-03", "2025-03-28",
    )  # fmt: skip
    assert any("25 天" in line for line in limit["lines"])
    [change] = zh["changes"]
    assert "需要鉴定笔迹" in " ".join(change["lines"]) and change["day"] == "2025-03-28（周五）"
    assert {row["role"] for row in zh["people"]} >= {"承办法官"}
    assert [row["title"] for row in zh["documents"]] == ["送达"]
    assert zh["steps"][0]["title"] == "立案" and zh["steps"][-1]["state"] == "now"


def test_days_left_follow_the_day_of_the_look_and_pieces_fill_the_bar() -> None:
    limit = {
        "name": "审限", "lines": [], "live": True, "paused": False, "why_paused": "", "remaining": None,
        "started_on": "2025-02-10", "due_on": "2025-09-04", "due": "", "unrolled_on": "2025-09-04", "ended_on": "",
        "ended": "", "provisional": False,
        "stretches": [{"first": "2025-03-03", "last": "2025-03-28", "name": "鉴定", "suspends": False}],
    }  # fmt: skip
    empty = {"limits": [limit], "todo": [{"by": "2025-03-30", "text": "", "why": ""}], "appraisals": [], "measures": []}
    for today, left, todo in ((D(DAY), 160, 1), (D("2025-03-31"), 157, 0), (D("2025-09-05"), -1, 0)):
        page = mycase.shown({"zh": empty}, "zh-hans", today)
        assert (page["limits"][0]["left"], len(page["todo"])) == (left, todo)
    # 02-11 to 03-02 used: 20; 03-03 to 03-27 out: 25; 03-28 used: 1; 03-29 to 09-04 to come: 160
    pieces = mycase.pieces(limit, D(DAY))
    assert [piece.css for piece in pieces] == ["f-run", "f-ded", "f-run", "f-left"]
    assert [float(piece.width) for piece in pieces] == pytest.approx(
        [n * 360 / 206 for n in (20, 25, 1, 160)], abs=0.06
    )
    assert pieces[1].reason == "2025-03-03（周一） 至 2025-03-27（周四）：不算 25 天（鉴定）"


def test_a_due_day_past_a_holiday_is_counted_in_the_bar_as_in_the_number() -> None:
    limit = {
        "started_on": "2025-02-10", "due_on": "2025-08-11", "paused": False, "remaining": None, "stretches": [],
        "unrolled_on": "2025-08-10", "ended_on": "",
    }  # fmt: skip
    # Sunday 08-10 moves to Monday 08-11: from 03-28 on 136 days are left
    assert mycase.pieces(limit, D(DAY))[-1].reason == "还有 136 天"


def test_an_open_stop_keeps_the_days_that_will_remain() -> None:
    limit = {
        "started_on": "2025-02-10", "due_on": "", "paused": True, "remaining": 161, "unrolled_on": "", "ended_on": "",
        "stretches": [{"first": "2025-03-03", "last": "", "name": "鉴定", "suspends": False}],
    }  # fmt: skip
    pieces = mycase.pieces(limit, D(DAY))
    assert [(piece.css, round(float(piece.width) * 207 / 360)) for piece in pieces] == [
        ("f-run", 20), ("f-ded", 26), ("f-left", 161),
    ]  # fmt: skip


def test_what_changes_in_the_case_is_owed_in_the_same_transaction_and_then_seen(court: Court, visitor: Visitor) -> None:
    code = court.code()
    page = enter(visitor, court.case.number, code)
    assert page.status_code == 200 and "2025-08-11" in page.text
    court.deduct()
    assert ProcessAccess.objects.get().owed_at is not None
    assert work_off() == 1 and work_off() == 0
    page = visitor.get("/my-case/")
    assert "2025-09-04" in page.text and "需要鉴定笔迹" in page.text and "不算 25 天" in page.text
    english = visitor.get("/en/my-case/")
    assert "2025-09-04" in english.text and "Time left to the court" in english.text and "您是" not in english.text


def test_what_changes_without_an_event_is_owed_the_night_after(court: Court) -> None:
    """A place on the bench ends, or the case becomes secret, and no act of the case says so."""
    court.code()
    with act(actor=None, verb="test.bench"):
        court.case.bench.filter(role="judge").update(since=D(DAY))
    with court_clock.as_of(D(DAY) + timedelta(days=1)):
        assert settle_day() == {"over": 0, "owed": 1} and work_off() == 1
    with court_clock.as_of(D(DAY) + timedelta(days=5)):
        assert settle_day() == {"over": 0, "owed": 0}
        with act(actor=None, verb="test.secret"):
            Case.objects.filter(pk=court.case.pk).update(secrecy="secret")
        assert settle_day()["owed"] == 1 and work_off() == 1
    assert not CaseAccess.objects.exists()


# -- the door


def test_the_right_code_opens_and_the_answer_is_kept_by_nobody(court: Court, visitor: Visitor) -> None:
    code = court.code()
    answer = visitor.post("/my-case/", {"case_number": court.case.number, "code": code})
    assert answer.status_code == 302
    for name, path in (("courtcms_my", "/my-case/"), ("courtcms_my_en", "/en/my-case/")):
        cookie = answer.cookies[name]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (path, True, "Strict")
        assert int(cookie["max-age"]) == 1800 and code[:6] not in cookie.value
    page = visitor.get("/my-case/")
    assert "no-store" in page["Cache-Control"] and "private" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"] and page["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in page["Content-Security-Policy"] and "script" not in page["Content-Security-Policy"]
    assert "<script" not in page.text
    assert "Set-Cookie" not in visitor.get("/judgments/").headers
    visitor.post("/my-case/leave/")
    assert court.case.number not in visitor.get("/my-case/").text


def test_the_session_ends_after_half_an_hour(court: Court, visitor: Visitor) -> None:
    code = court.code()
    enter(visitor, court.case.number, code)
    token = visitor.cookies["courtcms_my"].value
    value = sealing.unpack(_secret(), token)
    assert value["until"] - court_clock.now().timestamp() == pytest.approx(1800, abs=30)
    visitor.cookies["courtcms_my"] = sealing.pack(_secret(), value | {"until": value["until"] - 1900})
    page = visitor.get("/my-case/")
    assert "已经退出" in page.text and court.case.number not in page.text


def _secret() -> str:
    from django.conf import settings  # noqa: PLC0415  the settings of the running test

    return str(settings.SECRET_KEY)


@pytest.mark.parametrize("token", ["", "x", "AAAA", "eyJ9", "é=="])
def test_a_forged_cookie_opens_nothing(court: Court, visitor: Visitor, token: str) -> None:
    court.code()
    visitor.cookies["courtcms_my"] = token
    page = visitor.get("/my-case/")
    assert page.status_code == 200 and court.case.number not in page.text


def test_wrong_codes_are_told_alike_and_throttled(court: Court, visitor: Visitor) -> None:
    code = court.code()
    for number, wrong in ((court.case.number, code[:-1] + "22"), ("（2025）津02民初99号", code)):
        page = enter(visitor, number, wrong)
        assert page.status_code == 403 and "案号或者查询码不对" in page.text
    for _ in range(8):
        enter(visitor, court.case.number, sealing.new_code())
    page = enter(visitor, court.case.number, code)  # even the right one, for an hour
    assert page.status_code == 429 and "一小时后再试" in page.text
    assert enter(visitor, "", "").status_code == 400


def test_a_revoked_a_reissued_and_an_expired_code_open_nothing_and_open_sessions_end(
    court: Court, visitor: Visitor
) -> None:
    first = court.code()
    enter(visitor, court.case.number, first)
    second = court.code()
    assert court.case.number not in visitor.get("/my-case/").text
    assert enter(visitor, court.case.number, first).status_code == 403
    assert enter(visitor, court.case.number, second).status_code == 200
    row = ProcessAccess.objects.get(revoked_on__isnull=True)
    revoke(actor=court.clerk, access=row, reason="退出诉讼")
    with pytest.raises(Conflict):
        revoke(actor=court.clerk, access=row, reason="退出诉讼")
    assert court.case.number not in visitor.get("/my-case/").text
    assert enter(visitor, court.case.number, second).status_code == 403
    verbs = list(AuditEntry.objects.filter(verb__startswith="process.code").values_list("verb", flat=True))
    assert sorted(verbs) == ["process.code.issue", "process.code.issue", "process.code.revoke"]
    third = court.code()
    with court_clock.as_of(D(DAY) + timedelta(days=366)):
        assert enter(visitor, court.case.number, third).status_code == 403
        assert settle_day()["over"] == 1
    assert not CaseAccess.objects.exists()


# -- the boundary


def test_the_public_role_reads_rows_that_tell_nothing(court: Court) -> None:
    """As court_public, on a bare connection: no number, no name, no date of the case in any column."""
    court.deduct()
    code = court.code()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, salt, wrapped, sealed FROM portal_access")
        [row] = cursor.fetchall()
    whole = " ".join(row)
    for word in (court.case.number, court.plaintiff.name, "2025-09-04", code, code[7:], "鉴定"):
        assert word not in whole
    allowed = grants.statements(
        tables=["portal_access", "publicity_processaccess"], owner="o", app="a", public="court_public"
    )
    assert [line for line in allowed if "processaccess" in line and "court_public" in line] == []
    held = psycopg2.connect(os.environ["COURTCMS_PUBLIC_DATABASE_URL"])
    held.autocommit = True
    with held.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_access")
        for statement in ("SELECT * FROM publicity_processaccess", "UPDATE portal_access SET sealed = ''",
                          "DELETE FROM portal_access", "INSERT INTO portal_access (name) VALUES ('x')"):  # fmt: skip
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(statement)
    held.close()


def test_nothing_is_shown_outside_an_audited_act(court: Court) -> None:
    court.code()
    with pytest.raises(Exception, match="outside an audited act"):
        CaseAccess.objects.all().delete()


# -- the staff side


def test_the_clerk_issues_on_the_page_and_the_code_is_shown_once(court: Court, visitor: Visitor) -> None:
    desk = Client()
    desk.force_login(court.clerk)
    page = desk.get(f"/publicity/process/cases/{court.case.pk}/")
    assert page.status_code == 200 and "发出查询码" in page.text
    refused = desk.post(f"/publicity/process/cases/{court.case.pk}/issue/", {"party": court.plaintiff.pk})
    assert refused.status_code == 400 and not ProcessAccess.objects.exists()
    data = {"party": court.plaintiff.pk, "handed": "with_notice", "identity_checked": "营业执照"}
    slip = desk.post(f"/publicity/process/cases/{court.case.pk}/issue/", data)
    assert slip.status_code == 200 and "no-store" in slip["Cache-Control"]
    code = slip.context["code"]
    assert code in slip.text and court.case.number in slip.text
    page = desk.get(f"/publicity/process/cases/{court.case.pk}/")
    assert code not in page.text and code[7:] not in page.text
    preview = desk.get(f"/publicity/process/parties/{court.plaintiff.pk}/")
    panel = desk.get(f"/publicity/process/cases/{court.case.pk}/panel/")
    assert preview.status_code == panel.status_code == 200
    for wrong in ("x", "9" * 30, ""):
        answer = desk.post(f"/publicity/process/cases/{court.case.pk}/issue/", data | {"party": wrong})
        assert answer.status_code == 404
    row = ProcessAccess.objects.get()
    assert desk.post(f"/publicity/process/codes/{row.pk}/revoke/", {}).status_code == 400
    seen = enter(visitor, court.case.number, code)
    assert seen.context["my"]["limits"] == preview.context["my"]["limits"]


def test_criminal_parties_see_procedure_and_a_victim_no_appraisal(court: Court) -> None:
    shows = items().shows
    assert shows("limits", "victim") and not shows("appraisals", "victim") and not shows("measures", "victim")
    assert not shows("deliberation", "accused")
    case = factories.criminal_case(court.people, "2025-02-10")
    roles = {party.role: party for party in case.parties.all()}
    with pytest.raises(Refusal):
        court.code(roles.get("prosecuting_organ") or cases.party(case, role="prosecuting_organ"))


@pytest.mark.parametrize(
    "value",
    ["", "-1", "x" * 3000, "\x00", "\u202e😀", "<script>alert(1)</script>", "' OR 1=1; --", "１２", "%s{0}\r\n"],
)
def test_nothing_typed_brings_the_door_down(court: Court, visitor: Visitor, value: str) -> None:
    code = court.code()
    for fields in ({"case_number": value, "code": code}, {"case_number": court.case.number, "code": value},
                   {"case_number": value, "code": value}, {}):  # fmt: skip
        page = visitor.post("/my-case/", fields)
        assert page.status_code in (400, 403) and "<script>alert" not in page.text
    assert visitor.get("/my-case/?x=" + "y" * 2000).status_code == 200
    assert visitor._ask(visitor._client.put, "/my-case/").status_code == 405
