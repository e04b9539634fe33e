"""Word documents: no password, no macros, nothing fetched from elsewhere, no document type definitions."""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree as ET

from courtcms.core.marks import N_
from courtcms.files.checks import archive as zips
from courtcms.files.checks.types import Fault, Limits

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HARMLESS = ("http://", "https://", "mailto:", "tel:", "#")
_FETCHING = re.compile(r"^\s*(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|RD|LINK|DATABASE)\b", re.IGNORECASE)
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")


def docx_faults(data: bytes, limits: Limits) -> list[Fault]:
    """Everything that speaks against a .docx file."""
    opened = zips.opened(data)
    if opened is None:
        return [zips.BROKEN]
    with opened:
        found = zips.container_faults(opened, data, limits)
        if any(fault.code in {"bomb", "encrypted"} for fault in found):
            return found  # nothing of it is unpacked
        return [*found, *_name_faults(opened.namelist()), *_part_faults(opened)]


def _name_faults(names: list[str]) -> list[Fault]:
    folded = [name.lower() for name in names]
    found = []
    if any(name.endswith(_MACRO_PARTS) for name in folded):
        found.append(Fault("macro", N_("文件含有宏，请另存为不含宏的 docx")))
    if any("/activex/" in name or "/embeddings/" in name for name in folded):
        found.append(Fault("embedded", N_("文件嵌有其他程序的对象，请去掉后上传")))
    return found


def _part_faults(opened: zipfile.ZipFile) -> list[Fault]:
    found: dict[str, Fault] = {}
    for name in opened.namelist():
        if not name.lower().endswith((".xml", ".rels")):
            continue
        content = zips.part(opened, name)
        if content is None:
            found["broken"] = zips.BROKEN
            continue
        for fault in _xml_faults(name, content):
            found.setdefault(fault.code, fault)
    return list(found.values())


def _xml_faults(name: str, content: bytes) -> list[Fault]:
    if _DTD.search(content) or _DTD.search(content.replace(b"\x00", b"")):
        return [Fault("entity", N_("文件的 XML 含有文档类型定义，疑为实体炸弹"))]
    try:
        root = ET.fromstring(content)  # document type definitions were refused above
    except (ET.ParseError, ValueError, LookupError):
        return [zips.BROKEN]
    if name == "[Content_Types].xml" and b"macroenabled" in content.lower():
        return [Fault("macro", N_("文件含有宏，请另存为不含宏的 docx"))]
    if name.lower().endswith(".rels"):
        return _relation_faults(root)
    return _field_faults(root)


def _relation_faults(root: ET.Element) -> list[Fault]:
    for relation in root.iter(_RELS):
        if relation.get("TargetMode", "").lower() != "external":
            continue
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        target = relation.get("Target", "")
        if kind == "attachedTemplate":
            return [Fault("remote_template", N_("文件引用外部模板，请改为不带模板的文件"))]
        if kind != "hyperlink" or not target.lower().startswith(_HARMLESS):
            return [Fault("external", N_("文件打开时会取用外部内容，请断开链接后上传"))]
    return []


def _field_faults(root: ET.Element) -> list[Fault]:
    codes = [element.get(f"{_W}instr", "") for element in root.iter(f"{_W}fldSimple")]
    for paragraph in root.iter(f"{_W}p"):  # a field code may be cut into several runs
        codes.append("".join(element.text or "" for element in paragraph.iter(f"{_W}instrText")))
    if any(_FETCHING.search(code) for code in codes):
        return [Fault("external", N_("文件打开时会取用外部内容，请断开链接后上传"))]
    return []
