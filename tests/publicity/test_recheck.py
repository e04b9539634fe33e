"""Published documents are looked at again when the case file knows more than on the day of publication."""

from datetime import date

import pytest

from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.notices.models import Notice
from publicity.judgments import publish_services
from publicity.reports import recheck_services
from publicity.reports.models import Report
from tests import factories as ground
from tests.publicity import factories as make

pytestmark = pytest.mark.django_db
NEIGHBOUR = "己四方"


@pytest.fixture
def published():
    with clock.as_of(date(2026, 6, 1)):
        case = make.inheritance_case()
    clerk, other = make.staff(case), make.staff(case)
    with clock.as_of(date(2026, 11, 24)):
        text = make.signed_text(case, more=f"当日{NEIGHBOUR}到场查看房屋。")
        publication = make.cleared(case, clerk, other, text)
        publish_services.publish(actor=clerk, publication=publication)
    return publication


def test_nothing_new_gives_no_report_and_is_looked_at_once(published):
    assert recheck_services.recheck_changed() == 0
    published.refresh_from_db()
    assert published.checked_with
    assert not Report.objects.exists()


def test_an_alias_entered_later_is_found_in_the_public_text_and_told(published):
    office = ground.person(Post.TRIAL_MANAGEMENT, published.case.division)
    recheck_services.recheck_changed()
    party = published.case.parties.order_by("pk").first()
    with act(actor=None, verb="test.alias"):
        party.aliases = [NEIGHBOUR]
        party.save()
    assert recheck_services.recheck_changed() == 1
    report = Report.objects.get()
    assert (report.source, report.publication, report.passage) == ("recheck", published, NEIGHBOUR)
    assert Notice.objects.filter(recipient=office, kind="publicity.report").count() == 1
    assert recheck_services.recheck_changed() == 0
    assert Report.objects.count() == 1
