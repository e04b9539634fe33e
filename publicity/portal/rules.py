"""The portal's arithmetic and text rules: keys, ids, fingerprints, words to search by. Pure: no Django import."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import rjieba

#: positions and their number per word that a tsvector can hold
POSITIONS, POSITIONS_PER_WORD = 16383, 255
#: characters of a word that count
LONGEST_WORD = 200
WORD = re.compile(r"\w", re.UNICODE)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
CASE_NUMBER = re.compile(r"^(?:19|20)\d{2}[\u4e00-\u9fff][\u4e00-\u9fff\d]{1,24}$")


def number_key(text: str) -> str:
    """A case number without brackets, blanks and width: `（2026）津02民终1号` -> `2026津02民终1号`."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", text) if WORD.match(ch)).lower()


def starts_like_case_number(text: str) -> bool:
    """Is the text a case number or the beginning of one (year, then the court)? `2026年 合同` is not."""
    key = number_key(text)
    return bool(CASE_NUMBER.match(key)) and key[4] not in "年度月" and any(ch.isdigit() for ch in key[4:])


def sm3_of(paragraphs: Iterable[str]) -> str:
    """SM3 of the published text: paragraphs joined by line feeds, UTF-8. Anybody can compute it again."""
    return hashlib.new("sm3", "\n".join(paragraphs).encode()).hexdigest()


def public_id(*parts: str) -> str:
    """A short stable id from what is public anyway: twelve letters and digits, safe in addresses."""
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return base64.b32encode(digest)[:12].decode().lower()


def _plain(token: str) -> str:
    """A word as the index knows it: letters, digits and characters only, so that it needs no quoting rules."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", token).lower() if ch.isalnum())[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def _parts(token: str) -> tuple[str, ...]:
    """The words of the dictionary inside a longer word."""
    word = _plain(token)
    return tuple(part for part in map(_plain, rjieba.cut_for_search(token, False)) if part and part != word)


@lru_cache(maxsize=50_000)
def _forms(token: str) -> tuple[str, ...]:
    """The word as the index knows it, with the words inside it when it has more than two characters; none for signs."""
    word = _plain(token)
    if not word:
        return ()
    return (word, *_parts(token)) if len(word) > 2 else (word,)


def index_words(text: str) -> list[tuple[str, int]]:
    """Words of a text with their places. Parts of a longer word share its place, so that phrases stay phrases."""
    found: list[tuple[str, int]] = []
    place = 0
    for token in rjieba.cut(text, False):
        forms = _forms(token)
        if forms:
            place += 1
            found += [(form, place) for form in forms]
    return found


def vector(parts: Sequence[tuple[str, str]]) -> str:
    """A tsvector literal from (weight, text) parts; A is the title, D the text."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    offset = 0
    for weight, text in parts:
        last, mark = 0, weight if weight != "D" else ""
        for word, place in index_words(text):
            last = place
            held = places[word]
            position = f"{(offset + place - 1) % (POSITIONS - 1) + 1}{mark}"
            if len(held) < POSITIONS_PER_WORD and (not held or held[-1] != position):
                held.append(position)
        offset += last + 1
    return " ".join(f"'{word}':{','.join(held)}" for word, held in sorted(places.items()))


def _quoted(word: str) -> str:
    return f"'{word}'"


def query(text: str, most: int = 12) -> str:
    """A tsquery literal: every word must occur. A long dictionary word also matches by all of its parts.

    Empty when the text holds nothing to search by. At most `most` words count; one lonely character matches as a start.
    """
    wanted: list[str] = []
    for token in rjieba.cut(text, False):
        word = _plain(token)
        if not word:
            continue
        parts = _parts(token)
        whole = _quoted(word)
        if parts and sum(map(len, parts)) >= len(word):
            whole = f"({whole} | ({' & '.join(map(_quoted, parts))}))"
        if whole not in wanted:
            wanted.append(whole)
    return " & ".join(wanted[:most])


def terms(text: str) -> list[str]:
    """What to mark in a snippet: the words as typed, longest first."""
    words = {word for word in unicodedata.normalize("NFKC", text).split() if WORD.search(word)}
    return sorted(words, key=lambda word: (-len(word), word))
