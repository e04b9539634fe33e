"""The list of persons of a judgment: from the case record, the head, the roles in the text, the signatures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from publicity.redaction.ages import find_minors, find_wards
from publicity.redaction.boundaries import LATIN, name_at
from publicity.redaction.document import Judgment
from publicity.redaction.folding import canon, letters, plain
from publicity.redaction.mentions import PSEUDONYM, Mention, find_mentions, kin_of
from publicity.redaction.names import pattern_of
from publicity.redaction.packs import Pack
from publicity.redaction.people import ALIAS_WORDS, Census, add_aliases, is_masked
from publicity.redaction.roles import head_role, record_role
from publicity.redaction.sentences import light_sentence
from publicity.redaction.types import LEGAL, CaseFacts, Person

FAMILY = re.compile(r"离婚|婚姻|婚约|夫妻|继承|遗嘱|遗赠|遗产|抚养|扶养|赡养|收养|监护|探望|析产|同居|亲子|彩礼|家庭")
KEPT = ("judge", "lawyer", "prosecutor", "representative")
# Whoever has one of these places in the case is not taken for somebody else on the strength of a word in the text.
PLACED = frozenset(["judge", "lawyer", "representative", "defendant", "party", "statutory_agent", "citizen_agent"])
SEEN = frozenset(["victim", "witness", "expert", "victim_agent", "incidental_plaintiff"])
_LATIN_FORM = re.compile(rf"[（(](?:英文名|外文名)?[:：为]?({LATIN.pattern})")
_NICK_BEFORE = re.compile("[小阿老大][\u4e00-\u9fff]{1,2}\\Z")
_NICKNAME = re.compile(
    rf"[（(，,](?:{ALIAS_WORDS})[:：为叫是]?[“\"‘]?([\u4e00-\u9fffA-Za-z0-9·_ -]{{1,20}}?)[”\"’]?(?=[）)，,。；、])"
)
_ANOTHER = re.compile(r"[”\"’]?、[“\"‘]([^”\"’\n]{1,12})[”\"’]")
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
    for role, name in judgment.signatures:
        census.person(name, "judge", role=role)
    _from_text(census, folded, category)
    _join_halves(census, folded)
    _nicknames(census, folded)
    find_minors(census, judgment, folded)
    find_wards(census, judgment, facts)
    people = list(census.people.values())
    if category == "criminal" and any(rule.who == "light_defendant" for rule in pack.hide):
        light = light_sentence(judgment.section("disposition"), judgment.section("reasons"), people)
        for person in people:
            person.who |= {"light_defendant"} if person.name in light else set()
    for person in people:
        _decide(person, category, pack)
    _relatives(census, folded, category, pack)
    people = list(census.people.values())
    _firsts(people, folded)
    return people, organisations


def _from_head(census: Census, judgment: Judgment, category: str) -> list[str]:
    organisations = []
    for entry in judgment.entries:
        if entry.kind == LEGAL:
            organisations += [name for name in entry.names if "人民检察院" not in name]
            continue
        for name in entry.names:
            if is_masked(name):
                continue
            person = census.person(name, head_role(entry, category), role=entry.role)
            person.born = person.born or entry.born
            person.kept_as = "lawyer" if entry.lawyer else person.kept_as
            if entry.is_agent and entry.relation and not entry.lawyer:
                person.who.add("kin_agent")
            if len(entry.names) == 1:
                add_aliases(census, person, entry.aliases)
    return organisations


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
        census.spell(person, fact.name)
        person.minor = fact.minor if fact.minor is not None else person.minor
        add_aliases(census, person, fact.aliases)


def _from_text(census: Census, folded: str, category: str) -> None:
    """Roles named in the text. Whoever is known as a party or agent stays that."""
    votes: dict[str, list[Mention]] = {}
    for mention in find_mentions(folded, category == "family"):
        name = folded[mention.start : mention.end]
        if not is_masked(name) and not _broken_off(census, folded, mention):
            votes.setdefault(plain(name), []).append(mention)
    for mentions in votes.values():
        first = mentions[0]
        name = folded[first.start : first.end]
        counted = Counter(mention.who for mention in mentions)
        known = census.known(name)
        if known and known.who & PLACED:
            _more_of(known, counted)
            continue
        sure = min(1.0, max(mention.sure for mention in mentions) + 0.02 * (len(mentions) - 1))
        for who in counted:
            person = census.person(name, who, sure=sure)
        if counted["young"]:
            person.minor = True
        for alias in sorted({mention.alias for mention in mentions if mention.alias}):
            census.spell(person, alias)
            person.dropped.append(person.name)
        latin = _LATIN_FORM.match(folded, first.end)
        if latin:
            census.spell(person, latin[1].strip())


def _broken_off(census: Census, folded: str, mention: Mention) -> bool:
    """Whether a blank or line end cut the name short of one that is known."""
    if not folded[mention.end : mention.end + 1].isspace():
        return False
    head = plain(folded[mention.start : mention.end])
    longer = (person.name for key, person in census.people.items() if key.startswith(head) and len(key) > len(head))
    return any(re.compile(pattern_of(name)).match(folded, mention.start) for name in longer)


def _join_halves(census: Census, folded: str) -> None:
    """古丽娜尔 is the 古丽娜尔·吐尔逊 of the same text; so is what stands before a line break inside a name."""
    halves = census.halves()
    # In alphabetical order whatever begins with a name comes right behind it.
    heads = {key for key, longer in pairwise(sorted(census.people)) if longer.startswith(key)}
    for key, person in list(census.people.items()):
        whole = halves.get(canon(person.name).strip().casefold()) if halves else None
        whole = whole or (_torn_from(census, key, folded) if key in heads else None)
        if whole and whole is not person:
            whole.who |= person.who
            whole.minor = whole.minor if whole.minor is not None else person.minor
            census.drop(key)


def _torn_from(census: Census, key: str, folded: str) -> Person | None:
    """The person whose broken name is all there is of this one."""
    for longer, person in census.people.items():
        if longer != key and longer.startswith(key) and key not in plain(folded).replace(longer, ""):
            return person
    return None


def _more_of(known: Person, counted: Counter[str]) -> None:
    """What the text adds about somebody whose place in the case is known already."""
    if counted["victim"] and "party" in known.who:
        known.who.add("victim")
    if counted["relative"] and "citizen_agent" in known.who:
        known.who.add("kin_agent")
    if known.who & {"judge", "lawyer"} and not known.who & {"party", "defendant"}:
        known.who |= set(counted) & SEEN  # somebody else of the same name


def _nicknames(census: Census, folded: str) -> None:
    """Nicknames and former names that stand behind a name anywhere in the text, and true names behind a pseudonym."""
    for mark in _NICKNAME.finditer(folded):
        person = _named_before(census, folded, mark.start())
        if person:
            names, at = [mark[1].strip()], mark.end()
            while another := _ANOTHER.match(folded, at):
                names.append(another[1])
                at = another.end() - 1
            add_aliases(census, person, names)
    for mark in _LATIN_FORM.finditer(folded):
        person = _named_before(census, folded, mark.start())
        if person and person.who & (SEEN | {"party"}):
            census.spell(person, mark[1].strip())
    for mark in PSEUDONYM.finditer(folded):
        found, short = name_at(folded, mark.end()), _NICK_BEFORE.search(folded, max(0, mark.start() - 3), mark.start())
        person = census.known(folded[mark.end() : found[0]]) if found else None
        if person and short:
            census.spell(person, short[0])


def _named_before(census: Census, folded: str, at: int) -> Person | None:
    """The person whose name ends right before `at`, by the longest name that does."""
    tails = (folded[at - size : at] for size in range(min(14, at), 1, -1))
    return next((person for tail in tails if (person := census.known(tail))), None)


def _relatives(census: Census, folded: str, category: str, pack: Pack) -> None:
    """Relatives of whoever is hidden: their names would tell the hidden one."""
    hidden = [spelling for person in census.people.values() if person.hidden for spelling in person.spellings]
    others = [person.name for person in census.people.values() if not person.hidden]
    for mention in kin_of(folded, hidden, others):
        name = folded[mention.start : mention.end]
        known = census.known(name)
        if is_masked(name) or (known and (known.hidden or known.who & (PLACED | {"official", "prosecutor"}))):
            continue
        person = census.person(name, "kin", sure=mention.sure)
        _decide(person, category, pack)


def _decide(person: Person, category: str, pack: Pack) -> None:
    if person.minor:
        person.who.add("minor")
    kept = person.who & set(KEPT) or ({"lawyer"} if person.kept_as == "lawyer" else set())
    who = person.who
    rule = next((rule for rule in pack.hide if rule.who in who and rule.applies(who, category)), None)
    if not rule or is_masked(person.name):
        person.doubtful = person.who == {"bystander"} and category in ("criminal", "family")
        return
    if kept - {"representative"} and rule.who.startswith("co_"):
        return
    if "representative" in kept and not person.minor and rule.who not in ("party", "minor"):
        return
    clash = kept - {"representative"} if not person.minor else set()
    if clash:  # the same name: kept where the office is named, hidden elsewhere, shown to the clerk
        person.kept_as = next(iter(sorted(clash)))
        rule = replace(rule, why="与审判人员、检察人员或者律师同名，请核对")
    person.hidden = True
    person.rule, person.article, person.why = rule.id, rule.article, rule.why
    person.doubtful = bool(clash) or person.doubtful or rule.certainty == "uncertain" or person.confidence < 0.8


def _firsts(people: list[Person], folded: str) -> None:
    for person in people:
        at = folded.find(canon(person.name))
        if at < 0:
            at = _torn(folded, letters(person.name))
        person.first = at


def _torn(folded: str, name: str) -> int:
    """Where the letters of a name first stand with blanks and dots between them, else the end of the text."""
    at = folded.find(name[:1])
    while at >= 0:
        end = at + 1
        for letter in name[1:]:
            while folded[end : end + 1].isspace() or folded[end : end + 1] == "·":
                end += 1
            if folded[end : end + 1] != letter:
                break
            end += 1
        else:
            return at
        at = folded.find(name[:1], at + 1)
    return len(folded)
