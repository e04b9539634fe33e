"""A text without what may stand between the letters of a name, and the way back to its offsets.

Names are searched here: a name is found however it is broken by blanks, dots, line ends or page numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from publicity.redaction.folding import BLANKS

_BETWEEN = re.compile(
    rf"[{re.escape(BLANKS)}]+(?:(?<=[\n\f \u3000])"
    r"(?:[-—－~·]{0,2}\s?\d{1,4}(?:\s?/\s?\d{1,4})?\s?[-—－~·]{0,2}|第\s?[\d一二三四五六七八九十百]{1,4}\s?页[^\n]{0,10})"
    r"[ \u3000]*[\n\f]\s*)?"
)


def words_in(text: str, words: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where the words stand, in order, without overlap: the first wins, of those that begin together the longest.

    Each word is looked for by itself: for the few dozen names of a judgment that costs less than compiling a pattern.
    """
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append((at, -len(word), word))
            at = text.find(word, at + 1)
    found.sort()
    chosen, done = [], 0
    for at, length, word in found:
        if at >= done:
            done = at - length
            chosen.append((at, done, word))
    return chosen


class Tight:
    """`text` is the tight text; `span` gives the place of a tight span in the folded text."""

    def __init__(self, folded: str) -> None:
        parts: list[str] = []
        self.tights: list[int] = [0]
        self.offsets: list[int] = [0]
        at = length = 0
        for gap in _BETWEEN.finditer(folded):
            start, end = gap.span()
            if start > at:
                parts.append(folded[at:start])
                length += start - at
                self.tights.append(length)
                self.offsets.append(end)
            else:
                self.offsets[-1] = end
            at = end
        parts.append(folded[at:])
        self.text = "".join(parts)

    def offset(self, at: int) -> int:
        """The folded offset of the letter at `at`."""
        index = bisect_right(self.tights, at) - 1
        return self.offsets[index] + at - self.tights[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The folded span of the letters `start` to `end`, without what stands behind the last one."""
        return self.offset(start), self.offset(end - 1) + 1
