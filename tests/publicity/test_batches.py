"""A day's judgments at once: matched by number, refused with all reasons, redacted by the worker, worked through."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import NotAllowed, Refusal
from courtcms.files.models import StoredFile
from courtcms.notices.models import Notice
from publicity.batches import services
from publicity.batches.models import Batch, BatchItem
from publicity.judgments import services as judgments
from publicity.judgments.models import Publication, PublicationVersion, State
from tests import factories as ground
from tests.publicity import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with clock.as_of(TODAY):
        yield


@pytest.fixture
def cases():
    with clock.as_of(date(2026, 6, 1)):
        return [make.inheritance_case(duplicate_note="另一套房屋") for _ in range(3)]


@pytest.fixture
def clerk(cases):
    person = make.staff(cases[0])
    for case in cases[1:]:
        make.seat(case, person)
    return person


def paper(case, name="", text=""):
    return ContentFile((text or make.signed_text(case)).encode(), name=name or f"{case.pk}.txt")


def codes(item):
    return {problem["code"] for problem in item.problems}


def test_files_find_their_cases_and_wait_for_the_worker(cases, clerk):
    make.opened(cases[0])
    batch = services.open_batch(actor=clerk, files=[paper(case) for case in cases])
    assert [item.publication.case for item in batch.items.all()] == cases
    assert Publication.objects.count() == 3 and PublicationVersion.objects.count() == 0
    assert services.owed() == [batch.pk]
    assert services.run_batch(batch.pk) == 3
    assert services.run_batch(batch.pk) == 0 and services.owed() == []
    batch.refresh_from_db()
    assert batch.finished_at is not None
    assert {item.state for item in batch.items.all()} == {"ready"}
    assert all(item.publication.state == State.REVIEW and item.hits for item in batch.items.all())
    assert {publication.redactor for publication in Publication.objects.all()} == {clerk}
    assert Notice.objects.filter(recipient=clerk, kind="publicity.batch").count() == 1


def test_every_file_that_is_not_taken_says_why_and_leaves_no_text(cases, clerk):
    secret, worked, stranger = cases
    with act(actor=None, verb="test"):
        secret.secrecy = "secret"
        secret.save()
    make.prepared(worked, clerk)
    with clock.as_of(date(2026, 6, 1)):
        stranger = make.inheritance_case(duplicate_note="另一套房屋")
    before = StoredFile.objects.count()
    batch = services.open_batch(
        actor=clerk,
        files=[
            paper(secret), paper(worked), paper(stranger), ContentFile(b"", name="empty.txt"),
            ContentFile("没有案号".encode(), name="note.txt"), ContentFile(b"MZ\x00program", name="tool.exe"),
            paper(cases[2], text=make.signed_text(cases[2]).replace("民 事 判 决 书", "民 事 调 解 书")),
        ],
    )  # fmt: skip
    items = list(batch.items.all())
    assert [item.state for item in items] == ["refused"] * 7
    assert [codes(item) for item in items[:3]] == [{"secret"}, {"in_work"}, {"no_case"}]
    assert "保守国家秘密法" in items[0].problems[0]["article"] and items[0].case_number == ""
    assert codes(items[3]) == {"files.empty"} and codes(items[4]) == {"number"} and codes(items[5]) == {"files.program"}
    assert codes(items[6]) == {"unfit_mediation"} and "第四条第（三）项" in items[6].problems[0]["article"]
    assert StoredFile.objects.count() == before
    assert Batch.objects.get().finished_at is not None


def test_the_same_document_twice_in_one_batch(cases, clerk):
    batch = services.open_batch(actor=clerk, files=[paper(cases[0]), paper(cases[0], "again.txt")])
    assert [item.state for item in batch.items.all()] == ["waiting", "refused"]
    assert codes(batch.items.last()) == {"twice"}


def zipped(*entries):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return held.getvalue()


def test_an_archive_counts_by_its_entries_and_chinese_names_survive(cases, clerk):
    data = zipped(
        ("今天/判决一.txt", make.signed_text(cases[0]).encode("gb18030")), ("__MACOSX/._判决一.txt", b"x"),
        ("二.txt", make.signed_text(cases[1]).encode()), ("里面.zip", zipped(("三.txt", b"x"))),
    )  # fmt: skip
    batch = services.open_batch(actor=clerk, files=[ContentFile(data, name="day.zip")])
    assert {item.name: item.state for item in batch.items.all()} == {
        "判决一.txt": "waiting", "二.txt": "waiting", "里面.zip": "refused",
    }  # fmt: skip


def test_names_written_by_a_chinese_windows_are_read(cases, clerk):
    data = zipped(("XXXX.txt", make.signed_text(cases[0]).encode()))
    data = data.replace(b"XXXX.txt", "判决.txt".encode("gb18030"))
    batch = services.open_batch(actor=clerk, files=[ContentFile(data, name="day.zip")])
    assert batch.items.get().name == "判决.txt"


def test_a_bomb_is_not_unpacked(clerk):
    bomb = zipped(*((f"{n}.txt", b"0" * 30_000_000) for n in range(8)))
    batch = services.open_batch(actor=clerk, files=[ContentFile(bomb, name="bomb.zip")])
    assert codes(batch.items.get()) == {"files.bomb"}


@pytest.mark.parametrize(("files", "policy", "code"), [(0, "", "none"), (301, "", "many"), (1, "1999", "")])
def test_a_batch_that_is_none_is_refused(clerk, files, policy, code):
    with pytest.raises(Refusal) as refused:
        services.open_batch(actor=clerk, files=[ContentFile(b"x", name="a.txt")] * files, policy=policy)
    assert refused.value.reasons[0].code == code and not Batch.objects.exists()


def test_only_bench_support_and_bench_bring_batches_in(cases):
    with pytest.raises(NotAllowed):
        services.open_batch(actor=ground.person(Post.PUBLICITY, cases[0].division), files=[paper(cases[0])])


def test_a_fault_in_one_file_stops_no_other(cases, clerk, monkeypatch):
    batch = services.open_batch(actor=clerk, files=[paper(case) for case in cases])
    real, broken = judgments.redact, Publication.objects.get(case=cases[1])

    def redact(text, facts, pack):
        if facts.number == broken.case.number:
            raise RuntimeError("engine")
        return real(text, facts, pack)

    monkeypatch.setattr(judgments, "redact", redact)
    services.run_batch(batch.pk)
    assert [item.state for item in batch.items.all()] == ["ready", "refused", "ready"]
    assert codes(batch.items.get(position=2)) == {"fault"}
    broken.refresh_from_db()
    assert broken.state == State.AWAITED


def test_a_batch_left_half_way_is_gone_on_with(cases, clerk):
    batch = services.open_batch(actor=clerk, files=[paper(case) for case in cases])
    services._redact(batch.items.first())  # the worker died after the first file
    assert services.owed() == [batch.pk]
    assert services.run_batch(batch.pk) == 2
    assert BatchItem.objects.filter(state="ready").count() == 3


def test_upload_progress_and_queue_in_the_browser_without_script(client, cases, clerk, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    client.force_login(clerk)
    files = [SimpleUploadedFile(f"{case.pk}.txt", make.signed_text(case).encode()) for case in cases]
    answer = client.post(reverse("batches:index"), {"files": files})
    batch = Batch.objects.get()
    assert answer.url == reverse("batches:show", args=[batch.pk])
    services.run_batch(batch.pk)
    assert "逐件核对 3 件" in client.get(answer.url).text
    first, second, third = (item.publication for item in batch.items.all())
    start = f"{reverse('judgments:next', args=['desk'])}?batch={batch.pk}"
    assert client.get(start).url == f"{reverse('judgments:desk', args=[first.pk])}?batch={batch.pk}"
    desk = client.get(reverse("judgments:desk", args=[second.pk]), {"batch": batch.pk}).text
    assert f"?after={second.pk}&amp;batch={batch.pk}" in desk and "本批还有 3 件待核对" in desk
    answer = client.post(reverse("judgments:submit", args=[second.pk]), {"batch": batch.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('judgments:desk', args=[third.pk])}?batch={batch.pk}"
    for one in (third, first):
        answer = client.post(reverse("judgments:submit", args=[one.pk]), {"batch": batch.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("batches:show", args=[batch.pk])


def test_a_second_person_clears_in_a_queue_that_skips_what_they_redacted(client, cases, clerk):
    other = make.staff(cases[0])
    for case in cases[1:]:
        make.seat(case, other)
    rows = [make.prepared(case, clerk) for case in cases[:2]]
    for row in rows:
        judgments.submit(actor=clerk, publication=row)
    own = make.prepared(cases[2], other)
    judgments.submit(actor=other, publication=own)
    client.force_login(other)
    queue = reverse("judgments:next", args=["clear"])
    assert client.get(queue).url == reverse("judgments:clear", args=[rows[0].pk])
    answers = {f"item_{name}": "on" for name in make.yes()} | {"next": "1"}
    answer = client.post(reverse("judgments:accept", args=[rows[0].pk]), answers, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("judgments:clear", args=[rows[1].pk])
    client.post(reverse("judgments:accept", args=[rows[1].pk]), answers)
    assert client.get(queue).url == f"{reverse('judgments:index')}?show=clearance"
    assert client.get(reverse("judgments:next", args=["nonsense"])).status_code == 404


def test_a_batch_of_another_person_is_not_shown(client, cases, clerk):
    batch = services.open_batch(actor=clerk, files=[paper(cases[0])])
    client.force_login(make.staff(cases[0]))
    assert client.get(reverse("batches:show", args=[batch.pk])).status_code == 404
    assert client.post(reverse("batches:index"), {}).status_code == 400
