"""Is this place a person, a common word, a place or a firm? For names that are all of these: 高兴, 河西, 白云.

Only names that the dictionary knows as a word are asked about. What stays unclear is hidden and shown to the clerk.
"""

from __future__ import annotations

import re
from functools import cache

import rjieba

from publicity.redaction.boundaries import may_follow
from publicity.redaction.lists import KIN

NAME, WORD, PLACE, FIRM, UNCLEAR = "name", "word", "place", "firm", "unclear"
REACH = 6
_ROLE_BEFORE = re.compile(
    r"(?:被害人|受害人|受害者|证人|原告人?|被告人?|上诉人|申请人|被申请人|执行人|第三人|鉴定人|代理人|监护人|当"
    r"事人|嫌疑人|死者|被继承人|自诉人|罪犯|"
    rf"同案人|同案犯|同事|同学|朋友|邻居|老板|男友|女友|名叫|取名|叫做|[女男]孩|孩子|员工|{KIN})[ 　：:“\"（(]*\Z"
)
_PERSON_AFTER = re.compile(
    r"[（(](?:男|女|曾用名|又名|绰号|系|时年|另案|\d|[A-Z])|[，,][男女][，,]|的?(?:陈述|证言|证词|供述)|称|述称"
    r"|诉称|辩称|证实|供述|指认|辨认出|报警|报案|本人|名下|"
    r"家[中里]|之[父母妻夫子女]|的(?:父|母|妻|丈夫|儿|女儿|手机|账户|银行|身份|住处|头|脸|腿|手|法定)|系|与被|与"
    r"原|诉|不服|提起"
)
_JOINED_BEFORE = re.compile(r"(?:与|和|及|向|对|将|把|被|由|让|给|同|跟|找|至|到|、|即|经)\Z")
_DEGREE_BEFORE = re.compile(
    r"(?:很|十分|非常|[^，。]不|太|更|最|挺|格外|特别|极其|极为|相当|感到|觉得|显得|令人|使人|比较|较为|越来越|"
    r"一片|不大|多么|如此|真|好|保持|恢复|维护|追求|享受|难以)\Z"
)
_MANNER_AFTER = re.compile(r"地(?![点址方上下])|得(?![知到])|极了|起来|不已|之余|之极|起见|度|性|感|化")
_PLACES = (
    "省 市 区 县 旗 镇 乡 村 街 街道 路 大街 大道 小区 花园 大厦 广场 公园 社区 胡同 里 地区 新区 分局 法院 派出"
    "所 检察院 公安局 支行 站 机场 机场路 南路 北路 东路 西路 中路 镇政府 区政府 县政府 市政府 乡政府 村委会 居"
    "委会 市场 大桥 火车站 中学 小学"
)
_PLACE_WORDS = frozenset(_PLACES.split())
_FIRM_END = (
    "有限公司|有限责任公司|股份公司|公司|集团|商行|商店|超市|饭店|酒店|宾馆|餐厅|工厂|厂|店|事务所|合作社|经营部"
    "|门市部|工作室|幼儿园|"
    "学校|医院|诊所|中心|网吧|旅馆|茶楼|会所|工程部"
)
_FIRM = re.compile(
    rf"([^，。；、：:的与和及向对在是系为被将把于由从其该本称某以到去\s（）()“”]{{0,10}}?)({_FIRM_END})(?![长门"
    rf"口家里员])"
)
_LINKS = "和与及对向被把将由经随同跟给让至到从"
_CLAUSE_START = re.compile(r"(?:\A|[，。；：:、\n（(“\"])[ 　]*\Z")
_THING = frozenset(["n", "nz", "ng", "b", "ns", "vn", "nt", "l", "nr", "j"])
_LOOSE = frozenset(["d", "a", "ad", "an", "v", "vn", "b", "c", "m", "t", "p", "r", "z", "zg", "i", "l", "f"])


@cache
def is_word(name: str) -> bool:
    """Whether the dictionary knows the letters of a name as one word."""
    return len(name) <= 3 and bool(rjieba.has_word(name))


@cache
def _tag(name: str) -> str:
    return str(rjieba.tag(name)[0][1])


def reading(text: str, start: int, end: int) -> str:
    """What `text[start:end]`, the letters of a name, is at this place. `text` is folded."""
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    firm = in_firm(text, start, end)
    if firm:
        return firm
    name = text[start:end]
    if not is_word(name):
        return NAME
    if _ROLE_BEFORE.search(before):
        return NAME
    if _place(text, start, end, name):
        return PLACE
    longer = _crosses(text, start, end)
    if longer == WORD or _DEGREE_BEFORE.search(before) or _MANNER_AFTER.match(after):
        return WORD
    if _PERSON_AFTER.match(after) or _JOINED_BEFORE.search(before) or text[end : end + 1] in "、）)":
        return NAME
    if longer or _tag(name) in _LOOSE or not _CLAUSE_START.search(before):
        return UNCLEAR
    return NAME


def speaks(text: str, at: int) -> bool:
    """Whether what follows only a person does or has: 称, 证实, 的证言, 家中."""
    return bool(_PERSON_AFTER.match(text, at))


def _place(text: str, start: int, end: int, name: str) -> bool:
    following = rjieba.cut(text[end : end + 4], False) if end < len(text) else [""]
    if following[0] in _PLACE_WORDS:
        return True
    return _tag(name) == "ns" and text[start - 1 : start] in ("市", "省", "县", "州")


def _crosses(text: str, start: int, end: int) -> str:
    """WORD when the first letters belong to the word before (提高|兴趣), UNCLEAR when the dictionary may be wrong.

    It may be where the name could as well stand behind a preposition (和|平安) or before a verb (金星|系).
    """
    left = max(0, start - REACH)
    at = left
    for word in rjieba.cut(text[left : end + REACH], False):
        if at < start < at + len(word):
            return UNCLEAR if text[start - 1] in _LINKS else WORD
        if at < end < at + len(word):
            # 毛毛|虫 is a word; 金星|系 may be a name and its verb
            return WORD if at == start and not may_follow(text, end) else UNCLEAR
        at += len(word)
    return ""


def in_firm(text: str, start: int, end: int) -> str:
    """FIRM when the letters are part of a firm's name, UNCLEAR when they may be, else nothing."""
    found = _FIRM.match(text, end)
    if not found:
        return ""
    between = found[1]
    if not between:
        known = found[2].startswith("有限") or text.count(text[start:end]) and _firm_elsewhere(text, text[start:end])
        return FIRM if known else UNCLEAR
    if any(tag[0] not in "nbjlvgiqsfx" or tag in ("v", "vd") for _, tag in rjieba.tag(between)):
        return ""
    if found[2].startswith("有限") or _firm_elsewhere(text, text[start:end] + between[:1]):
        return FIRM
    return UNCLEAR


def _firm_elsewhere(text: str, head: str) -> bool:
    """Whether the text has the firm's full name: 天津高兴食品有限公司 for 高兴食品公司."""
    return bool(re.search(re.escape(head) + r"[^，。；、\s]{0,12}?有限", text))
