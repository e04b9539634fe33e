"""Statements rather than numbers: birth dates, health, school, covert measures, trade secrets, disputed homes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from publicity.redaction.clauses import clause
from publicity.redaction.packs import Pack
from publicity.redaction.types import Person, Span

_BIRTH = re.compile(
    r"[0-9]\d{3}年\d{1,2}月(?:\d{1,2}日|(?=出生|生(?!效)))(?:[（(]户籍登记[^（()）]{1,24}[)）])?(?P<tail>出生于|出生|生(?!效))?",
    re.ASCII,
)
_BORN_BEFORE = re.compile(r"出生于\Z|生于\Z")
_PAST = re.compile(r"既往|病史|曾|原有|长期|一直|先天")
_MEDICAL = re.compile(
    r"医疗|人身|身体权|健康权|生命权|交通事故|工伤|保险|提供劳务|损害|伤害|运输合同|客运|安全保障|饲养动物|"
    r"伤残|产品责任|劳动"
)
_HEALTH_KEEP = re.compile(r"诊断为|确诊")
_INJURY = re.compile(r"骨折|损伤|挫伤|裂伤|创|脑震荡|出血")
_ACCUSED = re.compile(r"被告人[^。；，]{1,12}\Z")
_ILLNESS = re.compile(r"[病症炎癌瘤](?!人)|障碍|艾滋|HIV")
# Without one of these there is no illness; the letters come first, so that re finds them quickly.
_ILL = re.compile(
    "病|症|炎|癌|瘤|障碍|骨折|损伤|HIV|艾滋|梅毒|肺结核|结核|乙肝|丙肝|精神分裂|尿毒|吸毒史|手术史|流产史"
)
_STIGMA = re.compile(r"艾滋|HIV|梅毒|性病|淋病|乙肝|丙肝|乙型|结核|精神|抑郁|癫痫|流产|不孕|吸毒")
# What stands before the school's name and is no part of it.
_AT_SCHOOL = re.compile(r"(?:[^，。；（(]{0,8})?(?:被害人|证人|原告|被告|其|他|她)(?:系|是|为)")
_SECRET_DETAIL = re.compile(
    r"[，,：:；;]?[^，,。；;\n]{0,6}(?:配比|配方|参数|工艺流程|源代码|客户名单|技术秘密点|技术秘密|具体内容|秘密"
    r"内容)(?:具体)?(?:为|如下|是|包括)[^。；;\n]{2,200}"
)
_HOME = re.compile(
    r"(?:位于|坐落于?|座落于?)([^，,。；;、\n（(]{2,24}?(?:区|县|市|镇|街|路|道|巷|村)[^，,。；;、\n（(]{0,30}?\d+[^，"
    r",。；;、\n（(]{0,12}?(?:号|室|单元|户))"
)
_PUPIL = re.compile(r"[小中]学|[一二三四五六七八九十]中|幼儿园")
_CHILD_NEAR = re.compile(r"(?<!\d)(?:[1-9]|1[0-7])周?岁|未成年|小学生|中学生|学生|儿童|幼儿|孩子|子女|就读")
# 小学, 中学, 学校, 幼儿园, 十中: a set of letters first, as re finds that quickly.
_SCHOOL = re.compile(
    "[小中学幼一二三四五六七八九十](?:(?<=[小中])学|(?<=学)校|(?<=幼)儿园|(?<=[一二三四五六七八九十])中(?!院|级|心|队))"
)
REACH = 90


def find_statements(
    text: str,
    original: str,
    pack: Pack,
    category: str,
    cause: str,
    people: list[Person],
    marks: list[tuple[int, Person]],
) -> list[Span]:
    """All spans of statements. `marks` lists where persons are named, in order, to tell whose statement it is."""
    spans = births(text, original, pack, marks)
    spans += _health(text, original, pack, category, cause, marks)
    spans += _schools(text, original, pack, marks, any(person.minor for person in people))
    spans += _covert(text, original, pack, category)
    spans += _trade_secrets(text, original, pack)
    if category == "family":
        spans += _homes(text, original)
    return spans


def owner(marks: list[tuple[int, Person]], at: int) -> Person | None:
    """The person named last before `at`, within reach."""
    index = bisect_right(marks, at, key=lambda mark: mark[0]) - 1
    if index < 0 or at - marks[index][0] > REACH:
        return None
    return marks[index][1]


def births(text: str, original: str, pack: Pack, marks: list[tuple[int, Person]]) -> list[Span]:
    """Birth dates of hidden persons and of minors; article 11 keeps those of everybody else."""
    rule = pack.by_id["birth_date"]
    spans = []
    for found in _BIRTH.finditer(text):
        start, end = found.span()
        before = _BORN_BEFORE.search(text, max(0, start - 3), start)
        start = before.start() if before else start
        person = owner(marks, start) if found["tail"] or before else None
        if not person:
            continue
        if not (person.hidden and pack.hide_birth_of_hidden) and not person.minor:
            spans.append(
                Span(
                    start,
                    end,
                    original[start:end],
                    "birth",
                    "keep",
                    original[start:end],
                    rule.id,
                    rule.article,
                    0.95,
                    person=person.name,
                )
            )
            continue
        if found["tail"] == "出生于":
            end = found.end("tail") - 3
        else:
            start, end = clause(text, start, end) or (start, end)
        spans.append(
            Span(
                start, end, original[start:end], "birth", "delete", "", rule.id, rule.article, 0.95, person=person.name
            )
        )
    return spans


def _health(
    text: str, original: str, pack: Pack, category: str, cause: str, marks: list[tuple[int, Person]]
) -> list[Span]:
    """Illnesses. Injuries that the case is about stay; an illness of somebody hidden or unconcerned becomes ×."""
    rule = pack.by_id["health"]
    spans = []
    for found in _near(rule.pattern, _ILL, text, 44, 20):
        start, end = found.span(rule.group)
        if found[0].startswith("曾因") and not _ILLNESS.search(found[0]):
            continue
        person = owner(marks, start)
        before = text[max(0, start - 40) : start]
        accused = bool(person and "defendant" in person.who) or bool(_ACCUSED.search(before))
        keep = _needed(found[0], before[-6:], category, cause, accused, bool(person and person.hidden))
        shown = original[start:end]
        doubt = "与裁判理由有关的伤病保留，请核对" if keep else "与裁判理由无关的健康状况，建议以×替代"
        action, replacement = ("keep", shown) if keep else ("mask", "×××")
        spans.append(Span(start, end, shown, "health", action, replacement, rule.id, rule.article, 0.7, doubt))
    return spans


def _near(
    pattern: re.Pattern[str], anchor: re.Pattern[str], text: str, back: int, ahead: int
) -> Iterator[re.Match[str]]:
    """Matches of a slow pattern around the matches of a quick one, in order, without overlap."""
    done = 0
    for mark in anchor.finditer(text):
        if mark.start() < done:
            continue
        found = pattern.search(text, max(done, mark.start() - back), mark.end() + ahead)
        if found:
            done = found.end()
            yield found


def _needed(statement: str, before: str, category: str, cause: str, accused: bool, hidden: bool) -> bool:
    """Whether the reasons need it: injuries in claims for damage, the state of an accused, injuries of a victim."""
    if _STIGMA.search(statement) and not accused:
        return False
    if _PAST.search(before) or statement.startswith("曾因"):
        return category == "criminal" and accused
    if category == "criminal":
        return accused or not hidden or bool(_INJURY.search(statement))
    return bool(_MEDICAL.search(cause)) and bool(_HEALTH_KEEP.match(statement))


def _schools(text: str, original: str, pack: Pack, marks: list[tuple[int, Person]], any_minor: bool) -> list[Span]:
    rule = pack.by_id["minor_school"]
    spans: list[Span] = []
    last = 0
    for anchor in _SCHOOL.finditer(text):
        found = rule.pattern.search(text, max(last, anchor.start() - 22), anchor.end() + 16)
        if not found:
            continue
        start, end = found.span(rule.group)
        last = end
        person = owner(marks, start)
        near = bool(_CHILD_NEAR.search(text[max(0, start - 16) : end]))
        attends = found[0].startswith("就读") or text[start:end].endswith(("学生", "班", "年级"))
        pupil = attends and bool(_PUPIL.search(found[0]))
        if not ((person and person.minor) or (near and attends) or pupil):
            continue
        words = _AT_SCHOOL.match(text, start, end)
        start = words.end() if words else start
        start, end = clause(text, start, end) or (start, end)
        doubt = "" if person and person.minor else "学校可能指明未成年人"
        spans.append(
            Span(
                start,
                end,
                original[start:end],
                "school",
                "delete",
                "",
                rule.id,
                rule.article,
                0.9 if not doubt else 0.6,
                doubt,
                person.name if person else "",
            )
        )
    return spans


def _covert(text: str, original: str, pack: Pack, category: str) -> list[Span]:
    """Covert measures: the whole sentence goes. In civil cases the words can only be part of an argument: doubtful."""
    rule = pack.by_id["tech_investigation"]
    spans: list[Span] = []
    for found in rule.pattern.finditer(text):
        start = max(text.rfind("。", 0, found.start()), text.rfind("\n", 0, found.start())) + 1
        stops = [at for at in (text.find("。", found.end()), text.find("\n", found.end())) if at >= 0]
        end = min(stops, default=len(text) - 1) + (1 if stops and text[min(stops)] == "。" else 0)
        if spans and spans[-1].end >= end:
            continue
        doubt = "" if category == "criminal" else "涉及侦查手段的表述"
        spans.append(
            Span(
                start,
                end,
                original[start:end],
                "secrecy",
                "delete",
                "",
                rule.id,
                rule.article,
                0.9,
                doubt or "整句删去，请核对",
            )
        )
    return spans


def _trade_secrets(text: str, original: str, pack: Pack) -> list[Span]:
    if "密" not in text or not re.search(r"商业秘密|技术秘密|经营秘密", text):
        return []
    rule = pack.by_id["trade_secret"]
    return [
        Span(
            found.start(),
            found.end(),
            original[found.start() : found.end()],
            "secrecy",
            "delete",
            "",
            rule.id,
            rule.article,
            0.6,
            "商业秘密的具体内容，建议删去",
        )
        for found in _SECRET_DETAIL.finditer(text)
    ]


def _homes(text: str, original: str) -> list[Span]:
    return [
        Span(
            found.start(1),
            found.end(1),
            original[found.start(1) : found.end(1)],
            "address",
            "review",
            original[found.start(1) : found.end(1)],
            "disputed_home",
            "第十条第一款第（六）项",
            0.5,
            "争议房屋的门牌；规则未列明，如系自然人住址应删至道路",
        )
        for found in _HOME.finditer(text)
    ]
