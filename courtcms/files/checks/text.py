"""Plain text: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import unicodedata

from courtcms.core.marks import N_
from courtcms.files.checks.types import Fault, Limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\x0b\x1a")


def decoded(data: bytes) -> tuple[str, str] | None:
    """(text, encoding) by byte order mark, then UTF-8, then GB18030; None when it is no text in any of them."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    return _try(data, "utf-8") or _try(data, "gb18030")


def _try(data: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return (text, encoding) if _is_text(text) else None


def _is_text(text: str) -> bool:
    """No control characters but white space; hardly any unassigned or private code points."""
    strange = 0
    for character in text:
        if character < " " or character == "\x7f":
            if character not in _ALLOWED_CONTROLS:
                return False
        elif character > "\u2fff" and unicodedata.category(character) in ("Cn", "Co", "Cs"):
            strange += 1
    return strange * 50 <= len(text)


def text_faults(data: bytes, limits: Limits) -> list[Fault]:
    """Everything that speaks against a text file."""
    found = []
    if len(data) > limits.max_text_bytes:
        size = limits.max_text_bytes >> 20
        found.append(Fault("size", N_("文本文件超过 %(mb)s MB"), {"mb": size}))
    reading = decoded(data)
    if reading is None:
        found.append(Fault("encoding", N_("不是 UTF-8 或者 GB18030 编码的文本")))
    elif not reading[0].strip():
        found.append(Fault("empty", N_("文件没有内容")))
    return found
