"""The court's dictionaries of case types, causes of action, courts and closing methods, read from `data/*.tsv`.

Pure: no Django. The files are the project's own; their head lines name the official source and version.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    head = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(head, line.split("\t"), strict=True))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class CaseType:
    """A leaf case type. `code` is the key: several types may share one `mark` (类型代字)."""

    code: str
    mark: str
    zh: str
    en: str
    instance: str
    at_intermediate: str
    closing: str
    procedures: str

    @property
    def category(self) -> str:
        """Key of the category: civil, criminal, administrative, enforcement, compensation, bankruptcy …"""
        return categories()[self.code[:2]].key

    @property
    def procedure_keys(self) -> list[str]:
        """Procedures that may be chosen, the usual one first."""
        return self.procedures.split(",")

    @property
    def is_criminal(self) -> bool:
        return self.category == "criminal"

    @property
    def is_appeal(self) -> bool:
        return self.instance == "second"

    @property
    def random_number(self) -> bool:
        """刑核 numbers are eight random digits (案号规定 2015, rule on review of sentences)."""
        return self.mark == "刑核"

    @property
    def cause_field(self) -> str:
        """Which dictionary of causes this type uses: civil, criminal, administrative, enforcement or compensation."""
        if self.mark.startswith(("行", "赔辖")):
            return "administrative"
        if self.mark.startswith("刑"):
            return "criminal"
        if self.category == "enforcement":
            return "enforcement"
        return "compensation" if self.category == "compensation" and "赔" in self.mark else "civil"


@dataclass(frozen=True)
class Cause:
    """A cause of action (案由) or charge (罪名). `code` is `field:number` and never changes within a version."""

    code: str
    level: int
    parent: str
    zh: str
    en: str
    article: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def field(self) -> str:
        return self.code.split(":")[0]

    @property
    def selectable(self) -> bool:
        """A civil case is filed under the third or fourth level, a charge under the second, others under any."""
        return self.level >= {"civil": 3, "criminal": 2}.get(self.field, 2)


@dataclass(frozen=True)
class Term:
    """A word of a short list: category, instance, procedure, position of a party."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True)
class PlacedTerm(Term):
    """A word with the instances and categories of cases in which it is at home (* = everywhere)."""

    instances: str
    categories: str

    def fits(self, case_type: "CaseType") -> bool:
        """Is it usual in cases of that type?"""
        return (self.instances == "*" or case_type.instance in self.instances.split(",")) and (
            self.categories == "*" or case_type.category in self.categories.split(",")
        )


@dataclass(frozen=True)
class PartyRole(PlacedTerm):
    """A position of a party; where it is usual, it is offered first."""


@dataclass(frozen=True)
class PartyGround(PlacedTerm):
    """Why somebody becomes a party of a registered case; `confidence` is verified, likely or uncertain."""

    article: str
    confidence: str


@dataclass(frozen=True)
class CourtCode:
    """A court with its 法院代字 and the days on which the code is in force."""

    code: str
    zh: str
    en: str
    level: str
    superior: str
    valid_from: date | None
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class ClosingMethod:
    """A closing method (结案方式) of a group of case types; the key is `group:order`."""

    code: str
    group: str
    zh: str
    en: str


@cache
def case_types() -> dict[str, CaseType]:
    """All leaf case types by four-digit code, in the order of the official list."""
    return {row["code"]: CaseType(**row) for row in _rows("case_types.tsv")}


@cache
def marks() -> tuple[str, ...]:
    """All 类型代字, longest first, so that 民辖终 is tried before 民辖 and 民终."""
    return tuple(sorted({t.mark for t in case_types().values()}, key=lambda mark: (-len(mark), mark)))


@cache
def categories() -> dict[str, Term]:
    """Categories by their two-digit code."""
    return {row["code"]: Term(row["key"], row["zh"], row["en"]) for row in _rows("categories.tsv")}


@cache
def category_terms() -> dict[str, Term]:
    """Categories by key, as cases hold them."""
    return {term.key: term for term in categories().values()}


@cache
def instances() -> dict[str, Term]:
    """Instances by key."""
    return {row["code"]: Term(row["code"], row["zh"], row["en"]) for row in _rows("instances.tsv")}


@cache
def procedures() -> dict[str, Term]:
    """Procedures by key."""
    return {row["key"]: Term(**row) for row in _rows("procedures.tsv")}


