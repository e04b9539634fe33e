"""The list of persons of a judgment: from the case record, the head, the roles in the text, the signatures."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from publicity.redaction.document import Judgment
from publicity.redaction.folding import canon, plain
from publicity.redaction.head import MASKED, REPRESENTATIVES, Entry
from publicity.redaction.mentions import find_mentions
from publicity.redaction.packs import Pack
from publicity.redaction.sentences import light_sentence
from publicity.redaction.types import LEGAL, NATURAL, CaseFacts, Person

FAMILY = re.compile(r"离婚|婚姻|婚约|夫妻|继承|遗嘱|遗赠|遗产|抚养|扶养|赡养|收养|监护|探望|析产|同居|亲子|彩礼|家庭")
DEFENDANT = re.compile(r"被告人|罪犯")
ADULT = 18
KEPT = ("judge", "lawyer", "prosecutor", "official", "representative")
_AGE = re.compile(r"[（(，,]*[男女]?[，,（(]*(?:现年|时年|年仅|年满)?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:周)?岁")
_AGE_WORD = re.compile(r"(?:系|为|是)?[（(，,]?未成年")
_BORN = re.compile(
    r"[（(，,]*(?:[男女][，,])?(?:[\u4e00-\u9fff]{1,6}族[，,])?(?:生于|出生于)?(\d{4})年(\d{1,2})月(\d{1,2})日(?:出?生)?"
)
_CASE_TYPES = (
    ("刑", "criminal"),
    ("criminal", "criminal"),
    ("赔", "administrative"),
    ("行", "administrative"),
    ("admin", "administrative"),
    ("执", "enforcement"),
    ("enforce", "enforcement"),
    ("民", "civil"),
    ("civil", "civil"),
)


class Census:
    """Persons by folded name; a person met twice is one person."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}

    def person(self, name: str, who: str, *, role: str = "", sure: float = 1.0) -> Person:
        key = plain(canon(name))
        found = self.people.get(key)
        if not found:
            found = self.people[key] = Person(
                name=re.sub(r"[\s\u3000]+", " ", name).strip(), confidence=sure, role=role
            )
            found.spellings.append(found.name)
        found.who.add(who)
        found.confidence = max(found.confidence, sure)
        found.role = found.role or role
        return found

    def known(self, name: str) -> Person | None:
        return self.people.get(plain(canon(name)))


def category_of(judgment: Judgment, facts: CaseFacts) -> str:
    """criminal, family, civil, administrative or enforcement."""
    kind = next((name for word, name in _CASE_TYPES if word in facts.case_type), "") or judgment.category
    if kind in ("civil", "enforcement") and FAMILY.search(facts.cause or judgment.cause):
        return "family"
    return kind


def take(judgment: Judgment, folded: str, facts: CaseFacts, pack: Pack) -> tuple[list[Person], list[str]]:
    """All persons, hidden or kept by the pack, and the names of organisations, which are always kept."""
    census = Census()
    category = category_of(judgment, facts)
    organisations = _from_head(census, judgment, category)
    _from_record(census, facts, category, organisations)
    for _role, name in judgment.signatures:
        census.person(name, "judge", role=_role)
    _from_text(census, folded, category)
    _nicknames(census, folded)
    _ages(census, judgment, folded)
    _wards(census, judgment, facts)
    light: set[str] = set()
    if category == "criminal":
        light = light_sentence(
            judgment.section("disposition"), judgment.section("reasons"), list(census.people.values())
        )
    for person in census.people.values():
        if person.name in light:
            person.who.add("light_defendant")
        _decide(person, category, pack)
    _firsts(list(census.people.values()), folded)
    return list(census.people.values()), organisations


