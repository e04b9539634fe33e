"""“This page shows too much”: from the visitor's form to the hold and the answer."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import translation

from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Refusal
from courtcms.notices.models import Notice
from courtcms.settings import public_site
from publicity.judgments import hold_services, publish_services
from publicity.portal.models import InboxMessage, Judgment, Tombstone
from publicity.reports import services
from publicity.reports.models import Report
from tests import factories as ground
from tests.publicity import factories as make

pytestmark = pytest.mark.django_db
OWN = ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "ERROR_BASE_TEMPLATE", "CACHES")
SURFACES = ("/", "/judgments/", "/judgments/?q=%E9%81%97%E4%BA%A7", "/feed.atom", "/api/v1/judgments/", "/sitemap.xml")


def visit(address, data=None, prefix=""):
    """One request to the public site, by a visitor without cookies who lets forgery be checked."""
    with override_settings(**{name: getattr(public_site, name) for name in OWN}), translation.override("zh-hans"):
        client = Client(enforce_csrf_checks=True)
        return client.get(prefix + address) if data is None else client.post(prefix + address, data)


def token_of(page):
    return re.search(r'name="token" value="([^"]+)"', page.text)[1]


@pytest.fixture(autouse=True)
def _today():
    with override_settings(CACHES=public_site.CACHES):
        cache.clear()  # the throttle counts per address
    with clock.as_of(date(2026, 11, 24)):
        yield


@pytest.fixture
def published():
    with clock.as_of(date(2026, 6, 1)):
        case = make.inheritance_case()
    clerk, other = make.staff(case), make.staff(case)
    publication = make.cleared(case, clerk, other)
    publish_services.publish(actor=clerk, publication=publication)
    return publication


@pytest.fixture
def office(published):
    return ground.person(Post.TRIAL_MANAGEMENT, published.case.division)


def send(publication, passage="第三段写出了证人的真名", **more):
    address = f"/judgments/{publication.public_id}/report/"
    return visit(address, {"kind": "person", "passage": passage, "token": token_of(visit(address)), **more})


def test_a_visitor_gets_a_receipt_and_nothing_of_the_report_is_public(published):
    done = send(published, contact="邮箱甲")
    assert done.status_code == 201 and not done.cookies
    receipt = re.search(r"<code>(R\w+)</code>", done.text)[1]
    assert InboxMessage.objects.get().receipt == receipt
    assert "第三段" not in done.text
    assert done["Cache-Control"] == "no-store"
    for surface in (*SURFACES, f"/judgments/{published.public_id}/"):
        assert receipt not in visit(surface).text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_form_stands_in_both_languages_without_script(published, prefix):
    page = visit(f"/judgments/{published.public_id}/report/", prefix=prefix)
    assert page.status_code == 200 and "<textarea" in page.text
    assert ("Copy the sentence" in page.text) is bool(prefix)


def test_sending_the_form_twice_is_one_report(published):
    address = f"/judgments/{published.public_id}/report/"
    data = {"kind": "other", "passage": "一处", "token": token_of(visit(address))}
    assert visit(address, data).text == visit(address, data).text
    assert InboxMessage.objects.count() == 1


@pytest.mark.parametrize("token", ["", "made-up", "WyJ4IiwieSJd:1abc:xyz"])
def test_a_form_that_this_site_did_not_make_is_asked_for_again_with_its_words_kept(published, token):
    answer = visit(
        f"/judgments/{published.public_id}/report/", {"kind": "other", "passage": "留住这句话", "token": token}
    )
    assert answer.status_code == 400 and "留住这句话" in answer.text
    assert not InboxMessage.objects.exists()


def test_the_token_of_another_document_does_not_count(published):
    from publicity.portal import report_views  # noqa: PLC0415

    answer = visit(
        f"/judgments/{published.public_id}/report/",
        {"kind": "other", "passage": "一处", "token": report_views._token("other")},
    )
    assert answer.status_code == 400


def test_too_many_reports_of_one_address_are_put_off(published):
    codes = [send(published).status_code for _ in range(11)]
    assert codes == [201] * 10 + [429]


def test_an_unknown_document_has_no_form():
    assert visit("/judgments/nosuchthing/report/").status_code == 404


def test_the_court_takes_it_in_tells_trial_management_and_the_clock_is_24_hours(published, office):
    send(published)
    assert services.pull() == 1 and services.pull() == 0
    assert not InboxMessage.objects.exists()
    report = Report.objects.get()
    assert report.publication == published and report.due_at - report.received_at == timedelta(hours=24)
    told = Notice.objects.filter(recipient=office, kind="publicity.report")
    assert told.count() == 1 and told[0].url == "/publicity/reports/"
    assert AuditEntry.objects.filter(verb="report.receive").exists()


def test_the_list_takes_in_and_one_click_holds_every_surface(published, office, client):
    send(published)
    client.force_login(office)
    page = client.get("/publicity/reports/")
    report = Report.objects.get()
    assert report.receipt in page.text
    assert client.get(f"/publicity/reports/{report.pk}/").status_code == 200
    assert client.post(f"/publicity/reports/{report.pk}/hold/").status_code == 302
    published.refresh_from_db()
    assert (published.state, published.held_until) == ("held", date(2026, 12, 1))
    for surface in SURFACES:
        assert published.public_id not in visit(surface).text, surface
    page = visit(f"/judgments/{published.public_id}/")
    assert page.status_code == 403 and "2026-12-01" in page.text and "甲某1" not in page.text
    assert visit(f"/judgments/{published.public_id}/text/").status_code == 403
    assert visit(f"/api/v1/judgments/{published.public_id}/").status_code == 403
    assert report.receipt in str(published.log.filter(name="hold").get().reason)


def test_release_brings_the_same_text_back_to_the_same_address(published, office):
    before = Judgment.objects.get()
    hold_services.hold(actor=office, publication=published, reason="核查")
    hold_services.release(actor=office, publication=published, reason="核查无误")
    after = Judgment.objects.get()
    assert (after.public_id, after.sm3, after.version) == (before.public_id, before.sm3, before.version)
    assert published.state == "published" and published.held_until is None


def test_what_is_held_can_be_withdrawn(published, office):
    hold_services.hold(actor=office, publication=published, reason="核查")
    publish_services.withdraw(actor=office, publication=published, code="BAD_REDACTION", note="确有不当")
    assert Tombstone.objects.get().public_id == published.public_id
    assert visit(f"/judgments/{published.public_id}/").status_code == 410


@pytest.mark.parametrize("until", [date(2026, 11, 23), date(2026, 12, 10)])
def test_a_hold_ends_within_fifteen_days(published, office, until):
    with pytest.raises(Refusal):
        hold_services.hold(actor=office, publication=published, reason="核查", until=until)
    assert Judgment.objects.exists()


def test_an_answer_needs_words_and_a_document_that_stands_as_the_answer_says(published, office):
    send(published)
    services.pull()
    report = Report.objects.get()
    with pytest.raises(Refusal) as refused:
        services.answer(actor=office, report=report, outcome="", text=" ")
    assert {reason.field for reason in refused.value.reasons} == {"outcome", "text"}
    with pytest.raises(Refusal):
        services.answer(actor=office, report=report, outcome="withdrawn", text="已撤回")
    services.answer(actor=office, report=report, outcome="unfounded", text="所指为代理人，应当公开")
    with pytest.raises(Refusal):
        services.answer(actor=office, report=report, outcome="unfounded", text="再答")


def test_what_stands_unanswered_after_a_day_is_reminded_of_once(published, office):
    send(published)
    services.pull()
    with act(actor=None, verb="test.wait"):
        Report.objects.update(due_at=clock.now() - timedelta(minutes=1))
    assert services.remind() == 1
    assert services.remind() == 0


def test_others_neither_see_nor_answer_reports(published, client):
    client.force_login(ground.person(Post.CLERK, published.case.division))
    assert client.get("/publicity/reports/").status_code == 403
