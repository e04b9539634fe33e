"""Preparing, submitting and clearing a publication. Publishing and withholding stand in modules of their own."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.intake.models import Case
from cases.intake.policy import require_in_scope
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.locks import lock
from courtcms.files.models import StoredFile
from courtcms.notices.services import notify
from publicity.judgments import checks, clearance, deadline, name_services, titles, uploads
from publicity.judgments.facts import facts_of
from publicity.judgments.models import Clearance, DocumentKind, Publication, PublicationVersion, RedactionHit, State
from publicity.judgments.moves import current, move
from publicity.judgments.parser import Judgment, parse
from publicity.judgments.rules import fingerprint
from publicity.redaction.engine import redact
from publicity.redaction.packs import get_pack, pack_for
from publicity.redaction.types import Person, Result


def open_publication(
    *,
    actor: Any,
    case: Case,
    kind: str = DocumentKind.JUDGMENT,
    effective_on: date | None = None,
    appealed: bool = False,
) -> Publication:
    """Note that a document of the case is to be published; the seven working days run from its effect."""
    if actor is not None:
        require(actor, "judgments.prepare")
        require_in_scope(case, actor)
        _check_effect(case, effective_on)
    with act(actor=actor, verb="publication.open", permission="judgments.prepare", case_id=case.pk) as entry:
        if actor is not None:
            _refuse_twin(case, kind)
        publication = Publication.objects.create(
            case=case, kind=kind, number=case.number, effective_on=effective_on, appealed=appealed,
            due_on=deadline.due_on(effective_on),
        )  # fmt: skip
        entry.target, entry.after = (
            publication,
            {"kind": kind, "effective_on": effective_on, "due_on": publication.due_on},
        )
        deadline.start(publication, actor)
    return publication


def _check_effect(case: Case, effective_on: date | None, judged_on: date | None = None) -> None:
    """The day of effect lies between filing, or judgment when that day is known, and today."""
    reasons = Reasons()
    if effective_on and judged_on and effective_on < judged_on:
        reasons.add(_("生效日不得早于裁判日"), field="effective_on")
    if effective_on and effective_on < case.filed_on:
        reasons.add(_("生效日不得早于立案日"), field="effective_on")
    if effective_on and effective_on > clock.today():
        reasons.add(_("生效日还没有到"), field="effective_on")
    reasons.refuse()


def _refuse_twin(case: Case, kind: str) -> None:
    """A form sent twice registers one document: a second of the kind has to wait until the first has its text."""
    lock(Case.objects.all(), [case.pk])
    twin = Publication.objects.filter(case=case, kind=kind, state=State.AWAITED).first()
    if twin is not None:
        raise Conflict(
            Reason(
                _("本案已登记一件待上传的%(kind)s") % {"kind": twin.get_kind_display()}, field="kind", code="twin",
                remedy=_("先为那一件上传文书"),
            )
        )  # fmt: skip


def set_effect(*, actor: Any, publication: Publication, effective_on: date | None, appealed: bool) -> Publication:
    """Enter or mend the day on which the document took effect."""
    require(actor, "judgments.prepare")
    require_in_scope(publication.case, actor)
    _check_effect(publication.case, effective_on, publication.judged_on)
    with act(
        actor=actor, verb="publication.effect", permission="judgments.prepare", case_id=publication.case_id
    ) as entry:
        entry.before = {"effective_on": publication.effective_on, "appealed": publication.appealed}
        publication.effective_on, publication.appealed = effective_on, appealed
        publication.due_on = deadline.due_on(effective_on)
        publication.save()
        deadline.start(publication, actor)
        entry.target, entry.after = publication, {"effective_on": effective_on, "appealed": appealed}
    return publication


def prepare(
    *, actor: Any, publication: Publication, text: str, file: StoredFile | None = None, policy: str = ""
) -> PublicationVersion:
    """Take the signed text, let the engine propose, lay it before the redactor. After withdrawal it is a new version.

    Refuses with all reasons at once: secret case, no text, another case's number, another kind, unknown rule set.
    """
    uploads.refuse_secret(publication.case)
    text = uploads.tidy(text)
    judgment = parse(text)
    with move(actor=actor, publication=publication, name="prepare") as step:
        uploads.check(
            step.reasons, judgment=judgment, case=publication.case, kind=publication.kind,
            effective_on=publication.effective_on, policy=policy,
        )  # fmt: skip
        step.refuse()
        rule_set = policy or pack_for(clock.today()).id
        begun = time.monotonic()
        result = redact(text, facts_of(publication.case), get_pack(rule_set))
        version = _store(actor, step.publication, judgment, result, file, time.monotonic() - begun)
        _describe(step.publication, judgment, version, actor)
        step.entry.after = {
            "version": version.number, "rules": rule_set, "sha256": version.original_sha256,
            "hits": len(result.spans), "residual": len(result.residual), "exclusions": version.exclusions,
        }  # fmt: skip
    return version


def _store(
    actor: Any, publication: Publication, judgment: Judgment, result: Result, file: StoredFile | None, seconds: float
) -> PublicationVersion:
    sha256, sm3 = fingerprint(judgment.text)
    last = publication.versions.order_by("-number").first()
    version = PublicationVersion.objects.create(
        publication=publication, number=last.number + 1 if last else 1, file=file, original=judgment.text,
        original_sha256=sha256, original_sm3=sm3, policy=result.policy, people=[_person(one) for one in result.persons],
        exclusions=[[one.code, one.evidence] for one in result.exclusions], seconds=round(seconds, 3),
        saved_at=clock.now(), created_by=actor,
    )  # fmt: skip
    RedactionHit.objects.bulk_create(
        RedactionHit(
            version=version, start=span.start, end=span.end, kind=span.kind, action=span.action,
            proposal=span.replacement[:400], replacement=span.replacement[:400], rule=span.rule, article=span.article,
            confidence=span.confidence, doubt=span.doubt, person=span.person,
        )
        for span in result.spans
    )  # fmt: skip
    return version


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name, "spellings": person.spellings, "replacement": person.replacement, "hidden": person.hidden,
        "who": sorted(person.who), "role": person.role, "rule": person.rule, "article": person.article,
        "doubtful": person.doubtful, "minor": person.minor,
    }  # fmt: skip


def _describe(publication: Publication, judgment: Judgment, version: PublicationVersion, actor: Any) -> None:
    publication.version = version.number
    publication.number = judgment.number
    publication.judged_on = judgment.day
    publication.policy = version.policy
    publication.redactor, publication.clearer = actor, None
    publication.title = titles.title_of(publication, judgment, version.people)


def submit(*, actor: Any, publication: Publication) -> None:
    """Hand the reviewed text to another person. Refuses while doubts, residue or the search for names are open."""
    name_services.make_up(publication)
    with move(actor=actor, publication=publication, name="submit") as step:
        version = current(step.publication)
        checks.reviewed(step.reasons, step.publication, version)
        name_services.ran(step.reasons, version)
        step.refuse()
        assert version is not None
        step.publication.redactor, step.publication.clearer = actor, None
        step.entry.after = {"version": version.number, "revision": version.revision}


def accept(*, actor: Any, publication: Publication, answers: dict[str, str], note: str = "") -> None:
    """Another person clears the version: every item of the list answered, nothing left over. Freezes the result."""
    with move(actor=actor, publication=publication, name="accept") as step:
        version = current(step.publication)
        checks.second_person(step.reasons, step.publication, actor)
        clearance.check(step.reasons, answers)
        checks.reviewed(step.reasons, step.publication, version)
        step.refuse()
        assert version is not None
        version.result = checks.result_of(version)
        version.result_sha256, version.result_sm3 = fingerprint(version.result)
        version.save()
        _clear(actor, version, answers, True, note)
        step.publication.clearer = actor
        step.entry.after = {"version": version.number, "result_sm3": version.result_sm3, "answers": answers}


def send_back(*, actor: Any, publication: Publication, reason: str) -> None:
    """The clearing person returns the text with a reason; the redactor is told."""
    with move(actor=actor, publication=publication, name="return", reason=reason) as step:
        checks.second_person(step.reasons, step.publication, actor)
        step.refuse()
        version = current(step.publication)
        if version is not None:
            _clear(actor, version, {}, False, reason)
            version.result = version.result_sha256 = version.result_sm3 = ""
            version.save()
        step.publication.clearer = None
        notify(
            recipients=[step.publication.redactor], kind="publicity.returned",
            text=gettext_lazy("%(number)s 的公开稿被退回：%(reason)s"),
            params={"number": step.publication.number, "reason": reason}, url=desk_url(step.publication),
            case_id=step.publication.case_id,
        )  # fmt: skip


def _clear(actor: Any, version: PublicationVersion, answers: dict[str, str], accepted: bool, note: str) -> None:
    Clearance.objects.create(version=version, answers=answers, accepted=accepted, note=note, by=actor, at=clock.now())


def desk_url(publication: Publication) -> str:
    """Address of the redaction desk, for notices."""
    return f"/publicity/judgments/{publication.pk}/desk/"
