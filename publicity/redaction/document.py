"""The parts of a judgment: head, parties, course, facts, reasons, disposition, signatures, date, appendix.

Takes texts with one paragraph a line and texts without any break. Offsets refer to the text as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from publicity.redaction.folding import canon
from publicity.redaction.head import Entry, course_start, entries

PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔贵云藏陕甘青宁新军兵"
_NUMBER = re.compile(
    r"[（(\[〔]\s*((?:19|20)\d{2})\s*[)）\]〕](?=[^号\n]{0,20}[民刑行执赔申监再抗破保法])(?![^号\n]{0,16}(?:不动"
    r"产|检))\s*[\u4e00-\u9fff\d]{1,16}?(?:第\s*)?\d{1,8}(?:[-－—之][\d一二三四五六七八九十]+)?号(?:之[一二三四"
    r"五六七八九十]+)?"
)
_COURT = re.compile(
    r"[\u4e00-\u9fff]{0,24}?(?:人民法院|专门法院|海事法院|知识产权法院|铁路运输法院|金融法院|互联网法院)"
)
_KIND = re.compile(
    r"((?:刑\s*事\s*附\s*带\s*民\s*事|民\s*事|刑\s*事|行\s*政|执\s*行|国\s*家\s*赔\s*偿)?\s*"
    r"(?:判\s*决\s*书|裁\s*定\s*书|决\s*定\s*书|调\s*解\s*书|支\s*付\s*令|通\s*知\s*书))"
)
_CRIME = re.compile(r"犯([\u4e00-\u9fff、（）]{2,24}?罪)")
_ACT = re.compile(
    r"(行政处罚|行政征收|行政许可|行政强制|行政给付|行政复议|行政赔偿|行政确认|行政裁决|政府信息公开|[\u4e00-\u9fff]{2,12}?行"
    r"为)[\u4e00-\u9fff]{0,6}?一案"
)
_RULING = re.compile(r"(?:判\s*决|裁\s*定|决\s*定)(?:主文)?\s*如\s*下\s*[:：]?|判决[:：]\n")
_NEAR_SIGNATURES = 1000  # the ruling mostly stands within so many letters of the date
_REASON = re.compile(r"本院(?:经审查|审查|审理)?(?:后)?认为")
_ENDED = re.compile(r"(?:现|本案|已)[^\n。]{0,12}(?:审理|审查|执行|审结)终结[^\n。]*[。\n]")
_CN = r"[〇○ＯO零0ΟО一二三四五六七八九十]"
_DATED = re.compile(rf"二\s*[〇○ＯO零0ΟО]\s*{_CN}\s*{_CN}\s*年\s*{_CN}{{1,3}}\s*月\s*{_CN}{{1,3}}\s*日")
_SIGNER = (
    r"审\s*判\s*长|代\s*理\s*审\s*判\s*员|助\s*理\s*审\s*判\s*员|审\s*判\s*员|人\s*民\s*陪\s*审\s*员|陪\s*审\s*员|"
    r"代\s*理\s*书\s*记\s*员|书\s*记\s*员|法\s*官\s*助\s*理|执\s*行\s*员|速\s*录\s*员|见\s*习\s*书\s*记\s*员"
)
_SIGNED = re.compile(
    rf"({_SIGNER})[ \u3000:：]*([\u4e00-\u9fff*＊×·][\u4e00-\u9fff*＊×· \u3000]{{0,20}}?)"
    rf"(?=[ \u3000]*(?:{_SIGNER}|二\s*[〇○ＯO零0ΟО]|\n|\Z|附|第\s*\d|[-?？]|（))"
)
_DIGITS = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, **dict.fromkeys("○ＯO零0ΟО", 0)}


@dataclass(frozen=True)
class Section:
    """One part of the judgment, `text[start:end]`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Judgment:
    """A judgment taken apart. Fields that the text does not show are empty."""

    text: str
    court: str
    kind: str
    number: str
    cause: str
    entries: tuple[Entry, ...]
    sections: tuple[Section, ...]
    signatures: tuple[tuple[str, str], ...]
    dated: str
    day: date | None
    latest: date | None = None
    folded: str = ""

    def section(self, name: str) -> str:
        """The text of a section, empty when the judgment has none of that name."""
        return next((self.text[s.start : s.end] for s in self.sections if s.name == name), "")

    @property
    def category(self) -> str:
        """criminal, administrative, enforcement or civil, by the kind of document and the number."""
        mark = self.kind + re.sub(r"[^\u4e00-\u9fff]", "", self.number)
        for word, name in (
            ("刑", "criminal"),
            ("行政", "administrative"),
            ("执", "enforcement"),
            ("行", "administrative"),
        ):
            if word in mark:
                return name
        return "civil"


