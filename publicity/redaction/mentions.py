"""Persons found by their role in the running text: 被害人X, 证人X、Y的证言, 其妻X, X（另案处理）, X（9岁）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import rjieba

from publicity.redaction.boundaries import HAN, is_word, name_at, tag_of
from publicity.redaction.lists import KIN, LONG_KIN, names_after, names_before
from publicity.redaction.surnames import COMPOUND

_ROLES = {
    "被害人": "victim",
    "受害人": "victim",
    "受害者": "victim",
    "被害者": "victim",
    "受害群众": "victim",
    "被骗人": "victim",
    "被盗人": "victim",
    "被抢人": "victim",
    "被打人": "victim",
    "被侵害人": "victim",
    "失主": "victim",
    "事主": "victim",
    "死者": "victim",
    "伤者": "victim",
    "证人": "witness",
    "目击者": "witness",
    "目击人": "witness",
    "目击群众": "witness",
    "报案人": "witness",
    "报警人": "witness",
    "举报人": "witness",
    "知情人": "witness",
    "鉴定人": "expert",
    "检验人": "expert",
    "鉴定人员": "expert",
    "法定代理人": "statutory_agent",
    "监护人": "statutory_agent",
    "附带民事诉讼原告人": "incidental_plaintiff",
    "附带民事诉讼原告": "incidental_plaintiff",
    "被继承人": "relative",
    "案外人": "outsider",
    "另案被告人": "co_offender",
    "另案处理人": "co_offender",
    "检察员": "prosecutor",
    "代理检察员": "prosecutor",
    "助理检察员": "prosecutor",
    "辩护人": "lawyer",
    "侦查员": "official",
    "民警": "official",
}
_ROLE = re.compile(
    "(" + "|".join(sorted(_ROLES, key=lambda role: (-len(role), role))) + ")"
    rf"(?:的|之)?(法定代理人|监护人|近亲属|家属|诉讼代理人|{KIN})?[ :：“\"]*(?=[{HAN}A-Z（(\u30a1-\u30fe])"
)
# The words stand first in each pattern: re looks for their first letters before anything else.
_KIN = re.compile(rf"(?:取名|起名|名叫|{KIN})(?:叫|名叫|系|是|为)?[ :：“\"]*(?=[{HAN}A-Z])")
_BYSTANDER = re.compile(
    "(?:经手人|介绍人|见证人|收款人|同事|朋友|邻居|同学|室友|老乡|同乡|保安|司机|店主|老板|护士|医生|出纳|会计|"
    "吸毒人员|购毒人员|购毒者|嫖客|闺蜜|战友|同伙|业主|工头|领导|经理|主任|组长|村民|居民|群众|店员|职员|员工|工人|前妻|前夫|女友|男友|"
    rf"房东|租客|买家|卖家|老师|中介|伙同|工友|室友|顾客|乘客|路人|店长|队员|保姆|网友|亲戚|姐夫|妹夫|嫂子|侄子"
    rf"|外甥)[ ：:“]*(?=[{HAN}])"
)
_KIN_BEHIND = re.compile(rf"(?:的(?:{LONG_KIN})|之(?:{KIN})|{LONG_KIN})[ :：“\"]*")
_BRACKET_BEFORE = re.compile(r"[（(][^（()）\n]{1,30}[)）]\Z")
_BEING = re.compile(r"(?:系|是|为)(?:被害人|证人|死者|受害人)?\Z")
_IS_KIN = re.compile(rf"(?:系|是)(?:被害人|证人|被告人|原告|被告)?(?=[{HAN}]{{2,9}}(?:之|的)(?:{KIN}))")
_STATEMENT = re.compile(r"证言|证词|证人证言")
# 张三报案, 李四证实: who does so is a witness at least.
_REPORT = re.compile(r"报案|报警|证实")
_BEFORE_REPORT = re.compile(r"(?:均|也|亦|都|遂|即|立即|随即)\Z")
# 证人证言：1、张三：我看见了。2、李四（女，40岁）：…
_NUMBERED = re.compile(rf"[\n。；：:，][ \u3000]*(?:[（(]\d{{1,2}}[)）]|\d{{1,2}}[、.．]|[①-⑳])[ \u3000]*(?=[{HAN}])")
_PAPER = re.compile(r"印证|佐证|通知|告知|[书单表]\Z")
_SPEAKS = re.compile(r"(?:[（(][^（()）\n]{1,40}[)）])?[:：]")
_HIS_KIN = re.compile(rf"其(?:{KIN})(?=[{HAN}]{{2}})")
_NEXT_KIN = re.compile(rf"(?:[（(][^（()）\n]{{1,30}}[)）])?(?:、|，|和|及|与|以及)其?(?:{KIN})(?=[{HAN}]{{2}})")
_ELSEWHERE = re.compile(r"[（(](?:均|已被抓获，|已逮捕，|已被逮捕，)?(?:另案处理|在逃|另行处理|未到案|未归案|另案起诉)")
_AGED = re.compile(
    r"(?:[（(][^（()）\n]{1,20}[，,])?[（(，,]?(?:[男女][，,])?(?:现年|时年|年仅|当年|当时|系|为|是|年满|已满|刚"
    r"满|仅)?(?<!\d)(?:1[0-7]|[1-9]|十[一二三四五六七]?|[一二三四五六七八九])周?\Z"
)
_YOUNG = re.compile(rf"(?:未成年(?:人|学生|子女|女儿|儿子|子|女)?|幼女|幼童|女童|男童|女婴|男婴|儿童)(?=[{HAN}])")
PSEUDONYM = re.compile(rf"[（(](?:真名|本名|原名|真实姓名)[:：为叫是]?[“\"]?(?=[{HAN}])")
_SHORT_NAME = re.compile(rf"[{HAN}]{{2,4}}")


@dataclass(frozen=True)
class Mention:
    """A name standing at `text[start:end]` in the role `who`; `sure` is a degree between 0 and 1."""

    start: int
    end: int
    who: str
    sure: float
    alias: str = ""


def find_mentions(text: str, family: bool) -> Iterator[Mention]:
    """All mentions by role. Kinship words count in family cases only."""
    for mark in _ROLE.finditer(text):
        who = _ROLES[mark[1]]
        if mark[2] == "诉讼代理人":
            continue
        if mark[2]:
            agent = "victim_agent" if who == "victim" else "statutory_agent"
            who = agent if mark[2] in ("法定代理人", "监护人") else "relative"
        yield from _pseudonym(text, mark.end(), who)
        yield from (Mention(start, end, who, sure) for start, end, sure in _behind(text, mark.end()))
    if family:
        for mark in _KIN.finditer(text):
            names = (found for found in names_after(text, mark.end()) if found[2] >= 0.75)
            yield from (Mention(start, end, "relative", sure * 0.9) for start, end, sure in names)
    else:
        for mark in _HIS_KIN.finditer(text):
            names = (
                one for one in names_after(text, mark.end()) if one[2] >= 0.75 and not is_word(text[one[0] : one[1]])
            )
            yield from (Mention(start, end, "bystander", sure) for start, end, sure in names)
    for mark in _STATEMENT.finditer(text):
        yield from (Mention(start, end, "witness", 0.8) for start, end in names_before(text, _of(text, mark.start())))
    for mark in _REPORT.finditer(text):
        word = _BEFORE_REPORT.search(text, max(0, mark.start() - 2), mark.start())
        for start, end in names_before(text, (word or mark).start(), loose=True):
            if _of_letters(text[start:end]):
                yield Mention(start, end, "witness", 0.7)
    yield from _numbered(text)
    for mark in _ELSEWHERE.finditer(text):
        yield from (Mention(start, end, "co_offender", 0.7) for start, end in names_before(text, mark.start()))
    for start, end in _aged(text):
        yield Mention(start, end, "young", 0.85)
    for mark in _BYSTANDER.finditer(text):
        yield from (Mention(start, end, "bystander", sure) for start, end, sure in names_after(text, mark.end()))
    for mark in _YOUNG.finditer(text):
        yield from (Mention(start, end, "young", sure) for start, end, sure in names_after(text, mark.end()))


def _of_letters(name: str) -> bool:
    """Whether the letters read as a surname and a given name rather than as words: not 先后, 相印证, 通知书."""
    if _PAPER.search(name):
        return False
    words = rjieba.tag(name)
    if len(words) == 1:
        return len(name) == 1 or not is_word(name) or words[0][1].startswith(("nr", "ns", "nz"))
    head, tail = words[0], words[-1]
    return (len(head[0]) == 1 or head[0] in COMPOUND or head[1].startswith("nr")) and not (
        len(tail[0]) > 1 and tail[1].startswith("v")
    )


def _behind(text: str, at: int) -> list[tuple[int, int, float]]:
    """The names behind a role; in a bracket right behind it (证人（张三、李四）) only what fills the bracket."""
    if text[at] not in "（(":
        return names_after(text, at)
    found = names_after(text, at + 1)
    return found if found and text[found[0][1] : found[0][1] + 1] in ("、", "）", ")") else []


def _numbered(text: str) -> Iterator[Mention]:
    """Numbered statements under a heading: 证人证言：（1）张三：我看见了。（2）李四：…"""
    if "证言" not in text:
        return
    for mark in _NUMBERED.finditer(text):
        known = name_at(text, mark.end())
        if not known or not _SPEAKS.match(text, known[0]):
            continue
        name = text[mark.end() : known[0]]
        if is_word(name) and not tag_of(name).startswith("nr"):
            continue
        if "证言" in text[max(0, mark.start() - 1500) : mark.end()]:
            yield Mention(mark.end(), known[0], "witness", 0.75)


def _of(text: str, at: int) -> int:
    return at - (text[at - 1 : at] == "的")


def _aged(text: str) -> Iterator[tuple[int, int]]:
    """Names with an age below eighteen behind them."""
    at = text.find("岁")
    while at >= 0:
        left = max(0, at - 36)
        mark = _AGED.search(text[left:at])
        if mark:
            yield from names_before(text, left + mark.start(), loose=True)[:1]
        at = text.find("岁", at + 1)


def _pseudonym(text: str, at: int, who: str) -> Iterator[Mention]:
    """小明（真名钱小明，14岁）: the true name, with what the text calls its bearer."""
    short = _SHORT_NAME.match(text, at)
    mark = PSEUDONYM.match(text, short.end()) if short else None
    known = name_at(text, mark.end()) if mark else None
    if short and mark and known:
        yield Mention(mark.end(), known[0], who, 0.9, short[0])


def kin_of(text: str, names: Iterable[str], others: Iterable[str] = ()) -> Iterator[Mention]:
    """Relatives of the persons named: 刘勇的父亲刘天到场, 张某系刘勇之妻, 刘勇系刘天之子, 刘勇（9岁）及其母亲王芳.

    `others`: names of those whose relatives are no matter; they tell whose 其 is meant.
    """
    known = tuple(sorted(set(names)))
    if not known:
        return
    for mark in _KIN_BEHIND.finditer(text):
        owner = _BRACKET_BEFORE.sub("", text[max(0, mark.start() - 40) : mark.start()])
        name = next((name for name in known if owner.endswith(name)), "")
        if not name:
            continue
        found = names_after(text, mark.end(), expected=True)
        yield from _family(text, found)
        bare = not found and owner == text[mark.start() - len(owner) : mark.start()]
        being = _BEING.search(owner[: -len(name)]) if bare else None
        if being:
            at = mark.start() - len(name) - len(being[0])
            yield from (Mention(start, end, "kin", 0.8) for start, end in names_before(text, at)[:1])
    for mark in _IS_KIN.finditer(text):
        found_name = name_at(text, mark.end(), listed=True) if text.endswith(known, 0, mark.start()) else None
        if found_name:
            yield Mention(mark.end(), found_name[0], "kin", found_name[1])
    rest = tuple(set(others) - set(known))
    for mark in _HIS_KIN.finditer(text):
        before = re.split(r"[。；\n]", text[max(0, mark.start() - 40) : mark.start()])[-1]
        if max(map(before.rfind, known)) > max(map(before.rfind, rest), default=-1):
            yield from _family(text, [one for one in names_after(text, mark.end()) if one[2] >= 0.75])


def _family(text: str, found: list[tuple[int, int, float]]) -> Iterator[Mention]:
    """The relatives found, and those listed behind them: 爷爷毛建国、奶奶刘桂花."""
    while found:
        yield from (Mention(start, end, "kin", sure) for start, end, sure in found)
        following = _NEXT_KIN.match(text, found[-1][1])
        found = names_after(text, following.end(), expected=True) if following else []
