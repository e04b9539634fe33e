"""Who is a minor: by age or birth date behind the name, and by having a statutory agent."""

from __future__ import annotations

import re
from datetime import date

from publicity.redaction.document import Judgment
from publicity.redaction.head import Entry
from publicity.redaction.people import Census, is_masked
from publicity.redaction.types import CaseFacts, Person

# The letters that age, sex or birth behind a name begin with.
_AGE_OPENS = frozenset("（(，,男女现时年系为是未生出0123456789一二三四五六七八九十")
ADULT = 18
UNDATED = date(2024, 1, 1)  # a text without any date is taken for a recent one
_AGE = re.compile(r"[（(，,]*[男女]?[，,（(]*(?:现年|时年|年仅|年满)?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:周)?岁")
_AGE_WORD = re.compile(r"(?:系|为|是)?[（(，,]?未成年")
# A date alone is no birth date: 张三2019年5月3日起诉.
_BORN = re.compile(
    r"[（(，,]*(?P<sex>[男女][，,])?(?:[\u4e00-\u9fff]{1,6}族[，,])?(?P<before>生于|出生于)?(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
    r"(?P<after>出生|生(?![效产活]))?"
)


def find_minors(census: Census, judgment: Judgment, folded: str) -> None:
    """Minors by age or birth date standing behind the name; the day that counts is the day of the judgment."""
    day = judgment.latest or UNDATED
    for person in census.people.values():
        if (
            person.minor is None
            and person.born
            and person.who & {"party", "victim", "statutory_agent", "incidental_plaintiff"}
        ):
            person.minor = years(person.born, day) < ADULT
        if person.who & {"judge", "lawyer", "official"}:
            continue
        at = folded.find(person.name)
        while at >= 0 and not person.minor:
            _age_behind(person, folded, at + len(person.name), day)
            at = folded.find(person.name, at + 1)


def _age_behind(person: Person, folded: str, at: int, day: date) -> None:
    if folded[at : at + 1] not in _AGE_OPENS:
        return
    tail = folded[at : at + 40]
    age = _AGE.match(tail)
    if age:
        number = int(age[1]) if age[1].isdigit() else 0
        person.minor = number < ADULT if number else person.minor
    elif _AGE_WORD.match(tail):
        person.minor = True
    else:
        born = _BORN.match(tail)
        if born and not person.born and (born["sex"] or born["before"] or born["after"]):
            try:  # without month or day: the latest that it can be
                person.born = date(int(born[3]), int(born[4] or 12), int(born[5] or 28))
            except ValueError:
                return
            person.minor = years(person.born, day) < ADULT


def years(born: date, day: date) -> int:
    """Whole years of age on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def find_wards(census: Census, judgment: Judgment, facts: CaseFacts) -> None:
    """Statutory agents share the lot of their ward; a masked ward with parents for agents is taken for a minor."""
    juvenile = "少" in (facts.number or judgment.number)
    minors = any(person.minor for person in census.people.values())
    for entry in judgment.entries:
        if not entry.role.endswith(("法定代理人", "监护人")):
            continue
        ward_entry = judgment.entries[entry.under] if entry.under >= 0 else None
        ward = census.known(ward_entry.names[0]) if ward_entry and ward_entry.names else None
        adult = (
            ward
            and ward.minor is False
            and ward.born
            or (ward_entry and ward_entry.born and not _young(ward_entry, judgment))
        )
        if ward and ward.minor is None and not adult:
            ward.minor, ward.doubtful = True, not juvenile
        for name in entry.names:
            person = census.known(name)
            if person and not adult and (ward is None or ward.minor):
                person.who.add("minor_agent")
    for entry in judgment.entries:
        above = judgment.entries[entry.under] if entry.under >= 0 else None
        masked_minor = above and any(is_masked(name) for name in above.names) and juvenile
        known = census.known(above.names[0]) if above else None
        if entry.relation and not entry.lawyer and entry.is_agent and (masked_minor or (known and known.minor)):
            for name in entry.names:
                census.person(name, "minor_kin")
    for person in census.people.values():
        if "statutory_agent" in person.who and minors and not judgment.entries:
            person.who.add("minor_agent")


def _young(entry: Entry, judgment: Judgment) -> bool:
    return bool(entry.born and judgment.latest and years(entry.born, judgment.latest) < ADULT)
