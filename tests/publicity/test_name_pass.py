"""Names that nothing tells of: looked for by the worker after an upload, laid before the redactor, who decides."""

import time
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courtcms.core import clock
from courtcms.core.errors import Refusal
from publicity.batches import services as batches
from publicity.judgments import checks, desk_services, name_services, selectors, services
from publicity.judgments.models import NamePass, State
from publicity.judgments.tasks import resume_names
from publicity.judgments.upload_services import take_upload
from publicity.templatetags.judgments import decided_rows
from tests.publicity import factories as make

TODAY = date(2026, 11, 24)
LADY, GUEST = "欧阳若岚", "端木青"
MORE = f"2019年5月6日，{LADY}打电话给甲一明，{LADY}称房屋漏水，并与{GUEST}到场。{GUEST}说没有看见。"
SECONDS = 30


@pytest.fixture(autouse=True)
def _today():
    with clock.as_of(TODAY):
        yield


@pytest.fixture
def case(db):
    with clock.as_of(date(2026, 6, 1)):
        return make.inheritance_case()


@pytest.fixture
def clerk(case):
    return make.staff(case)


def uploaded(case, clerk, more=MORE):
    publication = make.opened(case)
    text = make.signed_text(case, more=more)
    return publication, take_upload(
        actor=clerk, publication=publication, upload=SimpleUploadedFile("judgment.txt", text.encode())
    )


def refused(clerk, publication):
    with pytest.raises(Refusal) as found:
        services.submit(actor=clerk, publication=publication)
    return {reason.code: reason for reason in found.value.reasons}


def suspects(version):
    return {version.original[hit.start : hit.end]: hit for hit in version.hits.filter(rule="suspect")}


def decide(clerk, publication, hit, decision):
    desk_services.decide(actor=clerk, publication=publication, hit_id=hit.pk, decision=decision, everywhere=True)


def test_what_is_found_waits_for_the_redactor_and_is_masked_or_dismissed_everywhere(case, clerk):
    publication, version = uploaded(case, clerk)
    assert "送审" in refused(clerk, publication)["names"].remedy
    before = checks.result_of(version)
    assert name_services.run(version.pk) and not name_services.run(version.pk)
    assert checks.result_of(version) == before  # nothing is masked by itself
    found = suspects(version)
    assert set(found) == {LADY, GUEST} and all(hit.open_doubt for hit in found.values())
    assert set(refused(clerk, publication)) == {"doubts"}
    decide(clerk, publication, found[LADY], "accepted")
    decide(clerk, publication, found[GUEST], "kept")
    result = checks.result_of(version)
    assert LADY not in result and result.count("欧阳某") == 2 and result.count(GUEST) == 2
    services.submit(actor=clerk, publication=publication)
    assert publication.state == State.CLEARANCE
    rows = [row["text"] for row in decided_rows(selectors.desk_of(publication))]
    assert rows == [GUEST, GUEST, LADY, LADY]  # what was dismissed comes first


def test_one_more_mention_of_somebody_masked_is_left_over_until_it_is_masked_too(case, clerk):
    publication, version = uploaded(case, clerk)
    name_services.run(version.pk)
    hit = suspects(version)[LADY]
    desk_services.decide(actor=clerk, publication=publication, hit_id=hit.pk, decision="accepted")
    version.refresh_from_db()
    desk_services.decide(
        actor=clerk, publication=publication, hit_id=version.hits.filter(person=LADY).exclude(pk=hit.pk).get().pk,
        decision="kept",
    )  # fmt: skip
    decide(clerk, publication, suspects(version)[GUEST], "kept")
    assert set(refused(clerk, publication)) == {"residual"}


def test_a_place_that_begins_with_the_letters_of_the_name_stays(case, clerk):
    _publication, version = uploaded(case, clerk, more=f"{MORE}双方后到{GUEST}村查看。")
    name_services.run(version.pk)
    place = version.original.index(f"{GUEST}村")
    hit = version.hits.get(start=place)
    assert (hit.rule, hit.replacement, hit.doubt) == ("place_keep", GUEST, "")


def test_the_mask_goes_on_behind_those_the_text_has(case, clerk):
    _publication, version = uploaded(case, clerk, more=f"{MORE}另有欧阳某在场。")
    name_services.run(version.pk)
    assert suspects(version)[LADY].proposal == "欧阳某2"


def test_the_redactor_decides_while_the_worker_reads(case, clerk, monkeypatch):
    publication, version = uploaded(case, clerk, more=MORE + "双方无其他争议。" * 4_000)
    seen, real = [], name_services._report

    def report(row, at, whole):
        real(row, at, whole)
        seen.append(NamePass.objects.get(pk=row.pk).percent)
        if len(seen) == 1:
            desk_services.mark(
                actor=clerk, publication=publication, text=GUEST, replacement="端木某", basis="basis-privacy"
            )

    monkeypatch.setattr(name_services, "_report", report)
    name_services.run(version.pk)
    assert seen == sorted(seen) and 0 < seen[0] < 50 and len(set(seen)) > 3
    version.refresh_from_db()
    assert set(suspects(version)) == {LADY}
    assert GUEST not in checks.result_of(version) and NamePass.objects.get().percent == 100


