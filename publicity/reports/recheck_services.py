"""Published texts are looked at again when the case file or the rules know more than at the time of publication.

A party added later, an alias entered later, a new rule: the engine reads the original anew, and whatever it would hide
now and the public text still shows becomes a report with 24 hours. What a person decided to leave public stays decided.
"""

from __future__ import annotations

import hashlib

from courtcms.audit.services import act
from publicity.judgments.facts import facts_of
from publicity.judgments.models import Decision, Publication, PublicationVersion
from publicity.judgments.moves import current
from publicity.redaction.engine import redact
from publicity.redaction.packs import get_pack
from publicity.redaction.types import CaseFacts
from publicity.reports import services

BATCH = 500


def recheck_changed(most: int = BATCH) -> int:
    """Look again at published documents whose case or rules changed since the last look; how many gave a report."""
    found = 0
    looked = 0
    for publication in (
        Publication.objects.in_state("published").select_related("case__judge").order_by("pk").iterator()
    ):
        if looked >= most:
            break
        digest = _digest(facts_of(publication.case), publication)
        if digest == publication.checked_with:
            continue
        looked += 1
        found += recheck(publication, digest)
    return found


def recheck(publication: Publication, digest: str = "") -> int:
    """Look at one published document; how many new findings it gave."""
    version = current(publication)
    if version is None:
        return 0
    found = 0
    with act(actor=None, verb="publication.recheck", target=publication, case_id=publication.case_id) as entry:
        texts = findings(publication, version)
        for text in texts:
            found += services.find(publication=publication, source="recheck", passage=text) is not None
        Publication.objects.filter(pk=publication.pk).update(
            checked_with=digest or _digest(facts_of(publication.case), publication)
        )
        entry.after = {"findings": len(texts)}
    return found


def findings(publication: Publication, version: PublicationVersion) -> list[str]:
    """What the public text shows and the engine would hide today, each once, in the order of the text."""
    fresh = redact(version.original, facts_of(publication.case), version.policy)
    hidden: set[int] = set()
    left: set[str] = set()
    for hit in version.hits.all():
        shown = version.original[hit.start : hit.end]
        if hit.replacement != shown:
            hidden.update(range(hit.start, hit.end))
        elif hit.decision == Decision.KEPT:
            left |= {shown, hit.person}
    open_spans = [
        span.text
        for span in fresh.spans
        if span.replacement != span.text and not hidden.issuperset(range(span.start, span.end))
    ]
    return [text for text in dict.fromkeys(open_spans) if text not in left]


def _digest(facts: CaseFacts, publication: Publication) -> str:
    """Of everything that decides what is hidden: people of the case, rules, and the version that is public."""
    known = f"{facts!r} {get_pack(publication.policy)!r} {publication.version}"
    return hashlib.sha256(known.encode()).hexdigest()
