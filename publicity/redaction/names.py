"""Every place where a person of the census is named: one pass over the text for all spellings, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from publicity.redaction.boundaries import edge
from publicity.redaction.document import Judgment
from publicity.redaction.evidence import FIRM, NAME, PLACE, UNCLEAR, WORD, in_firm, is_word, reading, speaks
from publicity.redaction.folding import canon, letters, plain
from publicity.redaction.masks import is_latin, spelled
from publicity.redaction.packs import Pack
from publicity.redaction.people import ALIAS_WORDS
from publicity.redaction.surnames import FOREIGN, TYPICAL, surname_length
from publicity.redaction.tight import Tight, words_in
from publicity.redaction.types import Person, Span

GAP = (
    r"(?:[\s\u3000·.\u200b]{0,6}|[ \u3000]*\n[ \u3000]*(?:[-—]\s?\d{1,4}\s?[-—]|第\s?\d{1,4}\s?页[^\n]{0,10})"
    r"[ \u3000]*\n?[ \u3000]*)"
)
_CONTINUES = re.compile(r"[ \t\u3000]*\n+[ \t\u3000]*(?=[与和及、，。,；系称在于因是诉])")
_UNPLACED = "未列明诉讼身份的人员，如系被害人、证人应隐去"
# Letters after which a given name stands alone: 与启明, 称启明.
_BEFORE_GIVEN = frozenset("和与及对向被把将由经随同跟给让至到从是系叫说称问请劝找替为在即即而但故其该本的了着")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_LATIN_GAP = re.compile(r"[\s·.,'’\u200b-]{1,4}")
_HELD_OFFICE = re.compile(r"(?:律师|辩护人|代理人|审判长|审判员|书记员|陪审员|检察员|法官助理)[ \u3000：:、]*\Z")
_HIDDEN_ROLE = re.compile(r"(?:被害人|受害人|证人|鉴定人)[ \u3000：:]*\Z")
_KEPT = (
    ("judge", "judge_keep", "第十五条"),
    ("prosecutor", "prosecutor_keep", "第八条"),
    ("lawyer", "lawyer_keep", "第十一条第（二）项"),
    ("representative", "representative_keep", "第十一条第（一）项"),
    ("citizen_agent", "agent_keep", "第十一条第（二）项"),
)
OTHER_READINGS = {
    WORD: ("review", "word", 0.5, "可能是普通词语，不是人名"),
    PLACE: ("keep", "place_keep", 0.9, ""),
    FIRM: ("keep", "organisation", 0.9, ""),
}


@dataclass(frozen=True)
class Spelling:
    """One written form; `part` marks half a name (古丽娜尔 for 古丽娜尔·吐尔逊), `given` a given name without surname,
    `shared` one of several persons."""

    person: Person | None
    written: str
    part: bool = False
    shared: bool = False
    given: bool = False


@dataclass
class Page:
    """What the decision on one place needs of the whole text."""

    text: str
    folded: str
    pack: Pack
    signed: int
    signers: set[str]
    offices: list[tuple[int, int]] = field(default_factory=list)


def pattern_of(spelling: str) -> str:
    """A spelling with blanks, line breaks, page numbers and dots allowed between its letters."""
    if is_latin(spelling):
        words = [re.escape(word) for word in re.split(r"[\s·.,]+", canon(spelling)) if word]
        return r"(?<![A-Za-z])(?i:" + r"[\s·.,-]{0,4}".join(words) + r"\.?)(?![A-Za-z])"
    return GAP.join(re.escape(letter) for letter in letters(spelling))


def find_names(
    text: str, folded: str, people: list[Person], organisations: list[str], judgment: Judgment, pack: Pack
) -> list[tuple[Span, Person | None]]:
    """All names with the person they belong to; organisations and kept persons are found too and left as they are."""
    table = _table(people, organisations)
    if not table:
        return []
    page = Page(
        text,
        folded,
        pack,
        next((section.start for section in judgment.sections if section.name == "signatures"), len(text)),
        {name for _, name in judgment.signatures},
        [
            (entry.start, entry.end)
            for entry in judgment.entries
            if entry.is_agent and not entry.role.startswith("法定")
        ],
    )
    found = [
        (_span(start, end, spelling, page), spelling.person)
        for start, end, spelling in _places(folded, table)
        if not spelling.given or _alone(folded, start, end)
    ]
    return found + [(span, None) for span in (*_dropped_aliases(page, people), *_pet_names(page, people, table))]


def _places(folded: str, table: dict[str, Spelling]) -> Iterator[tuple[int, int, Spelling]]:
    """Where the spellings stand, the longest first: Chinese ones in the tight text, Latin ones in the text as it is."""
    tight = Tight(folded)
    for start, end, key in words_in(tight.text, [key for key in table if not is_latin(key)]):
        yield (*tight.span(start, end), table[key])
    latin = {key: spelling for key, spelling in table.items() if is_latin(key)}
    if latin:
        yield from _latin_places(folded, latin)


def _latin_places(folded: str, table: dict[str, Spelling]) -> Iterator[tuple[int, int, Spelling]]:
    """Runs of up to six Latin words, whatever their capitals and what is between them, looked up by their letters."""
    words = list(_LATIN_WORD.finditer(folded))
    joined = [bool(_LATIN_GAP.fullmatch(folded, a.end(), b.start())) for a, b in pairwise(words)]
    at = 0
    while at < len(words):
        step = 1
        longest = 1
        while longest < 6 and at + longest < len(words) and joined[at + longest - 1]:
            longest += 1
        for size in range(longest, 0, -1):
            run = words[at : at + size]
            spelling = table.get("".join(word[0] for word in run).casefold())
            if spelling:
                dot = folded[run[-1].end() : run[-1].end() + 1] == "." and len(run[-1][0]) == 1
                yield run[0].start(), run[-1].end() + dot, spelling
                step = size
                break
        at += step


@lru_cache(maxsize=20_000)
def key_of(spelling: str) -> str:
    """The form under which equal spellings meet."""
    if is_latin(spelling):
        return re.sub(r"[^A-Za-z]+", "", canon(spelling)).casefold()
    return plain(re.sub(r"\n[^\u4e00-\u9fff]*(?:第\s?\d+\s?页[^\n]*)?", "", canon(spelling)))


def _table(people: list[Person], organisations: list[str]) -> dict[str, Spelling]:
    table: dict[str, Spelling] = {}
    for organisation in organisations:
        if len(organisation) > 3:
            table[key_of(organisation)] = Spelling(None, organisation)
    for person in people:
        for written in person.spellings:
            if len(key_of(written)) > 1:
                table.setdefault(key_of(written), Spelling(person, written))
    for person in people:
        for written in _variants(person) if person.hidden else ():
            known = table.get(key_of(written))
            if known is None:
                table[key_of(written)] = Spelling(person, written, part=True)
            elif known.part and known.person is not person:
                table[key_of(written)] = Spelling(known.person, written, part=True, shared=True)
        given = given_of(person) if person.hidden else ""
        if given and (given not in table or table[given].given):
            table[given] = Spelling(person, given, given=True, shared=given in table)
    return table


def given_of(person: Person) -> str:
    """The two letters of a given name that may stand alone: 启明 of 蒋启明."""
    name = letters(person.name)
    given = name[surname_length(name) :]
    han = len(given) == 2 and len(name) <= 4 and not is_latin(name) and "·" not in canon(person.name)
    return given if han else ""


def _variants(person: Person) -> Iterator[str]:
    """Halves of a name of several parts, the family name first, initials."""
    for written in person.spellings:
        parts = [part for part in re.split(r"[\s·.,•・]+", canon(written)) if part]
        if len(parts) < 2:
            continue
        if is_latin(written):
            yield " ".join([parts[-1], *parts[:-1]])
            yield f"{parts[0][0]} {parts[-1]}"
            yield f"{parts[0]} {parts[-1][0]}"
            yield from (part for part in parts if len(part) > 2)
        elif "·" in canon(written):
            yield from (part for part in parts if len(part) > 1)


def _span(start: int, end: int, spelling: Spelling, page: Page) -> Span:
    person, shown = spelling.person, page.text[start:end]
    if person is None:
        return Span(start, end, shown, "name", "keep", shown, "organisation", "第十一条第（一）项", 0.99)
    if not person.hidden or _in_office(start, end, person, page):
        rule, article = _why_kept(person)
        doubt = _clash(start, person, page) or _bystander(start, person)
        return Span(start, end, shown, "name", "keep", shown, rule, article, 0.95, doubt, person.name)
    what = _reading(start, end, spelling, page)
    if what in OTHER_READINGS:
        action, rule, sure, doubt = OTHER_READINGS[what]
        return Span(start, end, shown, "name", action, shown, rule, person.article, sure, doubt)
    doubt = person.why if person.doubtful else ""
    if what == UNCLEAR:
        doubt = "可能是企业字号" if in_firm(page.folded, start, end) else "也是普通词语，请核对是否为人名"
    elif spelling.given:
        doubt = "只写名字没有姓，请核对是否为同一人"
    elif _goes_on(page.folded, start, end):
        doubt = "可能是另一人姓名的一部分"
    elif spelling.shared:
        doubt = "几名被隐去的人员都有这一部分姓名"
    elif spelling.part and page.folded[end : end + 1] in FOREIGN and not is_latin(spelling.written):
        doubt = "可能是另一人姓名的一部分"
    broken = _CONTINUES.match(page.text, end) if page.text[end : end + 1].isspace() else None
    end = broken.end() if broken else end
    sure = 0.6 if doubt and not person.doubtful else person.confidence
    replacement = spelled(person, _whole(spelling, person), page.pack.mark)
    return Span(
        start,
        end,
        page.text[start:end],
        "name",
        "replace",
        replacement,
        person.rule,
        person.article,
        sure,
        doubt,
        person.name,
    )


def _bystander(start: int, person: Person) -> str:
    """Somebody without a place in the case is shown to the clerk once, where first named."""
    return _UNPLACED if person.who == {"bystander"} and person.doubtful and start == person.first else ""


def _alone(folded: str, start: int, end: int) -> bool:
    """Whether a given name stands here and not the tail of somebody else's name (李|启明), nor a word (建国以来)."""
    if is_word(folded[start:end]) and not speaks(folded, end):
        return False
    return start == 0 or not ("\u4e00" <= folded[start - 1] <= "\u9fff") or folded[start - 1] in _BEFORE_GIVEN


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a name of two letters may be the head of a longer one: 张三|三, 李娜|娜."""
    following = text[end : end + 1]
    doubled = following == text[end - 1] and "\u4e00" <= following <= "\u9fff"
    return end - start == 2 and (doubled or following in TYPICAL and edge(text, end) < 1.2 <= edge(text, end + 1))


def _whole(spelling: Spelling, person: Person) -> str:
    """Smith alone stands for John Smith and becomes J."""
    if not spelling.part:
        return spelling.written
    latin = is_latin(spelling.written)
    return next((written for written in person.spellings if is_latin(written) == latin), person.name)


def _reading(start: int, end: int, spelling: Spelling, page: Page) -> str:
    if is_latin(spelling.written):
        return NAME
    name = page.folded[start:end]
    if not name.isalpha() and name != plain(name):
        return NAME  # torn by blanks or a line break: nobody tears a common word like that
    return reading(page.folded, start, end)


def _in_office(start: int, end: int, person: Person, page: Page) -> bool:
    """Whether this place names the judge, clerk or lawyer who bears the hidden person's name."""
    if start >= page.signed and person.name in page.signers:
        return True
    if not person.kept_as:
        return False
    if any(left <= start < right for left, right in page.offices):
        return True
    return bool(_HELD_OFFICE.search(page.folded[max(0, start - 8) : start]))


