"""Publication and withdrawal are proved by asking every surface of the public site, and asked again the next day."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.utils import translation

from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.notices.models import Notice
from courtcms.settings import public_site
from publicity.judgments import hold_services, publish_services
from publicity.judgments.outbox import SURFACES
from publicity.portal.models import Judgment
from publicity.reports.models import Report
from publicity.surfaces import services
from publicity.surfaces.rules import Answer
from tests import factories as ground
from tests.publicity import factories as make

OWN = ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "ERROR_BASE_TEMPLATE", "CACHES")
TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)


def ask(path):
    """The public site in this process."""
    with override_settings(**{name: getattr(public_site, name) for name in OWN}), translation.override("zh-hans"):
        cache.clear()
        answer = Client().get(path)
        return Answer(answer.status_code, answer.content)


def lay_out():
    with clock.as_of(date(2026, 6, 1)):
        case = make.inheritance_case()
    clerk, other = make.staff(case), make.staff(case)
    with clock.as_of(TODAY):
        publication = make.cleared(case, clerk, other)
        publish_services.publish(actor=clerk, publication=publication)
    return publication, ground.person(Post.TRIAL_MANAGEMENT, case.division)


def states(publication, act):
    return {row.surface: row.state for row in publication.deliveries.filter(surface__in=SURFACES, act=act)}


@pytest.mark.django_db
def test_publication_is_proved_on_every_surface():
    publication, _office = lay_out()
    assert states(publication, "publish") == dict.fromkeys(SURFACES, "pending")
    assert services.prove_due(ask) == {"proved": 1, "failed": 0}
    assert states(publication, "publish") == dict.fromkeys(SURFACES, "sent")
    assert services.prove_due(ask) == {"proved": 0, "failed": 0}


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["withdraw", "hold"])
def test_what_is_taken_away_is_proved_gone_and_asked_again_the_next_day(way):
    publication, office = lay_out()
    with clock.as_of(TODAY):
        if way == "hold":
            hold_services.hold(actor=office, publication=publication, reason="核查")
        else:
            publish_services.withdraw(actor=office, publication=publication, code="BAD_REDACTION", note="有遗漏")
        services.prove_due(ask)
    assert states(publication, way) == dict.fromkeys(SURFACES, "sent")
    assert set(publication.deliveries.filter(act=way, surface="page").values_list("again_on", flat=True)) == {TOMORROW}
    with clock.as_of(TOMORROW):
        assert services.prove_due(ask) == {"proved": 1, "failed": 0}
        assert services.prove_due(ask) == {"proved": 0, "failed": 0}
    assert not Report.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "surface", ["page", "text", "pdf", "docx", "xml", "search", "list", "feed", "sitemap", "api", "bulk"]
)
def test_a_surface_that_still_shows_a_withdrawn_document_is_found_and_told(surface):
    publication, office = lay_out()
    kept = {}

    def remembering(path):
        return kept.setdefault(path, ask(path))

    services.prove(publication, remembering)
    with clock.as_of(TODAY):
        publish_services.withdraw(actor=office, publication=publication, code="BAD_REDACTION", note="有遗漏")

    stale = {
        "sitemap": "sitemap",
        "list": "order=judged",
        "search": "?q=",
        "feed": "feed",
        "api": "/api/",
        "bulk": "/bulk.",
    }
    mark = stale.get(surface, f"/{surface}/" if surface != "page" else f"/judgments/{publication.public_id}/")

    def old(path):
        same = path == mark if surface == "page" else mark in path
        return kept[path] if same and path in kept else ask(path)

    failed = services.prove(publication, old)
    assert failed == {surface: "still_there"}
    report = Report.objects.get()
    assert report.source == "surface" and report.publication == publication
    assert Notice.objects.filter(recipient=office, kind="publicity.report").count() == 1
    assert services.prove(publication, ask) == {}


@pytest.mark.django_db
def test_a_published_document_that_is_missing_or_altered_is_found():
    publication, _office = lay_out()
    with act(actor=None, verb="test.harm"):
        Judgment.objects.update(sections=[{"key": "facts", "title": "", "paragraphs": ["改过的文字。"]}])
    assert services.prove(publication, ask) == {"text": "other_text"}
    with act(actor=None, verb="test.harm"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal_judgment")
    assert set(services.prove(publication, ask)) >= {"page", "text", "search", "sitemap", "api"}


@pytest.mark.django_db
def test_while_the_public_site_is_down_nothing_is_claimed():
    publication, _office = lay_out()
    assert services.prove_due(lambda path: Answer(0, b"")) == {"proved": 0, "failed": 0}
    assert set(states(publication, "publish").values()) == {"pending"}


@pytest.mark.django_db(transaction=True)
def test_the_proof_is_had_from_the_real_public_process(public_address):
    publication, office = lay_out()
    with override_settings(PUBLIC_SITE_ADDRESS=public_address):
        assert services.prove_due() == {"proved": 1, "failed": 0}
        with clock.as_of(TODAY):
            publish_services.withdraw(actor=office, publication=publication, code="BAD_REDACTION", note="有遗漏")
            assert services.prove_due() == {"proved": 1, "failed": 0}


@pytest.mark.django_db
def test_a_site_that_asks_for_patience_is_asked_again_and_nothing_is_claimed():
    publication, _office = lay_out()
    refused = services.prove(publication, lambda path: Answer(429, b"") if "/bulk." in path else ask(path))
    assert refused == {} and states(publication, "publish")["bulk"] == "pending"
    assert services.prove_due(ask) == {"proved": 1, "failed": 0}
    assert states(publication, "publish")["bulk"] == "sent"
