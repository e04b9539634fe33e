"""Each post lands on its own desk; what it shows is what there is, and a number opens its list."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cases.intake.models import Case
from courtcms.accounts import services
from courtcms.accounts.models import User
from courtcms.accounts.posts import Post
from courtcms.core import clock
from courtcms.desks.layout import DESKS
from tests import factories
from tests.cases import factories as case_factories

pytestmark = pytest.mark.django_db


def file_for(judge: User, day: date | None = None) -> Case:
    """A civil case of the first civil division in the hands of that judge."""
    return case_factories.case(
        division_id=factories.division().pk,
        judge_id=judge.pk,
        assign_reason="指定",
        filed_on=day or clock.today(),
        parties=(case_factories.company_party(), case_factories.company_party("defendant")),
    )


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


def test_the_numbers_of_a_judge_open_lists_of_just_those_cases(client: Client) -> None:
    judge = factories.person(Post.JUDGE)
    filed = {  # six months of an ordinary civil case, so the age decides the risk
        "overdue": clock.today() - timedelta(days=400),
        "ample": clock.today() - timedelta(days=3),
    }
    for day in filed.values():
        file_for(judge, day)
    client.force_login(judge)
    page = client.get("/")
    numbers = {str(fig.label): fig.number for fig in page.context["figures"]}
    assert [numbers[word] for word in ("在办", "超期", "紧迫", "临近", "充足", "停算")] == [2, 1, 0, 0, 1, 0]
    rows = page.context["main"][0].data["rows"]
    assert [row["line"].left.level for row in rows] == ["overdue", "ample"]
    assert rows[0]["line"].left.days < 0
    for fig in page.context["figures"]:
        if "/cases/" in fig.href:
            assert len(client.get(fig.href).context["page"].rows) == fig.number, fig.label


def test_a_chief_sees_the_division_as_a_distribution_and_no_name_in_it(client: Client) -> None:
    division = factories.division()
    judge = factories.person(Post.JUDGE, division, name="不应出现在分布里")
    file_for(judge, clock.today() - timedelta(days=400))
    client.force_login(factories.person(Post.DIVISION_CHIEF, division))
    page = client.get("/")
    [chart] = [section.data for section in page.context["main"] if "bars" in section.data]
    assert [bar.number for bar in chart["bars"]][0] == 1
    assert chart["total"] == 1
    text = page.content.decode()
    part = text[text.index('id="distribution"') :]
    assert judge.name not in part[: part.index("</section>")]


@pytest.mark.parametrize("cases", [1, 12])
def test_the_desk_of_a_judge_takes_the_same_number_of_queries_whatever_it_holds(
    client: Client, cases: int, django_assert_max_num_queries
) -> None:
    judge = factories.person(Post.JUDGE)
    for _ in range(cases):
        file_for(judge)
    client.force_login(judge)
    client.get("/")
    with django_assert_max_num_queries(22):
        client.get("/")
