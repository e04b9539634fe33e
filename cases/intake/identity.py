"""Identity documents: check digits, plausibility and masking. Pure: no Django.

Resident ID: GB 11643-1999. Unified social credit code: GB 32100-2015. Organisation code: GB 11714-1997.
Each check returns the normalised number and all reasons in words; an empty list of reasons means it passed.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cases.intake.words import N_, Finding

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECK = "10X98765432"
PROVINCE_CODES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_DEPARTMENTS = "123456789ANY"
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

KINDS = {
    "resident_id": N_("居民身份证"),
    "credit_code": N_("统一社会信用代码"),
    "org_code": N_("组织机构代码"),
    "passport": N_("护照"),
    "hk_macao_permit": N_("港澳居民来往内地通行证"),
    "taiwan_permit": N_("台湾居民来往大陆通行证"),
    "foreign_resident": N_("外国人永久居留身份证"),
    "officer_card": N_("军官证"),
    "lawyer_licence": N_("律师执业证"),
    "other": N_("其他证件"),
}


@dataclass(frozen=True)
class Checked:
    """Outcome of a check: the number in its normal form, the reasons against it, and what it tells of the person."""

    number: str
    reasons: tuple[Finding, ...] = ()
    born_on: date | None = None
    sex: str = ""  # male, female or empty

    @property
    def ok(self) -> bool:
        return not self.reasons


def normalise(number: str) -> str:
    """Half width, upper case, without blanks and dashes."""
    return re.sub(r"[\s\-－—]", "", unicodedata.normalize("NFKC", number)).upper()


def resident_check_digit(first17: str) -> str:
    """The 18th character of a resident ID from its first 17 digits (ISO 7064, MOD 11-2)."""
    return RESIDENT_CHECK[sum(int(d) * w for d, w in zip(first17, RESIDENT_WEIGHTS, strict=True)) % 11]


def _birth(text: str, today: date, reasons: list[Finding]) -> date | None:
    try:
        born = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        reasons.append(Finding("birth_date", N_("其中的出生日期 %(date)s 不存在"), {"date": text}))
        return None
    if born > today or born.year < 1880:
        reasons.append(Finding("birth_range", N_("其中的出生日期 %(date)s 不可能"), {"date": born.isoformat()}))
    return born


def check_resident_id(raw: str, today: date) -> Checked:
    """Resident ID of 18 or (before 1999) 15 characters: form, region, date of birth, check digit."""
    number = normalise(raw)
    reasons: list[Finding] = []
    if not re.fullmatch(r"\d{17}[\dX]|\d{15}", number, re.ASCII):
        text = N_("居民身份证号应为 18 位（末位可为 X）或旧式 15 位数字，填的是 %(count)s 位")
        return Checked(number, (Finding("resident_form", text, {"count": len(number)}),))
    if number[:2] not in PROVINCE_CODES:
        reasons.append(Finding("region", N_("前两位 %(code)s 不是省级行政区划代码"), {"code": number[:2]}))
    long = len(number) == 18
    born = _birth(number[6:14] if long else "19" + number[6:12], today, reasons)
    if long:
        expected = resident_check_digit(number[:17])
        if expected != number[17]:
            values = {"expected": expected, "given": number[17]}
            text = N_("校验位不符：按前 17 位算出第 18 位应为 %(expected)s，填的是 %(given)s")
            reasons.append(Finding("check_digit", text, values))
    serial = int(number[16] if long else number[14])
    return Checked(number, tuple(reasons), born, "male" if serial % 2 else "female")


def credit_check_character(first17: str) -> str:
    """The 18th character of a unified social credit code (weights 3^i mod 31)."""
    total = sum(CREDIT_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return CREDIT_ALPHABET[-total % 31]


def check_credit_code(raw: str, today: date) -> Checked:
    """Unified social credit code: 18 characters without I O S V Z, registering department, check character."""
    number = normalise(raw)
    reasons: list[Finding] = []
    if len(number) != 18:
        text = N_("统一社会信用代码应为 18 位，填的是 %(count)s 位")
        return Checked(number, (Finding("credit_form", text, {"count": len(number)}),))
    wrong = "".join(sorted({c for c in number if c not in CREDIT_ALPHABET}))
    if wrong:
        text = N_("含有不使用的字符 %(characters)s（不用 I、O、S、V、Z）")
        return Checked(number, (Finding("credit_characters", text, {"characters": wrong}),))
    if number[0] not in CREDIT_DEPARTMENTS:
        text = N_("第 1 位 %(code)s 不是登记管理部门代码")
        reasons.append(Finding("credit_department", text, {"code": number[0]}))
    if not number[2:8].isdecimal():
        reasons.append(Finding("credit_region", N_("第 3 至 8 位应为登记机关行政区划数字")))
    expected = credit_check_character(number[:17])
    if expected != number[17]:
        text = N_("校验位不符：按前 17 位算出第 18 位应为 %(expected)s，填的是 %(given)s")
        reasons.append(Finding("check_digit", text, {"expected": expected, "given": number[17]}))
    return Checked(number, tuple(reasons))


def check_org_code(raw: str, today: date) -> Checked:
    """Organisation code of nine characters (with or without the dash): modulus-11 check character."""
    number = normalise(raw)
    if not re.fullmatch(r"[0-9A-Z]{8}[\dX]", number, re.ASCII):
        return Checked(number, (Finding("org_form", N_("组织机构代码应为 8 位数字或字母加 1 位校验码")),))
    total = sum(int(c, 36) * w for c, w in zip(number[:8], ORG_WEIGHTS, strict=True))
    expected = "0123456789X0"[11 - total % 11]
    if expected == number[8]:
        return Checked(number)
    text = N_("校验码不符：应为 %(expected)s，填的是 %(given)s")
    return Checked(number, (Finding("check_digit", text, {"expected": expected, "given": number[8]}),))


def check_foreign_resident(raw: str, today: date) -> Checked:
    """Permanent residence card: 18 digits beginning with 9 (same check digit as the resident ID) or the older form."""
    number = normalise(raw)
    if re.fullmatch(r"[A-Z]{3}\d{12}", number, re.ASCII):
        return Checked(number)
    if not re.fullmatch(r"9\d{16}[\dX]", number, re.ASCII):
        text = N_("外国人永久居留身份证号应为以 9 开头的 18 位，或旧式 3 位字母加 12 位数字")
        return Checked(number, (Finding("foreign_form", text),))
    reasons: list[Finding] = []
    born = _birth(number[6:14], today, reasons)
    expected = resident_check_digit(number[:17])
    if expected != number[17]:
        text = N_("校验位不符：按前 17 位算出第 18 位应为 %(expected)s，填的是 %(given)s")
        reasons.append(Finding("check_digit", text, {"expected": expected, "given": number[17]}))
    return Checked(number, tuple(reasons), born)


def check_lawyer_licence(raw: str, today: date) -> Checked:
    """Lawyer's practising certificate: 17 digits, 1 + region(4) + year(4) + kind + sex + serial(6)."""
    number = normalise(raw)
    if not re.fullmatch(r"1\d{16}", number, re.ASCII):
        return Checked(number, (Finding("licence_form", N_("律师执业证号应为以 1 开头的 17 位数字")),))
    reasons: list[Finding] = []
    if number[1:3] not in PROVINCE_CODES:
        text = N_("第 2、3 位 %(code)s 不是省级行政区划代码")
        reasons.append(Finding("region", text, {"code": number[1:3]}))
    if not 1980 <= int(number[5:9]) <= today.year:
        text = N_("其中的发证年份 %(year)s 不可能")
        reasons.append(Finding("licence_year", text, {"year": number[5:9]}))
    return Checked(number, tuple(reasons))


