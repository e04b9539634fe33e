"""Persons found by their role in the running text: 被害人X, 证人X、Y的证言, 其妻X, X（另案处理）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publicity.redaction.surnames import EVERYDAY, FOREIGN, surname_length

HAN = "\u4e00-\u9fff"
KIN = (
    "父亲|母亲|丈夫|妻子|儿子|女儿|长子|次子|三子|四子|长女|次女|三女|四女|大女儿|小女儿|大儿子|小儿子|独子|独女|养子|养女|继子|继女|"
    "婚生子|婚生女|非婚生子|非婚生女|哥哥|弟弟|姐姐|妹妹|配偶|祖父|祖母|爷爷|奶奶|外公|外婆|岳父|岳母|公公|婆婆|父|母|妻|夫|子|女"
)
_ROLES = {
    "被害人": "victim",
    "受害人": "victim",
    "受害者": "victim",
    "证人": "witness",
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
    "(" + "|".join(sorted(_ROLES, key=len, reverse=True)) + ")"
    rf"(?:的|之)?(法定代理人|监护人|近亲属|家属|诉讼代理人|{KIN})?[ :：“\"]*(?=[{HAN}A-Z])"
)
_KIN = re.compile(rf"(?:取名(?:为|叫)?|起名(?:为|叫)?|名叫|(?:{KIN})(?:叫|名叫|系|是|为)?)[ :：“\"]*(?=[{HAN}])")
_STATEMENT = re.compile(r"(?:的)?(?:证言|证词|证人证言)")
_ELSEWHERE = re.compile(r"[（(](?:均|已被抓获，|已逮捕，|已被逮捕，)?(?:另案处理|在逃|另行处理|未到案|未归案|另案起诉)")
_PREMASKED = re.compile(
    rf"[{HAN}](?:某[{HAN}](?=[、，。；（(的])|某[某\d甲乙丙丁戊己庚辛壬癸]{{0,2}})|[{HAN}]?[×*＊xX]{{1,3}}|[{HAN}]\d"
)
_LATIN = re.compile(r"[A-Z][a-z]+(?:[ ·][A-Z][a-z]+){0,3}")
_BRACKET = re.compile(r"[（(][^（()）\n]{1,60}[)）]")
_FOLLOW = re.compile(
    r"[、，。；：,;:（(）)“”\"\s]|\Z|"
    r"的|和|与|及|等|之|因|被|在|将|向|对|把|以|从|由|到|于|系|为|是|其|名|家|处|所|有|无|未|不|也|均|又|再|并|而|则|即|仍|已|曾|后|前|时|死|受|住|至|各|另|经|同|给|让|使|帮|本人|"
    r"陈述|陈诉|述称|辩称|称|证实|证明|证言|证词|供述|指认|辨认|出具|提供|提出|要求|请求|认为|表示|说|看到|看见|听到|发现|得知|驾驶|乘坐|骑|驾|持|拿|用|打|报|发|放|停|离|逃|追|赶|拦|抓|抢|拉|推|踢|砍|刺|捅|咬|摔|倒|回|来|去|走|跑|上|下|进|出|送|交|付|还|借|收|欠|签|写|买|卖|骗|偷|取|转|汇|"
    r"脸|眼|鼻|耳|嘴|腰|肩|实施|进行|予以|签订|支付|交付|借|赔偿|损失|身|头|面|左|右|胸|腹|背|手|颈|腿|当|生前|生于|去|死亡|受伤|重伤|轻伤|男|女|出生|一|二|两|三|多|任|作|共|通|联|索|继|遗|留|立|主|享|应|可|能|自|先|起|开|关|随|带|跟|约|途|路|见|准|欲|正|叫|喊|呼|反|挣|拒|妻|夫|父|母|子|弟|兄|姐|妹|儿"
)
_BARE = re.compile(
    r"陈述|陈诉|证言|证明|证实|家属|家人|近亲|亲属|方面|方式|方的|身份|谅解|伤|死|损失|财物|财产|要求|请求|提出|单位|出庭|名单|的|在|于\d|于[上下当凌案次前后此]|"
    r"和|与|及|是|为|被|因|将|向[公本被原法其]|曾[经因于在向与多被]|从|对|时|均|都|应|同意|明知|安全|成年|高度|金额|现金|钱[财款包物]|包括|车[辆内上主]|路|"
    r"相关|关于|任何|全部|常住|方便|何时|后|前|左|右|万元|水|石|门|房|东西|公安|公司|支付|支出|计算|解释|权利|利益|容貌|连|满|初|先|展|终|通过|能|年|文化|平时|花|由|单|原|代|修|信|"
    r"但|才|占|商|光|有|无|不|未|没|并|所|其|本|该|各|两|双|二|三|四|一|之|等|也|还|又|再|已|如|若|或|以|给|到|即"
)
_COMMON = re.compile(
    r"家[中里人属庭门]|项链|强行|强奸|金[项戒手额店链]|银行|车[上内里主]|包[内里括]|手[机表]|[男女]性|路[上边过口]|店[内里]|房[间屋内门]|钱[包财款物]|水果|石头|高[中速]|全[部身]|毛[巾线]"
)
_NOT_GIVEN = frozenset("的了在是和与及、对将被把因其该各之系于为者人员等某从向以称说处们")
_LISTED = re.compile(r"[ ]*(?:、|和|与|及|以及)[ ]*")


@dataclass(frozen=True)
class Mention:
    """A name standing at `text[start:end]` in the role `who`; `sure` is a degree between 0 and 1."""

    start: int
    end: int
    who: str
    sure: float


def find_mentions(text: str, family: bool) -> Iterator[Mention]:
    """All mentions by role. Kinship words count in family cases only."""
    for mark in _ROLE.finditer(text):
        who = _ROLES[mark[1]]
        if mark[2]:
            who = (
                ("victim_agent" if who == "victim" else "statutory_agent")
                if mark[2] in ("法定代理人", "监护人")
                else "relative"
            )
            if mark[2] == "诉讼代理人":
                continue
        yield from (Mention(start, end, who, sure) for start, end, sure in names_after(text, mark.end()))
    if family:
        for mark in _KIN.finditer(text):
            names = (found for found in names_after(text, mark.end()) if found[2] >= 0.8)
            yield from (Mention(start, end, "relative", sure * 0.9) for start, end, sure in names)
    for mark in _STATEMENT.finditer(text):
        yield from (Mention(start, end, "witness", 0.8) for start, end in names_before(text, mark.start()))
    for mark in _ELSEWHERE.finditer(text):
        yield from (Mention(start, end, "co_offender", 0.7) for start, end in names_before(text, mark.start()))


def names_after(text: str, at: int) -> list[tuple[int, int, float]]:
    """The names listed from `at` on, brackets between them passed over, as (start, end, degree)."""
    found: list[tuple[int, int, float]] = []
    while len(found) < 40:
        masked = _PREMASKED.match(text, at)
        if masked:
            end, known = masked.end(), None
        else:
            known = name_at(text, at)
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


def name_at(text: str, at: int) -> tuple[int, float] | None:
    """The end of the name that begins at `at` and how sure that is, or None."""
    latin = _LATIN.match(text, at)
    if latin:
        return latin.end(), 0.9
    run = re.compile(rf"[{HAN}·]{{2,16}}").match(text, at)
    if not run or _BARE.match(text, at) or _COMMON.match(text, at):
        return None
    dotted = _dotted(text, at, run[0])
    if dotted:
        return dotted, 0.95
    surname = surname_length(run[0])
    if surname:
        end = _han(text, at, surname, run[0])
        if end:
            return end
    return _transliterated(text, at, run[0])


def _dotted(text: str, at: int, run: str) -> int | None:
    dot = run.find("·")
    if not 1 <= dot <= 7:
        return None
    last = at + run.rfind("·", 0, 12) + 1
    for end in range(last + 1, min(last + 8, at + len(run)) + 1):
        word = _FOLLOW.match(text, end)
        if word and (len(word[0]) > 1 or not word[0] or not _is_han(word[0]) or word[0] not in FOREIGN):
            return end
    return None


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _han(text: str, at: int, surname: int, run: str) -> tuple[int, float] | None:
    """Surname plus one or two letters; the longer form wins unless the text repeats only the shorter one."""
    fits = []
    for given in (2, 1):
        length = surname + given
        name = run[:length]
        if len(name) < length or any(letter in _NOT_GIVEN for letter in name[surname:]) or "·" in name:
            continue
        if _FOLLOW.match(text, at + length):
            fits.append(length)
    if not fits:
        return _by_repetition(text, at, surname, run)
    if len(fits) == 2 and _shorter(text, at, run, fits):
        return at + fits[1], 0.85
    return at + fits[0], 0.9 if run[0] not in EVERYDAY else 0.75


def _shorter(text: str, at: int, run: str, fits: list[int]) -> bool:
    """Two letters after all: 欧阳德 in 欧阳德生前, or when the text repeats only the shorter form."""
    follow = _FOLLOW.match(text, at + fits[1])
    return bool(follow and len(follow[0]) > 1) or text.count(run[: fits[1]]) > text.count(run[: fits[0]])


def _by_repetition(text: str, at: int, surname: int, run: str) -> tuple[int, float] | None:
    if run[0] in EVERYDAY:
        return None
    for given in (2, 1):
        name = run[: surname + given]
        if any(letter in _NOT_GIVEN for letter in name) or "·" in name or len(name) < surname + given:
            continue
        if text.count(name) >= 2 and (given == 1 or text.count(name) * 2 > text.count(name[:-1])):
            return at + len(name), 0.7
    return None


def _transliterated(text: str, at: int, run: str) -> tuple[int, float] | None:
    for length in range(min(6, len(run)), 1, -1):
        name = run[:length]
        if all(letter in FOREIGN for letter in name) and re.compile(r"[、，。；（(]|的|陈述|证实|证明|称|证言").match(
            text, at + length
        ):
            return at + length, 0.7
    return None


def names_before(text: str, at: int) -> list[tuple[int, int]]:
    """The names of a list that ends at `at`: 张三、李四(的证言)."""
    found: list[tuple[int, int]] = []
    while len(found) < 40:
        masked = re.compile(rf"[{HAN}]某[某\d甲乙丙丁]{{0,2}}\Z").search(text[max(0, at - 4) : at])
        if masked:
            at -= len(masked[0])
        else:
            length = next((size for size in (3, 2, 4) if _ends_name(text, at, size)), 0)
            if not length:
                break
            found.append((at - length, at))
            at -= length
        if at and text[at - 1] in "、和与及":
            at -= 1
        else:
            break
    return found


def _ends_name(text: str, at: int, size: int) -> bool:
    name = text[at - size : at]
    surname = surname_length(name) if len(name) == size and at >= size else 0
    if not surname or size - surname not in (1, 2) or not all(_is_han(letter) for letter in name):
        return False
    if any(letter in _NOT_GIVEN for letter in name[surname:]) or _BARE.match(name):
        return False
    before = text[at - size - 1 : at - size]
    return before in (
        "",
        "、",
        "，",
        "。",
        "；",
        "：",
        "\n",
        "（",
        "(",
        " ",
        "人",
        "和",
        "与",
        "及",
        "同",
        "有",
        "经",
        "）",
    )
