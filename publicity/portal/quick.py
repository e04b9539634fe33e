"""Documents asked for again and again, answered before Django: one short read says whether what is kept still stands.

A kept answer belongs to the row it was made from. The row is read again for every request, so a document that was
withdrawn, held back or corrected is never shown from here: its row is gone or another, and Django answers.
"""

from __future__ import annotations

import gzip
import re
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.db import DatabaseError, connection
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from publicity.portal import rules
from publicity.portal.models import Judgment

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Headers = list[tuple[str, str]]

#: a document in any of its forms, in either language, without a question behind it
ADDRESS = re.compile(r"/(?:en/)?judgments/([-\w]{1,20})/(?:(?:text|docx|pdf|xml)/)?", re.ASCII)
#: what one process keeps; a page has some 20 KB, a PDF 100
MOST_BYTES, MOST_ANSWER = 48 * 1024 * 1024, 2 * 1024 * 1024
#: headers that belong to one request, or that this module writes itself
OWN = {"x-request-id", "content-length", "etag", "vary"}
TOLD_WHEN_UNCHANGED = {"cache-control", "content-language", "content-location", "expires"}
PACKABLE = re.compile(r"^(text/|application/(akn\+)?xml)")
UNPACKS = re.compile(r"(?:^|[\s,])gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
#: smaller answers gain nothing by packing
WORTH_PACKING = 500
#: what a page of a document follows from: its version, and which documents of the same dispute are public beside it
STANDS = """
SELECT version, pushed_at, sm3, ARRAY(
    SELECT beside.public_id FROM portal_judgment beside WHERE beside.number_key = ANY($1) ORDER BY 1
) FROM portal_judgment WHERE public_id = $2
"""
Row = tuple[Any, ...]
_of_thread = threading.local()


@dataclass(frozen=True)
class Kept:
    """An answer with the row it was made from; `keys` are the case numbers of the dispute."""

    row: Row
    keys: list[str]
    tag: str
    headers: Headers
    told: Headers
    body: bytes
    packed: bytes

    @property
    def size(self) -> int:
        """Bytes it takes, roughly."""
        return len(self.body) + len(self.packed) + 2000


def warm() -> None:
    """Load what the first visitors would wait for: addresses, templates, both catalogues, the dictionary of words.

    No database is asked: the process is about to be copied, and a connection must not be.
    """
    rules.query("中华人民共和国")  # not translated: any text opens the dictionary
    reverse("portal:home")
    for template in sorted((Path(settings.BASE_DIR) / "templates" / "portal").glob("*.html")):
        get_template(f"portal/{template.name}")
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("司法公开")


class Shelf:
    """Kept answers, the least used thrown out first. Threads share it."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most, self.size = most, 0
        self.held: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self.guard = threading.Lock()

    def get(self, key: tuple[str, ...]) -> Kept | None:
        """The answer of an address, which counts as used."""
        with self.guard:
            found = self.held.get(key)
            if found is not None:
                self.held.move_to_end(key)
            return found

    def put(self, key: tuple[str, ...], kept: Kept | None) -> None:
        """Keep an answer in place of an older one; None forgets it."""
        with self.guard:
            old = self.held.pop(key, None)
            self.size -= old.size if old else 0
            if kept is not None:
                self.held[key] = kept
                self.size += kept.size
            while self.size > self.most:
                self.size -= self.held.popitem(last=False)[1].size


class Quick:
    """WSGI application in front of Django's."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.shelf = Shelf()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer from the shelf when that is right, else let Django answer and keep what it said."""
        address = ADDRESS.fullmatch(environ["PATH_INFO"])
        if address is None or not _plain(environ):
            return self.application(environ, start)
        key = (
            environ["PATH_INFO"], environ.get("HTTP_HOST", ""), environ["wsgi.url_scheme"],
            environ.get("HTTP_X_FORWARDED_PROTO", ""),
        )  # fmt: skip
        kept = self.shelf.get(key)
        if kept is not None and stands(address[1], kept.keys) == kept.row:
            return answer(kept, environ, start)
        return self._ask(key, address[1], environ, start)

    def _ask(self, key: tuple[str, ...], public_id: str, environ: Environ, start: Start) -> Iterable[bytes]:
        """Django's answer to the plain question, kept with the row that stood before it was made."""
        self.shelf.put(key, None)
        keys = keys_of(public_id)
        row = stands(public_id, keys) if keys is not None else None
        if keys is None or row is None:
            return self.application(environ, start)
        asked = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        status, headers, body = _whole(self.application, asked | {"REQUEST_METHOD": "GET"})
        tag = next((value for name, value in headers if name.lower() == "etag"), "")
        if not status.startswith("200") or not tag or len(body) > MOST_ANSWER:
            start(status, headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        kept = _kept(row, keys, tag, headers, body)
        self.shelf.put(key, kept)
        return answer(kept, environ, start)


def _plain(environ: Environ) -> bool:
    """Is it a reading request without conditions that only Django knows?"""
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("QUERY_STRING")
        and not environ.get("SCRIPT_NAME")
        and "HTTP_IF_MATCH" not in environ
    )


def _whole(application: Application, environ: Environ) -> tuple[str, Headers, bytes]:
    """Status, headers and body of an answer."""
    said: list[tuple[str, Headers]] = []
    parts = application(environ, lambda status, headers, _error=None: said.append((status, headers)))
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    return (*said[-1], body)


def _kept(row: Row, keys: list[str], tag: str, headers: Headers, body: bytes) -> Kept:
    of_text = any(name.lower() == "content-type" and PACKABLE.search(value) for name, value in headers)
    return Kept(
        row=row, keys=keys, tag=tag.removeprefix("W/"),
        headers=[(name, value) for name, value in headers if name.lower() not in OWN],
        told=[(name, value) for name, value in headers if name.lower() in TOLD_WHEN_UNCHANGED],
        body=body, packed=gzip.compress(body, 6, mtime=0) if of_text and len(body) > WORTH_PACKING else b"",
    )  # fmt: skip


def answer(kept: Kept, environ: Environ, start: Start) -> Iterable[bytes]:
    """What is kept, packed where the visitor can unpack it; 304 when he has it. A packed answer has a weak tag."""
    packed = bool(kept.packed) and bool(UNPACKS.search(environ.get("HTTP_ACCEPT_ENCODING", "")))
    own = [("ETag", f"W/{kept.tag}" if packed else kept.tag), ("Vary", "Accept-Encoding")]
    if _has(environ.get("HTTP_IF_NONE_MATCH", ""), kept.tag):
        start("304 Not Modified", kept.told + own)
        return []
    body = kept.packed if packed else kept.body
    own += [("Content-Length", str(len(body))), ("X-Request-ID", uuid.uuid4().hex)]
    start("200 OK", kept.headers + own + ([("Content-Encoding", "gzip")] if packed else []))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _has(given: str, tag: str) -> bool:
    """Does `If-None-Match` name the tag? The comparison is the weak one of RFC 9110."""
    return bool(given) and any(one.strip().removeprefix("W/") in (tag, "*") for one in given.split(","))


def stands(public_id: str, keys: list[str]) -> Row | None:
    """What the answer for a document follows from; None when there is none, or when the database does not say.

    The statement is prepared once for each connection, which halves what it costs.
    """
    try:
        old = connection.close_at is not None and time.monotonic() >= connection.close_at
        if old and not connection.in_atomic_block:
            connection.close()
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:
            if getattr(_of_thread, "prepared_on", None) is not connection.connection:
                cursor.execute(f"PREPARE portal_stands(text[], text) AS {STANDS}")
                _of_thread.prepared_on = connection.connection
            cursor.execute("EXECUTE portal_stands(%s, %s)", [keys, public_id])
            return cursor.fetchone()
    except (DatabaseError, psycopg2.Error):
        connection.close()
        return None


def keys_of(public_id: str) -> list[str] | None:
    """Case numbers of the same dispute, as the index knows them; None where no document stands."""
    try:
        related = Judgment.objects.filter(public_id=public_id).values_list("related", flat=True).first()
    except DatabaseError:
        connection.close()
        return None
    return None if related is None else [rules.number_key(one["case_number"]) for one in related]