@cache
def party_roles() -> dict[str, PartyRole]:
    """Positions of parties by key."""
    return {row["key"]: PartyRole(**row) for row in _rows("party_roles.tsv")}


@cache
def party_grounds() -> dict[str, PartyGround]:
    """Grounds for adding a party to a registered case, by key."""
    return {row["key"]: PartyGround(**row) for row in _rows("party_grounds.tsv")}


def intake_types() -> list[CaseType]:
    """Case types an intermediate court registers itself (typical and possible ones)."""
    return [t for t in case_types().values() if t.at_intermediate != "unusual"]


@cache
def causes() -> dict[str, Cause]:
    """All causes of all fields by code."""
    found: dict[str, Cause] = {}
    for field in ("civil", "criminal", "administrative", "enforcement", "compensation"):
        for row in _rows(f"causes_{field}.tsv"):
            found[row["code"]] = Cause(
                code=row["code"],
                level=int(row["level"]),
                parent=row["parent"],
                zh=row["zh"],
                en=row["en"],
                article=row.get("article", ""),
                valid_from=_day(row.get("valid_from", "")),
                valid_to=_day(row.get("valid_to", "")),
            )
    return found


@cache
def cause_by_name(field: str, name: str) -> Cause | None:
    """The cause of that field with exactly that Chinese name, the lowest level first; None when there is none."""
    hits = [cause for cause in causes().values() if cause.field == field and cause.zh == name]
    return max(hits, key=lambda cause: cause.level) if hits else None


def children(code: str) -> list[Cause]:
    """Causes one level below, in official order."""
    return [cause for cause in causes().values() if cause.parent == code]


def cause_path(code: str) -> list[Cause]:
    """The cause with its parents, highest first: 合同、准合同纠纷 > 合同纠纷 > 买卖合同纠纷."""
    path: list[Cause] = []
    cause = causes().get(code)
    while cause:
        path.insert(0, cause)
        cause = causes().get(cause.parent)
    return path


def search_causes(field: str, text: str, limit: int = 12) -> list[Cause]:
    """Selectable causes whose Chinese or English name contains the text; names that begin with it come first."""
    needle = text.strip().lower()
    hits = [c for c in causes().values() if c.field == field and c.selectable and not c.valid_to]
    hits = [c for c in hits if needle in c.zh or needle in c.en.lower()]
    return sorted(hits, key=lambda c: (not c.zh.startswith(needle), len(c.zh)))[:limit]


@cache
def courts() -> tuple[CourtCode, ...]:
    """Courts of the region, with their codes."""
    return tuple(
        CourtCode(
            code=row["code"],
            zh=row["zh"],
            en=row["en"],
            level=row["level"],
            superior=row["superior"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )
        for row in _rows("courts.tsv")
    )


@cache
def court_names() -> dict[str, str]:
    """Court code to name: the own region by the list, others as observed in published numbers."""
    names = {row["code"]: row["zh"] for row in _rows("court_codes_observed.tsv")}
    names.update({court.code: court.zh for court in courts()})
    names["最高法"] = "最高人民法院"
    return names


def lower_courts(superior: str, day: date) -> list[str]:
    """Codes of the basic courts that answered to the court on that day."""
    found = []
    for row in _rows("court_superiors.tsv"):
        since, until = _day(row["valid_from"]), _day(row["valid_to"])
        if row["superior"] == superior and (not since or since <= day) and (not until or day <= until):
            found.append(row["code"])
    return found


@cache
def closing_methods() -> dict[str, ClosingMethod]:
    """All closing methods by `group:order`."""
    found = {}
    for row in _rows("closing_methods.tsv"):
        code = f"{row['group']}:{row['order']}"
        found[code] = ClosingMethod(code=code, group=row["group"], zh=row["zh"], en=row["en"])
    return found


def closing_methods_for(type_code: str) -> list[ClosingMethod]:
    """The closing methods a case of that type may end with, in the order of the list."""
    group = case_types()[type_code].closing
    return [method for method in closing_methods().values() if method.group == group]


def label(item: CaseType | Cause | CourtCode | ClosingMethod | Term, language: str) -> str:
    """Name in the language: English where the dictionary has it, otherwise the official Chinese name."""
    return item.en or item.zh if language.startswith("en") else item.zh
