"""Case numbers (案号): strict reading of regular numbers, lenient reading of those met in the wild.

Pure: no Django. Source: 关于人民法院案件案号的若干规定, 法〔2015〕137号, in force 2016-01-01, amended by
法〔2018〕335号. Before 2016: （年度）+ 法院简称 + 案件性质 + 审级 + 字第 + 编号 + 号. Since 2016: （年度）+ 法院代字 +
类型代字 + 编号 + 号.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from cases.intake.catalogue import marks
from cases.intake.words import N_

PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新军兵"
SUFFIX = r"之[一二三四五六七八九十]{1,3}"
LEGACY_KIND = (
    r"法赔|委赔|赔监|(?:速|少|保|立|审)?(?:刑|民|行|商|知|经|执|破)(?:[一二三四五六七八])?"
    r"(?:再初|再终|重初|辖终|初|终|再|申|监|抗|提|复|异|裁|特|督|催|破|恢|他|撤|辖|更|减|假|执|保)?"
)
LEGACY = re.compile(
    rf"^[（(](?P<year>19[89]\d|200\d|201[0-5])[)）](?P<court>[\u4e00-\u9fff]{{1,6}}?)(?P<kind>{LEGACY_KIND})"
    rf"字第(?P<seq>\d{{1,6}})号(?P<suffix>-\d{{1,2}}|{SUFFIX})?$",
    re.ASCII,
)

IRREGULARITIES = {
    "blank": N_("案号中夹有空白或换行"),
    "fullwidth_digits": N_("数字是全角"),
    "square_brackets": N_("年度用了方括号或六角括号"),
    "year_brackets_missing": N_("年度没有括号"),
    "year_two_digits": N_("年度只有两位"),
    "year_impossible": N_("年度不可能"),
    "court_missing": N_("缺法院代字或简称"),
    "court_province_missing": N_("法院代字缺省份简称"),
    "court_digits": N_("法院代字的数字应为两位或四位"),
    "court_name_long": N_("法院代字写成了地名全称"),
    "court_repeated": N_("法院代字重复"),
    "legacy_court": N_("2016 年以后仍用旧式法院简称"),
    "form_before_2016": N_("2016 年以前用了新式法院代字"),
    "zi_missing": N_("旧式案号缺“字”"),
    "di_missing": N_("旧式案号缺“第”"),
    "zi_extra": N_("新式案号多出“字”"),
    "di_extra": N_("新式案号多出“第”"),
    "hao_missing": N_("缺“号”"),
    "type_missing": N_("缺类型代字"),
    "unlisted_type": N_("类型代字不在代字表中"),
    "chamber_in_type": N_("类型代字中夹有庭序号"),
    "wrong_character": N_("类型代字有错字"),
    "misplaced_mark": N_("“字”与编号之间夹有其他字"),
    "letters_for_digits": N_("编号中以字母代数字"),
    "leading_zero": N_("新式编号以零开头"),
    "sequence_missing": N_("缺编号"),
    "sequence_too_long": N_("编号过长"),
    "sequence_not_natural": N_("编号不是自然数"),
    "suffix_inside": N_("后缀写在“号”之前"),
    "suffix_dashed": N_("新式案号用了“-1”式后缀"),
    "review_number": N_("刑核案号应为八位随机数"),
    "unrecognised": N_("无法识别为案号"),
}


@dataclass(frozen=True)
class CaseNumber:
    """A case number as read. `irregularities` are keys of IRREGULARITIES; `original` is the text as it was written."""

    form: str  # current, legacy or unknown
    year: int | None = None
    court: str = ""
    special: str = ""
    type: str = ""
    seq: str = ""
    suffix: str = ""
    irregularities: tuple[str, ...] = ()
    original: str = ""

    @property
    def regular(self) -> bool:
        return not self.irregularities

    @property
    def text(self) -> str:
        """The number in its normal form, with the suffix; the original text where nothing could be made out."""
        return format_number(self)

    @property
    def key(self) -> tuple[int | None, str, str, int]:
        """What identifies the case; the suffix of a further ruling (之一) does not belong to it."""
        return (self.year, self.court, self.special + self.type, int(self.seq) if self.seq.isdecimal() else 0)

    def reasons(self) -> list[str]:
        """The irregularities in (Chinese) words, to be translated by the caller."""
        return [IRREGULARITIES[code] for code in self.irregularities]


@cache
def current_pattern() -> re.Pattern[str]:
    """The strict form since 2016; the type marks are those of the data file."""
    return re.compile(
        rf"^[（(](?P<year>20(?:1[6-9]|[2-9]\d))[)）](?P<court>最高法|[{PROVINCES}](?:\d{{4}}|\d{{2}})?)"
        rf"(?P<special>知)?(?P<type>{'|'.join(marks())})(?P<seq>[1-9]\d{{0,7}})号(?P<suffix>{SUFFIX})?$",
        re.ASCII,
    )


def read_strict(text: str) -> CaseNumber | None:
    """The number if the text is exactly a regular number of either form, else None. Nothing is repaired."""
    match = current_pattern().match(text)
    form = "current"
    if match and match["type"] == "刑核" and len(match["seq"]) != 8:
        return None
    if not match:
        match, form = LEGACY.match(text), "legacy"
    if not match:
        return None
    parts = match.groupdict()
    return CaseNumber(
        form=form,
        year=int(parts["year"]),
        court=parts["court"],
        special=parts.get("special") or "",
        type=parts.get("type") or parts.get("kind") or "",
        seq=parts["seq"],
        suffix=parts["suffix"] or "",
        original=text,
    )


def format_number(number: CaseNumber) -> str:
    """Normal form: full-width brackets, no blanks, sequence as counted. Legacy numbers keep 字第 and leading zeros."""
    if number.form == "unknown" or not number.seq:
        return number.original.strip()
    head = f"（{number.year}）" if number.year else ""
    if number.form == "legacy":
        return f"{head}{number.court}{number.type}字第{number.seq}号{number.suffix}"
    seq = str(int(number.seq)) if number.seq.isdecimal() else number.seq
    return f"{head}{number.court}{number.special}{number.type}{seq}号{number.suffix}"


def compose(year: int, court: str, mark: str, seq: int) -> str:
    """A new number of this court: （2026）津02民终1号."""
    return f"（{year}）{court}{mark}{seq}号"


def year_not_after(number: CaseNumber, year: int) -> CaseNumber:
    """The same number, marked when its year lies after the given one: a case cannot have been accepted yet."""
    if number.year and number.year > year and "year_impossible" not in number.irregularities:
        return replace(number, irregularities=(*number.irregularities, "year_impossible"))
    return number
