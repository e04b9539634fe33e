"""Files good and bad, made in memory."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from docx import Document
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ContentStream, DictionaryObject, NameObject

TEXT = "原告甲一与被告乙二买卖合同纠纷一案，本院依法组成合议庭进行了审理。"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(*paragraphs: str) -> bytes:
    """A plain Word document."""
    document = Document()
    for paragraph in paragraphs or (TEXT,):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rezipped(data: bytes, change: Callable[[dict[str, bytes]], None], **options: int) -> bytes:
    """The document with some of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", options.get("compression", zipfile.ZIP_DEFLATED)) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content: bytes = b"x") -> bytes:
    """A document with one part more."""
    return rezipped(docx(), lambda parts: parts.__setitem__(name, content))


def with_relation(kind: str, target: str) -> bytes:
    """A document whose body refers to something outside."""
    relation = f'<Relationship Id="rId999" Type="{RELATION}/{kind}" Target="{target}" TargetMode="External"/>'

    def change(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", relation.encode() + b"</Relationships>")

    return rezipped(docx(), change)


def with_field(*codes: str) -> bytes:
    """A document with a field code, cut into runs as given."""
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)

    def change(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"]
        parts["word/document.xml"] = body.replace(b"<w:sectPr", f"<w:p>{runs}</w:p><w:sectPr".encode(), 1)

    return rezipped(docx(), change)


def with_dtd(encoding: str = "utf-8") -> bytes:
    """A document whose custom part brings entities that grow."""
    bomb = '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    return with_part("docProps/custom.xml", bomb.encode(encoding))


def macro_content_type() -> bytes:
    """A document that calls itself macro-enabled."""

    def change(parts: dict[str, bytes]) -> None:
        plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, macro)

    return rezipped(docx(), change)


def zip_bomb(megabytes: int = 300) -> bytes:
    """A document with a part that unpacks to far more than it weighs."""
    return with_part("word/media/image1.xml", b"\x00" * (megabytes << 20))


def many_entries(count: int) -> bytes:
    """A document with very many parts."""
    return rezipped(docx(), lambda parts: parts.update({f"word/media/{n}.txt": b"" for n in range(count)}))


def encrypted_zip() -> bytes:
    """A document whose entries say that they are encrypted."""
    data = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    return bytes(data)


def lying_size() -> bytes:
    """A document whose directory understates what a part unpacks to."""
    data = bytearray(with_part("word/extra.xml", b"<a/>" + b" " * 5000))
    place = data.rfind(b"word/extra.xml") - 46
    struct.pack_into("<L", data, place + 24, 10)
    return bytes(data)


def ole(encrypted: bool) -> bytes:
    """The container of old Office files, and of modern ones with a password."""
    stream = "EncryptedPackage" if encrypted else "WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + stream.encode("utf-16-le")


def pdf(text: str = "Judgment of the court", pages: int = 1) -> bytes:
    """A PDF with a text layer."""
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(200, 200)
        font = DictionaryObject(
            {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
             NameObject("/BaseFont"): NameObject("/Helvetica")}
        )  # fmt: skip
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        if text:
            stream = ContentStream(None, writer)
            stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
            page[NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def changed_pdf(change: Callable[[PdfWriter], object]) -> bytes:
    """The PDF after `change` worked on its writer."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    change(writer)
    return written(writer)


def pdf_with_action(kind: str) -> bytes:
    """A PDF that does something of its own when it is opened."""

    def change(writer: PdfWriter) -> None:
        action = {NameObject("/S"): NameObject(kind), NameObject("/F"): NameObject("/x")}
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)

    return changed_pdf(change)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def huge_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few bytes that unfolds to billions of pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def archive(name: str = "a.txt", content: bytes = b"hello") -> bytes:
    """An ordinary zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, content)
    return out.getvalue()
