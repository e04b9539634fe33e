"""The text of a file, for search, redaction and reading. Pictures and scans have none."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml import etree

from courtcms.files.checks.pdf import READ_ERRORS, reader_of
from courtcms.files.checks.text import decoded

#: what is kept of a text; longer ones are no judgment
MOST_CHARACTERS = 5_000_000
DOCX_ERRORS = (
    OpcError, etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, TypeError, IndexError,
    zlib.error, RecursionError,
)  # fmt: skip
#: PDF fonts often map to Kangxi radicals and compatibility ideographs; a name spelt with them would match nothing
_LOOKALIKES = {
    code: unicodedata.normalize("NFKC", chr(code))
    for block in ((0x2E80, 0x2FE0), (0xF900, 0xFB00))
    for code in range(*block)
}


class Unreadable(Exception):
    """The file passed the checks and still yields no text: it is broken."""


def text_of(data: bytes, kind: str) -> str:
    """The text of a checked file; "" for pictures and scans. Raises Unreadable."""
    if kind == "txt":
        reading = decoded(data)
        if reading is None:
            raise Unreadable
        return _tidy(reading[0])
    if kind == "docx":
        return _tidy(_docx_text(data))
    if kind == "pdf":
        return _tidy(_pdf_text(data))
    return ""


def _tidy(text: str) -> str:
    """One kind of line end, no NUL (PostgreSQL refuses it), no byte order marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\ufeff", "")
    return text[:MOST_CHARACTERS]


def _docx_text(data: bytes) -> str:
    try:
        document = Document(io.BytesIO(data))
        lines: list[str] = []
        for block in document.iter_inner_content():
            lines += _table_lines(block) if isinstance(block, Table) else [block.text]
        return "\n".join(lines)
    except DOCX_ERRORS as error:
        raise Unreadable from error


def _table_lines(table: Table) -> list[str]:
    return ["\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in table.rows]


def _pdf_text(data: bytes) -> str:
    try:
        text = "\n".join(page.extract_text() for page in reader_of(data).pages)
        return text.translate(_LOOKALIKES).encode("utf-8", "replace").decode("utf-8")
    except READ_ERRORS as error:
        raise Unreadable from error
