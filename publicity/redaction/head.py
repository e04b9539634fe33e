"""The head of a judgment: who the parties, agents and representatives are, with what the text says of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from publicity.redaction.boundaries import BARE, edge, name_at
from publicity.redaction.surnames import FOREIGN
from publicity.redaction.types import LEGAL, NATURAL

PROSECUTION = ("公诉机关", "抗诉机关")
PARTY_ROLES = (
    "附带民事诉讼原告人",
    "附带民事诉讼被告人",
    "附带民事诉讼原告",
    "再审申请人",
    "复议申请人",
    "申请复议人",
    "申请执行人",
    "赔偿请求人",
    "赔偿义务机关",
    "利害关系人",
    "被申请执行人",
    "被上诉人",
    "被申请人",
    "被申诉人",
    "被执行人",
    "被告单位",
    "被告人",
    "被害人",
    "上诉人",
    "申请人",
    "申诉人",
    "异议人",
    "案外人",
    "第三人",
    "自诉人",
    "起诉人",
    "被告",
    "原告",
    "罪犯",
)
AGENT_ROLES = (
    "委托诉讼代理人",
    "委托代理人",
    "诉讼代理人",
    "法定代理人",
    "法定代表人",
    "主要负责人",
    "执行事务合伙人",
    "指定辩护人",
    "辩护人",
    "负责人",
    "经营者",
    "翻译人员",
    "监护人",
)
REPRESENTATIVES = ("法定代表人", "主要负责人", "负责人", "经营者", "执行事务合伙人", "翻译人员")
_ROLE = "|".join((*PROSECUTION, *PARTY_ROLES, *AGENT_ROLES))
_PREFIX = r"(?:原审|一审|二审|原|共同|反诉|本诉|第[一二三四五六七八九十]|二|三|两|四)*"
_ENTRY = re.compile(
    rf"(?P<edge>\A|[\n。；;]|(?P<comma>[，,]))[ \u3000]*(?P<role>{_PREFIX}(?:{_ROLE}))"
    rf"(?P<more>(?:[（(][^（()）\n]{{1,40}}[)）])?)(?P<colon>[ \u3000]*[:：])?"
)
_COURSE = re.compile(r"一案|起诉书|提起公诉|本院在审理|向本院|本院于|本院受理|本院立案|指控")
_COURSE_IN_LIST = re.compile(r"[，,](?=(?:原告|上诉人|申请执行人|再审申请人)[^:：，。]{2,60}(?:与|诉))")
_LEGAL = re.compile(
    r"公司|集团|银行|支行|分行|信用社|合作社|委员会|人民政府|政府$|[\u4e00-\u9fff]{2}(?:局|厅|院|厂|店)$|中心$|"
    r"学校|大学|中学|小学|幼儿园|"
    r"协会|学会|研究所|研究院|事务所|工作室|经营部|门市部|商行|超市|饭店|酒店|宾馆|餐厅|商店|村民小组|支队|大队|总队|"
    r"部队|农场|林场|林业站|[\u4e00-\u9fff]{3}(?:站|所|社|处|部|队|行|会)$|办公室|基金|企业|合伙|公安|检察院|法院"
)
_BIRTH = re.compile(
    r"(?:生于|出生于|[男女][，,][ ]?(?:[\u4e00-\u9fff]{1,6}族[，,])?)(\d{4})年(\d{1,2})月(\d{1,2})日|"
    r"(\d{4})年(\d{1,2})月(\d{1,2})日(?:出生|生(?!效))"
)
_ALIAS = re.compile(
    r"(?:曾用名|又名|别名|化名|绰号|外号|乳名|小名|网名|英文名|中文名字|中文名|自称|自报名)[:：为叫是]?[“”\"'‘]?"
    r"([\u4e00-\u9fffA-Za-z·• ]{1,20}?)[”“\"'’]?(?=[，,。；;）)、\n”]|男|女|$)"
)
_LATIN = re.compile(r"\A([A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’.-]*){0,4}|[A-Z]{4,30})")
_BROKEN = re.compile(r"([\u4e00-\u9fff])[ \u3000]*\n\s*(?=[\u4e00-\u9fff]{1,2}[，,。（(])")
_HEAD_END = re.compile(r"[，,。；;：:\n]|住所|住址|曾因|因涉嫌|因本案|(?<=[\u4e00-\u9fff])[ \u3000]+[男女]")
_LAWYER = re.compile(r"律师|法律工作者|法律服务所|法律援助")
_RELATION = re.compile(
    r"(?:系|是|为|[（(])[^，,。；;）)\n]{0,14}?(?:之|的)?"
    r"(父亲|母亲|妻子|丈夫|儿子|女儿|哥哥|弟弟|姐姐|妹妹|配偶|父|母|夫|妻|子|女|兄|弟|姐|妹|爷爷|奶奶|外公|外婆"
    r"|祖父|祖母|外祖父|外祖母|孙|舅|姑|叔|伯|侄|甥|嫂|婿|媳)"
    r"(?=[，,。；;）)、\n]|$)"
)
_NAMED_IN_COURSE = re.compile(
    r"(再审申请人|被申请人|被上诉人|上诉人|申请执行人|被执行人|被告人|原告|被告|第三人)([\u4e00-\u9fff·]{2,24}?)"
    r"(?=犯|因|不服|诉|与|[（(、，]|(?:行政|土地|房屋|劳动)[\u4e00-\u9fff]{2,12}(?:纠纷|决定|行为)|一案)"
)
MASKED = re.compile(r"[某×ＸX*＊]|\d$|\A[\u4e00-\u9fff][甲乙丙丁戊己庚辛壬癸]\Z")


@dataclass
class Entry:
    """One entry of the head with the offsets of its text; `under` is the party an agent stands under."""

    role: str
    qualifier: str
    names: list[str]
    kind: str
    start: int
    end: int
    aliases: list[str] = field(default_factory=list)
    born: date | None = None
    lawyer: bool = False
    relation: str = ""
    under: int = -1

    @property
    def is_agent(self) -> bool:
        return self.role.endswith(AGENT_ROLES)

    @property
    def is_party(self) -> bool:
        return not self.is_agent and not self.role.endswith(PROSECUTION)


def course_start(text: str, start: int, stop: int) -> int:
    """Where the parties end and the course of the proceedings begins; `stop` bounds the search."""
    found = _COURSE.search(text, start, stop)
    if not found:
        return stop
    edge = max(text.rfind("\n", start, found.start()), text.rfind("。", start, found.start())) + 1
    edge = max(edge, start)
    inner = _COURSE_IN_LIST.search(text, edge, found.start())
    return inner.end() if inner else edge


def entries(text: str, start: int, stop: int, original: str) -> list[Entry]:
    """All entries between `start` (end of the case number) and `stop` (start of the course).

    `text` is the folded text; the names are given as `original` spells them.
    """
    zone = text[start:stop]
    marks = [m for m in _ENTRY.finditer(zone) if not m["comma"] or m["colon"]]
    found = []
    for mark, following in zip(marks, [*marks, None][1:], strict=True):
        end = following.start("edge") + (0 if not following["edge"] else 1) if following else len(zone)
        found.append(_entry(zone, mark, end, start))
    for entry in found:
        entry.names = [_as_written(name, text, original, entry.start, entry.end) for name in entry.names]
    found = [entry for entry in found if entry.names]
    _attach(found)
    return found or _from_course(text, stop)


def _as_written(name: str, text: str, original: str, start: int, end: int) -> str:
    at = text.find(name, start, end)
    return original[at : at + len(name)] if at >= 0 else name


def _from_course(text: str, course: int) -> list[Entry]:
    """A head without a parties' block: whoever the first sentence names by role."""
    sentence = text[course : course + 200].split("。")[0]
    found = []
    for mark in _NAMED_IN_COURSE.finditer(sentence):
        if BARE.match(mark[2]):
            continue
        legal = bool(_LEGAL.search(mark[2]))
        start = course + mark.start(2)
        entry = Entry(mark[1], "", [mark[2]], LEGAL if legal else NATURAL, start, start + len(mark[2]))
        if legal or len(mark[2]) <= 4 or "·" in mark[2]:
            found.append(entry)
    return found