def _from_head(census: Census, judgment: Judgment, category: str) -> list[str]:
    organisations = []
    for entry in judgment.entries:
        if entry.kind == LEGAL:
            organisations += [name for name in entry.names if "人民检察院" not in name]
            continue
        for name in entry.names:
            if is_masked(name):
                continue
            person = census.person(name, _who(entry, category), role=entry.role)
            person.born = person.born or entry.born
            person.kept_as = "lawyer" if entry.lawyer else person.kept_as
            if entry.is_agent and entry.relation and not entry.lawyer:
                person.who.add("kin_agent")
            if len(entry.names) == 1:
                _aliases(person, entry.aliases)
    return organisations


def _aliases(person: Person, aliases: list[str] | tuple[str, ...]) -> None:
    for alias in aliases:
        if alias and alias not in person.spellings and not is_masked(alias):
            person.spellings.append(alias)
            person.dropped.append(alias)


def _who(entry: Entry, category: str) -> str:
    mark = entry.role + entry.qualifier
    if entry.role.endswith("法定代理人") or entry.role.endswith("监护人"):
        return "statutory_agent"
    if entry.role.endswith(REPRESENTATIVES):
        return "representative"
    if entry.is_agent:
        return "lawyer" if entry.lawyer or "辩护人" in entry.role else "citizen_agent"
    if "附带民事诉讼原告" in mark:
        return "incidental_plaintiff"
    if "被害人" in mark:
        return "victim"
    if category == "criminal" and "附带民事诉讼被告" not in mark:
        return "party" if "自诉人" in mark and not DEFENDANT.search(mark) else "defendant"
    return "party"


RECORD_ROLES = (
    ("法定代理", "statutory_agent"),
    ("附带民事诉讼原告", "incidental_plaintiff"),
    ("被害", "victim"),
    ("受害", "victim"),
    ("证人", "witness"),
    ("鉴定", "expert"),
    ("被告人", "defendant"),
    ("罪犯", "defendant"),
    ("辩护", "lawyer"),
    ("律师", "lawyer"),
    ("代理人", "citizen_agent"),
    ("代表人", "representative"),
    ("负责人", "representative"),
    ("经营者", "representative"),
    ("审判", "judge"),
    ("书记员", "judge"),
    ("陪审", "judge"),
    ("检察员", "prosecutor"),
    ("公诉", "prosecutor"),
    ("victim", "victim"),
    ("witness", "witness"),
    ("expert", "expert"),
    ("defendant", "defendant"),
    ("guardian", "statutory_agent"),
    ("statutory_agent", "statutory_agent"),
    ("lawyer", "lawyer"),
    ("agent", "citizen_agent"),
    ("representative", "representative"),
    ("judge", "judge"),
    ("clerk", "judge"),
    ("relative", "relative"),
    ("亲属", "relative"),
)


def record_role(role: str, category: str) -> str:
    """The word of the rules for a role of the case record, in Chinese or English."""
    found = next((who for word, who in RECORD_ROLES if word in role), "party")
    return (
        "party" if found == "defendant" and category not in ("criminal", "family") and "被告人" not in role else found
    )


def _from_record(census: Census, facts: CaseFacts, category: str, organisations: list[str]) -> None:
    for fact in facts.parties:
        if fact.kind == LEGAL:
            organisations += [fact.name, *fact.aliases]
            continue
        if is_masked(fact.name):
            continue
        known = census.known(fact.name)
        who = record_role(fact.role, category)
        person = known if known and who == "party" else census.person(fact.name, who, role=fact.role)
        person.minor = fact.minor if fact.minor is not None else person.minor
        _aliases(person, fact.aliases)