def parse(text: str) -> Judgment:
    """Takes a judgment apart. Never raises: what cannot be found stays empty."""
    folded = canon(text)
    number = _NUMBER.search(folded, 0, 600)
    top = number.end() if number else 0
    ruling = _ruling(folded)
    course = course_start(folded, top, min(ruling, top + 6000))
    signatures, signed_at, signed_end, dated = _signatures(folded, ruling)
    facts = _facts_start(folded, course, ruling)
    reasons = _reasons_start(folded, facts, ruling)
    edges = [
        ("head", 0),
        ("parties", top),
        ("course", course),
        ("facts", facts),
        ("reasons", reasons),
        ("disposition", ruling),
        ("signatures", signed_at),
        ("appendix", signed_end),
    ]
    named = entries(folded, top, course, text)
    return Judgment(
        text=text,
        court=_court(folded, top),
        kind=_kind(folded, top),
        number=re.sub(r"\s", "", text[number.start() : number.end()]) if number else "",
        cause=_cause(folded, course, facts, named),
        entries=tuple(named),
        sections=_sections(edges, len(text)),
        signatures=tuple(signatures),
        dated=dated,
        day=chinese_date(dated),
        latest=chinese_date(dated) or _latest(folded),
        folded=folded,
    )


def _latest(text: str) -> date | None:
    """The latest day the text mentions: ages are counted from it when the judgment bears no date."""
    days = [safe_date(*map(int, found)) for found in re.findall(r"(20\d{2})年(\d{1,2})月(\d{1,2})日", text)]
    return max((day for day in days if day), default=None)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _sections(edges: list[tuple[str, int]], end: int) -> tuple[Section, ...]:
    found = []
    for (name, start), (_, stop) in zip(edges, [*edges[1:], ("", end)], strict=True):
        if stop > start:
            found.append(Section(name, start, stop))
    return tuple(found)


def _ruling(text: str) -> int:
    """The main disposition: the last "判决如下" that signatures follow, else the end of the text."""
    signed = [m.start() for m in _DATED.finditer(text)]
    last = signed[-1] if signed else len(text)
    near = [m.start() for m in _RULING.finditer(text, max(0, last - _NEAR_SIGNATURES)) if m.start() < last]
    if near:
        return near[-1]
    marks = [m.start() for m in _RULING.finditer(text)]
    before = [mark for mark in marks if mark < last]
    return before[-1] if before else (marks[-1] if marks else len(text))


def _facts_start(text: str, course: int, ruling: int) -> int:
    ended = _ENDED.search(text, course, min(ruling, course + 3000))
    if ended:
        return ended.end()
    line = text.find("\n", course, ruling)
    return line + 1 if line >= 0 else course


def _reasons_start(text: str, facts: int, ruling: int) -> int:
    for mark in _REASON.finditer(text, facts, ruling):
        at = mark.start()
        while at > facts and text[at - 1] in " \u3000":
            at -= 1
        if at == 0 or text[at - 1] in "\n。；":
            return at
    loose = text.rfind("本院认为", facts, ruling)
    return loose if loose >= 0 else ruling


