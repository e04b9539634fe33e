"""The list of the confidentiality check: items as data, their words, and what an answer must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.intake.models import Secrecy
from courtcms.core.errors import Reasons
from publicity.judgments.models import PublicationVersion

WORDS = {
    "marks": gettext_lazy("全文没有密级标志（绝密、机密、秘密加★，密级，保密期限）"),
    "level": gettext_lazy("案件没有密级"),
    "excluded": gettext_lazy("没有第四条规定的不公开情形"),
    "deliberation": gettext_lazy("没有合议庭、审判委员会的评议、讨论内容"),
    "covert": gettext_lazy("没有技术侦查措施和侦查秘密"),
    "instructions": gettext_lazy("没有内部请示、批复，没有维稳、信访工作内容"),
    "source": gettext_lazy("证据不是来自国家安全、军事、外交、宗教部门，没有未公布的统计"),
    "names": gettext_lazy("应隐去的人员、号码、住址都已隐去，应保留的都在"),
    "identity": gettext_lazy("除技术处理外与原本一致"),
}
MARKS = re.compile(r"(?:绝密|机密|秘密)\s*[★☆]|密级[:：]?\s*(?:绝密|机密|秘密)|保密期限")
YES = "yes"


@dataclass(frozen=True)
class Item:
    """One line of the list; `found` is the program's own answer: True passes, None is left to the person."""

    id: str
    level: str
    article: str
    found: bool | None = None

    @property
    def text(self) -> Any:
        return WORDS[self.id]


@cache
def items() -> tuple[Item, ...]:
    """The list as it stands in the data file."""
    rows = yaml.safe_load((Path(__file__).parent / "data" / "clearance.yaml").read_text(encoding="utf-8"))
    return tuple(Item(row["id"], row["level"], row["article"]) for row in rows)


def answered(version: PublicationVersion, text: str) -> list[Item]:
    """The list with the program's answers for one version; `text` is the result as it would be published."""
    found = {
        "marks": not MARKS.search(text),
        "level": version.publication.case.secrecy == Secrecy.NONE,
        "excluded": not version.exclusions,
    }
    return [Item(item.id, item.level, item.article, found.get(item.id)) for item in items()]


def check(reasons: Reasons, answers: dict[str, str]) -> None:
    """Every item left to the person must be answered yes; whoever finds something returns the text instead."""
    for item in items():
        if item.level == "person" and answers.get(item.id) != YES:
            reasons.add(
                _("未确认"), field=f"item_{item.id}", article=item.article,
                remedy=_("不能确认的，请退回并写明理由"),
            )  # fmt: skip