def _entry(zone: str, mark: re.Match[str], end: int, offset: int) -> Entry:
    body = zone[mark.end() : end]
    named = body.lstrip(" \u3000").removeprefix("自报")
    aliases = [alias.strip() for alias in _ALIAS.findall(named[:120]) if alias.strip()]
    names, kind = _names(named)
    latin = _LATIN.match(named)
    if latin and names:
        aliases = [alias for alias in aliases if alias not in names]
    birth = _BIRTH.search(body)
    relation = _RELATION.search(body)
    return Entry(
        role=mark["role"],
        qualifier=mark["more"],
        names=names,
        kind=kind,
        start=offset + mark.start("role"),
        end=offset + end,
        aliases=aliases,
        born=_date(birth) if birth else None,
        lawyer=bool(_LAWYER.search(body)),
        relation=relation[1] if relation else "",
    )


def _date(found: re.Match[str]) -> date | None:
    try:
        year, month, day = (int(part) for part in found.groups() if part)
        return date(year, month, day)
    except ValueError:
        return None


def _names(body: str) -> tuple[list[str], str]:
    latin = _LATIN.match(body)
    if latin:
        return [latin[1]], NATURAL
    broken = _BROKEN.match(body)
    body = broken[1] + body[broken.end() :] if broken else body
    head = _HEAD_END.split(body, maxsplit=1)[0]
    legal = bool(_LEGAL.search(_unbracketed(head)))
    if not legal:
        head = head.partition("（")[0].partition("(")[0]
    head = head.strip(' \u3000“”"')
    pieces = head.replace(" ", "").replace("\u3000", "").split("、") if not legal else [head]
    pieces = [re.sub(r"[男女]\Z", "", piece) if len(piece) > 3 else piece for piece in pieces if piece]
    if legal:
        return [re.sub(r"[（(]以下(?:简)?称.*", "", head)], LEGAL
    return [name for name in map(_one_name, pieces) if name], NATURAL


def _one_name(piece: str) -> str:
    """A piece of the head cut down to a name: 王丽上诉称 is 王丽; what is no name is dropped."""
    bare = BARE.match(piece)
    if bare and len(bare[0]) > 1:
        return ""
    found = name_at(piece, 0)
    if found and 2 <= found[0] < len(piece) and edge(piece, found[0]) >= 2.5:  # 张三到场
        return piece[: found[0]]
    if len(piece) <= 4 or MASKED.search(piece):
        return piece if 1 < len(piece) <= 12 else ""
    if "·" in piece[1:8] and (not found or edge(piece, found[0]) < 1.5):
        return piece[:16]
    if all(letter in FOREIGN for letter in piece):
        return piece[:16]
    return piece[: found[0]] if found else ""


def _unbracketed(text: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]", "", text) if "（" in text or "(" in text else text


def _attach(found: list[Entry]) -> None:
    party = -1
    for index, entry in enumerate(found):
        if entry.is_party:
            party = index
        elif entry.is_agent:
            entry.under = party
