"""Lenient reading of case numbers: what deviates is repaired where the meaning is plain, and always named.

Pure: no Django. Nothing is dropped: a text that is no case number comes back with form `unknown` and its original.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from cases.intake.catalogue import marks
from cases.intake.numbers import LEGACY_KIND, PROVINCES, CaseNumber, read_strict

FIRST_NEW_YEAR = 2016
OPEN, CLOSE = "〔[【［{", "〕]】］}"
BLANKS = re.compile(r"[\s\u3000\u200b\ufeff\xa0]+")
DASHES = str.maketrans("－—–‐−﹣", "------")
LETTERS = str.maketrans("lIiOoQ", "111000")
WRONG_CHARACTERS = str.maketrans("邢型囯", "刑刑国")
REGION_NAMES = {
    "北京": "京",
    "天津": "津",
    "上海": "沪",
    "重庆": "渝",
    "河北": "冀",
    "山西": "晋",
    "辽宁": "辽",
    "吉林": "吉",
    "江苏": "苏",
    "浙江": "浙",
    "安徽": "皖",
    "福建": "闽",
    "江西": "赣",
    "山东": "鲁",
    "河南": "豫",
    "湖北": "鄂",
    "湖南": "湘",
    "广东": "粤",
    "广西": "桂",
    "海南": "琼",
    "四川": "川",
    "贵州": "黔",
    "云南": "云",
    "西藏": "藏",
    "陕西": "陕",
    "甘肃": "甘",
    "青海": "青",
    "宁夏": "宁",
    "新疆": "新",
    "内蒙古": "内",
    "黑龙江": "黑",
}
FRAME = re.compile(
    r"^(?:（(?P<year>\d{2,4})）|(?P<bare>(?:19|20)\d\d)年?)(?P<body>.*?[^\d.])??(?P<seq>\d[\d.]*)?"
    r"(?P<inner>-\d{1,2}|之[一二三四五六七八九十]{1,3})?(?P<hao>号)?(?P<suffix>-\d{1,2}|之[一二三四五六七八九十]{1,3})?$",
    re.ASCII,
)
NEW_COURT = re.compile(rf"^(最高法|[{PROVINCES}]\d*)(知)?(.*)$", re.ASCII)
KIND_AT_END = re.compile(rf"^(.{{1,6}}?)({LEGACY_KIND})$")
KIND_STARTS = "刑民行商知经执破赔监申司"


@dataclass
class _Reading:
    """Working state: the text as repaired so far and what was found on the way."""

    text: str
    found: list[str] = field(default_factory=list)

    def note(self, code: str) -> None:
        if code not in self.found:
            self.found.append(code)

    def change(self, text: str, code: str) -> None:
        if text != self.text:
            self.note(code)
            self.text = text


def parse(original: str) -> CaseNumber:
    """Read a case number leniently. Regular ones come back with no irregularity; every deviation is named.

    Never raises and never drops: what cannot be read has form `unknown`, irregularity `unrecognised`, and its text.
    """
    reading = _Reading(original)
    _clean(reading)
    number = read_strict(reading.text)
    if number is None:
        number = _parse_frame(reading)
        if not reading.found:
            reading.note("unrecognised")
    return replace(number, irregularities=tuple(reading.found), original=original)


def _clean(reading: _Reading) -> None:
    """Characters: blanks out, digits to half width, brackets of the year to round ones."""
    reading.change(BLANKS.sub("", reading.text), "blank")
    digits = "".join(unicodedata.normalize("NFKC", c) if unicodedata.category(c) == "Nd" else c for c in reading.text)
    reading.change(digits, "fullwidth_digits")
    reading.text = reading.text.translate(DASHES)
    text = reading.text.replace("(", "（").replace(")", "）")
    squared = text
    for mark in OPEN:
        squared = squared.replace(mark, "（")
    for mark in CLOSE:
        squared = squared.replace(mark, "）")
    reading.text = text
    reading.change(squared, "square_brackets")


def _parse_frame(reading: _Reading) -> CaseNumber:
    reading.change(reading.text.translate(WRONG_CHARACTERS), "wrong_character")
    repaired = re.sub(
        r"(?<=[\u4e00-\u9fff\d])[lIiOoQ\d]+(?=-|号|之|$)", lambda m: m[0].translate(LETTERS), reading.text
    )
    reading.change(repaired, "letters_for_digits")
    match = FRAME.match(reading.text)
    if not match or not (match["body"] or match["seq"]):
        reading.note("unrecognised")
        return CaseNumber(form="unknown")
    year = _year(reading, match["year"] or "", match["bare"] or "")
    suffix = _suffix(reading, match["inner"] or "", match["suffix"] or "")
    if not match["hao"]:
        reading.note("hao_missing")
    seq = _sequence(reading, match["seq"] or "")
    number = _body(reading, year, match["body"] or "")
    if number.form == "current":
        _check_current_sequence(reading, number, seq, suffix)
    return replace(number, seq=seq, suffix=suffix)


def _year(reading: _Reading, bracketed: str, bare: str) -> int:
    if bare:
        reading.note("year_brackets_missing")
    text = bracketed or bare
    if len(text) == 2:
        reading.note("year_two_digits")
        text = ("19" if int(text) > 79 else "20") + text
    year = int(text)
    if not 1980 <= year <= 2099:
        reading.note("year_impossible")
    return year


def _suffix(reading: _Reading, inner: str, outer: str) -> str:
    if inner:
        reading.note("suffix_inside")
    return outer or inner


def _sequence(reading: _Reading, seq: str) -> str:
    if not seq:
        reading.note("sequence_missing")
    elif not seq.isdigit():
        reading.note("sequence_not_natural")
    elif len(seq) > 8:
        reading.note("sequence_too_long")
    return seq


def _check_current_sequence(reading: _Reading, number: CaseNumber, seq: str, suffix: str) -> None:
    if seq.startswith("0"):
        reading.note("leading_zero")
    if suffix.startswith("-") and "suffix_inside" not in reading.found:
        reading.note("suffix_dashed")
    if number.type == "刑核" and len(seq) != 8:
        reading.note("review_number")


def _body(reading: _Reading, year: int, body: str) -> CaseNumber:
    """Court and type from what stands between year and sequence."""
    if body.endswith("-"):
        reading.note("sequence_not_natural")
        body = body.rstrip("-")
    stray = re.search(r"字第?([^字第\d]+)$", body)
    if stray:
        reading.note("misplaced_mark")
        body = body[: stray.start(1)]
    has_zi, has_di = "字" in body, body.endswith("第")
    plain = body.removesuffix("第").removesuffix("字")
    new_style = bool(re.match(rf"^([{PROVINCES}]|{'|'.join(REGION_NAMES)})\d+|^最高法|^\d+", plain, re.ASCII))
    if year >= FIRST_NEW_YEAR or (new_style and not has_zi):
        if year < FIRST_NEW_YEAR:
            reading.note("form_before_2016")
        if has_zi:
            reading.note("zi_extra")
        if has_di and not has_zi:
            reading.note("di_extra")
        return _current(reading, year, plain)
    if not has_zi:
        reading.note("zi_missing")
    if not has_di and not stray:
        reading.note("di_missing")
    return _legacy(reading, year, plain)


def _current(reading: _Reading, year: int, plain: str) -> CaseNumber:
    for name, short in REGION_NAMES.items():
        if re.match(rf"^{name}(\d|$|[刑民行执])", plain):
            reading.note("court_name_long")
            plain = short + plain.removeprefix(name)
            break
    bare_court = re.match(r"^(\d{2,4})(\D.*)$", plain, re.ASCII)
    if bare_court:
        reading.note("court_province_missing")
        return CaseNumber(
            form="current", year=year, court=bare_court[1], type=_mark(reading, bare_court[2], bare_court[1])
        )
    if plain in marks():
        reading.note("court_missing")
        return CaseNumber(form="current", year=year, type=plain)
    match = NEW_COURT.match(plain)
    if match and match[3] and (match[1] == "最高法" or len(match[1]) > 1 or match[3] in marks()):
        if match[1] != "最高法" and len(match[1]) not in (1, 3, 5):
            reading.note("court_digits")
        mark = _mark(reading, match[3], match[1])
        return CaseNumber(form="current", year=year, court=match[1], special=match[2] or "", type=mark)
    reading.note("legacy_court")
    return _legacy(reading, year, plain)


def _mark(reading: _Reading, text: str, court: str) -> str:
    """The type mark; a repeated court, a chamber's number or an unlisted mark is named."""
    if text in marks():
        return text
    if text[:1] == court[:1] and text[1:] in marks():
        reading.note("court_repeated")
        return text[1:]
    without_chamber = re.sub(r"[一二三四五六七八]", "", text)
    if without_chamber != text and without_chamber in marks():
        reading.note("chamber_in_type")
        return without_chamber
    reading.note("unlisted_type" if text else "type_missing")
    return text


def _legacy(reading: _Reading, year: int, plain: str) -> CaseNumber:
    match = KIND_AT_END.match(plain)
    if match:
        return CaseNumber(form="legacy", year=year, court=match[1], type=match[2])
    if re.fullmatch(LEGACY_KIND, plain):
        reading.note("court_missing")
        return CaseNumber(form="legacy", year=year, type=plain)
    start = next((i for i, c in enumerate(plain) if i and c in KIND_STARTS), 0)
    if not start:
        reading.note("type_missing")
        return CaseNumber(form="legacy", year=year, court=plain)
    reading.note("unlisted_type")
    return CaseNumber(form="legacy", year=year, court=plain[:start], type=plain[start:])
