"""The public title: 当事人+案由+审级+文书种类, with the names as published."""

from __future__ import annotations

from typing import Any

from publicity.judgments.models import Publication
from publicity.judgments.parser import Judgment

INSTANCES = {
    "first": "一审",
    "second": "二审",
    "retrial": "再审",
    "retrial_review": "申诉、申请",
    "enforcement": "执行",
    "enforcement_review": "执行审查",
}
DEFENDING = ("被告", "被上诉", "被申请", "被执行", "原审被告")


def title_of(publication: Publication, judgment: Judgment, people: list[dict[str, Any]]) -> str:
    """高某1与高某2离婚后财产纠纷二审民事判决书; 赵大海盗窃罪一审刑事判决书."""
    shown = {person["name"]: person["replacement"] or person["name"] for person in people}
    parties = [entry for entry in judgment.entries if entry.is_party]
    names = [(entry, shown.get(name, name)) for entry in parties for name in entry.names]
    claiming = list(dict.fromkeys(name for entry, name in names if not entry.role.startswith(DEFENDING)))
    defending = list(dict.fromkeys(name for entry, name in names if entry.role.startswith(DEFENDING)))
    instance = INSTANCES.get(publication.case.instance, "")
    head = _criminal(claiming + defending) if judgment.category == "criminal" else _sides(claiming, defending)
    return f"{head}{publication.case.cause}{instance}{judgment.kind}"[:300]


def _criminal(names: list[str]) -> str:
    return _several(names)


def _sides(claiming: list[str], defending: list[str]) -> str:
    sides = [_several(side) for side in (claiming, defending) if side]
    return "与".join(sides)


def _several(names: list[str]) -> str:
    """At most two names, then 等."""
    return "、".join(names[:2]) + ("等" if len(names) > 2 else "")
