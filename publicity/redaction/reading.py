"""A file as text for the command line: checked and read as every upload of the court (courtcms.files), no database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from courtcms.files.checks.text import decoded
from courtcms.files.extraction import Unreadable as Broken
from courtcms.files.extraction import text_of
from courtcms.files.rules import DOCUMENTS, examine


class Unreadable(Exception):
    """A file that gives no text; the message is for the person who named it."""


@dataclass(frozen=True)
class Read:
    """The text of a file and the encoding it was found in (empty for Word and PDF)."""

    text: str
    encoding: str


def read_file(path: Path) -> Read:
    """The text of the file. Raises Unreadable with every reason."""
    if not path.exists():
        raise Unreadable(f"文件不存在：{path}")
    if path.is_dir():
        raise Unreadable(f"这是文件夹，不是文件：{path}")
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise Unreadable(f"文件无法读取：{path}（{problem.strerror}）") from problem
    examined = examine(data, kinds=DOCUMENTS)
    if examined.faults:
        reasons = "；".join(fault.message % fault.params for fault in examined.faults)
        raise Unreadable(f"{reasons}：{path}")
    try:
        text = text_of(data, examined.kind)
    except Broken as problem:
        raise Unreadable(f"文件已损坏，打不开：{path}") from problem
    if not text.strip():
        raise Unreadable(f"文件没有文字：{path}。扫描件须先识别为文字")
    found = decoded(data) if examined.kind == "txt" else None
    return Read(text, found[1].removesuffix("-sig") if found else "")
