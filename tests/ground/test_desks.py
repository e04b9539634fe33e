"""Each post lands on its own desk; what it shows is what there is, and a number opens its list."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from courtcms.accounts import services
from courtcms.accounts.posts import Post
from courtcms.core import clock
from courtcms.desks.layout import DESKS
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_post_has_a_desk() -> None:
    assert set(DESKS) == set(Post)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("post", list(Post), ids=[post.value for post in Post])
def test_each_desk_opens_and_all_its_links_answer(client: Client, post: Post, language: str) -> None:
    client.force_login(factories.person(post))
    client.post(reverse("set_language"), {"language": language})
    page = client.get("/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    for address in sorted(set(re.findall(r'href="(/[^"]*)"', main))):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address
    for address in sorted(set(re.findall(r'href="#([^"]+)"', main))):
        assert f'id="{address}"' in main, address


def test_who_holds_two_posts_changes_desks(client: Client) -> None:
    judge = factories.person(Post.JUDGE)
    factories.appoint(judge, Post.DIVISION_CHIEF, factories.division())
    client.force_login(judge)
    chief = client.get("/").content.decode()
    assert 'id="distribution"' in chief
    own = client.get("/", {"as": "judge"}).content.decode()
    assert 'id="mine"' in own
    assert 'id="distribution"' not in own
    assert client.get("/", {"as": "emperor"}).status_code == 200


def test_a_substitute_sees_the_desk_of_the_absent_person(client: Client) -> None:
    chief = factories.person(Post.DIVISION_CHIEF, name="甲庭长")
    judge = factories.person(Post.DIVISION_CHIEF, factories.division("civil-2"))
    services.declare_absence(
        actor=chief, since=clock.today(), until=clock.today() + timedelta(days=2), substitute=judge
    )
    client.force_login(judge)
    assert "代甲庭长" in client.get(reverse("me")).content.decode().replace("代 甲庭长", "代甲庭长")


def test_the_start_page_is_closed_to_who_has_no_post(client: Client) -> None:
    admin = factories.person(Post.ADMINISTRATOR)
    stranger, _password = services.add_person(actor=admin, username="no.post", name="无岗")
    client.force_login(stranger)
    page = client.get("/")
    assert page.status_code == 403
    assert "岗位" in page.content.decode()
