"""Which files the court takes in: told by content, refused with a reason that names what is wrong."""

from __future__ import annotations

import contextlib
import random

import pytest

from courtcms.files import extraction
from courtcms.files.checks.types import Limits
from courtcms.files.rules import examine
from tests.ground import bad_files as make

GOOD = {
    "utf-8 text": (make.TEXT.encode(), "判决书.txt", "txt"),
    "text with byte order mark": (b"\xef\xbb\xbf" + make.TEXT.encode(), "判决书.txt", "txt"),
    "GB18030 text": (make.TEXT.encode("gb18030"), "判决书.TXT", "txt"),
    "UTF-16 text": (make.TEXT.encode("utf-16"), "判决书.txt", "txt"),
    "text with a rare character": ("被告𠮷田".encode("gb18030"), "a.txt", "txt"),
    "docx": (make.docx(), "判决书.docx", "docx"),
    "docx with an ordinary hyperlink": (make.with_relation("hyperlink", "https://www.court.gov.cn/"), "a.docx", "docx"),
    "docx with a page number field": (make.with_field("PAGE"), "a.docx", "docx"),
    "pdf": (make.pdf(), "判决书.pdf", "pdf"),
    "png": (make.picture("PNG"), "a.png", "png"),
    "jpeg": (make.picture("JPEG"), "a.jpeg", "jpeg"),
    "tiff": (make.picture("TIFF"), "a.tif", "tiff"),
    "no suffix at all": (make.pdf(), "scan0001", "pdf"),
}

BAD = {
    "nothing": (b"", "empty"),
    "only blanks": (b" \n\t ", "empty"),
    "program": (b"MZ\x90\x00" + b"\x00" * 100, "program"),
    "script": (b"#!/bin/sh\nrm -rf x\n", "program"),
    "unknown bytes": (bytes(range(256)) * 4, "kind"),
    "old Word file": (make.ole(encrypted=False), "old_office"),
    "Word file with password": (make.ole(encrypted=True), "encrypted"),
    "encrypted zip entries": (make.encrypted_zip(), "encrypted"),
    "plain zip": (make.archive(), "archive"),
    "spreadsheet": (make.archive("[Content_Types].xml", b"<Types/>"), "kind"),
    "cut docx": (make.docx()[:-400], "broken"),
    "docx with broken XML": (make.with_part("word/extra.xml", b"<a><b></a>"), "broken"),
    "docx that lies about sizes": (make.lying_size(), "broken"),
    "macro part": (make.with_part("word/vbaProject.bin"), "macro"),
    "macro content type": (make.macro_content_type(), "macro"),
    "embedded object": (make.with_part("word/embeddings/oleObject1.bin"), "embedded"),
    "ActiveX": (make.with_part("word/activeX/activeX1.bin"), "embedded"),
    "remote template": (make.with_relation("attachedTemplate", "http://evil.example/t.dotm"), "remote_template"),
    "remote picture": (make.with_relation("image", "http://evil.example/p.png"), "external"),
    "link to a share": (make.with_relation("hyperlink", "file://\\\\host\\share"), "external"),
    "DDE field": (make.with_field("DDEAUTO c:\\\\cmd.exe"), "external"),
    "DDE field cut into runs": (make.with_field("DDE", "AUTO c:\\\\cmd.exe"), "external"),
    "entity bomb": (make.with_dtd(), "entity"),
    "entity bomb in UTF-16": (make.with_dtd("utf-16"), "entity"),
    "zip bomb": (make.zip_bomb(), "bomb"),
    "path out of the archive": (make.with_part("word/../../etc/passwd"), "path"),
    "docx behind other bytes": (b"PK" + make.docx(), "polyglot"),
    "docx with bytes behind": (make.docx() + b"<script>", "polyglot"),
    "cut pdf": (make.pdf()[:60], "broken"),
    "pdf with script": (make.pdf_with_action("/JavaScript"), "active"),
    "pdf that starts a program": (make.pdf_with_action("/Launch"), "active"),
    "pdf with attachment": (make.changed_pdf(lambda w: w.add_attachment("a.exe", b"MZ")), "embedded"),
    "pdf with password": (make.changed_pdf(lambda w: w.encrypt("secret")), "encrypted"),
    "pdf with empty user password": (make.changed_pdf(lambda w: w.encrypt("", "owner")), "encrypted"),
    "pdf behind other bytes": (b"GIF89a" + make.pdf(), "polyglot"),
    "pdf that is an archive": (make.pdf() + make.archive(), "polyglot"),
    "picture that is an archive": (make.picture("PNG") + make.archive(), "polyglot"),
    "picture with a page behind": (make.picture("JPEG") + b"<html><script>1</script>", "polyglot"),
    "picture of 3.6 billion pixels": (make.huge_png(), "pixels"),
    "cut picture": (make.picture("JPEG")[:-200], "broken"),
    "cut tiff": (make.picture("TIFF")[:100], "broken"),
}


@pytest.mark.parametrize(("data", "name", "kind"), GOOD.values(), ids=GOOD)
def test_a_good_file_is_known_by_its_content(data: bytes, name: str, kind: str) -> None:
    examined = examine(data, name)
    assert (examined.kind, examined.faults) == (kind, ())


@pytest.mark.parametrize(("data", "code"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_for_what_is_wrong_with_it(data: bytes, code: str) -> None:
    assert code in [fault.code for fault in examine(data).faults]


def test_every_reason_is_told_at_once() -> None:
    data = make.rezipped(
        make.with_relation("attachedTemplate", "http://evil.example/t.dotm"),
        lambda parts: parts.update({"word/vbaProject.bin": b"x", "word/embeddings/a.bin": b"x"}),
    )
    codes = {fault.code for fault in examine(data, "scan.pdf", kinds=("pdf",)).faults}
    assert codes == {"remote_template", "macro", "embedded", "kind", "suffix"}


def test_limits_hold() -> None:
    assert [fault.code for fault in examine(b"x" * 11, limits=Limits(max_bytes=10)).faults] == ["size"]
    assert "bomb" in [fault.code for fault in examine(make.many_entries(50), limits=Limits(max_entries=40)).faults]
    assert "pages" in [fault.code for fault in examine(make.pdf(pages=3), limits=Limits(max_pages=2)).faults]
    assert "pixels" in [fault.code for fault in examine(make.picture(), limits=Limits(max_pixels=1000)).faults]


def test_a_wrong_suffix_is_told() -> None:
    assert [fault.code for fault in examine(make.pdf(), "判决书.docx").faults] == ["suffix"]


def test_broken_bytes_never_raise() -> None:
    """Bytes flipped at random, cut and doubled: refused or taken, never an exception."""
    chance = random.Random(20261124)
    for sound in (make.docx(), make.pdf(), make.picture("PNG"), make.picture("JPEG"), make.picture("TIFF")):
        for _ in range(60):
            data = bytearray(sound)
            for _ in range(chance.randint(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            mangled = bytes(data[: chance.randint(20, len(data))] if chance.random() < 0.3 else data)
            examined = examine(mangled)
            if not examined.faults:
                with contextlib.suppress(extraction.Unreadable):
                    extraction.text_of(mangled, examined.kind)


def test_text_comes_out_of_each_kind() -> None:
    assert extraction.text_of(make.TEXT.encode("gb18030"), "txt") == make.TEXT
    assert extraction.text_of(make.docx("第一段", "第二段"), "docx") == "第一段\n第二段"
    assert "Judgment of the court" in extraction.text_of(make.pdf(), "pdf")
    assert extraction.text_of(make.pdf(text=""), "pdf").strip() == ""
    assert extraction.text_of(make.picture(), "png") == ""
