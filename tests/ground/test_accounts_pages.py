"""The pages of accounts, the trail and the frame, as a browser asks for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from courtcms.accounts.models import Absence, User
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.core import clock
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "court-test-2026"


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


def sign_in(client: Client, user: User, password: str = PASSWORD, **extra: str):
    return client.post(reverse("account_login"), {"login": user.username, "password": password, **extra})


def test_signing_in_leads_to_the_desk_and_leaves_a_trace(client: Client) -> None:
    judge = factories.person(Post.JUDGE)
    response = sign_in(client, judge)
    assert response.status_code == 302
    assert response["Location"] == reverse("desk")
    assert AuditEntry.objects.filter(verb="account.sign_in", actor_id=judge.pk).count() == 1


def test_a_wrong_password_says_so_in_both_languages_and_names_no_cause(client: Client) -> None:
    judge = factories.person(Post.JUDGE)
    chinese = sign_in(client, judge, "wrong")
    assert "用户名或密码不对" in chinese.content.decode()
    unknown = client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"})
    assert "用户名或密码不对" in unknown.content.decode()


@override_settings(AXES_ENABLED=True)
def test_five_wrong_passwords_lock_the_name_and_the_page_explains_it(client: Client) -> None:
    judge = factories.person(Post.JUDGE)
    for _ in range(4):
        assert sign_in(client, judge, "wrong").status_code == 400
    locked = sign_in(client, judge, "wrong")
    assert locked.status_code == 429
    assert "15 分钟" in locked.content.decode()
    assert sign_in(client, judge).status_code == 429
    assert sign_in(client, factories.person(Post.JUDGE)).status_code == 302


def test_demo_accounts_are_offered_in_the_demo_only(client: Client) -> None:
    judge = factories.person(Post.JUDGE)
    assert judge.username not in client.get(reverse("account_login")).content.decode()
    with override_settings(DEMO=True):
        page = client.get(reverse("account_login")).content.decode()
    assert f'data-fill-login="{judge.username}"' in page


def test_a_second_factor_is_set_up_asked_for_and_stored_encrypted(client: Client) -> None:
    chief = factories.person(Post.DIVISION_CHIEF)
    sign_in(client, chief)
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    if "password" in page.context["form"].fields:
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    done = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    assert done.status_code == 200
    stored = Authenticator.objects.get(user=chief, type=Authenticator.Type.TOTP)
    assert secret not in str(stored.data)

    client.post(reverse("account_logout"))
    assert sign_in(client, chief)["Location"] == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302
    recovery = (
        Authenticator.objects.get(user=chief, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    )
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "验证码不对" in wrong.content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": recovery})["Location"] == reverse("desk")


@override_settings(SECOND_FACTOR_FORCED=True)
def test_where_it_is_forced_a_chief_sets_it_up_first_and_a_judge_need_not(client: Client) -> None:
    sign_in(client, factories.person(Post.DIVISION_CHIEF))
    assert client.get("/")["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp"), follow=True).status_code == 200
    other = Client()
    sign_in(other, factories.person(Post.JUDGE))
    assert other.get("/").status_code == 200


def test_a_password_needs_ten_characters_and_the_old_one(client: Client) -> None:
    judge = factories.person(Post.JUDGE)
    client.force_login(judge)
    short = client.post(
        reverse("account_change_password"), {"oldpassword": "nonsense", "password1": "short", "password2": "short"}
    )
    text = short.content.decode()
    assert "10" in text
    assert "请输入现在的密码" in text
    assert User.objects.get(pk=judge.pk).check_password(PASSWORD)


def test_an_absence_is_declared_on_my_page_and_errors_keep_the_input(client: Client) -> None:
    judge, clerk, other = (factories.person(post) for post in (Post.JUDGE, Post.CLERK, Post.JUDGE))
    client.force_login(judge)
    start, end = clock.today() + timedelta(days=3), clock.today() + timedelta(days=6)
    data = {"since": start, "until": end, "substitute": clerk.pk, "reason": "年休假"}
    refused = client.post(reverse("absence_new"), data)
    assert refused.status_code == 400
    assert "年休假" in refused.content.decode()
    assert "没有可以代理" in refused.content.decode()
    done = client.post(reverse("absence_new"), data | {"substitute": other.pk}, follow=True)
    assert done.status_code == 200
    assert Absence.objects.get(user=judge).substitute_id == other.pk


def test_nonsense_on_any_form_is_answered_with_400_and_never_500(client: Client) -> None:
    admin = factories.person(Post.ADMINISTRATOR)
    client.force_login(admin)
    person = factories.person(Post.JUDGE)
    post = person.appointments.get()
    nonsense = {
        "since": "2026-02-31",
        "until": "x" * 5000,
        "post": "emperor",
        "division": "-1",
        "substitute": "null\x00",
        "username": "王",
        "name": "\x00",
        "reason": "",
    }
    for name, args in (
        ("absence_new", []),
        ("person_new", []),
        ("person_appoint", [person.pk]),
        ("appointment_end", [post.pk]),
        ("person_password", [person.pk]),
    ):
        assert client.post(reverse(name, args=args), nonsense).status_code == 400, name
    assert client.get(reverse("audit_trail"), {"since": "never", "verb": "no"}).status_code == 400
    assert client.get(reverse("audit_trail"), {"cursor": "!!!"}).status_code == 200
    assert client.get(reverse("people"), {"q": "%_", "post": "emperor", "cursor": "e30"}).status_code == 200
    assert client.get(reverse("people"), {"q": "\x00"}).status_code == 400


def test_the_administrator_opens_an_account_and_sees_its_password_once(client: Client) -> None:
    client.force_login(factories.person(Post.ADMINISTRATOR))
    page = client.post(reverse("person_new"), {"username": "wu.yi", "name": "戊乙"})
    made = User.objects.get(username="wu.yi")
    shown = page.context["password"]
    assert made.check_password(shown)
    assert shown not in client.get(reverse("person", args=[made.pk])).content.decode()


def test_the_trail_is_found_by_person_and_its_check_is_entered_in_it(client: Client) -> None:
    admin = factories.person(Post.ADMINISTRATOR, name="查痕人")
    sign_in(client, admin)
    page = client.get(reverse("audit_trail"), {"verb": "account.sign_in"}).content.decode()
    assert "查痕人" in page
    client.post(reverse("audit_verify"))
    assert "链条完整" in client.get(reverse("audit_trail")).content.decode()
    entry = AuditEntry.objects.get(verb="audit.verify")
    assert client.get(reverse("audit_entry", args=[entry.pk])).status_code == 200


def test_the_frame_names_posts_substitutions_language_and_theme(client: Client) -> None:
    judge, other = factories.person(Post.JUDGE, name="甲外出"), factories.person(Post.JUDGE)
    client.force_login(judge)
    client.post(
        reverse("absence_new"),
        {"since": clock.today(), "until": clock.today() + timedelta(days=2), "substitute": other.pk},
    )
    client.force_login(other)
    assert "代 甲外出 履职" in client.get(reverse("me")).content.decode()
    client.post(reverse("display"), {"theme": "dark", "next": reverse("me")})
    client.post(reverse("set_language"), {"language": "en", "next": reverse("me")})
    page = client.get(reverse("me")).content.decode()
    assert '<html lang="en" data-theme="dark">' in page
    client.post(reverse("display"), {"theme": "nonsense"})
    assert "data-theme" not in client.get(reverse("me")).content.decode()


def test_an_address_elsewhere_is_never_a_way_back(client: Client) -> None:
    client.force_login(factories.person(Post.JUDGE))
    assert client.post(reverse("display"), {"theme": "dark", "next": "https://elsewhere.example/"})["Location"] == "/"


@pytest.mark.parametrize(("path", "status"), [("/no-such-page/", 404)])
def test_errors_keep_the_look(client: Client, path: str, status: int) -> None:
    client.force_login(factories.person(Post.JUDGE))
    page = client.get(path)
    assert page.status_code == status
    assert "没有这一页" in page.content.decode()
    assert "topbar" in page.content.decode()


def test_a_form_from_elsewhere_is_refused_in_the_look() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.person(Post.JUDGE))
    page = strict.post(reverse("absence_new"), {})
    assert page.status_code == 403
    assert "页面已过期" in page.content.decode()


def test_the_gallery_shows_every_component(client: Client) -> None:
    page = client.get(reverse("design"))
    assert page.status_code == 200
    assert page.content.decode().count('class="spec"') > 25


def test_what_is_refused_answers_four_hundred(client: Client) -> None:
    judge = factories.person(Post.JUDGE)
    assert client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"}).status_code == 400
    client.force_login(judge)
    assert client.post(reverse("account_change_password"), {"oldpassword": "nonsense"}).status_code == 400
    assert client.post(reverse("notices:digest"), {"address": "nonsense", "is_active": "on"}).status_code == 400
    assert client.post(reverse("notices:digest"), {"address": "a" * 400, "is_active": "on"}).status_code == 400


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_page_is_read_or_sent_and_nothing_else(client: Client, method: str) -> None:
    client.force_login(factories.person(Post.JUDGE))
    answer = getattr(client, method)(reverse("notices:digest"))
    assert answer.status_code == 405 and answer["Allow"] == "GET, HEAD, POST"
