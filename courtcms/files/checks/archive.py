"""A zip container looked at before anything in it is unpacked."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from courtcms.core.marks import N_
from courtcms.files.checks.types import Fault, Limits

BROKEN = Fault("broken", N_("文件已损坏，打不开"))
READ_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, KeyError, RuntimeError, OSError, EOFError, NotImplementedError,
    ValueError, struct.error,
)  # fmt: skip
_TAIL = 22  # end-of-central-directory record without comment


def opened(data: bytes) -> zipfile.ZipFile | None:
    """The archive, or None when its directory cannot be read."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
        return None


def container_faults(archive: zipfile.ZipFile, data: bytes, limits: Limits) -> list[Fault]:
    """Declared sizes, ratios, names, encryption, overlapping entries, bytes that belong to nobody."""
    entries = archive.infolist()
    found = [*_bomb_faults(entries, len(data), limits)]
    if any(entry.flag_bits & 0x1 for entry in entries):
        found.append(Fault("encrypted", N_("文件设有密码，请去掉密码后上传")))
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        found.append(Fault("duplicate_entry", N_("压缩包内有重名条目")))
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        found.append(Fault("path", N_("压缩包内的路径越出了文件本身")))
    if entries and min(entry.header_offset for entry in entries) != 0:
        found.append(Fault("polyglot", N_("文件开头附有别的内容")))
    elif data.rfind(b"PK\x05\x06") + _TAIL + len(archive.comment) != len(data) or archive.comment:
        found.append(Fault("polyglot", N_("文件末尾附有别的内容")))
    return found


def _bomb_faults(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> list[Fault]:
    if len(entries) > limits.max_entries:
        return [Fault("bomb", N_("压缩包内条目过多（%(n)s 个）"), {"n": len(entries)})]
    total = sum(entry.file_size for entry in entries)
    large = [entry for entry in entries if entry.file_size > 1 << 20]
    ratio = max((entry.file_size / max(entry.compress_size, 1) for entry in large), default=0)
    if total > limits.max_unpacked or ratio > limits.max_ratio or total > size * limits.max_ratio + (1 << 20):
        return [Fault("bomb", N_("解压后过大（%(mb)s MB），疑为压缩炸弹"), {"mb": total >> 20})]
    spans = sorted((entry.header_offset, entry.header_offset + 30 + entry.compress_size) for entry in entries)
    if any(end > start for (_, end), (start, _) in zip(spans, spans[1:], strict=False)):
        return [Fault("bomb", N_("压缩包内条目互相重叠，疑为压缩炸弹"))]
    return []


def part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One part unpacked, None when it is absent or does not unpack to what it declares."""
    try:
        return archive.read(name)
    except READ_ERRORS:
        return None
