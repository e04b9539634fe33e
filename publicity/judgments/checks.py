"""Guards of the transitions. Each notes every reason it finds; the act refuses once, with all of them."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from cases.intake.models import Case
from cases.intake.register_models import LinkKind
from courtcms.core import clock
from courtcms.core.errors import Reasons
from publicity.judgments import basis, policy
from publicity.judgments.clearance import MARKS
from publicity.judgments.models import Publication, PublicationVersion, RedactionHit
from publicity.judgments.rules import Replaced, assembled, fingerprint, identical
from publicity.redaction import residual
from publicity.redaction.folding import canon, plain
from publicity.redaction.packs import get_pack
from publicity.redaction.types import Person, Residue, Span

IDENTITY_LAW = "法释〔2016〕19号第十五条"


def replaced_of(hits: list[RedactionHit], original: str) -> list[Replaced]:
    """The parts that are replaced as things stand now."""
    return [
        Replaced(hit.start, hit.end, hit.replacement)
        for hit in hits
        if hit.replacement != original[hit.start : hit.end]
    ]


def result_of(version: PublicationVersion, hits: list[RedactionHit] | None = None) -> str:
    """The text that would be published now."""
    rows = list(version.hits.all()) if hits is None else hits
    return assembled(version.original, replaced_of(rows, version.original))


def residue_of(version: PublicationVersion, hits: list[RedactionHit], result: str) -> tuple[Residue, ...]:
    """What is left over in the result: spellings of hidden persons, numbers, persons hidden here and shown there."""
    people = [_person(row, hits, version.original) for row in version.people]
    spans = [span_of(hit, version.original) for hit in hits]
    found = residual.check(result, spans, people, get_pack(version.policy))
    return (*found, *_uneven(hits, version, result))


def _person(row: dict[str, Any], hits: list[RedactionHit], original: str) -> Person:
    own = [hit for hit in hits if hit.person == row["name"] and hit.kind == "name"]
    hidden = any(hit.replacement != original[hit.start : hit.end] for hit in own) if own else row["hidden"]
    return Person(name=row["name"], spellings=row["spellings"], hidden=hidden, replacement=row["replacement"])


def span_of(hit: RedactionHit, original: str) -> Span:
    """A place as the engine's checks read it, with what was decided."""
    shown = original[hit.start : hit.end]
    action = "keep" if hit.replacement == shown else hit.action
    return Span(hit.start, hit.end, shown, hit.kind, action, hit.replacement, hit.rule, hit.article, hit.confidence)


def _uneven(hits: list[RedactionHit], version: PublicationVersion, result: str) -> list[Residue]:
    """A person hidden in one place and shown in another by a decision: shown places are reported."""
    shown, hidden = {}, set()
    for hit in hits:
        if hit.kind == "name" and hit.person:
            if hit.replacement != version.original[hit.start : hit.end]:
                hidden.add(hit.person)
            elif hit.decision == "kept":
                shown[hit.person] = version.original[hit.start : hit.end]
    found = []
    for person, text in shown.items():
        at = result.find(text)
        if person in hidden and at >= 0:
            found.append(Residue(at, at + len(text), text, "name", _("同一人有的隐去、有的保留"), person))
    return found