def _from_text(census: Census, folded: str, category: str) -> None:
    """Roles named in the text. Whoever is known as a party, judge or lawyer stays that."""
    votes: dict[str, Counter[str]] = {}
    sure: dict[str, float] = {}
    spans: dict[str, tuple[int, int]] = {}
    for mention in find_mentions(folded, category == "family"):
        name = folded[mention.start : mention.end]
        if is_masked(name):
            continue
        key = plain(name)
        votes.setdefault(key, Counter())[mention.who] += 1
        sure[key] = min(1.0, max(sure.get(key, 0), mention.sure) + (0.02 if key in sure else 0))
        spans.setdefault(key, (mention.start, mention.end))
    for key, counted in votes.items():
        start, end = spans[key]
        name = folded[start:end]
        known = census.known(name)
        if known and known.who & {
            "judge",
            "lawyer",
            "representative",
            "defendant",
            "party",
            "statutory_agent",
            "citizen_agent",
        }:
            if counted["victim"] and "party" in known.who:
                known.who.add("victim")
            if counted["relative"] and "citizen_agent" in known.who:
                known.who.add("kin_agent")
            continue
        for who in counted:
            census.person(name, who, sure=sure[key])
        latin = re.match(r"[（(]([A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,3})", folded[end : end + 60])
        if latin:
            census.person(name, next(iter(counted))).spellings.append(latin[1])


_NICKNAME = re.compile(
    r"[（(，,](?:曾用名|又名|别名|化名|绰号|外号|乳名|小名)[:：为叫是]?[“\"‘]?([\u4e00-\u9fffA-Za-z·]{1,8}?)[”\"’]?(?=[）)，,。；、])"
)


def _nicknames(census: Census, folded: str) -> None:
    """Nicknames and former names that stand behind a name anywhere in the text."""
    for mark in _NICKNAME.finditer(folded):
        before = folded[max(0, mark.start() - 8) : mark.start()]
        person = next((census.known(before[-size:]) for size in (4, 3, 2) if census.known(before[-size:])), None)
        if person:
            _aliases(person, [mark[1]])


def _ages(census: Census, judgment: Judgment, folded: str) -> None:
    """Minors by age or birth date standing behind the name; the day that counts is the day of the judgment."""
    day = judgment.latest or date.max
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
    tail = folded[at : at + 40]
    age = _AGE.match(tail)
    if age:
        number = int(age[1]) if age[1].isdigit() else 0
        person.minor = number < ADULT if number else person.minor
    elif _AGE_WORD.match(tail):
        person.minor = True
    else:
        born = _BORN.match(tail)
        if born and not person.born:
            try:
                person.born = date(int(born[1]), int(born[2]), int(born[3]))
            except ValueError:
                return
            person.minor = years(person.born, day) < ADULT


def years(born: date, day: date) -> int:
    """Whole years of age on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _wards(census: Census, judgment: Judgment, facts: CaseFacts) -> None:
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


def _decide(person: Person, category: str, pack: Pack) -> None:
    if person.minor:
        person.who.add("minor")
    kept = person.who & set(KEPT) or ({"lawyer"} if person.kept_as == "lawyer" else set())
    rule = next((rule for rule in pack.hide if rule.applies(person.who, category)), None)
    if not rule or is_masked(person.name):
        return
    if kept and not person.minor:
        person.doubtful = bool(kept - {"representative"}) and not rule.who.startswith("co_")
        if "representative" not in kept or rule.who not in ("party", "minor"):
            return
    person.hidden = True
    person.rule, person.article, person.why = rule.id, rule.article, rule.why
    person.doubtful = person.doubtful or rule.certainty == "uncertain" or person.confidence < 0.8


def _firsts(people: list[Person], folded: str) -> None:
    for person in people:
        at = folded.find(canon(person.name))
        if at < 0:
            found = re.search(r"[\s\u3000·]*".join(map(re.escape, plain(canon(person.name)))), folded)
            at = found.start() if found else len(folded)
        person.first = at


def is_masked(name: str) -> bool:
    """Whether a name was made unreadable by somebody before: 张某某, 吴某甲, 丁××, 张3."""
    return bool(MASKED.search(name)) or len(plain(name)) < 2


def natural(kind: str) -> bool:
    """Whether a party of the record is a human being; an empty kind counts as one."""
    return kind in ("", NATURAL)