class Killed(BaseException):
    """As if the process were gone."""


def test_a_pass_whose_worker_died_is_gone_on_with(case, clerk, monkeypatch):
    _publication, version = uploaded(case, clerk)
    with monkeypatch.context() as patched:
        patched.setattr(name_services, "_lay", lambda *given: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            name_services.run(version.pk)
    assert name_services.owed() == [version.pk] and not suspects(version)
    resume_names()
    assert name_services.owed() == [] and len(suspects(version)) == 2


def test_a_pass_that_fails_three_times_is_given_up_and_says_so(client, case, clerk, monkeypatch):
    def broken(*given):
        raise RuntimeError("engine")

    publication, version = uploaded(case, clerk, more="")
    monkeypatch.setattr(name_services, "find_suspects", broken)
    assert [name_services.run(version.pk) for _ in range(4)] == [False, False, True, False]
    client.force_login(clerk)
    assert "没有查找其他人名" in client.get(reverse("judgments:desk", args=[publication.pk])).text
    services.submit(actor=clerk, publication=publication)
    client.force_login(make.staff(case))
    assert "没有查找其他人名" in client.get(reverse("judgments:clear", args=[publication.pk])).text


@pytest.mark.parametrize("more", ["", MORE])
def test_without_a_worker_submission_looks_for_names_itself(case, clerk, more):
    publication, version = uploaded(case, clerk, more=more)
    row = NamePass.objects.get(version=version)
    NamePass.objects.update(asked_at=row.asked_at - timedelta(minutes=6))
    if more:
        assert set(refused(clerk, publication)) == {"doubts"} and len(suspects(version)) == 2
    else:
        services.submit(actor=clerk, publication=publication)
        assert publication.state == State.CLEARANCE


def test_a_batch_is_read_too(case, clerk):
    make.opened(case)
    text = make.signed_text(case, more=MORE)
    batch = batches.open_batch(actor=clerk, files=[ContentFile(text.encode(), name="1.txt")])
    assert batches.run_batch(batch.pk) == 1
    assert set(suspects(NamePass.objects.get(finished_at__isnull=False).version)) == {LADY, GUEST}


def test_the_desk_shows_how_far_it_is_and_then_what_was_found(client, case, clerk):
    publication, version = uploaded(case, clerk)
    NamePass.objects.update(read=NamePass.objects.get().total // 2)
    client.force_login(clerk)
    address = reverse("judgments:desk", args=[publication.pk])
    page = client.get(address).text
    assert "正在查找其他人名" in page and "其他人名还没有查找完" in page and 'hx-trigger="every 1s"' in page
    asked = client.get(address, {"search": 1}, headers={"HX-Request": "true"})
    half = {f"{NamePass.objects.get().percent} %" in asked.text, "hx-retarget" in asked.headers}
    assert half == {True, False} and 'id="pairs"' not in asked.text
    client.cookies.load({"django_language": "en"})
    assert "Looking for further names" in client.get(address, {"search": 1}, headers={"HX-Request": "true"}).text
    client.cookies.load({"django_language": "zh-hans"})
    name_services.run(version.pk)
    done = client.get(address, {"search": 1}, headers={"HX-Request": "true"})
    assert done.headers["hx-retarget"] == "#desk" and "另查到 2 个疑似人名" in done.text
    hit = suspects(version)[LADY]
    focus = client.get(address, {"hit": hit.pk}).text
    assert "隐去为 欧阳某" in focus and "疑似人名，案件信息和诉讼身份均未列明" in focus and 'data-key="2"' in focus
    data = {"decision": "accepted", "everywhere": "1"}
    assert client.post(reverse("judgments:decide", args=[publication.pk, hit.pk]), data).status_code == 302
    assert version.hits.filter(rule="suspect", decision="accepted", replacement="欧阳某").count() == 2


def test_a_real_worker_reads_what_was_uploaded(real_worker, client, case, clerk):
    publication = make.opened(case)
    client.force_login(clerk)
    upload = SimpleUploadedFile("judgment.txt", make.signed_text(case, more=MORE).encode())
    answer = client.post(reverse("judgments:upload", args=[publication.pk]), {"file": upload})
    assert answer.status_code == 302
    end = time.monotonic() + SECONDS
    while not NamePass.objects.filter(finished_at__isnull=False).exists():
        assert time.monotonic() < end, "the worker did not read it"
        time.sleep(0.1)
    assert set(suspects(publication.versions.get())) == {LADY, GUEST}
