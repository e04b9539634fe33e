"""A judgment taken apart, as this room needs it. The reading itself is in the redaction room."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from publicity.judgments.rules import Replaced
from publicity.redaction.document import Judgment, Section, chinese_date, parse

__all__ = ["Judgment", "Section", "chinese_date", "kind_of", "number_key", "parse", "shifted"]

KINDS = (
    ("判决书", "judgment"),
    ("裁定书", "ruling"),
    ("决定书", "decision"),
    ("调解书", "mediation"),
    ("支付令", "payment_order"),
    ("通知书", "notice"),
)


def kind_of(judgment: Judgment) -> str:
    """The key of the document kind, empty when the text does not say."""
    return next((key for word, key in KINDS if judgment.kind.endswith(word)), "")


def number_key(number: str) -> str:
    """A case number without brackets, blanks and 第, for comparison."""
    return re.sub(r"[\s（）()\[\]〔〕第字]", "", number)


@dataclass(frozen=True)
class Shifted:
    """A section of the original and where it lies in the result."""

    name: str
    start: int
    end: int


def shifted(sections: Iterable[Section], replaced: list[Replaced]) -> list[Shifted]:
    """The sections of the original as offsets of the result."""
    ordered = sorted(replaced, key=lambda part: part.start)

    def moved(offset: int) -> int:
        shift = 0
        for part in ordered:
            if part.end <= offset:
                shift += len(part.replacement) - (part.end - part.start)
            elif part.start < offset:
                return part.start + shift + len(part.replacement)
        return offset + shift

    return [Shifted(section.name, moved(section.start), moved(section.end)) for section in sections]
