"""Excerpts for the list of results: the sentence that holds most of the words, the words marked. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import rjieba

WIDTH = 110
#: parts of a judgment in the order in which they make a good excerpt
PREFERRED = ("reasons", "facts", "disposition", "course", "parties", "head", "appendix", "signatures")
SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")


@dataclass(frozen=True)
class Piece:
    """A run of text, marked when it is one of the words looked for."""

    text: str
    marked: bool = False


def needles(words: Sequence[str], text: str) -> list[str]:
    """The words as typed; one that does not occur as a whole is replaced by its parts."""
    found: list[str] = []
    for word in words:
        found += [word] if word in text else [part for part in rjieba.cut(word, False) if len(part) > 1]
    return sorted(set(found), key=lambda word: (-len(word), word))


def marked(text: str, words: Sequence[str]) -> list[Piece]:
    """The text cut into plain and marked runs."""
    if not words:
        return [Piece(text)]
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    pieces: list[Piece] = []
    last = 0
    for hit in pattern.finditer(text):
        pieces.append(Piece(text[last : hit.start()]))
        pieces.append(Piece(hit[0], True))
        last = hit.end()
    pieces.append(Piece(text[last:]))
    return [piece for piece in pieces if piece.text]


def _window(sentence: str, words: Sequence[str]) -> str:
    if len(sentence) <= WIDTH:
        return sentence
    first = min((at for at in (sentence.find(word) for word in words) if at >= 0), default=0)
    start = max(0, min(first - 30, len(sentence) - WIDTH))
    cut = sentence[start : start + WIDTH]
    return f"{'…' if start else ''}{cut}{'…' if start + WIDTH < len(sentence) else ''}"


def _sentences(paragraphs: Iterable[str]) -> list[str]:
    return [hit[0].strip() for text in paragraphs for hit in SENTENCE.finditer(text) if hit[0].strip()]


def excerpt(sections: Sequence[dict[str, object]], words: Sequence[str]) -> list[Piece]:
    """The best sentence of a document; without words, the beginning of the court's reasons."""
    ordered = sorted(sections, key=lambda s: PREFERRED.index(str(s["key"])) if s["key"] in PREFERRED else 99)
    whole = "\n".join(text for section in ordered for text in section["paragraphs"])  # type: ignore[attr-defined]
    wanted = needles(words, whole)
    sentences = [s for section in ordered for s in _sentences(section["paragraphs"])]  # type: ignore[arg-type]
    if not sentences:
        return []
    best = max(sentences, key=lambda s: sum(word in s for word in wanted))
    return marked(_window(best, wanted), wanted)
