"""Files on their way in and out."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from courtcms.accounts.models import User
from courtcms.accounts.posts import Post
from courtcms.audit.models import AuditEntry
from courtcms.core.errors import NotAllowed, Refusal
from courtcms.files import access, storage
from courtcms.files.access import Access
from courtcms.files.models import StoredFile
from courtcms.files.services import content_of, store_upload
from tests import factories
from tests.ground import bad_files as make

pytestmark = pytest.mark.django_db


def upload(data: bytes, name: str = "判决书.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def stored(actor: User, data: bytes = b"", name: str = "判决书.docx", **options: Any) -> StoredFile:
    return store_upload(actor=actor, upload=upload(data or make.docx(), name), **options)


def test_a_file_is_stored_with_its_text_and_both_hashes() -> None:
    judge, data = factories.person(), make.docx()
    file = stored(judge, data, case_id=7)
    assert (file.kind, file.text, file.is_scan, file.size) == ("docx", make.TEXT, False, len(data))
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert file.sm3 == hashlib.new("sm3", data).hexdigest()
    assert storage.path_of(file.sha256).read_bytes() == data
    entry = AuditEntry.objects.get(verb="file.store")
    assert (entry.actor, entry.case_id, entry.after["sha256"]) == (judge, 7, file.sha256)


def test_the_same_content_twice_is_two_rows_over_one_content() -> None:
    judge, data = factories.person(), make.docx("同一内容")
    one, two = stored(judge, data, "一.docx"), stored(judge, data, "二.docx")
    assert one.pk != two.pk
    assert storage.path_of(one.sha256) == storage.path_of(two.sha256)
    assert [path.name for path in storage.path_of(one.sha256).parent.iterdir()] == [one.sha256]


def test_a_pdf_without_text_is_a_scan() -> None:
    judge = factories.person()
    file = stored(judge, make.pdf(text=""), "扫描件.pdf")
    assert (file.text, file.is_scan) == ("", True)
    with pytest.raises(Refusal, match="文字层"):
        stored(judge, make.pdf(text=""), "扫描件.pdf", need_text=True)


def test_a_refused_file_leaves_no_row_and_names_the_field() -> None:
    judge = factories.person()
    with pytest.raises(Refusal) as refused:
        stored(judge, make.with_part("word/vbaProject.bin"), field="judgment")
    assert [(reason.field, reason.code) for reason in refused.value.reasons] == [("judgment", "files.macro")]
    assert not StoredFile.objects.exists()


def test_a_file_beyond_the_limit_is_not_even_read(settings: Any) -> None:
    settings.FILE_MAX_MB = 0
    with pytest.raises(Refusal, match="超过"):
        stored(factories.person())


def test_who_may_not_upload_is_refused() -> None:
    with pytest.raises(NotAllowed):
        stored(factories.person(Post.HOTLINE))


def test_a_path_in_the_name_is_dropped_and_a_long_name_cut() -> None:
    judge = factories.person()
    assert stored(judge, name="C:\\卷宗\\..\\判决书.docx").name == "判决书.docx"
    long = stored(judge, name="长" * 300 + ".docx").name
    assert (len(long), long[-5:]) == (200, ".docx")


class TestDownload:
    @pytest.fixture(autouse=True)
    def _cases(self, monkeypatch: Any) -> None:
        """Case 1 is open to judges, case 2 is secret, all others are closed."""

        def answer(user: User, case_id: int) -> Access:
            return Access(user.username == "judge-in" and case_id in (1, 2), confidential=case_id == 2)

        monkeypatch.setattr(access, "_answer", [answer])

    def test_it_is_always_a_download(self, client: Client) -> None:
        judge = factories.person(username="judge-in")
        file = stored(judge, case_id=1, name='判 决"书.docx')
        client.force_login(judge)
        response = client.get(f"/files/{file.pk}/")
        assert response.content == make.docx() or response.content[:2] == b"PK"
        assert response["Content-Disposition"] == "attachment; filename*=UTF-8''%E5%88%A4%20%E5%86%B3%22%E4%B9%A6.docx"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]

    def test_who_does_not_see_the_case_does_not_see_the_file(self, client: Client) -> None:
        file = stored(factories.person(username="judge-in"), case_id=1)
        client.force_login(factories.person())
        assert client.get(f"/files/{file.pk}/").status_code == 403

    def test_a_file_of_no_case_is_its_uploaders_alone(self) -> None:
        judge = factories.person()
        file = stored(judge)
        assert content_of(actor=judge, file=file)
        with pytest.raises(NotAllowed):
            content_of(actor=factories.person(username="judge-in"), file=file)

    def test_opening_a_secret_file_is_in_the_trail_and_opening_an_ordinary_one_is_not(self) -> None:
        judge = factories.person(username="judge-in")
        ordinary, secret = stored(judge, case_id=1), stored(judge, case_id=2)
        content_of(actor=judge, file=ordinary)
        assert not AuditEntry.objects.filter(verb="file.read").exists()
        content_of(actor=judge, file=secret)
        entry = AuditEntry.objects.get(verb="file.read")
        assert (entry.actor, entry.object_id, entry.case_id) == (judge, str(secret.pk), 2)

    def test_a_damaged_content_is_not_handed_out(self, client: Client) -> None:
        judge = factories.person(username="judge-in")
        file = stored(judge, make.docx("会被改动"), case_id=1)
        storage.path_of(file.sha256).write_bytes(b"something else")
        client.force_login(judge)
        assert client.get(f"/files/{file.pk}/").status_code == 409
        out = io.StringIO()
        with pytest.raises(SystemExit):
            call_command("verify_files", "--json", stdout=out)
        assert json.loads(out.getvalue())["damaged"] == [file.sha256]
