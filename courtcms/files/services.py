"""Taking files in and handing them out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from courtcms.accounts.policy import require
from courtcms.audit.services import act, record
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons, Refusal
from courtcms.core.marks import N_
from courtcms.files import extraction, policy, storage
from courtcms.files.checks.types import Fault, Limits
from courtcms.files.models import StoredFile
from courtcms.files.rules import IMAGES, KINDS, examine


@dataclass(frozen=True)
class Read:
    """An upload that was checked and read, and is not stored yet."""

    data: bytes
    kind: str
    name: str
    text: str


def read_upload(*, upload: File, kinds: Collection[str] = KINDS, field: str = "file", need_text: bool = False) -> Read:
    """Check a file by its content and read its text, writing nothing: some texts may not be stored at all.

    Refuses with every reason at once; each names `field`. `need_text` refuses scans and pictures.
    """
    name = _clean_name(upload.name or "")
    limits = Limits(max_bytes=settings.FILE_MAX_MB * 1024 * 1024)
    if upload.size > limits.max_bytes:  # not read into memory
        _refuse([Fault("size", N_("文件超过 %(mb)s MB"), {"mb": settings.FILE_MAX_MB})], field)
    data = upload.read()
    examined = examine(data, name, kinds, limits)
    text = _text(data, examined.kind, list(examined.faults), field)
    if need_text and not text.strip():
        _refuse([Fault("scan", N_("文件没有文字层，请上传带文字的文件"))], field)
    return Read(data, examined.kind, name, text)


def store_read(*, actor: Any, read: Read, case_id: int | None = None) -> StoredFile:
    """Store what `read_upload` gave, with its text, and leave an entry in the trail."""
    require(actor, "files.upload")
    is_scan = not read.text.strip()
    return _save(actor, read.data, read.kind, read.name, case_id, "" if is_scan else read.text, is_scan)


def store_upload(
    *,
    actor: Any,
    upload: File,
    case_id: int | None = None,
    kinds: Collection[str] = KINDS,
    field: str = "file",
    need_text: bool = False,
) -> StoredFile:
    """`read_upload` and `store_read` in one: check, store, extract the text. The caller checks that the actor may
    write to the case.
    """
    require(actor, "files.upload")
    return store_read(
        actor=actor, read=read_upload(upload=upload, kinds=kinds, field=field, need_text=need_text), case_id=case_id
    )


def content_of(*, actor: Any, file: StoredFile) -> bytes:
    """The content for somebody who may open it; opening a file of a secret case goes into the trail.

    Raises NotAllowed, and Conflict when the stored content is no longer what its hash says.
    """
    access = policy.access_to(actor, file)
    if not access.allowed:
        raise NotAllowed(Reason(_("您无权打开这份文件"), code="files.read"))
    if access.confidential:
        record(actor=actor, verb="file.read", target=file, permission="files.read", case_id=file.case_id)
    return read_checked(file)


def read_checked(file: StoredFile) -> bytes:
    """The content as stored, for work without a reader (redaction, tasks). Raises Conflict when it is damaged."""
    data = storage.get(file.sha256)
    if data is None:
        raise Conflict(
            Reason(
                _("文件内容与登记的摘要不符，已停止提供"), code="files.damaged", remedy=_("请联系系统管理员由备份恢复")
            )
        )
    return data


def _text(data: bytes, kind: str, faults: list[Fault], field: str) -> str:
    """The text of a file without faults; refuses with the faults otherwise, or as broken when no text can be read."""
    if not faults and kind not in IMAGES:
        try:
            return extraction.text_of(data, kind)
        except extraction.Unreadable:
            faults.append(Fault("broken", N_("文件已损坏，打不开")))
    _refuse(faults, field)
    return ""


def _refuse(faults: list[Fault], field: str) -> None:
    reasons = Reasons()
    for fault in faults:
        text = _(fault.message)
        reasons.add(text % fault.params if fault.params else text, field=field, code=f"files.{fault.code}")
    reasons.refuse(Refusal)


def _save(actor: Any, data: bytes, kind: str, name: str, case_id: int | None, text: str, is_scan: bool) -> StoredFile:
    sha256 = storage.put(data)  # before the row: a content without a row is harmless, a row without content is not
    with act(actor=actor, verb="file.store", permission="files.upload", case_id=case_id) as entry:
        file = StoredFile.objects.create(
            sha256=sha256, sm3=hashlib.new("sm3", data).hexdigest(), size=len(data), kind=kind, name=name,
            uploader=actor, case_id=case_id, text=text, is_scan=is_scan, created_at=clock.now(),
        )  # fmt: skip
        entry.target = file
        entry.after = {"sha256": sha256, "sm3": file.sm3, "size": file.size, "kind": kind, "scan": is_scan}
    return file


def _clean_name(name: str) -> str:
    """The last part of the name without control characters, at most 200 long, the suffix kept."""
    plain = "".join(character for character in PurePosixPath(name.replace("\\", "/")).name if character.isprintable())
    stem, dot, suffix = plain.rpartition(".")
    if len(plain) <= 200:
        return plain or "file"
    return f"{stem[: 199 - len(suffix)]}{dot}{suffix}" if len(suffix) < 10 else plain[:200]