def reviewed(reasons: Reasons, publication: Publication, version: PublicationVersion | None) -> None:
    """Nothing doubtful undecided, nothing left over, no reason of article 4, a clean title, the original untouched."""
    if version is None:
        reasons.add(_("还没有上传文书"), code="no_text")
        return
    hits = list(version.hits.all())
    doubts = sum(hit.open_doubt for hit in hits)
    if doubts:
        reasons.add(_("%(n)s 处存疑尚未决定") % {"n": doubts}, code="doubts")
    result = result_of(version, hits)
    left = residue_of(version, hits, result)
    if left:
        reasons.add(_("残留 %(n)s 处：%(first)s") % {"n": len(left), "first": left[0].text}, code="residual")
    over = basis.over_hidden(version, hits)
    if over:
        first = version.original[over[0].start : over[0].end]
        reasons.add(
            _("%(n)s 处隐去没有依据：%(first)s") % {"n": len(over), "first": first[:40]}, code="over_hidden",
            article="法释〔2016〕19号第十一条", remedy=_("请恢复原文，或者写明依据的条款"),
        )  # fmt: skip
    for code, evidence in version.exclusions:
        reasons.add(
            _("有不公开的情形：%(evidence)s") % {"evidence": evidence}, code=code, article="法释〔2016〕19号第四条",
            remedy=_("请登记不公开，不要公布全文"),
        )  # fmt: skip
    if MARKS.search(result):
        reasons.add(_("公开稿中有密级标志"), code="X1", article="保守国家秘密法第三十五条")
    _clean_title(reasons, publication, version, hits)
    if fingerprint(version.original)[0] != version.original_sha256:
        reasons.add(_("原文与上传时的摘要不符"), code="identity", article=IDENTITY_LAW)


def _clean_title(
    reasons: Reasons, publication: Publication, version: PublicationVersion, hits: list[RedactionHit]
) -> None:
    tight = plain(canon(publication.title))
    for row in version.people:
        person = _person(row, hits, version.original)
        if person.hidden and any(plain(canon(spelling)) in tight for spelling in person.spellings):
            reasons.add(_("标题中有被隐去的人员：%(name)s") % {"name": person.name}, field="title", code="title")


def second_person(reasons: Reasons, publication: Publication, actor: Any) -> None:
    """Who redacts never clears, and neither does whoever made a single decision on the version."""
    if actor is not None and actor.pk in policy.redactors(publication):
        reasons.add(
            _("脱敏人不得审查自己的脱敏"), code="two_persons", remedy=_("请由本庭其他书记员、法官或者宣传部门审查")
        )


def effective(reasons: Reasons, publication: Publication) -> None:
    """Only effective documents are published; an appealed one waits for the second instance."""
    if publication.effective_on is None:
        message = _("已上诉或者抗诉，二审文书生效前不得公布") if publication.appealed else _("尚未登记生效日期")
        reasons.add(message, field="effective_on", code="not_effective", article="法释〔2016〕19号第七条")
    elif publication.effective_on > clock.today():
        reasons.add(_("文书尚未生效"), field="effective_on", code="not_effective", article="法释〔2016〕19号第七条")
    if appeal_pending(publication.case):
        reasons.add(_("本案的二审尚未审结，一审文书不得公布"), code="appeal_pending", article="法释〔2016〕19号第七条")


def appeal_pending(case: Case) -> bool:
    """Whether a case that names this one as its lower-court case is still open."""
    return (
        Case.objects.filter(links__kind=LinkKind.LOWER, status="open")
        .filter(links__other=case)
        .union(Case.objects.filter(links__kind=LinkKind.LOWER, links__number=case.number, status="open"))
        .exists()
    )


def ready(reasons: Reasons, publication: Publication, version: PublicationVersion | None) -> None:
    """Everything that must hold at the moment of publication, told at once."""
    effective(reasons, publication)
    if publication.clearer_id is None:
        reasons.add(_("尚未经另一人保密审查"), code="not_cleared", article="保守国家秘密法第三十五条")
    reviewed(reasons, publication, version)
    if version is None:
        return
    hits = list(version.hits.all())
    if not identical(version.original, version.result, replaced_of(hits, version.original)):
        reasons.add(_("公开稿除技术处理外与原本不一致"), code="identity", article=IDENTITY_LAW)
    elif fingerprint(version.result)[1] != version.result_sm3:
        reasons.add(_("公开稿在审查后被改动"), code="identity", article=IDENTITY_LAW)
    if not re.search(r"\S", publication.title):
        reasons.add(_("缺少公布用标题"), field="title")
