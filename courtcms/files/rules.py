"""Which files the court takes in. The kind is told by content, never by name; all reasons against a file at once."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from dataclasses import dataclass

from courtcms.core.marks import N_
from courtcms.files.checks import archive as zips
from courtcms.files.checks.docx import docx_faults
from courtcms.files.checks.image import bytes_behind, image_faults
from courtcms.files.checks.pdf import pdf_faults
from courtcms.files.checks.text import decoded, text_faults
from courtcms.files.checks.types import Fault, Limits

DOCUMENTS = ("txt", "docx", "pdf")
IMAGES = ("png", "jpeg", "tiff")
KINDS = (*DOCUMENTS, *IMAGES)
MEDIA_TYPES = {
    "txt": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
}
SUFFIXES = {
    "txt": (".txt",), "docx": (".docx",), "pdf": (".pdf",), "png": (".png",), "jpeg": (".jpg", ".jpeg"),
    "tiff": (".tif", ".tiff"),
}  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)  # fmt: skip
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_FOREIGN = (b"PK\x03\x04", b"%PDF-", b"<?php", b"<script", b"<html", b"\x7fELF", _OLE)


@dataclass(frozen=True)
class Examined:
    """What a file is ("" when it is none of the known kinds) and what speaks against it."""

    kind: str
    faults: tuple[Fault, ...]


def examine(data: bytes, name: str = "", kinds: Collection[str] = KINDS, limits: Limits | None = None) -> Examined:
    """Look at a file as a whole: size, kind, and everything its kind forbids. Never raises over hostile input."""
    limits = limits or Limits()
    if not data:
        return Examined("", (Fault("empty", N_("文件没有内容")),))
    if len(data) > limits.max_bytes:
        return Examined("", (Fault("size", N_("文件超过 %(mb)s MB"), {"mb": limits.max_bytes >> 20}),))
    kind, refused = kind_of(data)
    found = [refused] if refused else _faults_of(kind, data, limits)
    if kind and kind not in kinds:
        found.append(Fault("kind", N_("这里只收：%(kinds)s"), {"kinds": "、".join(kinds)}))
    if kind and name and not _name_fits(name, kind):
        message = N_("文件名的后缀与内容不符，内容是 %(kind)s")
        found.append(Fault("suffix", message, {"kind": kind}))
    return Examined(kind, tuple(found))


def kind_of(data: bytes) -> tuple[str, Fault | None]:
    """The kind by content, or "" with the reason why it is none."""
    if data.startswith(_OLE):
        return "", _ole_fault(data)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind, None
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(_PROGRAMS):
        return "", Fault("program", N_("这是程序文件"))
    if b"%PDF-" in data[:1024]:
        return "", Fault("polyglot", N_("文件开头附有别的内容，不是正常的 PDF"))
    if decoded(data) is None:
        return "", Fault("kind", N_("不认识的文件，只收 txt、docx、pdf、png、jpeg、tiff"))
    return "txt", None


def _ole_fault(data: bytes) -> Fault:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Fault("encrypted", N_("文件设有密码，请去掉密码后上传"))
    return Fault("old_office", N_("旧版 Office 文件，请另存为 docx"))


def _zip_kind(data: bytes) -> tuple[str, Fault | None]:
    archive = zips.opened(data)
    if archive is None:
        return "", zips.BROKEN
    with archive:
        names = set(archive.namelist())
    if "[Content_Types].xml" in names and any(name.lower() == "word/document.xml" for name in names):
        return "docx", None
    if "[Content_Types].xml" in names:
        return "", Fault("kind", N_("这是 Office 文件，但不是 Word 文档"))
    return "", Fault("archive", N_("这是压缩包，请解压后逐个上传"))


def _faults_of(kind: str, data: bytes, limits: Limits) -> list[Fault]:
    if kind == "docx":
        found = docx_faults(data, limits)
        foreign = b"%PDF-" in data[:1024]
        return [*found, Fault("polyglot", N_("文件同时是两种类型"))] if foreign else found
    if kind == "pdf":
        return [*_second_nature(data, kind), *pdf_faults(data, limits)]
    if kind in IMAGES:
        return [*_second_nature(data, kind), *image_faults(data, kind, limits)]
    return text_faults(data, limits)


def _second_nature(data: bytes, kind: str) -> list[Fault]:
    """A file that is also another file: an archive at its end, a program or page behind its end."""
    if data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000)) >= 0:
        archive = zips.opened(data)
        if archive is not None and _has_entries(archive):
            return [Fault("polyglot", N_("文件同时是压缩包"))]
    behind = bytes_behind(data, kind) if kind != "pdf" else data[data.rfind(b"%%EOF") + 5 :]
    head = data[:1024] if kind == "pdf" else b""
    foreign = any(mark in behind.lower() for mark in (mark.lower() for mark in _FOREIGN))
    if foreign or (kind == "png" and behind.strip(b"\x00")) or head.find(b"PK\x03\x04") >= 0:
        return [Fault("polyglot", N_("文件末尾附有别的内容"))]
    return []


def _has_entries(archive: zipfile.ZipFile) -> bool:
    with archive:
        return bool(archive.namelist())


def _name_fits(name: str, kind: str) -> bool:
    dot = name.rfind(".")
    return dot < 0 or name[dot:].lower() in SUFFIXES[kind]
