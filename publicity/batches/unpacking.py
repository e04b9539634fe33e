"""Files out of an upload: the file itself, or the entries of an archive, each with its name as the person knows it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from courtcms.core.errors import Reason
from courtcms.files.checks import archive
from courtcms.files.checks.types import Limits
from courtcms.files.rules import kind_of

UTF8_NAMES = 0x800
CLUTTER = ("__MACOSX", ".DS_Store", "Thumbs.db")


def files_in(upload: File) -> Iterator[File | tuple[str, list[Reason]]]:
    """Each file, or for an archive that may not be opened its name with the reasons. Checked before unpacked."""
    name = PurePosixPath((upload.name or "").replace("\\", "/")).name[-200:]
    if upload.size > settings.FILE_MAX_MB * 1024 * 1024:
        yield upload  # refused for its size by whoever reads it
        return
    data = upload.read()
    upload.seek(0)
    fault = kind_of(data)[1] if data.startswith(b"PK") else None
    opened = archive.opened(data) if fault is not None and fault.code == "archive" else None
    if opened is None:
        yield upload
        return
    with opened:
        faults = archive.container_faults(opened, data, Limits())
        if faults:
            yield name, [Reason(_(one.message) % one.params, "file", f"files.{one.code}") for one in faults]
            return
        yield from _entries(opened)


def _entries(opened: zipfile.ZipFile) -> Iterator[File | tuple[str, list[Reason]]]:
    for entry in sorted(opened.infolist(), key=lambda one: one.filename):
        path = PurePosixPath(_named(entry))
        if entry.is_dir() or any(part in CLUTTER for part in path.parts) or path.name.startswith("._"):
            continue
        content = archive.part(opened, entry.filename)
        if content is None:
            yield path.name[-200:], [Reason(_("文件已损坏，打不开"), "file", "files.broken")]
        else:
            yield ContentFile(content, name=path.name)


def _named(entry: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without saying so; Python then reads them as code page 437."""
    if entry.flag_bits & UTF8_NAMES:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
