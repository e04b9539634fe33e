"""On what words are hidden: a mask that the engine did not propose needs a rule named by the person who makes it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from publicity.judgments.models import PublicationVersion, RedactionHit
from publicity.redaction.folding import canon, plain

MARKED = "marked"
SHORTEST_PART = 2
WORDS: dict[str, Any] = {
    "basis-family": _("婚姻家庭、继承纠纷的当事人及其法定代理人"),
    "basis-criminal": _("刑事案件被害人、附带民事原告人、证人、鉴定人及其法定代理人"),
    "basis-minor": _("未成年人及其法定代理人"),
    "basis-personal": _("自然人的住址、联系、证件、账号、健康等个人信息"),
    "basis-legal-person": _("法人的账号、车牌、权属证书编号"),
    "basis-trade-secret": _("商业秘密"),
    "basis-privacy": _("家事、人格权益纠纷中的个人隐私"),
    "basis-covert": _("技术侦查措施"),
    "basis-other": _("人民法院认为不宜公开的其他内容"),
}


@cache
def articles() -> dict[str, str]:
    """Id of a basis to its article, in the order of the data file."""
    rows = yaml.safe_load((Path(__file__).parent / "data" / "bases.yaml").read_text(encoding="utf-8"))
    return {row["id"]: row["article"] for row in rows}


def choices() -> list[dict[str, Any]]:
    """The list as the desk offers it."""
    return [{"id": key, "article": article, "text": WORDS[key]} for key, article in articles().items()]


def missing(hit: RedactionHit, original: str) -> bool:
    """Whether the words are hidden against the engine's advice, or by hand, and nobody said by which rule."""
    shown = original[hit.start : hit.end]
    if hit.replacement == shown or hit.rule in articles():
        return False
    return hit.proposal == shown or (hit.rule == MARKED and not hit.article)


def over_hidden(version: PublicationVersion, hits: Iterable[RedactionHit]) -> list[RedactionHit]:
    """Masks without a rule, in the order of the text: the clearing person returns them, nobody may publish them."""
    return [hit for hit in hits if missing(hit, version.original)]


def person_of(version: PublicationVersion, words: str) -> dict[str, Any] | None:
    """The hidden person of whose name the words are a part: the rule that hides the person hides them too."""
    tight = plain(canon(words))
    if len(tight) < SHORTEST_PART:
        return None
    return next(
        (
            row
            for row in version.people
            if row["hidden"] and any(tight in plain(canon(spelling)) for spelling in (row["name"], *row["spellings"]))
        ),
        None,
    )