def _by_form(pattern: str, code: str, text: str) -> Callable[[str, date], Checked]:
    def check(raw: str, today: date) -> Checked:
        number = normalise(raw)
        return Checked(number) if re.fullmatch(pattern, number) else Checked(number, (Finding(code, text),))

    return check


CHECKS: dict[str, Callable[[str, date], Checked]] = {
    "resident_id": check_resident_id,
    "credit_code": check_credit_code,
    "org_code": check_org_code,
    "foreign_resident": check_foreign_resident,
    "lawyer_licence": check_lawyer_licence,
    "passport": _by_form(r"[A-Z0-9]{5,15}", "passport_form", N_("护照号应为 5 至 15 位字母或数字")),
    "hk_macao_permit": _by_form(r"[HM]\d{8}(\d{2})?", "permit_form", N_("通行证号应为 H 或 M 加 8 或 10 位数字")),
    "taiwan_permit": _by_form(r"\d{8}(\d{2})?", "permit_form", N_("通行证号应为 8 或 10 位数字")),
    "officer_card": _by_form(
        r"[\u4e00-\u9fff]?字?第?\d{4,8}号?", "officer_form", N_("军官证号应为 4 至 8 位数字，可带“字第…号”")
    ),
    "other": _by_form(r"\S{2,40}", "other_form", N_("证件号码应为 2 至 40 个字符")),
}


def check(kind: str, raw: str, today: date) -> Checked:
    """Check a number of the given kind (key of KINDS); an unknown kind is itself a reason."""
    if kind not in CHECKS:
        return Checked(normalise(raw), (Finding("kind", N_("没有这种证件")),))
    return CHECKS[kind](raw, today)


def mask(number: str) -> str:
    """For display: the first three and last four characters, stars between; short numbers show one at each end."""
    if len(number) <= 4:
        return "*" * len(number)
    if len(number) <= 9:
        return number[0] + "*" * (len(number) - 2) + number[-1]
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def age_on(born_on: date, day: date) -> int:
    """Full years; one becomes a year older on the day after the birthday (法释〔2021〕1号 on 周岁)."""
    return day.year - born_on.year - ((day.month, day.day) <= (born_on.month, born_on.day))
