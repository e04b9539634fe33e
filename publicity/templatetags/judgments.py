"""Tags of the publication pages: words for keys, letters of hits, decided places."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from publicity.judgments import overview, words
from publicity.judgments.selectors import Desk, Piece

register = template.Library()
#: small letters that belong to no kind
LETTERS = {"疑": lambda: _("疑"), "漏": lambda: _("漏")}
DELIVERIES = {
    "publish": lambda: _("公布"),
    "withdraw": lambda: _("撤回"),
    "hold": lambda: _("暂停公布"),
    "release": lambda: _("恢复公布"),
    "notice": lambda: _("公布不公开信息项"),
    "unnotice": lambda: _("移除不公开信息项"),
}


SURFACES = {
    "page": lambda: _("网页"), "text": lambda: _("文本"), "docx": lambda: _("Word 文件"), "pdf": lambda: _("PDF 文件"),
    "xml": lambda: _("XML 文件"), "search": lambda: _("检索"), "list": lambda: _("列表"), "feed": lambda: _("订阅源"),
    "sitemap": lambda: _("站点地图"), "api": lambda: _("接口"), "bulk": lambda: _("批量下载"),
}  # fmt: skip


@register.simple_tag
def surface_word(surface: str) -> str:
    """A surface of the public site in words."""
    return SURFACES[surface]() if surface in SURFACES else surface


@register.simple_tag
def named(person: Any) -> str:
    """The person's name in the reader's language, — where there is nobody."""
    return person.display_name if person is not None else "—"


@register.simple_tag
def publication_level(publication: Any) -> str:
    """How a state is coloured in lists."""
    return overview.LEVELS[publication.state]


@register.simple_tag
def policy_name(policy: str) -> Any:
    """The rule set in words."""
    return words.POLICIES.get(policy, policy)


@register.simple_tag
def left_over(residue: Any) -> str:
    """Why something is left over, in the reader's language."""
    return words.left_over(residue)


@register.simple_tag
def letter(mark: Any) -> str:
    """The small letter of a hit."""
    return LETTERS[mark]() if mark in LETTERS else str(mark)


@register.simple_tag
def deleted_letter(mark: Any) -> str:
    """删 and the small letter, where nothing is left."""
    return _("删%(letter)s") % {"letter": letter(mark)}


@register.simple_tag
def delivery_word(act: str) -> str:
    """What was sent to the public site."""
    return DELIVERIES[act]() if act in DELIVERIES else act


@register.filter
def article(text: str) -> str:
    """A citation in the reader's language."""
    return words.article(text)


@register.filter
def pieces(parts: list[Piece]) -> SafeString:
    """Runs of text as HTML; written by hand because a long judgment has thousands of them."""
    return mark_safe("".join(map(_piece, parts)))


def _piece(piece: Piece) -> str:
    text = escape(piece.text)
    if not piece.css:
        return text
    hit = f' data-hit="{piece.hit}"' if piece.hit else ""
    mark = (deleted_letter if piece.deleted else letter)(piece.letter) if piece.letter else ""
    sup = f"<sup>{escape(mark)}</sup>" if mark else ""
    return f'<mark class="hit {piece.css}{" is-on" if piece.on else ""}"{hit}>{text}{sup}</mark>'


@register.filter
def decided_rows(desk: Desk) -> list[dict[str, Any]]:
    """Places a person decided, for the clearing person: names that were dismissed, other doubtful ones, the rest."""
    rows = []
    for hit in desk.hits:
        text = desk.version.original[hit.start : hit.end]
        if hit.decision != "proposed":
            rows.append({
                "hit": hit, "text": text, "kept": hit.replacement == text, "rule": words.rule_name(hit.rule),
                "doubt": words.said(hit.doubt),
            })  # fmt: skip
    return sorted(rows, key=lambda row: (not _dismissed(row), not row["doubt"], row["hit"].start))[:200]


def _dismissed(row: dict[str, Any]) -> bool:
    """Perhaps a name, and the redactor said it is none, or one that stays."""
    return bool(row["hit"].rule == "suspect" and row["kept"])


@register.filter
def over_rows(desk: Desk) -> list[dict[str, Any]]:
    """Masks without a rule, as the clearing person is shown them first."""
    return [
        {
            "text": desk.version.original[hit.start : hit.end], "shown": hit.replacement,
            "rule": words.rule_name(hit.rule),
        }
        for hit in desk.over
    ]  # fmt: skip
