"""Which papers of a case may go to the public at all, by their heading (法释〔2016〕19号 art. 3 and 4). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from courtcms.core.marks import N_

KIND_WORDS = ("判决书", "裁定书", "决定书", "调解书", "支付令", "通知书")
#: the heading stands among the first lines; a run-on text has all of them in one
HEAD_LINES, HEAD_LETTERS, LONGEST_HEADING = 12, 400, 40
_PUBLIC_INTEREST = re.compile(r"公益诉讼|公益")


@dataclass(frozen=True)
class Unfit:
    """Why a paper is none that is published: a code, the sentence, the article, what to do instead."""

    code: str
    message: str
    article: str
    remedy: str


NO_KIND = Unfit(
    "no_kind", N_("没有找到“判决书、裁定书、决定书、支付令、通知书”字样的标题，不是可以公布的裁判文书"),
    "法释〔2016〕19号第三条", N_("请上传签发的裁判文书正本"),
)  # fmt: skip
MEDIATION = Unfit(
    "unfit_mediation", N_("“%(heading)s”不公布：调解书只有行政调解书和民事公益诉讼调解书可以公布"),
    "法释〔2016〕19号第三条第（九）项、第四条第（三）项", N_("请以“以调解方式结案”登记不公开"),
)  # fmt: skip
NOTICE = Unfit(
    "unfit_notice", N_("“%(heading)s”不公布：通知书只有驳回申诉通知书可以公布"), "法释〔2016〕19号第三条第（四）项",
    N_("请确认上传的是裁判文书"),
)  # fmt: skip


def heading_of(text: str) -> str:
    """The heading in the first lines, without blanks; empty when no line is one."""
    for line in text[: HEAD_LETTERS * 4].split("\n")[:HEAD_LINES]:
        tight = re.sub(r"\s", "", line)
        if len(tight) <= LONGEST_HEADING and tight.endswith(KIND_WORDS):
            return tight
    found = re.search(r"[\u4e00-\u9fff]{0,10}?(?:" + "|".join(KIND_WORDS) + ")", re.sub(r"\s", "", text[:HEAD_LETTERS]))
    return found[0] if found else ""


def unfit(text: str, category: str) -> Unfit | None:
    """Why a paper may not be published by its kind; None when it may. `category`: civil, criminal, administrative …"""
    heading = heading_of(text)
    if not heading:
        return NO_KIND
    if heading.endswith("调解书"):
        administrative = "行政" in heading or category == "administrative"
        return None if administrative or _PUBLIC_INTEREST.search(text) else MEDIATION
    if heading.endswith("通知书"):
        return None if "驳回" in heading else NOTICE
    return None
