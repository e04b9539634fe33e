"""Home addresses below the county: found behind their label, and once found deleted wherever they stand again."""

from __future__ import annotations

import re

from publicity.redaction.packs import Identifier, Pack
from publicity.redaction.types import Span

# Counties with such a letter in their name are none: 西乡塘区, 镇海区, 路桥区.
_BELOW = re.compile(
    r"镇(?![海江坪原赉雄康安远宁巴平沅][区市县])|乡(?!塘区|宁县|城[县市])|街道|村|路(?![桥南北]区)|社区|小区|苏木"
)
_COUNTY = re.compile(r".*(?:区|县|旗|市)")
_ORGANISATION = re.compile(
    r"(?:公司|分公司|集团|银行|支行|委员会|政府|局|厅|院|厂|店|中心|学校|大学|事务所|商行|超市|部|社|协会)[^，。"
    r"；\n]{0,30}[，,（(：:]?\Z"
)
_PERSON_EDGE = re.compile(r"[男女][，,]|出生|汉族|族[，,]|经营者|身份")
# Where the address is over although no comma follows: …303室|进行搜查时.
_DONE = re.compile(
    r".*?(?:[号室房户元楼幢栋组队村区舍院镇街路巷弄里屯庄苑园层座]|\d)(?=进行|内|的|家[中里]|客厅|卧室|厨房|阳台|门口|楼[上下]|附近|将|被|抓获|缴获|查获|搜"
    r"查|期间|因涉|居住|贩卖|吸食|容留|盗窃|实施|时[，,将])"
)
_HOME_WORD = re.compile("家中|家里|家内|住处|住所|租住处|暂住处|暂住地|出租房|出租屋|宿舍")
_AT_HOME = re.compile(
    r"(?:位于|坐落于|在|至|到|进入|回到)[\u4e00-\u9fff]{0,10}?[\u4e00-\u9fff]{1,8}?(?:区|县|旗|市)([^，,。；;、\n（()）区县旗市]{2,40}?\d+(?:[^，,。；;、\n（()）]{0,8}?(?:号|室|户|房|楼|单元|栋|幢|门|组|院))*)"
    r"(?=[\u4e00-\u9fff]{0,4}?(?:的|其|内的)?(?:家中|家里|家内|住处|住所|租住处|暂住处|暂住地|出租房|出租屋|宿舍))"
)
SURE = 0.98


def find_addresses(text: str, original: str, pack: Pack, natural_at: list[tuple[int, int, bool]]) -> list[Span]:
    """All home addresses. `natural_at` lists head entries as (start, end, is a human being)."""
    rule = pack.by_id["address_below_county"]
    found: list[Span] = []
    for mark in rule.pattern.finditer(text):
        start = _county_end(text, mark)
        if start >= 0 and _natural(start, mark.start(), text, natural_at):
            done = _DONE.match(text, start, mark.end(rule.group))
            found.append(_span(rule, start, done.end() if done else mark.end(rule.group), text, original, SURE))
    found += _homes(rule, text, original)
    return found + _again(rule, text, original, found, natural_at)


def _homes(rule: Identifier, text: str, original: str) -> list[Span]:
    """Homes that no label tells: 位于天津市河西区友谊路12号的家中."""
    found, done = [], 0
    for anchor in _HOME_WORD.finditer(text):
        mark = _AT_HOME.search(text, max(done, anchor.start() - 80), anchor.end())
        if mark and not _ORGANISATION.search(mark[1]):
            found.append(_span(rule, *mark.span(1), text, original, 0.85))
        done = anchor.end()
    return found


def _span(rule: Identifier, start: int, end: int, text: str, original: str, sure: float) -> Span:
    return Span(start, end, original[start:end], rule.kind, "delete", "", rule.id, rule.article, sure)


def _county_end(text: str, found: re.Match[str]) -> int:
    """Where the part below the county begins: 岑溪市|马路镇马路社区…; -1 when there is no county (居住社区)."""
    if text[found.start() - 1 : found.start()] == "居":
        return -1
    below = _BELOW.search(text, found.start(1), found.end(1))
    if not below:
        return found.start(2)
    county = _COUNTY.match(text, found.start(1), below.start())
    return county.end() if county else -1


def _natural(start: int, label: int, text: str, natural_at: list[tuple[int, int, bool]]) -> bool:
    """Whether an address belongs to a human being: by the head entry around it, else by the words before it."""
    for entry_start, entry_end, natural in natural_at:
        if entry_start <= start < entry_end:
            return natural or bool(_PERSON_EDGE.search(text[entry_start:label]))
    sentence = text[max(0, label - 40, text.rfind("。", 0, label) + 1) : label]
    return not _ORGANISATION.search(sentence) or bool(_PERSON_EDGE.search(sentence))


def _again(
    rule: Identifier, text: str, original: str, spans: list[Span], natural_at: list[tuple[int, int, bool]]
) -> list[Span]:
    """The same homes further on; where a firm has its seat at one, article 11 keeps the seat and the clerk is asked."""
    homes = {text[span.start : span.end] for span in spans if span.end - span.start > 5}
    if not homes:
        return []
    known = {span.start for span in spans}
    pattern = re.compile("|".join(re.escape(home) for home in sorted(homes, key=lambda home: (-len(home), home))))
    found = []
    for match in pattern.finditer(text):
        start, end = match.span()
        if start in known:
            continue
        seat = any(left <= start < right and not natural for left, right, natural in natural_at)
        if seat and not _PERSON_EDGE.search(text[max(0, start - 24) : start]):
            shown, doubt = original[start:end], "法人住所与自然人住址相同，请核对"
            found.append(Span(start, end, shown, rule.kind, "keep", shown, rule.id, rule.article, 0.5, doubt))
        else:
            found.append(_span(rule, start, end, text, original, 0.9))
    return found
