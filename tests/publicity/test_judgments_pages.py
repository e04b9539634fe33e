"""Pages of a publication in both languages: what each post sees, what a form answers, bad input stays 4xx."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from courtcms.accounts.posts import Post
from courtcms.core import clock
from publicity.judgments import name_services, publish_services, services, words
from publicity.judgments.models import Publication, State
from tests import factories as ground
from tests.publicity import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with clock.as_of(TODAY):
        yield


@pytest.fixture
def case():
    with clock.as_of(date(2026, 6, 1)):
        return make.inheritance_case()


@pytest.fixture
def clerk(case):
    return make.staff(case)


@pytest.fixture
def other(case):
    return make.staff(case)


def path(name, *args):
    return reverse(f"judgments:{name}", args=args)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_answers_in_both_languages(client, case, clerk, other, language):
    client.cookies.load({"django_language": language})
    publication = make.prepared(case, clerk)
    client.force_login(clerk)
    for address in (
        path("index"),
        path("case_panel", case.pk),
        path("new", case.pk),
        path("show", publication.pk),
        path("desk", publication.pk),
    ):
        assert client.get(address).status_code == 200
    for show in ("diff", "doubt", "result"):
        assert client.get(path("desk", publication.pk), {"show": show}).status_code == 200
    services.submit(actor=clerk, publication=publication)
    client.force_login(other)
    assert client.get(path("clear", publication.pk)).status_code == 200
    services.accept(actor=other, publication=publication, answers=make.yes())
    client.force_login(case.judge)
    assert client.get(path("withhold", publication.pk)).status_code == 200
    client.force_login(clerk)
    assert client.get(path("publish", publication.pk)).status_code == 200


def test_upload_review_clear_publish_in_the_browser_without_script(client, case, clerk, other):
    client.force_login(clerk)
    answer = client.post(path("new", case.pk), {"kind": "judgment", "effective_on": "2026-11-16"})
    publication = Publication.objects.get()
    assert answer.url == path("show", publication.pk)
    upload = SimpleUploadedFile("judgment.txt", make.signed_text(case).encode(), "text/plain")
    assert client.post(path("upload", publication.pk), {"file": upload}).url == path("desk", publication.pk)
    name_services.run(publication.versions.get().pk)  # the worker
    page = client.get(path("desk", publication.pk)).content.decode()
    assert "甲某1" in page and "甲一明" in page
    hit = publication.versions.get().hits.filter(kind="name", action="replace").first()
    answer = client.post(path("decide", publication.pk, hit.pk), {"decision": "accepted", "show": "all"})
    assert answer.status_code == 302
    assert client.post(path("submit", publication.pk)).url == path("show", publication.pk)
    client.force_login(other)
    assert client.post(path("accept", publication.pk), {f"item_{name}": "on" for name in make.yes()}).status_code == 302
    client.force_login(clerk)
    assert client.post(path("publish", publication.pk)).status_code == 302
    publication.refresh_from_db()
    assert publication.state == State.PUBLISHED


def test_fragment_of_the_desk_comes_back_to_htmx(client, case, clerk):
    publication = make.prepared(case, clerk)
    client.force_login(clerk)
    hit = publication.versions.get().hits.first()
    answer = client.post(path("decide", publication.pk, hit.pk), {"decision": "kept"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and answer.content.lstrip().startswith(b'<div id="desk"')


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", "没有案号".encode()])
def test_bad_uploads_say_why_and_write_nothing(client, case, clerk, content, language):
    client.cookies.load({"django_language": language})
    publication = make.opened(case)
    client.force_login(clerk)
    answer = client.post(path("upload", publication.pk), {"file": SimpleUploadedFile("x.txt", content)})
    assert answer.status_code == 400 and 'class="errors"' in answer.content.decode()
    assert publication.versions.count() == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("decide", {"decision": "explode"}),
        ("decide", {"decision": "changed", "replacement": "**", "revision": "abc"}),
        ("decide", {}),
        ("mark", {"text": ""}),
        ("mark", {"text": "不在文中的字"}),
        ("undo", {}),
    ],
)
def test_bad_decisions_stay_on_the_desk(client, case, clerk, name, data):
    publication = make.prepared(case, clerk)
    client.force_login(clerk)
    hit = publication.versions.get().hits.first()
    args = [publication.pk, hit.pk] if name == "decide" else [publication.pk]
    answer = client.post(path(name, *args), data)
    assert answer.status_code in (400, 409) and 'class="errors"' in answer.content.decode()


def test_the_redactor_is_told_that_another_person_clears(client, case, clerk):
    publication = make.prepared(case, clerk)
    services.submit(actor=clerk, publication=publication)
    client.force_login(clerk)
    assert "须由另一人审查" in client.get(path("clear", publication.pk)).content.decode()
    answer = client.post(path("accept", publication.pk), {f"item_{name}": "on" for name in make.yes()})
    assert answer.status_code == 400 and "脱敏人不得审查自己的脱敏" in answer.content.decode()


def test_publicity_staff_see_what_lies_before_the_clearing_person_only(client, case, clerk):
    staff = ground.person(Post.PUBLICITY, ground.division("publicity", "office"))
    publication = make.prepared(case, clerk)
    client.force_login(staff)
    assert client.get(path("show", publication.pk)).status_code == 404
    services.submit(actor=clerk, publication=publication)
    assert client.get(path("clear", publication.pk)).status_code == 200


def test_a_stranger_gets_404_and_a_wrong_post_403(client, case, clerk):
    publication = make.prepared(case, clerk)
    client.force_login(ground.person(Post.JUDGE, ground.division("civil-9")))
    assert client.get(path("desk", publication.pk)).status_code == 404
    client.force_login(ground.person(Post.HOTLINE, ground.division("civil-9")))
    assert client.get(path("desk", publication.pk)).status_code == 403


def test_withdrawal_dialog_refuses_without_a_note_and_then_withdraws(client, case, clerk, other):
    manager = ground.person(Post.TRIAL_MANAGEMENT, case.division)
    publication = make.cleared(case, clerk, other)
    publish_services.publish(actor=clerk, publication=publication)
    client.force_login(manager)
    assert client.post(path("withdraw", publication.pk), {"withdraw-code": "BAD_REDACTION"}).status_code == 400
    answer = client.post(
        path("withdraw", publication.pk), {"withdraw-code": "BAD_REDACTION", "withdraw-note": "当事人反映"}
    )
    assert answer.status_code == 302
    publication.refresh_from_db()
    assert publication.state == State.WITHDRAWN


def test_the_list_shows_days_left_first(client, case, clerk):
    late = make.opened(case, effective_on=date(2026, 11, 2))
    make.opened(case, effective_on=date(2026, 11, 16))
    client.force_login(clerk)
    page = client.get(path("index"))
    assert [line.publication for line in page.context["lines"]][0] == late
    assert [line.days for line in page.context["lines"]] == [-9, 1]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("第八条第一款第（一）项", "art. 8(1)(1)"),
        ("第十条第一款第（一）、（二）项", "art. 10(1)(1), (2)"),
        ("法释〔2016〕19号第十五条", "SPC [2016] No. 19 art. 15"),
        ("保守国家秘密法第三十五条", "State Secrets Law art. 35"),
        ("第十一条第（二）项", "art. 11(2)"),
    ],
)
def test_citations_in_english(chinese, english):
    assert words.article(chinese) == chinese
    with override("en"):
        assert words.article(chinese) == english


def test_a_form_sent_twice_registers_one_document(client, case, clerk):
    client.force_login(clerk)
    fields = {"kind": "judgment", "effective_on": "2026-11-16"}
    answers = [client.post(path("new", case.pk), fields) for _ in range(2)]
    assert [answer.status_code // 100 for answer in answers] == [3, 4]
    assert Publication.objects.count() == 1 and "待上传" in answers[1].text and "2026-11-16" in answers[1].text
    assert client.post(path("new", case.pk), fields | {"kind": "ruling"}).status_code == 302


@pytest.mark.parametrize("day", ["0001-01-01", "2026-05-31", "2026-11-25", "9999-12-31"])
def test_a_day_of_effect_before_the_case_or_to_come_is_refused_in_words(client, case, clerk, day):
    client.force_login(clerk)
    assert client.post(path("new", case.pk), {"kind": "judgment", "effective_on": day}).status_code == 400
    publication = make.opened(case)
    answer = client.post(path("effect", publication.pk), {"effect-effective_on": day})
    assert answer.status_code == 400 and "生效日" in answer.text
