"""The name-finding pass of a version: owed by every upload, run by the worker, gone on with after it died.

What it finds are doubtful places with a mask to accept; the text stays as it is until the redactor decides.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Reasons
from courtcms.core.locks import lock
from publicity.judgments.alone import alone
from publicity.judgments.checks import result_of, span_of
from publicity.judgments.models import NamePass, Publication, PublicationVersion, RedactionHit
from publicity.judgments.moves import current
from publicity.redaction.engine import pattern_of
from publicity.redaction.folding import canon
from publicity.redaction.masks import assign
from publicity.redaction.packs import get_pack
from publicity.redaction.suspects import DOUBT, before_place, find_suspects
from publicity.redaction.types import Person, Result, Span

logger = logging.getLogger(__name__)
LOCK_SPACE = 0x1A9D  # first key of the advisory locks of passes
#: after this long without a worker the one who submits runs the pass
PATIENCE = timedelta(minutes=5)
MOST_FAULTS = 3
REPORTS = 20
SUSPECT = "suspect"


def owe(version: PublicationVersion) -> None:
    """Note that the version is to be read; whoever does so calls `run` or queues it. Once a version."""
    NamePass.objects.get_or_create(version=version, defaults={"asked_at": clock.now(), "total": len(version.original)})


def owed(versions: Iterable[int] | None = None) -> list[int]:
    """Versions not read to the end: queued while the broker was away, or left by a worker that died."""
    rows = NamePass.objects.filter(finished_at__isnull=True)
    if versions is not None:
        rows = rows.filter(version__in=versions)
    return list(rows.order_by("pk").values_list("version_id", flat=True))


def run(version_id: int) -> bool:
    """Read one version and lay what is found before the redactor; whether this call finished it.

    Running twice does nothing twice. A fault is logged and counted; after three the pass is given up and says so.
    """
    with alone(LOCK_SPACE, version_id) as free:
        row = NamePass.objects.filter(version=version_id, finished_at__isnull=True).first() if free else None
        if row is None:
            return False
        try:
            _read(row)
        except Exception:
            logger.exception("name-finding of version %s failed", version_id)
            row.faults += 1
            given_up = row.faults >= MOST_FAULTS
            NamePass.objects.filter(pk=row.pk).update(
                faults=row.faults, read=0, finished_at=clock.now() if given_up else None
            )
            return given_up
    return True


def make_up(publication: Publication) -> None:
    """Run the pass here when the worker has been silent for too long: nobody waits for a machine that is away."""
    version = current(publication)
    row = NamePass.objects.filter(version=version).first() if version is not None else None
    if row is not None and row.finished_at is None and clock.now() - row.asked_at > PATIENCE:
        run(row.version_id)


def ran(reasons: Reasons, version: PublicationVersion | None) -> None:
    """Note when the version still waits for its pass. A version that was never uploaded owes none."""
    row = NamePass.objects.filter(version=version).first() if version is not None else None
    if row is not None and row.finished_at is None:
        reasons.add(
            _("其他人名还没有查找完（%(n)s%%）") % {"n": row.percent}, code="names",
            remedy=_("查完后请再送审；上传五分钟后仍未查完的，送审时当场查找"),
        )  # fmt: skip


def _read(row: NamePass) -> None:
    version = row.version
    hits = list(version.hits.all())
    known = Result("", tuple(span_of(hit, version.original) for hit in hits), ())
    found = find_suspects(version.original, known, partial(_report, row))
    with act(actor=None, verb="redaction.names", case_id=version.publication.case_id) as entry:
        locked = lock(PublicationVersion.objects.all(), [version.pk])[0]
        names = _lay(locked, found) if _open(locked) else []
        NamePass.objects.filter(pk=row.pk).update(read=row.total, found=len(names), finished_at=clock.now())
        entry.target, entry.after = locked, {"persons": len(names), "letters": row.total}


def _report(row: NamePass, at: int, whole: int) -> None:
    """Note how far the pass is, some twenty times a text."""
    if at - row.read >= whole / REPORTS:
        row.read = at
        NamePass.objects.filter(pk=row.pk).update(read=at)


def _open(version: PublicationVersion) -> bool:
    """Whether the version is still the one in work: an old one, or one that was cleared, gets no new places."""
    return version.number == version.publication.version and not version.result


def _lay(version: PublicationVersion, found: list[Span]) -> list[str]:
    """Write the places of every person found, wherever the name stands and nothing is decided yet; the names."""
    text, folded = version.original, canon(version.original)
    hits = list(version.hits.all())
    taken = bytearray(len(text))  # one byte a letter: a long text has thousands of places
    for hit in hits:
        _take(taken, hit.start, hit.end)
    sure: dict[str, float] = {}
    for span in found:
        if _free(taken, span.start, span.end):
            name = folded[span.start : span.end]
            sure[name] = max(sure.get(name, 0), span.confidence)
    places: dict[str, list[tuple[int, int]]] = {}
    for name in sorted(sure, key=len, reverse=True):  # 张三丰 before 张三
        for match in re.finditer(pattern_of(name), folded):
            if _free(taken, *match.span()):
                places.setdefault(name, []).append(match.span())
                _take(taken, *match.span())
    pack = get_pack(version.policy)
    people = [Person(name, spellings=[name], hidden=True, first=places[name][0][0]) for name in places]
    assign(people, result_of(version, hits), pack.numbering, pack.mark)
    RedactionHit.objects.bulk_create(
        _hit(version, text, folded, place, person, sure[person.name])
        for person in people
        for place in places[person.name]
    )
    version.people = [*version.people, *map(_row, people)]
    version.save(update_fields=["people"])
    return list(places)


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _free(taken: bytearray, start: int, end: int) -> bool:
    return 1 not in taken[start:end]


def _hit(
    version: PublicationVersion, text: str, folded: str, place: tuple[int, int], person: Person, sure: float
) -> RedactionHit:
    """A doubtful place; where the letters begin the name of a place or firm they are kept."""
    start, end = place
    shown = text[start:end]
    if before_place(folded, end):
        return RedactionHit(
            version=version, start=start, end=end, kind="name", action="keep", proposal=shown, replacement=shown,
            rule="place_keep", confidence=sure,
        )  # fmt: skip
    return RedactionHit(
        version=version, start=start, end=end, kind="name", action="replace", proposal=person.replacement,
        replacement=shown, rule=SUSPECT, article="第八条", confidence=sure, doubt=DOUBT, person=person.name,
    )  # fmt: skip


def _row(person: Person) -> dict[str, object]:
    """The person in the table of names: hidden as soon as the redactor hides one place."""
    return {
        "name": person.name, "spellings": person.spellings, "replacement": person.replacement, "hidden": False,
        "who": [], "role": "", "rule": SUSPECT, "article": "第八条", "doubtful": True, "minor": None,
    }  # fmt: skip


def on_commit(queue: Callable[[int], None], version: PublicationVersion) -> None:
    """Queue the pass when the upload is through."""
    transaction.on_commit(partial(queue, version.pk))
