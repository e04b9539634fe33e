"""Published documents are looked at again when the case file or the rules know more than on the day of publication."""

from datetime import date

import pytest
from django.urls import reverse

from cases.intake.events import PartiesChanged
from cases.intake.party_services import correct_name
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.events import publish as tell
from courtcms.notices.models import Notice
from publicity.judgments import hold_services, publish_services
from publicity.judgments.facts import facts_of
from publicity.judgments.models import Publication
from publicity.portal.models import Hold, Judgment
from publicity.reports import handlers, recheck_services, services
from publicity.reports.models import Report
from tests import factories as ground
from tests.publicity import factories as make

pytestmark = pytest.mark.django_db
NEIGHBOUR = "己四方"
TODAY = date(2026, 11, 24)


@pytest.fixture
def published():
    with clock.as_of(date(2026, 6, 1)):
        case = make.inheritance_case()
    clerk, other = make.staff(case), make.staff(case)
    with clock.as_of(TODAY):
        text = make.signed_text(case, more=f"当日{NEIGHBOUR}到场查看房屋。")
        publication = make.cleared(case, clerk, other, text)
        publish_services.publish(actor=clerk, publication=publication)
    return publication


@pytest.fixture
def eager(monkeypatch):
    """The worker, in this process: what is queued runs at once."""
    monkeypatch.setattr(handlers.recheck_owed, "delay", lambda: handlers.recheck_owed())


def name_alias(publication, event=True):
    """The act by which a clerk enters a former name, as the intake room tells it."""
    party = publication.case.parties.order_by("pk").first()
    with act(actor=None, verb="test.alias"):
        party.aliases = [NEIGHBOUR]
        party.save()
        if event:
            tell(PartiesChanged(case_id=publication.case_id))


def test_nothing_new_gives_no_report_and_is_looked_at_once(published):
    assert published.checked_with == ""
    assert recheck_services.recheck_owed() == 0
    published.refresh_from_db()
    assert published.checked_with and published.state == "published"
    assert not Report.objects.exists()


def test_an_alias_entered_later_takes_the_page_away_at_once_and_is_told(
    published, eager, django_capture_on_commit_callbacks
):
    office = ground.person(Post.TRIAL_MANAGEMENT, published.case.division)
    publicity = ground.person(Post.PUBLICITY, published.case.division)
    recheck_services.recheck_owed()
    with clock.as_of(TODAY), django_capture_on_commit_callbacks(execute=True):
        name_alias(published)
    published.refresh_from_db()
    assert (published.state, published.held_until) == ("held", date(2026, 12, 1))
    assert not Judgment.objects.exists() and Hold.objects.get().public_id == published.public_id
    report = Report.objects.get()
    assert (report.source, report.publication, report.passage) == ("recheck", published, NEIGHBOUR)
    told = {(notice.recipient, notice.url) for notice in Notice.objects.filter(kind="publicity.report")}
    page = f"/publicity/judgments/{published.pk}/"
    everybody = {
        (office, services.LIST), (published.case.judge, services.LIST), (publicity, page), (published.redactor, page),
    }  # fmt: skip
    assert told == everybody
    assert Publication.objects.visible_to(publicity).filter(pk=published.pk).exists()


def test_a_name_entered_on_the_case_page_takes_the_published_page_away(
    published, eager, client, django_capture_on_commit_callbacks
):
    """The whole way: the clerk's form, the act, its event, the worker, the hold."""
    recheck_services.recheck_owed()
    party = published.case.parties.order_by("pk").first()
    client.force_login(published.redactor, backend="django.contrib.auth.backends.ModelBackend")
    with clock.as_of(TODAY), django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("cases:party_alias", args=[published.case_id, party.pk]), {"kind": "former", "name": NEIGHBOUR}
        )
    assert answer.status_code == 302
    published.refresh_from_db()
    assert published.state == "held" and not Judgment.objects.exists()
    assert Report.objects.get().passage == NEIGHBOUR


def test_a_corrected_name_keeps_the_published_text_covered(published, eager, django_capture_on_commit_callbacks):
    """The old spelling stands masked in the text and the new one not at all: nothing is found, nothing held."""
    recheck_services.recheck_owed()
    party = published.case.parties.order_by("pk").first()
    with clock.as_of(TODAY), django_capture_on_commit_callbacks(execute=True):
        correct_name(actor=published.redactor, party=party, name="甲一铭", reason="与身份证核对")
    published.refresh_from_db()
    assert published.state == "published" and published.checked_with
    assert make.PARTY in str(facts_of(published.case).parties)


def test_a_finding_that_was_answered_does_not_take_the_page_away_again(published):
    office = ground.person(Post.TRIAL_MANAGEMENT, published.case.division)
    name_alias(published)
    with clock.as_of(TODAY):
        assert recheck_services.recheck_owed() == 1
        published.refresh_from_db()
        hold_services.release(actor=office, publication=published, reason="同名")
    with act(actor=None, verb="test.again"):
        tell(PartiesChanged(case_id=published.case_id))
    assert recheck_services.recheck_owed() == 0
    published.refresh_from_db()
    assert published.state == "published" and Report.objects.count() == 1


def test_what_was_changed_without_telling_is_found_at_night(published):
    recheck_services.recheck_owed()
    name_alias(published, event=False)
    assert recheck_services.recheck_owed() == 0
    with clock.as_of(TODAY):
        assert recheck_services.recheck_changed() == 1
        assert recheck_services.recheck_changed() == 0


def test_a_changed_rule_set_is_looked_at_by_the_next_run(published, monkeypatch):
    recheck_services.recheck_owed()
    asked = []
    monkeypatch.setattr(recheck_services, "recheck", lambda publication: asked.append(publication) or 0)
    recheck_services.recheck_owed()
    assert asked == []
    monkeypatch.setattr(recheck_services, "_rules", lambda policy: "0" * recheck_services.OF_RULES)
    recheck_services.recheck_owed()
    assert asked == [published]


def test_a_reason_against_publication_that_appears_later_is_a_hit(published):
    """X2 to X4 that appear later: a ground of article 4 is told with its article."""
    recheck_services.recheck_owed()
    with act(actor=None, verb="test.closing"):
        published.case.cause = "离婚纠纷"
        published.case.save()
    with clock.as_of(TODAY):
        assert recheck_services.recheck_changed() >= 1
    assert any("第四条第（四）项" in report.passage for report in Report.objects.all())
    published.refresh_from_db()
    assert published.state == "held"
