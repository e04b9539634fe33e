"""Published texts are looked at again when the case file or the rules know more than at the time of publication.

A party added later, an alias entered later, a rule added or changed: the engine reads the original anew. Whatever it
would hide now and the public text still shows is a hit. A hit takes the document off every surface at once, becomes a
report with 24 hours and is told to redactor, judge, publicity and trial management. What a person decided to leave
public stays decided. Documents owed a look are rows with an empty `checked_with`: the act that changed the case writes
it, the task reads it.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from courtcms.audit.services import act
from publicity import redaction
from publicity.judgments.facts import facts_of
from publicity.judgments.hold_services import hold
from publicity.judgments.models import Decision, Publication, PublicationVersion
from publicity.judgments.moves import current
from publicity.redaction.engine import redact
from publicity.redaction.packs import NAMES, get_pack
from publicity.redaction.types import CaseFacts
from publicity.reports import services

BATCH = 500
#: of the 64 letters of `checked_with` the first ones tell the rules, the rest the people of the case
OF_RULES = 16
ENGINE = Path(redaction.__file__).parent


def owe(case_id: int) -> int:
    """The people of a case changed: its public documents are owed a look. Called inside the act that changed them."""
    rows = Publication.objects.in_state("published").filter(case=case_id).exclude(checked_with="")
    return rows.update(checked_with="")


def recheck_owed(most: int = BATCH) -> int:
    """Look at what is owed a look, and at documents published under rules that have changed since; how many hits."""
    owed = Publication.objects.in_state("published").filter(checked_with="").order_by("pk")[:most]
    found = sum(recheck(publication) for publication in owed.select_related("case__judge"))
    for policy in NAMES:
        stale = Publication.objects.in_state("published").filter(policy=policy)
        stale = stale.exclude(checked_with__startswith=_rules(policy)).exclude(checked_with="").order_by("pk")[:most]
        found += sum(recheck(publication) for publication in stale.select_related("case__judge"))
    return found


def recheck_changed(most: int = BATCH) -> int:
    """The nightly sweep: whatever was changed on a way that told nobody is found by its digest; how many hits."""
    found = looked = 0
    for publication in (
        Publication.objects.in_state("published").select_related("case__judge").order_by("pk").iterator()
    ):
        if looked >= most:
            break
        if _digest(facts_of(publication.case), publication) == publication.checked_with:
            continue
        looked += 1
        found += recheck(publication)
    return found


def recheck(publication: Publication) -> int:
    """Look at one published document; how many new findings it gave. A new finding takes it off the public site."""
    version = current(publication)
    if version is None:
        return 0
    with act(actor=None, verb="publication.recheck", target=publication, case_id=publication.case_id) as entry:
        facts = facts_of(publication.case)
        texts = findings(facts, version)
        made = [services.find(publication=publication, source="recheck", passage=text) for text in texts]
        new = [report for report in made if report is not None]
        Publication.objects.filter(pk=publication.pk).update(checked_with=_digest(facts, publication))
        if new:
            hold(actor=None, publication=publication, reason=_("复查发现可能公开过多，先行暂停公布"))
        entry.after = {"findings": len(texts), "new": len(new)}
    return len(new)


def findings(facts: CaseFacts, version: PublicationVersion) -> list[str]:
    """What the public text shows and the engine would hide today, each once; new reasons of article 4 before it."""
    fresh = redact(version.original, facts, version.policy)
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
    known = {code for code, _evidence in version.exclusions}
    grounds = [f"{one.article} {one.evidence}" for one in fresh.exclusions if one.code not in known]
    return [*grounds, *(text for text in dict.fromkeys(open_spans) if text not in left)]


@cache
def _rules(policy: str) -> str:
    """Of the rules in force in this process, and of the engine that applies them: a better one looks at all again."""
    engine = "".join(path.read_text(encoding="utf-8") for path in sorted(ENGINE.glob("*.py")))
    return hashlib.sha256(f"{get_pack(policy)!r} {engine}".encode()).hexdigest()[:OF_RULES]


def _digest(facts: CaseFacts, publication: Publication) -> str:
    """Of everything that decides what is hidden: rules, people of the case, and the version that is public."""
    people = hashlib.sha256(f"{facts!r} {publication.version}".encode()).hexdigest()
    return (_rules(publication.policy) + people)[:64]
