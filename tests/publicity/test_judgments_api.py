"""`/api/v1/publications/`: scope, hits, acts, and every refusal in the one shape of the API."""

from datetime import date

import pytest

from courtcms.core import clock
from publicity.judgments import services
from tests import factories as ground
from tests.publicity import factories as make

pytestmark = pytest.mark.django_db
BASE = "/api/v1/publications/"


@pytest.fixture(autouse=True)
def _today():
    with clock.as_of(date(2026, 11, 24)):
        yield


@pytest.fixture
def setting():
    with clock.as_of(date(2026, 6, 1)):
        case = make.inheritance_case()
    clerk, other = make.staff(case), make.staff(case)
    return case, clerk, other, make.prepared(case, clerk)


def test_list_detail_and_hits(client, setting):
    case, clerk, _, publication = setting
    client.force_login(clerk)
    rows = client.get(BASE, {"state": "review"}).json()["results"]
    assert [row["id"] for row in rows] == [publication.pk]
    assert client.get(BASE, {"state": "nonsense"}).json()["results"] == []
    one = client.get(f"{BASE}{publication.pk}/").json()
    assert [step["name"] for step in one["log"]] == ["prepare"] and "original" not in one
    hits = client.get(f"{BASE}{publication.pk}/hits/").json()
    assert hits[0]["text"] == make.PARTY and hits[0]["replacement"] == "甲某1"


def test_the_whole_way_by_api(client, setting):
    _, clerk, other, publication = setting
    client.force_login(clerk)
    assert client.post(f"{BASE}{publication.pk}/submit/").json()["state"] == "clearance"
    answer = client.post(f"{BASE}{publication.pk}/accept/", {"answers": make.yes()}, content_type="application/json")
    assert answer.status_code == 400 and answer.json()["errors"][0]["code"] == "two_persons"
    client.force_login(other)
    answer = client.post(f"{BASE}{publication.pk}/accept/", {"answers": make.yes()}, content_type="application/json")
    assert answer.json()["state"] == "ready"
    receipt = client.post(f"{BASE}{publication.pk}/publish/").json()
    assert receipt["version"] == 1 and receipt["path"].startswith("/judgments/")


@pytest.mark.parametrize("body", ["{", "[]", '{"answers": "yes"}', '{"answers": {"deliberation": "maybe"}}', "{}"])
def test_bad_bodies_are_400(client, setting, body):
    _, clerk, other, publication = setting
    services.submit(actor=clerk, publication=publication)
    client.force_login(other)
    answer = client.post(f"{BASE}{publication.pk}/accept/", body, content_type="application/json")
    assert answer.status_code == 400 and answer.json()["errors"]


def test_scope_and_posts(client, setting):
    _, clerk, _, publication = setting
    client.force_login(ground.person("judge", ground.division("civil-9")))
    assert client.get(f"{BASE}{publication.pk}/").status_code == 404
    client.force_login(clerk)
    answer = client.post(
        f"{BASE}{publication.pk}/withdraw/", {"code": "BAD_REDACTION", "note": "x"}, content_type="application/json"
    )
    assert answer.status_code == 403
    assert client.post(f"{BASE}{publication.pk}/publish/").status_code == 409
