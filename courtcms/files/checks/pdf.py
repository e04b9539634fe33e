"""PDF: readable without a password, no scripts, no programs to start, no files inside."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from courtcms.core.marks import N_
from courtcms.files.checks.types import Fault, Limits

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # broken files are refused with a reason, not logged line by line

BROKEN = Fault("broken", N_("文件已损坏，打不开"))
ACTIVE = Fault("active", N_("PDF 含有脚本或者会启动程序，请另存为普通 PDF"))
#: what a reader of hostile files may raise; pypdf documents no closed list
READ_ERRORS = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError,
               AssertionError, NotImplementedError, OverflowError, MemoryError, StopIteration, struct.error,
               zlib.error)  # fmt: skip
_BAD_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE"}
_DEPTH = 12


def reader_of(data: bytes) -> PdfReader:
    """A reader over the bytes."""
    return PdfReader(io.BytesIO(data), strict=False)


def pdf_faults(data: bytes, limits: Limits) -> list[Fault]:
    """Everything that speaks against a PDF file."""
    try:
        reader = reader_of(data)
        if reader.is_encrypted:
            return [Fault("encrypted", N_("文件设有密码，请去掉密码后上传"))]
        pages = len(reader.pages)
        if not pages:
            return [BROKEN]
        if pages > limits.max_pages:
            return [Fault("pages", N_("页数过多（%(n)s 页）"), {"n": pages})]
        return list(_content_faults(reader))
    except READ_ERRORS:
        return [BROKEN]


def _content_faults(reader: PdfReader) -> Iterator[Fault]:
    root: Any = reader.trailer["/Root"].get_object()
    names = _plain(root.get("/Names"))
    form = _plain(root.get("/AcroForm"))
    active = "/JavaScript" in names or _acts(root.get("/OpenAction")) or _acts(root.get("/AA")) or "/XFA" in form
    active = active or any(_acts(page.get("/AA")) or _annotations_act(page) for page in reader.pages)
    active = active or any(_acts(field) for field in _plain_list(form.get("/Fields")))
    if active:
        yield ACTIVE
    if "/EmbeddedFiles" in names or "/Collection" in root:
        yield Fault("embedded", N_("PDF 内附有其他文件，请去掉附件后上传"))


def _plain(value: Any) -> DictionaryObject:
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _plain_list(value: Any) -> list[Any]:
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return list(value) if isinstance(value, ArrayObject) else []


def _annotations_act(page: DictionaryObject) -> bool:
    return any(
        _acts(note.get("/A")) or _acts(note.get("/AA")) or note.get("/Subtype") in ("/RichMedia", "/FileAttachment")
        for note in map(_plain, _plain_list(page.get("/Annots")))
    )


def _acts(value: Any, depth: int = 0) -> bool:
    """Does an action (or a field with actions, or a chain of them) run a script or start something?"""
    value = value.get_object() if isinstance(value, IndirectObject) else value
    if depth > _DEPTH or not isinstance(value, DictionaryObject):
        return False
    if value.get("/S") in _BAD_ACTIONS:
        return True
    if "/S" not in value and "/Kids" not in value and "/A" not in value and "/AA" not in value:
        return any(_acts(inner, depth + 1) for key, inner in value.items() if key not in ("/Parent", "/P"))
    chained = [value.get(key) for key in ("/Next", "/A", "/AA") if key in value]
    chained += _plain_list(value.get("/Kids")) + _plain_list(value.get("/Next"))
    return any(_acts(inner, depth + 1) for inner in chained)
