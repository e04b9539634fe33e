"""Persons found by their role in the running text: 被害人X, 证人X、Y的证言, 其妻X, X（另案处理）, X（9岁）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import rjieba

from publicity.redaction.boundaries import HAN, LATIN, NOT_GIVEN, name_at
from publicity.redaction.surnames import FOREIGN, RARE, surname_length

KIN = (
    "父亲|母亲|丈夫|妻子|儿子|女儿|长子|次子|三子|四子|长女|次女|三女|四女|大女儿|小女儿|大儿子|小儿子|独子|独女"
    "|养子|养女|继子|继女|"
    "婚生子|婚生女|非婚生子|非婚生女|哥哥|弟弟|姐姐|妹妹|配偶|祖父|祖母|爷爷|奶奶|外公|外婆|岳父|岳母|公公|婆婆"
    "|叔叔|伯父|姑姑|舅舅|姨母|父|母|妻|夫|子|女"
)
_ROLES = {
    "被害人": "victim",
    "受害人": "victim",
    "受害者": "victim",
    "证人": "witness",
    "目击者": "witness",
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
    "检察员": "prosecutor",
    "代理检察员": "prosecutor",
    "助理检察员": "prosecutor",
    "辩护人": "lawyer",
    "侦查员": "official",
    "民警": "official",
}
_ROLE = re.compile(
    "(" + "|".join(sorted(_ROLES, key=lambda role: (-len(role), role))) + ")"
    rf"(?:的|之)?(法定代理人|监护人|近亲属|家属|诉讼代理人|{KIN})?[ :：“\"]*(?=[{HAN}A-Z])"
)
_KIN = re.compile(rf"(?:取名(?:为|叫)?|起名(?:为|叫)?|名叫|(?:{KIN})(?:叫|名叫|系|是|为)?)[ :：“\"]*(?=[{HAN}A-Z])")
_BYSTANDER = re.compile(
    "(?:经手人|介绍人|见证人|收款人|同事|朋友|邻居|同学|室友|老乡|同乡|保安|司机|店主|老板|护士|医生|出纳|会计|"
    "村民|居民|群众|店员|职员|员工|工人|前妻|前夫|女友|男友|"
    rf"房东|租客|买家|卖家|老师|中介|伙同|工友|室友|顾客|乘客|路人|店长|队员|保姆|网友|亲戚|姐夫|妹夫|嫂子|侄子"
    rf"|外甥)[ ：:“]*(?=[{HAN}])"
)
_LONG_KIN = "|".join(word for word in KIN.split("|") if len(word) > 1)
_KIN_BEHIND = re.compile(rf"(?:的(?:{_LONG_KIN})|之(?:{KIN})|(?:{_LONG_KIN}))[ :：“\"]*")
_BRACKET_BEFORE = re.compile(r"[（(][^（()）\n]{1,30}[)）]\Z")
_BEING = re.compile(r"(?:系|是|为)(?:被害人|证人|死者|受害人)?\Z")
_IS_KIN = re.compile(rf"(?:系|是)(?:被害人|证人|被告人|原告|被告)?(?=[{HAN}]{{2,9}}(?:之|的)(?:{KIN}))")
_STATEMENT = re.compile(r"证言|证词|证人证言")
_ELSEWHERE = re.compile(r"[（(](?:均|已被抓获，|已逮捕，|已被逮捕，)?(?:另案处理|在逃|另行处理|未到案|未归案|另案起诉)")
_AGED = re.compile(
    r"(?:[（(][^（()）\n]{1,20}[，,])?[（(，,]?(?:[男女][，,])?(?:现年|时年|年仅|当年|当时|系|为|是|年满|已满|刚"
    r"满|仅)?(?<!\d)(?:1[0-7]|[1-9]|十[一二三四五六七]?|[一二三四五六七八九])周?\Z"
)
_YOUNG = re.compile(rf"(?:未成年(?:人|学生|子女|女儿|儿子|子|女)?|幼女|幼童|女童|男童|女婴|男婴|儿童)(?=[{HAN}])")
PSEUDONYM = re.compile(rf"[（(](?:真名|本名|原名|真实姓名)[:：为叫是]?[“\"]?(?=[{HAN}])")
_SHORT_NAME = re.compile(rf"[{HAN}]{{2,4}}")
_PREMASKED = re.compile(
    rf"[{HAN}](?:某[{HAN}](?=[、，。；（(的])|某[某\d甲乙丙丁戊己庚辛壬癸]{{0,2}})|[{HAN}]?[×*＊xX]{{1,3}}|[{HAN}]\d"
)
_BRACKET = re.compile(r"[（(][^（()）\n]{1,60}[)）]")
_LISTED = re.compile(r"[ ]*(?:、|和|与|及|以及)[ ]*")
_MASKED_BEFORE = re.compile(rf"[{HAN}]某[某\d甲乙丙丁]{{0,2}}\Z")
_LETTERS = "".join(sorted(FOREIGN - NOT_GIVEN | {"不"}))
_DOTTED_BEFORE = re.compile(rf"(?:[{_LETTERS}]{{1,7}}·)+[{_LETTERS}]{{1,7}}\Z")
_LATIN_BEFORE = re.compile(LATIN.pattern + r"\Z")
_OPENS = frozenset(["", *"、，。；：:\n（( 人和与及同有经）“”员孩女子生工友事"])


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
        yield from (Mention(start, end, who, sure) for start, end, sure in names_after(text, mark.end()))
    if family:
        for mark in _KIN.finditer(text):
            names = (found for found in names_after(text, mark.end()) if found[2] >= 0.75)
            yield from (Mention(start, end, "relative", sure * 0.9) for start, end, sure in names)
    for mark in _STATEMENT.finditer(text):
        yield from (Mention(start, end, "witness", 0.8) for start, end in names_before(text, _of(text, mark.start())))
    for mark in _ELSEWHERE.finditer(text):
        yield from (Mention(start, end, "co_offender", 0.7) for start, end in names_before(text, mark.start()))
    for start, end in _aged(text):
        yield Mention(start, end, "young", 0.85)
    for mark in _BYSTANDER.finditer(text):
        yield from (Mention(start, end, "bystander", sure) for start, end, sure in names_after(text, mark.end()))
    for mark in _YOUNG.finditer(text):
        yield from (Mention(start, end, "young", sure) for start, end, sure in names_after(text, mark.end()))


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


def kin_of(text: str, names: Iterable[str]) -> Iterator[Mention]:
    """Relatives of the persons named: 刘勇的父亲刘天到场, 张某系刘勇之妻, 刘勇系刘天之子."""
    known = tuple(sorted(set(names)))
    if not known:
        return
    for mark in _KIN_BEHIND.finditer(text):
        owner = _BRACKET_BEFORE.sub("", text[max(0, mark.start() - 40) : mark.start()])
        name = next((name for name in known if owner.endswith(name)), "")
        if not name:
            continue
        found = names_after(text, mark.end(), expected=True)
        yield from (Mention(start, end, "kin", sure) for start, end, sure in found)
        bare = not found and owner == text[mark.start() - len(owner) : mark.start()]
        being = _BEING.search(owner[: -len(name)]) if bare else None
        if being:
            at = mark.start() - len(name) - len(being[0])
            yield from (Mention(start, end, "kin", 0.8) for start, end in names_before(text, at)[:1])
    for mark in _IS_KIN.finditer(text):
        found_name = name_at(text, mark.end(), listed=True) if text.endswith(known, 0, mark.start()) else None
        if found_name:
            yield Mention(mark.end(), found_name[0], "kin", found_name[1])


def names_after(text: str, at: int, expected: bool = False) -> list[tuple[int, int, float]]:
    """The names listed from `at` on, brackets between them passed over, as (start, end, degree).

    `expected`: what stands before leaves little doubt that a name follows.
    """
    found: list[tuple[int, int, float]] = []
    while len(found) < 40:
        masked = _PREMASKED.match(text, at)
        if masked:
            end, known = masked.end(), None
        else:
            known = name_at(text, at, expected or bool(found))
            if not known:
                break
            end = known[0]
            found.append((at, end, known[1]))
        bracket = _BRACKET.match(text, end)
        listed = _LISTED.match(text, bracket.end() if bracket else end)
        if not listed:
            break
        at = listed.end()
    return found


def names_before(text: str, at: int, loose: bool = False) -> list[tuple[int, int]]:
    """The names of a list that ends at `at`: 张三、李四(的证言). `loose`: a verb may stand before (撞伤孙一一)."""
    found: list[tuple[int, int]] = []
    while len(found) < 40:
        masked = _MASKED_BEFORE.search(text[max(0, at - 4) : at])
        if masked:
            at -= len(masked[0])
        else:
            length = _length_before(text, at, loose)
            if not length:
                break
            found.append((at - length, at))
            at -= length
        if at and text[at - 1] in "、和与及":
            at -= 1
        else:
            break
    return found


def _length_before(text: str, at: int, loose: bool) -> int:
    """Letters of the name that ends at `at`, 0 when there is none."""
    tail = text[max(0, at - 24) : at]
    for pattern in (_DOTTED_BEFORE, _LATIN_BEFORE):
        whole = pattern.search(tail)
        if whole:
            return len(whole[0])
    sizes = (size for size in (3, 2, 4) if _ends_name(text, at, size, loose))
    return next(sizes, 0) or next((size for size in (4, 5, 6, 3) if _ends_foreign(text, at, size)), 0)


def _ends_name(text: str, at: int, size: int, loose: bool) -> bool:
    name = text[at - size : at]
    surname = surname_length(name) or (1 if name[:1] in RARE else 0) if len(name) == size and at >= size else 0
    if not surname or size - surname not in (1, 2) or not all("\u4e00" <= letter <= "\u9fff" for letter in name):
        return False
    if any(letter in NOT_GIVEN for letter in name[surname:]) or not _plain_word(name):
        return False
    start = at - size
    if text[start - 1 : start] in _OPENS:
        return True
    return loose and len(rjieba.cut(text[max(0, start - 4) : start], False)[-1]) > 1


def _plain_word(name: str) -> bool:
    """Whether the letters may be a name although the dictionary knows them: 高兴 yes, 提高 no."""
    return len(rjieba.cut(name, False)) > 1 or not name.startswith(
        ("陈述", "时间", "于是", "经过", "相关", "明确", "单位")
    )


def _ends_foreign(text: str, at: int, size: int) -> bool:
    name = text[at - size : at]
    return (
        len(name) == size
        and all(letter in FOREIGN and letter not in NOT_GIVEN for letter in name)
        and text[at - size - 1 : at - size] in _OPENS
    )
