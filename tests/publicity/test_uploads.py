"""What must not become a publication, by the upload form and by the interface: refused in words, nothing kept."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.files.models import StoredFile
from publicity.judgments.documents import heading_of, unfit
from publicity.judgments.models import PublicationVersion
from tests.publicity import factories as make

pytestmark = pytest.mark.django_db


TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


@pytest.fixture(autouse=True)
def _today():
    with clock.as_of(date(2026, 11, 24)):
        yield


@pytest.fixture
def case():
    with clock.as_of(date(2026, 6, 1)):
        return make.inheritance_case()


def scan(text):
    """A page that is a picture."""
    from PIL import Image  # noqa: PLC0415

    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 500, 700)
    canvas.save()
    return held.getvalue()


def word(text):
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return document


def saved(document):
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def with_macros(text):
    held = io.BytesIO(saved(word(text)))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    return held.getvalue()


def with_links(text):
    document = word(text)
    document.part.relate_to("file://server/share/template.dotx", TEMPLATE, is_external=True)
    return saved(document)


def kind(words):
    return lambda text: text.replace("民 事 判 决 书", words).encode()


#: what is brought in -> (name, content from the text of the case, field and code of the reason, words of its article)
BAD = {
    "a scan": ("scan.pdf", scan, "files.scan", ""),
    "a wrong encoding": ("big5.txt", lambda text: b"\xff\xfe\xff" + text.encode("utf-16-be") + b"\x00", "files.", ""),
    "macros": ("macro.docx", with_macros, "files.macro", ""),
    "outside links": ("link.docx", with_links, "files.remote_template", ""),
    "another case": ("other.txt", lambda text: text.replace("号\n", "9号\n", 1).encode(), "number", ""),
    "no number": ("none.txt", lambda text: text.split("\n", 3)[3].encode(), "number", ""),
    "a mediation": ("mediated.txt", kind("民 事 调 解 书"), "unfit_mediation", "第四条第（三）项"),
    "a notice": ("notice.txt", kind("受理案件通知书"), "unfit_notice", "第三条第（四）项"),
    "a summons": ("summons.txt", kind("传 票"), "no_kind", "第三条"),
    "an empty file": ("empty.txt", lambda text: b"", "files.empty", ""),
    "a program": ("judgment.txt", lambda text: b"MZ\x90\x00", "files.program", ""),
    "not signed yet": ("draft.txt", lambda text: text.replace("二〇二六年十月二十日", "").encode(), "date", ""),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("way", ["form", "api"])
def test_what_must_not_be_published_is_refused_with_its_reason_and_nothing_is_kept(client, case, name, way):
    file_name, content, code, article = BAD[name]
    clerk, publication = make.staff(case), make.opened(case)
    client.force_login(clerk)
    upload = SimpleUploadedFile(file_name, content(make.signed_text(case)))
    if way == "form":
        answer = client.post(reverse("judgments:upload", args=[publication.pk]), {"file": upload})
        assert answer.status_code == 400 and 'class="errors"' in answer.text
        assert article in answer.text
    else:
        answer = client.post(f"/api/v1/publications/{publication.pk}/upload/", {"file": upload})
        assert answer.status_code == 400
        errors = answer.json()["errors"]
        assert any(error["code"].startswith(code) and article in error["article"] for error in errors)
    assert not PublicationVersion.objects.exists() and not StoredFile.objects.exists()
    publication.refresh_from_db()
    assert publication.state == "awaited"


@pytest.mark.parametrize("way", ["form", "api"])
def test_of_a_secret_case_no_text_is_stored_and_the_article_is_named(client, case, way):
    clerk, publication = make.staff(case), make.opened(case)
    with act(actor=None, verb="test"):
        case.secrecy = "confidential"
        case.save()
    client.force_login(clerk)
    upload = SimpleUploadedFile("judgment.txt", make.signed_text(case).encode())
    address = reverse("judgments:upload", args=[publication.pk])
    answer = client.post(
        address if way == "form" else f"/api/v1/publications/{publication.pk}/upload/", {"file": upload}
    )
    assert answer.status_code == 400 and "保守国家秘密法第三十一条" in answer.text
    assert not PublicationVersion.objects.exists() and not StoredFile.objects.exists()


def test_the_text_of_a_secret_case_is_not_stored_at_another_cases_desk(client, case):
    """It was stored before the number was looked at."""
    with clock.as_of(date(2026, 6, 1)):
        secret = make.inheritance_case(duplicate_note="另一套房屋")
    with act(actor=None, verb="test"):
        secret.secrecy = "secret"
        secret.save()
    clerk, publication = make.staff(case), make.opened(case)
    client.force_login(clerk)
    upload = SimpleUploadedFile("judgment.txt", make.signed_text(secret).encode())
    assert client.post(reverse("judgments:upload", args=[publication.pk]), {"file": upload}).status_code == 400
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_encodings_of_courts_are_read_by_the_interface_too(client, case, encoding):
    clerk, publication = make.staff(case), make.opened(case)
    client.force_login(clerk)
    upload = SimpleUploadedFile("judgment.txt", make.signed_text(case).encode(encoding))
    answer = client.post(f"/api/v1/publications/{publication.pk}/upload/", {"file": upload})
    assert answer.status_code == 200 and answer.json()["state"] == "review"


@pytest.mark.parametrize(
    ("heading", "category", "code"),
    [
        ("民 事 判 决 书", "civil", ""),
        ("刑 事 附 带 民 事 判 决 书", "criminal", ""),
        ("驳回申诉通知书", "criminal", ""),
        ("应诉通知书", "civil", "unfit_notice"),
        ("国家赔偿决定书", "compensation", ""),
        ("行政调解书", "administrative", ""),
        ("行政赔偿调解书", "administrative", ""),
        ("民事调解书", "civil", "unfit_mediation"),
        ("刑事附带民事调解书", "criminal", "unfit_mediation"),
        ("支 付 令", "civil", ""),
        ("开 庭 笔 录", "civil", "no_kind"),
    ],
)
def test_kinds_that_are_published_and_kinds_that_are_not(heading, category, code):
    text = f"某某市中级人民法院\n{heading}\n（2026）津02民初1号\n正文。"
    found = unfit(text, category)
    assert (found.code if found else "") == code
    if code != "no_kind":
        assert heading_of(text) == heading.replace(" ", "")


def test_a_mediation_of_public_interest_is_published():
    assert unfit("某某市中级人民法院\n民事调解书\n原告某某环保协会与被告某厂环境污染民事公益诉讼一案", "civil") is None
