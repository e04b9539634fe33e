"""A published document as Word file, PDF and Akoma Ntoso XML, each built from the rows of the portal and nothing else.

The files are made anew from the redacted paragraphs, so there is no layer, comment, revision, property or thumbnail in
which anything of the original could lie. No Django request is needed.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate

from publicity.portal import typeface
from publicity.portal.models import Judgment

#: the typeface of Chinese court documents, as Word knows it; PDF files carry their own
SONG = "宋体"  # not translated: name of a typeface
PDF_SONG = typeface.registered("courtcms song")
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LATIN = "Times New Roman"
#: parts of a judgment by their names in Akoma Ntoso
PARTS = {
    "head": "header", "parties": "header", "course": "introduction", "facts": "background", "reasons": "motivation",
    "disposition": "decision", "signatures": "conclusions", "appendix": "conclusions",
}  # fmt: skip
BODY = ("introduction", "background", "motivation", "decision")


def lines(judgment: Judgment) -> list[tuple[str, int, str]]:
    """(part, place in the part, paragraph) of the whole text."""
    return [
        (section["key"], place, text)
        for section in judgment.sections
        for place, text in enumerate(section["paragraphs"])
    ]


def docx_of(judgment: Judgment) -> bytes:
    """A Word file with the text, the case number as its title and the court as its author."""
    document = Document()
    _emptied(document)
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
    for key, place, text in lines(judgment):
        paragraph = document.add_paragraph(text)
        if key == "head":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if place < 2 else WD_ALIGN_PARAGRAPH.RIGHT
        elif key == "signatures":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            paragraph.paragraph_format.first_line_indent = Pt(28)
    about, day = document.core_properties, datetime.combine(judgment.published_on, time(), UTC)
    about.author = about.last_modified_by = judgment.court_name
    about.title, about.comments, about.keywords, about.subject = judgment.case_number, "", "", judgment.sm3
    about.created = about.modified = day
    about.language, about.revision = "zh-CN", max(1, judgment.version)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _emptied(document: object) -> None:
    """The empty document that python-docx starts from carries a preview picture and a list of sources."""
    part = document.part  # type: ignore[attr-defined]
    for relations in (part.package.rels, part.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(("/thumbnail", "/customXml"))]:
            del relations[key]


def pdf_of(judgment: Judgment) -> bytes:
    """An A4 PDF of the text; the same document gives the same bytes. It carries the characters that it shows."""
    held = io.BytesIO()
    frame = SimpleDocTemplate(
        held, pagesize=A4, leftMargin=28 * mm, rightMargin=26 * mm, topMargin=30 * mm, bottomMargin=28 * mm,
        title=judgment.case_number, author=judgment.court_name, subject=judgment.sm3, creator="", producer="",
        invariant=1, lang="zh-CN", initialFontName=PDF_SONG,
    )  # fmt: skip
    story = [Paragraph(escape(text), _style(key, place)) for key, place, text in lines(judgment)]
    foot = f"{judgment.case_number}　{judgment.public_id}　SM3 {judgment.sm3[:16]}"

    def draw(canvas: object, page: object) -> None:
        canvas.setFont(PDF_SONG, 9)  # type: ignore[attr-defined]
        canvas.drawString(28 * mm, 16 * mm, foot)  # type: ignore[attr-defined]
        canvas.drawRightString(A4[0] - 26 * mm, 16 * mm, str(page.page))  # type: ignore[attr-defined]

    frame.build(story, onFirstPage=draw, onLaterPages=draw)
    return held.getvalue()


def _style(key: str, place: int) -> ParagraphStyle:
    base = {"fontName": PDF_SONG, "fontSize": 14, "leading": 26, "wordWrap": "CJK"}
    if key == "head" and place < 2:
        return ParagraphStyle("title", alignment=TA_CENTER, **(base | {"fontSize": 20, "leading": 34}))
    if key in ("head", "signatures"):
        return ParagraphStyle("right", alignment=TA_RIGHT, **base)
    return ParagraphStyle("text", firstLineIndent=28, **base)


def akn_of(judgment: Judgment) -> bytes:
    """The document as Akoma Ntoso 3.0: identification, parts, paragraphs, signatories."""
    ET.register_namespace("", AKN)
    root = ET.Element(f"{{{AKN}}}akomaNtoso")
    act = _child(root, "judgment", name=judgment.document_kind)
    _identified(_child(_child(act, "meta"), "identification", source="#court"), judgment)
    groups: dict[str, list[str]] = {}
    for key, _place, text in lines(judgment):
        groups.setdefault(PARTS.get(key, "conclusions"), []).append(text)
    _paragraphs(_child(act, "header"), groups.get("header", [judgment.case_number]))
    body = _child(act, "judgmentBody")
    for name in BODY:
        if name in groups:
            _paragraphs(_child(body, name), groups[name])
    if not len(body):
        _paragraphs(_child(body, "decision"), [judgment.title])
    if "conclusions" in groups:
        _paragraphs(_child(act, "conclusions"), groups["conclusions"])
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _identified(identification: ET.Element, judgment: Judgment) -> None:
    """Work, expression and manifestation: the decision, this version of its public text, this file."""
    work = f"/akn/cn/judgment/{judgment.judged_on.isoformat()}/{judgment.public_id}"
    expression = f"{work}/zho@{judgment.published_on.isoformat()}"
    levels = (
        ("FRBRWork", work, judgment.judged_on), ("FRBRExpression", expression, judgment.published_on),
        ("FRBRManifestation", f"{expression}.xml", judgment.published_on),
    )  # fmt: skip
    for name, address, day in levels:
        level = _child(identification, name)
        _child(level, "FRBRthis", value=address)
        _child(level, "FRBRuri", value=address)
        if name == "FRBRWork":
            _child(level, "FRBRalias", value=judgment.case_number, name="caseNumber")
        _child(level, "FRBRdate", date=day.isoformat(), name=name[4:])
        _child(level, "FRBRauthor", href="#court")
        if name == "FRBRWork":
            _child(level, "FRBRcountry", value="cn")
        if name == "FRBRExpression":
            _child(level, "FRBRlanguage", language="zho")


def _child(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{AKN}}}{tag}", attributes)


def _paragraphs(parent: ET.Element, texts: list[str]) -> None:
    for text in texts:
        _child(parent, "p").text = text