def _signatures(text: str, ruling: int) -> tuple[list[tuple[str, str]], int, int, str]:
    dated = _DATED.search(text, ruling)
    found: list[tuple[str, str]] = []
    start = end = len(text)
    reach = dated.start() if dated else ruling
    for mark in _SIGNED.finditer(text, ruling):
        near = mark.start() - (end if found else mark.start())
        if dated and not found and dated.start() - mark.start() > 400:
            continue
        if found and near > 60 and mark.start() > reach:
            break
        if not found:
            start = mark.start()
        end = mark.end()
        role = re.sub(r"\s", "", mark[1])
        found += [(role, name) for name in _signers(mark[2])]
    if dated and found:
        end = max(end, dated.end())
    elif dated:
        start, end = dated.start(), dated.end()
    return found, start, end, re.sub(r"\s", "", dated[0]) if dated else ""


def _signers(raw: str) -> list[str]:
    plain = re.sub(r"[ \u3000]", "", raw)
    words = [word for word in re.split(r"[ \u3000]+", raw) if word]
    if len(plain) > 4 and len(words) > 1 and all(len(word) > 1 for word in words) and "·" not in plain:
        return words
    if len(plain) == 5 and len(words) == 1 and "·" not in plain:  # two names written together: 顾菊玲邵立
        return [plain[:3], plain[3:]]
    return [plain]


def chinese_date(text: str) -> date | None:
    """二〇一六年四月十一日 as a date; None when it is none."""
    found = re.match(r"(.{4})年(.{1,3})月(.{1,3})日", text)
    if not found:
        return None
    year = int("".join(str(_DIGITS.get(c, 0)) for c in found[1]))
    return safe_date(year, _number(found[2]), _number(found[3]))


def _number(text: str) -> int:
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _DIGITS.get(tens, 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    return _DIGITS.get(text, 0)


def _court(text: str, top: int) -> str:
    for line in text[:top].split("\n"):
        found = _COURT.search(re.sub(r"[ \u3000]", "", line))
        if found:
            return found[0].removeprefix("中华人民共和国")
    return ""


def _kind(text: str, top: int) -> str:
    found = None
    for found in _KIND.finditer(text, 0, top or 300):  # noqa: B007 the last one stands under the court's name
        pass
    return re.sub(r"\s", "", found[1]) if found else ""


def _cause(text: str, course: int, facts: int, named: list[Entry]) -> str:
    zone = text[course : max(facts, course + 400)]
    crime = _CRIME.search(zone)
    if crime:
        return crime[1]
    found = re.search(r"([^。\n]{2,300}?)一案", zone)
    raw = re.sub(r"[（(][^（()）]*[)）]\Z", "", found[1]) if found else ""
    if not raw.endswith(("纠纷", "争议", "责任")):
        act = _ACT.search(zone)
        return act[1] if act else ""
    family = _FAMILY.search(raw)
    return family[0] if family else _after_names(raw, named)


def _after_names(raw: str, named: list[Entry]) -> str:
    """What remains of "原告甲诉被告乙某某纠纷" behind the last name, bracket or role."""
    edges = [raw.rfind(mark) + 1 for mark in ("）", ")", "，", ",")]
    for entry in named:
        for name in (*entry.names, *entry.aliases):
            at = raw.rfind(name)
            if at >= 0:
                edges.append(at + len(name))
    rest = raw[max(edges, default=0) :]
    shown = re.search(r"(?:公司|医院|局|政府|店|厂|中心)([\u4e00-\u9fff、]{2,24}(?:纠纷|争议|责任))\Z", rest)
    return (shown[1] if shown else rest)[-24:]


_FAMILY = re.compile(
    r"(离婚后[\u4e00-\u9fff]{0,8}|离婚|(?:法定|遗嘱|转)?继承|被继承人债务清偿|抚养费|(?:变更|同居关系子女)?抚养"
    r"(?:权|关系)?|"
    r"赡养费?|扶养费?|(?:解除|确认)?收养关系?|(?:变更|申请撤销)?监护权?|探望权|分家析产|婚约财产|同居关系(?:析产"
    r")?|遗赠(?:扶养协议)?|遗嘱|夫妻财产约定|婚姻家庭)"
    r"纠纷\Z"
)
