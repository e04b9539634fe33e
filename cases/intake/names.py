"""Names of persons and organisations: normal form, checks, and the pinyin key by which lists are sorted.

Pure: no Django. Surnames that pypinyin reads as common words (单, 解, 区 …) take their reading from
`data/surname_readings.tsv`.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from cases.intake.catalogue import DATA
from cases.intake.words import N_, Finding

DOTS = "•・‧∙⋅●．｡"
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af〇]")
HAN_NAME = re.compile(r"^[\u3400-\u9fff\U00020000-\U000323af〇]+(·[\u3400-\u9fff\U00020000-\U000323af〇A-Z.]+)*$")
LATIN_NAME = re.compile(r"^[^\W\d_]+(?:[ .'’\-,·]+[^\W\d_]+)*\.?$")
MASKED = re.compile(r"[某×xX*＊]{1,}[甲乙丙丁]?$|某")


def normalise_name(raw: str) -> str:
    """One form for one name: NFC, blanks between Chinese characters out (`张　三`), every middle dot as ·.

    Latin names keep single blanks; the case of letters is left as it was written.
    """
    text = unicodedata.normalize("NFC", raw).replace("\u3000", " ").replace("\xa0", " ").strip()
    for dot in DOTS:
        text = text.replace(dot, "·")
    text = re.sub(r"(?<=[\u3400-\u9fff])\s*[.．·]\s*(?=[\u3400-\u9fff])", "·", text)
    text = re.sub(r"\s+", " ", text)
    if HAN.search(text):
        text = re.sub(r"(?<=[\u3400-\u9fff·]) (?=[\u3400-\u9fff·])", "", text)
    return text


def name_form(name: str) -> str:
    """`chinese`, `minority` (Chinese characters with ·), `foreign` (Latin and other letters) or empty."""
    if HAN_NAME.match(name):
        return "minority" if "·" in name else "chinese"
    return "foreign" if LATIN_NAME.match(name) else ""


def check_person_name(name: str) -> list[Finding]:
    """Reasons against a natural person's (normalised) name; minority and foreign names are as welcome as Chinese."""
    found: list[Finding] = []
    if not name:
        return [Finding("name_missing", N_("未填姓名"))]
    if len(name) > 60:
        found.append(Finding("name_long", N_("姓名超过 60 个字符")))
    if any(unicodedata.category(c) in ("Co", "Cn", "Cc") for c in name):
        found.append(Finding("name_private", N_("姓名含有自造字或控制字符，请改用国家标准收录的字")))
    elif re.search(r"\d", name):
        found.append(Finding("name_digits", N_("姓名含有数字")))
    elif not name_form(name):
        found.append(Finding("name_form", N_("姓名含有不能用的符号；少数民族姓名的间隔号用“·”")))
    elif name_form(name) == "chinese" and len(name) == 1:
        found.append(Finding("name_short", N_("姓名只有一个字")))
    if MASKED.search(name) and name_form(name) != "foreign":
        found.append(Finding("name_masked", N_("姓名像是隐去后的写法（某、×），登记时须用真实姓名")))
    return found


def check_organisation_name(name: str) -> list[Finding]:
    """Reasons against the name of a legal person or other organisation."""
    found: list[Finding] = []
    if not name:
        return [Finding("name_missing", N_("未填名称"))]
    if len(name) < 4:
        found.append(Finding("org_short", N_("单位名称应为全称，至少四个字")))
    if len(name) > 150:
        found.append(Finding("org_long", N_("单位名称超过 150 个字符")))
    if any(unicodedata.category(c) in ("Co", "Cn", "Cc") for c in name):
        found.append(Finding("name_private", N_("名称含有自造字或控制字符，请改用国家标准收录的字")))
    return found


@cache
def surname_readings() -> dict[str, str]:
    """Surname to its pinyin, for those whose reading as a surname differs from the common word."""
    lines = (DATA / "surname_readings.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {pair[0]: pair[1] for pair in pairs}


@cache
def _pypinyin() -> Any:
    """The library, read when the first name is: its dictionaries take 57 MB, and most processes never sort a name."""
    return import_module("pypinyin")


def _syllables(text: str) -> list[str]:
    library = _pypinyin()
    return list(library.lazy_pinyin(text, style=library.Style.NORMAL))


@lru_cache(maxsize=16_384)  # an import asks for the same names again and again
def sort_key(name: str, person: bool = True) -> str:
    """Pinyin without tones in lower case, syllables apart; organisations are read as ordinary words."""
    text = normalise_name(name)
    readings = surname_readings()
    for length in (2, 1):
        surname = text[:length]
        if person and len(text) > length and surname in readings:
            return " ".join([readings[surname], *_syllables(text[length:])]).lower()
    return " ".join(_syllables(text)).lower()
