"""Signed judgments of the demo court: complete texts with names, numbers and addresses that redaction has to find."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import yaml

from cases.intake.catalogue import closing_methods, court_names
from cases.intake.fieldcrypt import decrypt
from cases.intake.models import BenchMember, BenchRole, Case, Party
from cases.intake.number_repair import parse
from courtcms.demo import names

TEXTS: dict[str, Any] = yaml.safe_load((names.DATA / "texts.yaml").read_text("utf-8"))
DIGITS = "〇一二三四五六七八九十"
TITLES = {"civil": "民事", "criminal": "刑事", "administrative": "行政"}
ROLES = {
    "plaintiff": "原告", "defendant": "被告", "appellant": "上诉人（原审原告）", "appellee": "被上诉人（原审被告）",
    "accused": "被告人", "original_accused": "上诉人（原审被告人）", "victim": "被害人",
}  # fmt: skip
CLOSINGS = {
    ("civil", "second"): "依照《中华人民共和国民事诉讼法》第一百七十七条第一款规定，",
    ("civil", "first"): "依照《中华人民共和国民法典》第五百七十七条、《中华人民共和国民事诉讼法》第六十七条规定，",
    ("administrative", "second"): "依照《中华人民共和国行政诉讼法》第八十九条第一款规定，",
    ("administrative", "first"): "依照《中华人民共和国行政诉讼法》第六十九条规定，",
    ("criminal", "first"): "依照《中华人民共和国刑法》第六十七条第三款规定，",
    ("criminal", "second"): "依照《中华人民共和国刑事诉讼法》第二百三十六条第一款第一项规定，",
}


def chinese_day(day: date) -> str:
    """二〇二六年十一月六日."""
    return f"{''.join(DIGITS[int(d)] for d in str(day.year))}年{_small(day.month)}月{_small(day.day)}日"


def _small(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def plain_day(day: date) -> str:
    """2026年11月6日."""
    return f"{day.year}年{day.month}月{day.day}日"


def method_of(case: Case) -> str:
    """The Chinese name of the closing method."""
    method = closing_methods().get(case.closing_method)
    return method.zh if method else ""


def kind_of(case: Case) -> str:
    """Key of the kind of document that ended the case."""
    if method_of(case) == "调解":
        return "mediation"
    return "ruling" if case.category == "criminal" and method_of(case) == "维持" else "judgment"


def signed_text(case: Case, seed: int) -> str:
    """The text as the bench signed it on the day of closing."""
    source = random.Random(f"text:{seed}:{case.number}")
    parties = list(case.parties.prefetch_related("representatives"))
    kind = "裁定" if kind_of(case) == "ruling" else "判决"
    words = _words(case, parties, source)
    lines = [case.court.name, f"{TITLES[case.category]}{kind}书", case.number]
    if case.category == "criminal":
        below = words["court"].replace("人民法院", "人民检察院")
        lines.append(f"原公诉机关{below}。" if case.instance == "second" else "公诉机关天津市人民检察院第二分院。")
    for party in parties:
        lines += _party(party, source)
    lines.append(_course(case, words, kind))
    texts = TEXTS[case.category].get(case.cause, TEXTS[case.category]["default"])
    lines += [line.format_map(words) for line in (*texts["facts"], *texts["reasons"])]
    lines.append(f"{CLOSINGS[case.category, case.instance]}{kind}如下：")
    lines += [line.format_map(words) for line in TEXTS["outcomes"][_outcome(case)]]
    lines += _end(case, words, kind)
    return "\n".join([*lines, *_signatures(case)])


def _outcome(case: Case) -> str:
    if case.instance == "second":
        return "维持" if case.category != "civil" or method_of(case) == "维持" else "改判"
    return {"criminal": "刑事", "administrative": "行政"}.get(case.category, "判决")


def _words(case: Case, parties: list[Party], source: random.Random) -> dict[str, Any]:
    first, last = parties[0], parties[-1]
    day = case.filed_on - timedelta(days=source.randint(200, 700))
    return {
        "a": first.name, "b": last.name if last is not first else "对方", "cause": case.cause,
        "crime": case.cause.removesuffix("罪"), "lower": case.lower_number,
        "court": court_names().get(parse(case.lower_number).court, "原审人民法院") if case.lower_number else "",
        "amount": f"{source.randint(20, 900) * 1000:,}", "day": plain_day(day),
        "day2": plain_day(day + timedelta(days=90)), "phone": f"1990000{source.randint(0, 9999):04}",
        "account": f"622202{source.randint(10**12, 10**13 - 1)}",
        "home": f"{names.address(source)}{source.randint(1, 9)}号楼",
        "victim": last.name if case.category == "criminal" and last is not first else names.person_name(source),
        "witness": names.person_name(source), "years": _small(source.randint(1, 9)),
        "fine": f"{source.randint(2, 20)}000",
        "fee": f"{source.randint(50, 9000)}",
    }  # fmt: skip


def _party(party: Party, source: random.Random) -> Iterable[str]:
    role = ROLES.get(party.role, party.role)
    if party.kind == "natural":
        sex = {"male": "男", "female": "女"}.get(party.gender, "男")
        born = f"，{plain_day(party.born_on)}出生" if party.born_on else ""
        number = f"，公民身份号码{decrypt(party.identity_encrypted)}" if party.identity_kind == "resident_id" else ""
        yield f"{role}：{party.name}，{sex}{born}，汉族，住{party.address}{number}。"
    else:
        code = f"，统一社会信用代码{decrypt(party.identity_encrypted)}" if party.identity_encrypted else ""
        yield f"{role}：{party.name}，住所地{party.address}{code}。"
        if party.legal_representative:
            post = "局长" if party.name.endswith("局") else "总经理"
            yield f"法定代表人：{party.legal_representative}，{post}。"
    for agent in party.representatives.all():
        word = "辩护人" if agent.kind == "defender" else "委托诉讼代理人"
        yield f"{word}：{agent.name}，{agent.firm}律师。"


def _course(case: Case, words: dict[str, Any], kind: str) -> str:
    filed = plain_day(case.filed_on)
    if case.category == "criminal":
        accused = f"被告人{words['a']}犯{case.cause}一案"
        if case.instance == "second":
            return (
                f"{words['court']}审理{accused}，作出{case.lower_number}刑事判决。原审被告人{words['a']}不服，提出上诉。"
                f"本院于{filed}立案后，依法组成合议庭进行了审理。现已审理终结。"
            )
        return f"公诉机关指控{accused}，本院于{filed}立案后，依法组成合议庭，公开开庭进行了审理。现已审理终结。"
    sides = f"{words['a']}与{words['b']}{case.cause}"
    if case.instance == "second":
        return (
            f"上诉人{words['a']}因与被上诉人{words['b']}{case.cause}一案，不服{words['court']}{case.lower_number}"
            f"{TITLES[case.category]}判决，向本院提起上诉。本院于{filed}立案后，依法组成合议庭进行了审理。本案现已审理终结。"
        )
    return f"{sides}一案，本院于{filed}立案后，依法组成合议庭，公开开庭进行了审理。本案现已审理终结。"


def _end(case: Case, words: dict[str, Any], kind: str) -> list[str]:
    level = "二审" if case.instance == "second" else ""
    lines = [] if case.category == "criminal" else [f"{level}案件受理费{words['fee']}元，由{words['b']}负担。"]
    if case.instance == "second":
        return [*lines, f"本{kind}为终审{kind}。"]
    return [*lines, "如不服本判决，可在判决书送达之日起十五日内，向本院递交上诉状，上诉于天津市高级人民法院。"]


def _signatures(case: Case) -> list[str]:
    bench = list(BenchMember.objects.filter(case=case).select_related("user").order_by("pk"))
    by_role = {role: [seat.user.name for seat in bench if seat.role == role] for role in BenchRole.values}
    head = (by_role["presiding"] or by_role["judge"])[0]
    others = [name for name in dict.fromkeys([*by_role["judge"], *by_role["member"]]) if name != head]
    assert case.closed_on is not None  # only closed cases have a signed text
    return [
        f"审判长　{head}",
        *(f"审判员　{name}" for name in others),
        chinese_day(case.closed_on),
        *(f"书记员　{name}" for name in by_role["clerk"]),
    ]
