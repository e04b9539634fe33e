"""A file as text: plain text in any of the encodings courts use, Word, PDF that carries text."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import docx
import pypdf
from docx.opc.exceptions import PackageNotFoundError
from pypdf.errors import PyPdfError

UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
MOST_BYTES = 20 * 1024 * 1024


class Unreadable(Exception):
    """A file that gives no text; the message is for the person who named it."""


@dataclass(frozen=True)
class Read:
    """The text of a file and the encoding it was found in (empty for Word and PDF)."""

    text: str
    encoding: str


def read_file(path: Path) -> Read:
    """The text of the file. Raises Unreadable with the reason."""
    if not path.exists():
        raise Unreadable(f"文件不存在：{path}")
    if path.is_dir():
        raise Unreadable(f"这是文件夹，不是文件：{path}")
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise Unreadable(f"文件无法读取：{path}（{problem.strerror}）") from problem
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"文件超过 20 MB：{path}")
    if raw.startswith(b"PK"):
        return Read(_meaningful(_word(path), path), "")
    if raw.startswith(b"%PDF"):
        return Read(_meaningful(_pdf(path), path), "")
    text, encoding = decode(raw, path)
    return Read(_meaningful(text, path), encoding)


def decode(raw: bytes, path: Path) -> tuple[str, str]:
    """UTF-8 first, then GB 18030 (which contains GBK and GB 2312); anything else is refused."""
    for mark, name in UTF16.items():
        if raw.startswith(mark):
            return raw.decode(name, "replace"), name
    for name in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, {"utf-8-sig": "utf-8"}.get(name, name)
    raise Unreadable(f"文件编码不明，既不是 UTF-8 也不是 GBK/GB18030：{path}")


def _meaningful(text: str, path: Path) -> str:
    if not text.strip():
        raise Unreadable(f"文件没有文字：{path}。扫描件须先识别为文字")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _word(path: Path) -> str:
    try:
        document = docx.Document(str(path))
    except (KeyError, ValueError, zipfile.BadZipFile, PackageNotFoundError) as problem:
        raise Unreadable(f"不是完好的 Word 文件（docx）：{path}") from problem
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def _pdf(path: Path) -> str:
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted:
            raise Unreadable(f"PDF 已加密：{path}")
        return "\n".join(page.extract_text() for page in reader.pages)
    except PyPdfError as problem:
        raise Unreadable(f"不是完好的 PDF 文件：{path}") from problem
