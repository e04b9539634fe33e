"""Grounds and sentences of applications in the language in force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from deadlines.changes.models import ChangeKind, ChangeRequest
from deadlines.clocks import plain, wording
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Citation, ExtensionRule, UnknownRule

#: the words of the law for extensions, as the packs have them; here so that they are translated
EXTENSION_GROUNDS = (
    N_("全部平台均申请延期"),
    N_("可能判处死刑的案件、附带民事诉讼的案件，以及刑诉法第一百五十八条情形之一"),
    N_("因特殊情况还需要延长的"),
    N_("有正当理由的"),
    N_("有特殊情况需要延长的"),
    N_("案情复杂或者情况特殊的"),
    N_("疑难、复杂、重大或其他特殊原因（参照第二百一十条）"),
    N_("疑难、复杂、重大案件"),
    N_("至迟不得超过三个月"),
    N_("至迟不得超过六个月"),
    N_("至迟不超过十日"),
    N_("还需延长的，层报高级人民法院备案"),
    N_("还需要延长的"),
    N_("需要延长期限的，不得超过六个月"),
)


def extension_rule(ground: str) -> ExtensionRule | None:
    """The rung that `civ_1st_ordinary#2` names, in the latest version of its limit."""
    limit_id, _hash, number = ground.partition("#")
    versions = rulebook().limits.get(limit_id)
    if not versions or not number.isdigit():
        return None
    return versions[-1].extension_after(int(number) - 1)


def ground_text(kind: str, ground: str) -> str:
    """A ground as people read it: the words of the law for an extension, the name of the rule for all else."""
    book = rulebook()
    if kind == ChangeKind.EXTENSION:
        rung = extension_rule(ground)
        return _(rung.ground) if rung and rung.ground else ground
    if ground in book.conversions:
        return wording.name_of(book.conversions[ground])
    return wording.ground_name(ground)


def basis_of(kind: str, ground: str, filed: Any = None) -> tuple[Citation, ...]:
    """The articles of a ground."""
    book = rulebook()
    if kind == ChangeKind.EXTENSION:
        rung = extension_rule(ground)
        return (rung.basis,) if rung else ()
    if ground in book.conversions:
        return book.conversions[ground].basis
    try:
        return book.ground(ground, filed).basis
    except UnknownRule:
        return ()


def articles(change: ChangeRequest) -> str:
    """The articles of the ground of an application."""
    return wording.cite(rulebook(), basis_of(change.kind, change.ground, change.clock.filed_on))


def told(lines: Iterable[dict[str, Any]]) -> list[str]:
    """The sentences of a notice; the article of the decision follows the reader's language too."""
    found = []
    for line in lines:
        params = {
            key: wording.cite(rulebook(), basis_of(*value["ground"])) if isinstance(value, dict) and "ground" in value
            else value
            for key, value in line["params"].items()
        }  # fmt: skip
        found += plain.told([{"text": line["text"], "params": params}])
    return found
