"""Article 4: documents that are not published at all, and the notice of four items that takes their place."""

from __future__ import annotations

import re

from publicity.redaction.document import Judgment
from publicity.redaction.types import CaseFacts, Exclusion, PartyFact, Person

ARTICLE = "法释〔2016〕19号第四条第（{}）项"
REASONS = {
    "X1": ("一", "涉及国家秘密"),
    "X2": ("二", "未成年人犯罪"),
    "X3": ("三", "以调解方式结案或者确认人民调解协议效力"),
    "X4": ("四", "离婚诉讼或者涉及未成年子女抚养、监护"),
    "X5": ("五", "人民法院认为不宜在互联网公布的其他情形"),
}
_SECRET = re.compile(r"(?:绝密|机密|秘密)\s*[★☆]|密级[:：]?\s*(?:绝密|机密|秘密)|涉及国家秘密")
_CUSTODY = re.compile(r"(?:变更|子女)?抚养(?:权|关系)?纠纷|监护(?:权|人)?|探望权|抚养费")
_MEDIATED = re.compile(r"调解书|确认(?:人民)?调解协议")
_JUVENILE = re.compile(
    r"(?:未成年|作案时(?:年满)?(?:不满|未满)?(?:十[四五六七]|1[4-7])(?:周)?岁|犯罪时(?:不满|未满)(?:十八|18)周?岁)"
)


def exclusion(code: str, evidence: str, reason: str = "") -> Exclusion:
    """The exclusion of a code with its article."""
    item, text = REASONS[code]
    return Exclusion(code, ARTICLE.format(item), reason or text, evidence)


def find(judgment: Judgment, facts: CaseFacts, people: list[Person], category: str) -> tuple[Exclusion, ...]:
    """All reasons of article 4 that the record or the text shows; X5 is never found, it is decided."""
    cause = facts.cause or judgment.cause
    found = []
    secret = _SECRET.search(judgment.text) if "密" in judgment.text else None
    if facts.secret_level or secret:
        found.append(exclusion("X1", facts.secret_level or (secret[0] if secret else "")))
    young = [p for p in people if p.minor and p.who & {"defendant"}]
    juvenile = _juvenile(judgment) if category == "criminal" else ""
    if category == "criminal" and (young or juvenile):
        found.append(exclusion("X2", juvenile or "被告人不满十八周岁"))
    if "调解" in facts.closing or _MEDIATED.search(judgment.kind + facts.case_type):
        found.append(exclusion("X3", facts.closing or judgment.kind))
    if "离婚" in cause and "离婚后" not in cause:
        found.append(exclusion("X4", cause, "离婚诉讼"))
    elif (
        _CUSTODY.search(cause)
        and any(person.minor for person in people)
        or re.search(r"变更抚养|抚养权|监护权|探望权", cause)
    ):
        found.append(exclusion("X4", cause, "涉及未成年子女抚养、监护"))
    return tuple(found)


def minor_person(fact: PartyFact) -> Person | None:
    """A party of the record that is a minor, as the search wants it; None for everybody else."""
    if not fact.minor:
        return None
    return Person(fact.name, who={"defendant"} if "被告人" in fact.role else {"party"}, minor=True)


def _juvenile(judgment: Judgment) -> str:
    """Words of the reasons that say an accused was under eighteen at the time of the act."""
    if "少刑" in judgment.number or "刑少" in judgment.number:
        return judgment.number
    zone = judgment.section("reasons")
    found = re.search(r"被告人[^。]{0,40}?(?:系未成年人|未满十八周岁|不满十八周岁|已满十[四六]周岁不满十八周岁)", zone)
    return found[0] if found else ""


def notice(judgment: Judgment, facts: CaseFacts, reason: str) -> str:
    """The four items of article 6 in their fixed order; no name, not even a masked one."""
    number = facts.number or judgment.number
    day = judgment.day
    when = f"{day.year}年{day.month}月{day.day}日" if day else judgment.dated
    return f"案号：{number}；审理法院：{judgment.court}；裁判日期：{when}；不公开理由：{reason}。"
