"""Whether an answer of the public site is what it has to be. Pure: addresses and answers in, verdict out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import quote

#: surfaces that are the document itself; the others only tell of it
OWN = ("page", "text", "docx", "pdf", "xml", "api")
GONE = (403, 410)
TOO_MANY = 429


@dataclass(frozen=True)
class Shown:
    """What is known of a document without asking the public site: id, number, judgment day, fingerprint, place.

    `place` is where the document stands, or stood, in the order of the bulk download; 0 when nobody noted it.
    """

    public_id: str
    number: str
    judged_on: str
    sm3: str
    place: int = 0

    @property
    def path(self) -> str:
        """Its address."""
        return f"/judgments/{self.public_id}/"


@dataclass(frozen=True)
class Answer:
    """Status and content of one request."""

    status: int
    body: bytes

    @property
    def text(self) -> str:
        """The content as text; files that are none are searched as they are."""
        return self.body.decode("utf-8", "replace")


def address(surface: str, shown: Shown) -> str:
    """Where a surface is asked. The site map has parts and is walked from here."""
    day = shown.judged_on
    return {
        "page": shown.path,
        "search": f"/judgments/?q={quote(shown.number)}",
        "list": f"/judgments/?since={day}&until={day}&order=judged",
        "feed": "/feed.atom",
        "sitemap": "/sitemap.xml",
        "api": f"/api/v1/judgments/{shown.public_id}/",
        "bulk": f"/bulk.ndjson?after={max(0, shown.place - 1)}",
    }.get(surface, f"{shown.path}{surface}/")


def tells(surface: str, shown: Shown, answers: list[Answer]) -> bool:
    """Does the surface tell of the document?"""
    if surface == "search":
        return any(shown.path in result for answer in answers for result in answer.text.split('class="result"')[1:])
    return any(shown.path in answer.text for answer in answers)


def verdict(surface: str, shown: Shown, present: bool, answers: list[Answer]) -> str | None:
    """Empty when the surface is as it has to be, or what is wrong as a key; None when it must be asked later."""
    if any(answer.status == TOO_MANY for answer in answers):
        return None
    if surface == "bulk" and not shown.place:
        return ""
    own = surface in OWN
    first = answers[0] if answers else Answer(0, b"")
    if own and not present:
        return "" if first.status in GONE and shown.sm3[:12] not in first.text else "still_there"
    if any(answer.status != 200 for answer in answers) or not answers:
        return "no_answer"
    if own:
        return "" if _same(surface, shown, first) else "other_text"
    if surface in ("feed", "list"):  # both hold only the newest: absence proves, presence need not
        return "still_there" if not present and tells(surface, shown, answers) else ""
    told = tells(surface, shown, answers)
    return "" if told == present else "still_there" if told else "missing"


def _same(surface: str, shown: Shown, answer: Answer) -> bool:
    """The text by its fingerprint, page and interface by the fingerprint they print, the files by their kind."""
    if surface == "text":
        return hashlib.new("sm3", answer.body).hexdigest() == shown.sm3
    starts = {"docx": b"PK", "pdf": b"%PDF", "xml": b"<?xml"}.get(surface)
    return answer.body.startswith(starts) if starts else shown.sm3[:12] in answer.text