def _clash(start: int, person: Person, page: Page) -> str:
    """Where a party or accused is called victim, witness or expert: perhaps somebody else of the same name."""
    called = person.who & {"defendant", "party"} and _HIDDEN_ROLE.search(page.folded[max(0, start - 6) : start])
    return "同一姓名又被称为被害人、证人或者鉴定人，请核对" if called else ""


def _why_kept(person: Person) -> tuple[str, str]:
    for who, rule, article in _KEPT:
        if who in person.who or person.kept_as == who:
            return rule, article
    return "party_keep", "第十一条第（一）项"


def _pet_names(page: Page, people: list[Person], known: dict[str, Spelling]) -> Iterator[Span]:
    """小静, 雷子, 静姐, 静静 for 司马静 and 司徒雷: nobody can be sure, so they stay and are shown to the clerk."""
    last = {letters(p.name)[-1]: p for p in people if p.hidden and _HAN_NAME.fullmatch(letters(p.name))}
    if not last:
        return
    done = 0
    for start, end, letter in _like_pet_names(page.folded, last):
        if start < done:
            continue
        person, done = last[letter], end
        quoted = page.folded[start - 1 : start] in ("“", "‘") and page.folded[end : end + 1] in ("”", "’")
        opens = (
            start == 0
            or not ("\u4e00" <= page.folded[start - 1] <= "\u9fff")
            or page.folded[start - 1] in _BEFORE_GIVEN
        )
        form = page.folded[start:end]
        if form not in known and (quoted or (opens and not is_word(form))):
            shown, doubt = page.text[start:end], "可能是被隐去人员的昵称"
            yield Span(start, end, shown, "name", "review", shown, "pet_name", person.article, 0.5, doubt)


