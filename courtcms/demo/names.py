"""Plainly invented persons, companies and places. Drawn from a seeded source, so that one seed gives one court.

Given names are words of landscape and letters, company names pair an invented place with a trade: nobody is meant.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import yaml

from cases.intake.identity import resident_check_digit
from cases.intake.names import sort_key

DATA = Path(__file__).parent / "data"
WORDS = {key: text.split() for key, text in yaml.safe_load((DATA / "names.yaml").read_text("utf-8")).items()}
SURNAMES, PLACES, TRADES, ORGANS, ROADS = (WORDS[key] for key in ("surnames", "places", "trades", "organs", "roads"))
FIRST = "望采砚维立北一云青澄静知怀若清远长明听问微疏临素晚松竹秋春晓南西东"
SECOND = "舒薇秋桢言辰舟栖溪湖川山亭桥屿汀岚霁樵渔牧耕书墨弦音帆澜峰原野禾"
MINORITY = ("阿依努尔·云溪", "买买提·青山", "巴特尔·长风", "卓玛·晚晴", "古丽·松月")
FOREIGN = ("Marlow Greenhill", "Ada Northwater", "Tomas Riverstone")
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司")
CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass(frozen=True)
class Figure:
    """An invented party."""

    name: str
    kind: str
    identity_kind: str
    identity_number: str
    address: str
    phone: str
    gender: str = ""
    representative: str = ""


def person_name(source: random.Random) -> str:
    """A Chinese name of two or three characters; the combinations are those of a poem, not of a register."""
    surname, first, second = source.choice(SURNAMES), source.choice(FIRST), source.choice(SECOND)
    return surname + (second if source.random() < 0.2 else first + second)


def english(name: str) -> str:
    """`林砚秋` as `Lin Yanqiu`."""
    parts = sort_key(name).split()
    surname = 2 if name[:2] in SURNAMES else 1
    return " ".join(["".join(parts[:surname]).capitalize(), "".join(parts[surname:]).capitalize()]).strip()


def company_name(source: random.Random) -> str:
    """`云栖置业有限公司`."""
    return f"海河市{source.choice(PLACES)}{source.choice(TRADES)}{source.choice(FORMS)}"


def resident_id(source: random.Random) -> str:
    """Well formed, with a right check digit, of an area code that no district bears (120199)."""
    born = f"{source.randint(1950, 2002)}{source.randint(1, 12):02}{source.randint(1, 28):02}"
    first = f"120199{born}{source.randint(1, 999):03}"
    return first + resident_check_digit(first)


def credit_code(source: random.Random) -> str:
    """A unified social credit code of an unused area with right check characters of both parts."""
    organisation = "".join(source.choice("0123456789") for _ in range(8))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    check = (11 - sum(int(d) * w for d, w in zip(organisation, weights, strict=True)) % 11) % 11
    first = f"91120199{organisation}{'X' if check == 10 else check}"
    total = sum(CREDIT.index(char) * weight for char, weight in zip(first, CREDIT_WEIGHTS, strict=True))
    return first + CREDIT[(31 - total % 31) % 31]


def address(source: random.Random) -> str:
    """An address in an invented city."""
    return f"海河市{source.choice(('望湖', '澄江', '南桥'))}区{source.choice(ROADS)}{source.randint(1, 199)}号"


def figure(source: random.Random, *, natural: bool) -> Figure:
    """A natural or a legal person with everything that a filing form asks for."""
    phone = f"1990000{source.randint(0, 9999):04}"
    if not natural:
        return Figure(
            company_name(source), "legal", "credit_code", credit_code(source), address(source), phone,
            representative=person_name(source),
        )  # fmt: skip
    draw = source.random()
    if draw < 0.01:
        passport = f"E{source.randint(10_000_000, 99_999_999)}"
        return Figure(source.choice(FOREIGN), "natural", "passport", passport, address(source), phone)
    name = source.choice(MINORITY) if draw < 0.03 else person_name(source)
    number = resident_id(source)
    home = f"{address(source)}{source.randint(1, 30)}号楼{source.randint(101, 2604)}室"
    gender = "male" if int(number[16]) % 2 else "female"
    return Figure(name, "natural", "resident_id", number, home, phone, gender)


def organ(source: random.Random) -> Figure:
    """An administrative organ."""
    name = "海河市" + source.choice(ORGANS)
    return Figure(name, "legal", "", "", address(source), "", representative=person_name(source))
