"""The typeface of PDF files, embedded: Noto Serif SC, of which each file carries the characters that it shows.

A glyph's outline is read once in a process and kept without its subroutines; a file's font program is then put
together from finished pieces. Characters are named by their code, so the text of the file can be searched and copied.
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import pylopdf_fonts_zh_cn
from fontTools.cffLib.transforms import desubroutinizeCharString
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfdoc, pdfmetrics

#: codes for characters beyond the first 65,536, and for nothing else; a text of a court uses no private codes
PRIVATE = 0xE000
MISSING = 0


class Outlines:
    """The glyphs of the font file."""

    @cached_property
    def font(self) -> TTFont:
        """The file, read when the first PDF is made."""
        return TTFont(pylopdf_fonts_zh_cn.serif_path(), lazy=True)

    @cached_property
    def top(self) -> Any:
        """Its outlines."""
        return self.font["CFF "].cff.topDictIndex[0]

    @cached_property
    def names(self) -> dict[int, str]:
        """Glyph of each character."""
        return dict(self.font.getBestCmap())

    @cached_property
    def advances(self) -> dict[str, tuple[int, int]]:
        """Width of each glyph."""
        return dict(self.font["hmtx"].metrics)

    def __init__(self) -> None:
        self._programs: dict[str, tuple[bytes, int]] = {}

    def name(self, code: int) -> str:
        """The glyph of a character, the empty box for one that the typeface lacks."""
        return self.names.get(code, ".notdef")

    def width(self, code: int) -> int:
        """Advance in thousandths of the size."""
        return int(self.advances[self.name(code)][0])

    def program(self, name: str) -> tuple[bytes, int]:
        """Outline without subroutines, and the private dictionary it belongs to."""
        if name not in self._programs:
            outline, place = self.top.CharStrings.getItemAndSelector(name)
            desubroutinizeCharString(outline)
            outline.compile()
            self._programs[name] = (outline.bytecode, place or 0)
        return self._programs[name]


def _index(parts: list[bytes]) -> bytes:
    """An INDEX of the Compact Font Format, with offsets of four bytes."""
    if not parts:
        return b"\0\0"
    offsets, at = [1], 1
    for part in parts:
        at += len(part)
        offsets.append(at)
    return struct.pack(f">HB{len(offsets)}I", len(parts), 4, *offsets) + b"".join(parts)


def _number(value: float) -> bytes:
    """A number of a DICT: five bytes when whole, so that lengths do not depend on it."""
    if value == int(value):
        return b"\x1d" + struct.pack(">i", int(value))
    digits = "".join({".": "a", "-": "e"}.get(one, one) for one in f"{value:g}") + "f"
    return b"\x1e" + bytes.fromhex(digits + "f" * (len(digits) % 2))


def _dict(*entries: tuple[tuple[float, ...], bytes]) -> bytes:
    return b"".join(b"".join(map(_number, values)) + operator for values, operator in entries)


def font_program(outlines: Outlines, cids: dict[int, int]) -> bytes:
    """A CID-keyed font of the characters `cids` (code in the file → character), glyph 0 the empty box."""
    order = sorted(cids)
    glyphs = [outlines.program(".notdef"), *(outlines.program(outlines.name(cids[cid])) for cid in order)]
    used = sorted({place for _program, place in glyphs})
    strings = _index([b"Adobe", b"Identity"])
    name, charset = _index([b"NotoSerifSC"]), b"\0" + struct.pack(f">{len(order)}H", *order)
    select = b"\0" + bytes(used.index(place) for _program, place in glyphs)
    charstrings = _index([program for program, _place in glyphs])
    privates = []
    for place in used:
        private = outlines.top.FDArray[place].Private
        privates.append(_dict(((private.defaultWidthX,), b"\x14"), ((private.nominalWidthX,), b"\x15")))

    def top(at_charset: int, at_select: int, at_charstrings: int, at_fonts: int) -> bytes:
        return _index([_dict(
            ((391, 392, 0), b"\x0c\x1e"), ((max(order, default=0) + 1,), b"\x0c\x22"), ((at_charset,), b"\x0f"),
            ((at_charstrings,), b"\x11"), ((at_fonts,), b"\x0c\x24"), ((at_select,), b"\x0c\x25"),
        )])  # fmt: skip

    start = 4 + len(name) + len(top(0, 0, 0, 0)) + len(strings) + len(_index([]))
    at_select = start + len(charset)
    at_charstrings = at_select + len(select)
    at_fonts = at_charstrings + len(charstrings)
    entry = len(_dict(((0, 0), b"\x12")))
    at_private = at_fonts + len(_index([b"\0" * entry] * len(used)))
    fonts = []
    for private in privates:
        fonts.append(_dict(((len(private), at_private), b"\x12")))
        at_private += len(private)
    return b"".join([
        b"\1\0\4\4", name, top(start, at_select, at_charstrings, at_fonts), strings, _index([]), charset, select,
        charstrings, _index(fonts), *privates,
    ])  # fmt: skip


class Shown:
    """The characters of one file and the codes they have in it."""

    def __init__(self) -> None:
        self.code_of: dict[int, int] = {}

    def code(self, character: int) -> int:
        """Its own code, or a private one beyond the first 65,536."""
        if character not in self.code_of:
            beyond = sum(one > 0xFFFF for one in self.code_of)
            self.code_of[character] = PRIVATE + beyond if character > 0xFFFF else character
        return self.code_of[character]


class Song:
    """A font as reportlab asks for it; it collects what each file shows and writes that at the end."""

    _dynamicFont, _multiByte, shapable, isShaped, vertical = 1, 1, False, False, 0
    encName = "UTF-8"

    def __init__(self, name: str) -> None:
        self.fontName = name
        self.outlines = Outlines()
        self.face = self
        self.substitutionFonts: list[Any] = []
        self._shown: WeakKeyDictionary[Any, Shown] = WeakKeyDictionary()

    #: the face, as reportlab measures lines by it
    ascent, descent, requiredEncoding, name = 880, -120, None, "NotoSerifSC"

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """Length of a text."""
        return sum(self.outlines.width(ord(one)) for one in text) * size / 1000

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """The text in the codes of this file."""
        shown = self._shown.get(doc) or self._shown.setdefault(doc, Shown())
        return [(0, b"".join(struct.pack(">H", shown.code(ord(one))) for one in text))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """Name of the font in this file."""
        if self not in doc.delayedFonts:
            doc.delayedFonts.append(self)
            doc.fontMapping[self.fontName] = "/F1+song"
        return "/F1+song"

    def addObjects(self, doc: Any) -> None:
        """Write the font program, its widths and its characters."""
        shown = self._shown.pop(doc, Shown())
        cids = {code: character for character, code in sorted(shown.code_of.items())}
        name = "COURTC+NotoSerifSC"
        program = doc.Reference(_stream(font_program(self.outlines, cids), Subtype="/CIDFontType0C"), "song-program")
        descriptor = {
            "Type": "/FontDescriptor", "FontName": f"/{name}", "Flags": 6, "FontBBox": "[-500 -286 1500 1151]",
            "ItalicAngle": 0, "Ascent": 880, "Descent": -120, "CapHeight": 729, "StemV": 80, "FontFile3": program,
        }  # fmt: skip
        descendant = {
            "Type": "/Font", "Subtype": "/CIDFontType0", "BaseFont": f"/{name}", "DW": 1000,
            "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            "FontDescriptor": doc.Reference(pdfdoc.PDFDictionary(descriptor), "song-descriptor"),
            "W": _widths(self.outlines, cids),
        }  # fmt: skip
        whole = {
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": f"/{name}", "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(pdfdoc.PDFDictionary(descendant), "song-descendant")]),
            "ToUnicode": doc.Reference(_stream(_characters(cids).encode()), "song-characters"),
        }  # fmt: skip
        font = pdfdoc.PDFDictionary(whole)
        doc.idToObject["BasicFonts"].dict["F1+song"] = doc.Reference(font, "F1+song")


def _stream(content: bytes, **about: str) -> Any:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(about), content, [pdfdoc.PDFZCompress])


def _widths(outlines: Outlines, cids: dict[int, int]) -> str:
    """Widths that are not a full square."""
    narrow = {cid: outlines.width(character) for cid, character in cids.items()}
    return "[" + " ".join(f"{cid} [{width}]" for cid, width in sorted(narrow.items()) if width != 1000) + "]"


def _characters(cids: dict[int, int]) -> str:
    """Which character each code stands for, for searching and copying."""
    pairs = [
        f"<{cid:04X}> <{chr(character).encode('utf-16-be').hex().upper()}>" for cid, character in sorted(cids.items())
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{mapped}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def registered(name: str) -> str:
    """Make the typeface known to reportlab; its name."""
    pdfmetrics.registerFont(Song(name))
    return name