def _like_pet_names(folded: str, last: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where 小静, 静姐, 静静 stand for each last letter of a name, in order.

    Letter by letter: compiling a pattern for each judgment takes longer.
    """
    found = []
    for letter in last:
        at = folded.find(letter)
        while at >= 0:
            if at and folded[at - 1] in "小阿":
                found.append((at - 1, at + 1, 0, letter))
            following = folded[at + 1 : at + 2]
            if following == letter or following and following in "子哥姐弟妹":
                found.append((at, at + 2, 1, letter))
            at = folded.find(letter, at + 1)
    return [(start, end, letter) for start, end, _, letter in sorted(found)]


def _dropped_aliases(page: Page, people: list[Person]) -> Iterator[Span]:
    """（绰号“大勇”、“阿勇”） behind a hidden person goes as a whole; elsewhere the nickname is replaced."""
    for person in people:
        if not (person.hidden and person.dropped):
            continue
        one = '[“"‘]?(?:' + "|".join(re.escape(canon(alias)) for alias in person.dropped) + ')[”"’]?'
        for match in re.finditer(rf"[（(，,](?:{ALIAS_WORDS})[:：为叫是]?{one}(?:、{one})*[)）]?", page.folded):
            start, end = match.span()
            opened, closed = match[0][0] in "（(", match[0][-1] in "）)"
            if closed and not opened:
                end -= 1
            elif opened and not closed:  # （绰号“大勇”，男）: the bracket stays for what else is in it
                start += 1
                end += page.folded[end : end + 1] in ("，", ",", "、", "；")
            shown = page.text[start:end]
            yield Span(start, end, shown, "name", "delete", "", person.rule, person.article, 0.95, person=person.name)
