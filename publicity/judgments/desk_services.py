"""Decisions at the redaction desk. Each is saved at once, leaves a trace, and can be undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction
from django.utils.translation import gettext as _

from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons
from courtcms.core.locks import lock
from publicity.judgments import basis as bases
from publicity.judgments import policy
from publicity.judgments.models import Decision, DeskStep, Publication, PublicationVersion, RedactionHit
from publicity.judgments.moves import current
from publicity.redaction.engine import pattern_of
from publicity.redaction.folding import canon
from publicity.redaction.masks import base

LONGEST = 400
T = TypeVar("T", bound=Callable[..., Any])
FIELDS = ("replacement", "decision", "decided_by_id", "doubt", "rule", "article", "action", "kind")


def _in_turn(change: T) -> T:
    """Decisions on a version wait for each other and for the name-finding pass: no place is written over unseen."""

    @wraps(change)
    def held(*, publication: Publication, **given: Any) -> Any:
        with transaction.atomic():
            version = current(publication)
            if version is not None:
                lock(PublicationVersion.objects.all(), [version.pk])
            return change(publication=publication, **given)

    return cast(T, held)


@_in_turn
def decide(
    *, actor: Any, publication: Publication, hit_id: int, decision: str, replacement: str = "",
    everywhere: bool = False, revision: int | None = None, basis: str = "",
) -> RedactionHit:  # fmt: skip
    """Accept the proposal, keep the text, or write another replacement; `everywhere`: for the person throughout.

    `basis` names the rule for words that the engine would keep; without it they count as over-hidden.
    """
    version = _writable(actor, publication, revision)
    hit = version.hits.filter(pk=hit_id).first()
    reasons = Reasons()
    if hit is None:
        reasons.add(_("没有这一处"), field="hit")
    if decision not in (Decision.ACCEPTED, Decision.KEPT, Decision.CHANGED):
        reasons.add(_("请选择接受、不隐去或者改写"), field="decision")
    if decision == Decision.CHANGED:
        _check_replacement(reasons, replacement)
    _check_basis(reasons, basis)
    reasons.refuse()
    assert hit is not None
    hits = _same(version, hit) if everywhere else [hit]
    with act(
        actor=actor, verb="redaction.decide", permission="judgments.prepare", case_id=publication.case_id
    ) as entry:
        before = [_row(one) for one in hits]
        for one in hits:
            one.decision = decision
            one.replacement = _chosen(one, version, decision, replacement)
            if basis and decision == Decision.CHANGED:
                one.rule, one.article = basis, bases.articles()[basis]
                one.action = "replace" if one.replacement else "delete"
            _sign(one, actor)
        _save(version, actor, str(decision), before, hits)
        entry.target = version
        entry.after = {
            "decision": decision, "hits": [one.pk for one in hits], "replacement": hits[0].replacement, "basis": basis,
        }  # fmt: skip
    return hit


@_in_turn
def mark(
    *, actor: Any, publication: Publication, text: str, replacement: str = "", start: int | None = None,
    everywhere: bool = True, revision: int | None = None, basis: str = "",
) -> list[RedactionHit]:  # fmt: skip
    """Hide words the engine did not find, at one place (`start` in the original) or wherever they stand.

    Part of the name of a hidden person is hidden by that person's rule; for anything else `basis` names it.
    """
    version = _writable(actor, publication, revision)
    reasons = Reasons()
    places = _places(version, text, start, everywhere)
    _check_replacement(reasons, replacement)
    _check_basis(reasons, basis)
    if not text.strip():
        reasons.add(_("请选中或者填写要隐去的文字"), field="text")
    elif not places:
        reasons.add(_("原文中没有这些文字，或者都已处理"), field="text")
    reasons.refuse()
    with act(actor=actor, verb="redaction.mark", permission="judgments.prepare", case_id=publication.case_id) as entry:
        before = _swallow(version, places)
        by = _by(version, text, basis)
        hits = [
            RedactionHit(
                version=version, start=begin, end=end, action="replace" if replacement else "delete",
                proposal=replacement, replacement=replacement, confidence=1.0, decision=Decision.ADDED,
                decided_by=actor, decided_at=clock.now(), **by,
            )
            for begin, end in places
        ]  # fmt: skip
        RedactionHit.objects.bulk_create(hits)
        _save(version, actor, "mark", before, hits, added=True)
        entry.target = version
        entry.after = {"text": text, "replacement": replacement, "places": len(hits), "rule": by["rule"]}
    return hits


@_in_turn
def undo(*, actor: Any, publication: Publication) -> DeskStep:
    """Take back the last decision that was not taken back yet."""
    version = _writable(actor, publication, None)
    with act(actor=actor, verb="redaction.undo", permission="judgments.prepare", case_id=publication.case_id) as entry:
        step = version.steps.filter(undone=False).first()
        if step is None:
            raise Conflict(Reason(_("没有可以撤销的决定"), code="nothing"))
        RedactionHit.objects.filter(pk__in=[row["id"] for row in step.after if row.get("added")]).delete()
        for row in step.before:
            if row.get("removed"):
                RedactionHit.objects.create(version=version, **row["fields"])
            else:
                RedactionHit.objects.filter(pk=row["id"]).update(
                    **{name: row[name] for name in FIELDS if name in row}, decided_at=row["decided_at"]
                )
        step.undone = True
        step.save()
        _touch(version)
        entry.target, entry.after = version, {"step": step.pk, "name": step.name}
    return step


def suggestion(hit: RedactionHit, version: PublicationVersion) -> str:
    """What to offer for a name that is kept so far: 姓+某."""
    shown = version.original[hit.start : hit.end]
    return hit.proposal if hit.proposal != shown else (base(hit.person or shown, "某") if hit.kind == "name" else "")


def _writable(actor: Any, publication: Publication, revision: int | None) -> PublicationVersion:
    require(actor, "judgments.prepare")
    if not policy.can_redact(actor, publication):
        raise NotAllowed(Reason(_("现在不能修改这份文书的脱敏"), code="not_under_review"))
    version = current(publication)
    if version is None:
        raise Conflict(Reason(_("还没有上传文书"), code="no_text"))
    if revision is not None and revision != version.revision:
        raise Conflict(
            Reason(_("别人刚刚保存了这份文书的另一处决定"), code="revision", remedy=_("页面已更新，请再作一次决定"))
        )
    return version


def _check_replacement(reasons: Reasons, replacement: str) -> None:
    if len(replacement) > LONGEST:
        reasons.add(_("替换文字超过 %(n)s 个字") % {"n": LONGEST}, field="replacement")
    if "\n" in replacement or any(not letter.isprintable() for letter in replacement):
        reasons.add(_("替换文字含有换行或者控制字符"), field="replacement")
    if "*" in replacement:
        reasons.add(_("遮盖用 ×，不用 *"), field="replacement", article="法释〔2016〕19号第十条第二款")


def _check_basis(reasons: Reasons, basis: str) -> None:
    if basis and basis not in bases.articles():
        reasons.add(_("没有这项依据"), field="basis")


def _by(version: PublicationVersion, text: str, basis: str) -> dict[str, str]:
    """Kind, rule and article of words marked by hand."""
    if basis:
        return {"kind": "other", "rule": basis, "article": bases.articles()[basis]}
    person = bases.person_of(version, text)
    if person is not None:
        return {"kind": "name", "rule": person["rule"], "article": person["article"], "person": person["name"]}
    return {"kind": "other", "rule": bases.MARKED, "article": ""}


def _same(version: PublicationVersion, hit: RedactionHit) -> list[RedactionHit]:
    """All hits of the same person, or of the same words."""
    shown = version.original[hit.start : hit.end]
    rows = list(version.hits.all())
    if hit.person and hit.kind == "name":
        return [one for one in rows if one.person == hit.person and one.kind == "name" and one.action != "delete"]
    return [one for one in rows if version.original[one.start : one.end] == shown and one.kind == hit.kind]


def _chosen(hit: RedactionHit, version: PublicationVersion, decision: str, replacement: str) -> str:
    if decision == Decision.KEPT:
        return version.original[hit.start : hit.end]
    return replacement if decision == Decision.CHANGED else hit.proposal


def _sign(hit: RedactionHit, actor: Any) -> None:
    hit.decided_by, hit.decided_at = actor, clock.now()


def _moment(hit: RedactionHit) -> str | None:
    return hit.decided_at.isoformat() if hit.decided_at else None


def _row(hit: RedactionHit) -> dict[str, Any]:
    return {"id": hit.pk, "decided_at": _moment(hit), **{name: getattr(hit, name) for name in FIELDS}}


def _save(
    version: PublicationVersion, actor: Any, name: str, before: list[dict[str, Any]], hits: list[RedactionHit],
    added: bool = False,
) -> None:  # fmt: skip
    if not added:
        RedactionHit.objects.bulk_update(
            hits, ["replacement", "decision", "decided_by", "decided_at", "rule", "article", "action"]
        )
    after = [{**_row(hit), "added": added} for hit in hits]
    DeskStep.objects.create(version=version, by=actor, at=clock.now(), name=name, before=before, after=after)
    _touch(version)


def _touch(version: PublicationVersion) -> None:
    locked = lock(PublicationVersion.objects.all(), [version.pk])[0]
    locked.revision, locked.saved_at = locked.revision + 1, clock.now()
    locked.save(update_fields=["revision", "saved_at"])
    version.revision, version.saved_at = locked.revision, locked.saved_at


def _places(version: PublicationVersion, text: str, start: int | None, everywhere: bool) -> list[tuple[int, int]]:
    """Where the words stand, in any spelling of blanks; places that are replaced already are left out."""
    words = text.strip()
    if not words:
        return []
    if start is not None and not everywhere:
        inside = version.original[start : start + len(text)] == text
        found = [(start, start + len(text))] if inside else []
    else:
        found = _search(version.original, words)
    busy = [
        (hit.start, hit.end) for hit in version.hits.all() if hit.replacement != version.original[hit.start : hit.end]
    ]
    return [(a, b) for a, b in found if not any(a < right and left < b for left, right in busy)]


def _search(original: str, words: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern_of(words), canon(original))]


def _swallow(version: PublicationVersion, places: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Kept hits inside a new place give way to it; they come back when it is undone."""
    names = ("start", "end", "proposal", "confidence", "person", *FIELDS)
    gone = [hit for hit in version.hits.all() if any(a < hit.end and hit.start < b for a, b in places)]
    rows = [
        {
            "removed": True,
            "fields": {name: getattr(hit, name) for name in names} | {"decided_at": _row(hit)["decided_at"]},
        }
        for hit in gone
    ]
    RedactionHit.objects.filter(pk__in=[hit.pk for hit in gone]).delete()
    return rows
