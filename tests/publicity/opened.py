"""What a reader finds in an answer, whatever its form: page, data, archive, office file, PDF."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import Any

from pypdf import PdfReader


def text_of(answer: Any) -> str:
    """The whole content as text. Office files are unpacked part by part, PDF read page by page with its properties."""
    raw = b"".join(answer.streaming_content) if getattr(answer, "streaming", False) else answer.content
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    if raw[:4] == b"%PDF":
        return text_of_pdf(raw)
    if raw[:2] == b"PK":
        return text_of_zip(raw)
    return raw.decode("utf-8")


def text_of_pdf(raw: bytes) -> str:
    """Pages, properties and XMP of a PDF."""
    reader = PdfReader(io.BytesIO(raw))
    about = " ".join(f"{key} {value}" for key, value in (reader.metadata or {}).items())
    return "\n".join([about, *(page.extract_text() for page in reader.pages)])


def text_of_zip(raw: bytes) -> str:
    """Every part of an office file, relations and properties included."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return "\n".join(f"{name}\n{packed.read(name).decode('utf-8', 'replace')}" for name in packed.namelist())
