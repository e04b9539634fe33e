"""The files of a document hold its public text and nothing else; they change with it and go with it."""

from __future__ import annotations

import io
import json
import zipfile
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from docx import Document
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from pypdf import PdfReader

from publicity.portal.contract import Section
from tests.portal import documents
from tests.publicity.opened import text_of, text_of_pdf

FORMS = ("docx", "pdf", "xml", "text")


def test_the_word_file_holds_the_paragraphs_and_no_hidden_part(public: Client) -> None:
    receipt = documents.push()
    raw = public.get(f"{receipt.path}docx/").content
    shown = [paragraph.text for paragraph in Document(io.BytesIO(raw)).paragraphs]
    assert "\n".join(shown) == public.get(f"{receipt.path}text/").text
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        names = packed.namelist()
        main = packed.read("word/document.xml").decode()
        core = packed.read("docProps/core.xml").decode()
    hidden = ("comments", "thumbnail", "footnotes", "embeddings", "custom", "vba", "media", "people", "header")
    assert [name for name in names if any(part in name.lower() for part in hidden)] == []
    assert not any(mark in main for mark in ("w:del ", "w:ins ", "w:vanish", "w:moveFrom", "w:comment"))
    assert "天津市第二中级人民法院" in core and "python-docx" not in core


def test_the_pdf_holds_the_paragraphs_and_no_attachment_or_note(public: Client) -> None:
    receipt = documents.push()
    raw = public.get(f"{receipt.path}pdf/").content
    flat = "".join(text_of_pdf(raw).split())
    for paragraph in documents.REASONS:
        assert "".join(paragraph.split()) in flat
    for mark in (b"/EmbeddedFile", b"/Annots", b"/OCProperties", b"/JavaScript", b"/AcroForm", b"/Metadata"):
        assert mark not in raw
    assert public.get(f"{receipt.path}pdf/").content == raw


def test_the_pdf_carries_its_typeface_with_just_the_characters_it_shows(public: Client) -> None:
    rare = "当事人𬇕某、𠮷某，䶮、龘，〔2016〕19号“引号”。"
    receipt = documents.push(sections=(Section("reasons", (rare,)),))
    reader = PdfReader(io.BytesIO(public.get(f"{receipt.path}pdf/").content))
    assert rare in "".join(page.extract_text() for page in reader.pages)  # found by search, copied as it is
    (font,) = {id(one): one for page in reader.pages for one in page["/Resources"]["/Font"].values()}.values()
    descendant = font["/DescendantFonts"][0].get_object()
    program = descendant["/FontDescriptor"]["/FontFile3"].get_data()
    font_set = CFFFontSet()
    font_set.decompile(io.BytesIO(program), None)
    glyphs = font_set[font_set.fontNames[0]].CharStrings
    assert 20 < len(glyphs) < 70 and len(program) < 40_000
    pen = RecordingPen()
    glyphs["cid" + f"{ord('龘'):05d}"].draw(pen)
    assert len(pen.value) > 50  # an outline of many strokes, not an empty box


def test_the_xml_is_akoma_ntoso_with_all_paragraphs(public: Client) -> None:
    receipt = documents.push()
    root = ET.fromstring(public.get(f"{receipt.path}xml/").content)
    space = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
    assert root.find("a:judgment/a:meta/a:identification/a:FRBRWork/a:FRBRcountry", space).get("value") == "cn"
    found = [paragraph.text for paragraph in root.iter(f"{{{space['a']}}}p")]
    assert "\n".join(found) == public.get(f"{receipt.path}text/").text


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_asked_for_again_only_when_it_changed(public: Client, form: str) -> None:
    receipt = documents.push()
    address = f"{receipt.path}{form}/"
    etag = public.get(address)["ETag"]
    assert public.get(address, headers={"If-None-Match": etag}).status_code == 304
    sections = (*documents.document().sections, documents.Section("appendix", ("附：补正。",)))
    documents.push(public_id=receipt.public_id, version=2, sections=sections)
    assert public.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_the_files_go_with_the_document(public: Client, form: str) -> None:
    receipt = documents.push()
    documents.withdraw(receipt.public_id)
    gone = public.get(f"{receipt.path}{form}/")
    assert gone.status_code == 410 and "甲采薇" not in text_of(gone)
    assert public.get(f"/judgments/nosuchthing/{form}/").status_code == 404


def test_the_whole_collection_is_read_line_by_line(public: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publicity.portal.file_views.BULK", 2)
    ids = [documents.push(f"（2026）津02民终{n}号").public_id for n in range(1, 4)]
    first = public.get("/bulk.ndjson")
    second = public.get("/bulk.ndjson", {"after": first["X-Next-Cursor"]})
    assert "X-Next-Cursor" not in second
    rows = [json.loads(line) for line in (first.text + second.text).splitlines()]
    assert [row["id"] for row in rows] == ids
    assert rows[0]["sections"][2]["paragraphs"] == list(documents.REASONS)
    assert public.get("/bulk.ndjson", {"after": "nonsense"}).status_code == 400
    packed = public.get("/bulk.ndjson", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip" and len(packed.content) < len(first.content)
