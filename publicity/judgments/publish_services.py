"""Publishing and withdrawing: one transaction copies the cleared text into the portal's tables, or takes it out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.intake.catalogue import causes
from courtcms.core import clock
from courtcms.core.errors import Reason, Refusal
from courtcms.notices.services import notify
from publicity.judgments import checks, deadline, outbox
from publicity.judgments.models import (
    Delivery,
    OutboxState,
    Publication,
    PublicationVersion,
    Withdrawal,
    WithdrawalReason,
)
from publicity.judgments.moves import current, move
from publicity.judgments.parser import parse, shifted
from publicity.portal import contract
from publicity.portal import services as portal
from publicity.portal.models import Judgment

#: the portal's words for the reasons of withdrawal
PORTAL_REASONS = {
    WithdrawalReason.DIFF_FROM_ORIGINAL: "differs_from_original",
    WithdrawalReason.BAD_REDACTION: "redaction_defect",
    WithdrawalReason.ART4_STATE_SECRET: "state_secret",
    WithdrawalReason.ART4_MINOR: "minor",
    WithdrawalReason.ART4_MEDIATION: "mediation",
    WithdrawalReason.ART4_DIVORCE_CUSTODY: "divorce_custody",
    WithdrawalReason.ART4_OTHER: "other",
    WithdrawalReason.COURT_ORDER: "court_order",
}
LONGEST_OUTCOME = 60
#: a part that begins so near the end of a paragraph begins with the next one
REST_OF_LINE = 40


def publish(*, actor: Any, publication: Publication) -> contract.Receipt:
    """Publish the cleared version. Refuses with every reason at once; nothing is half published."""
    with move(actor=actor, publication=publication, name="publish") as step:
        version = current(step.publication)
        checks.ready(step.reasons, step.publication, version)
        step.refuse()
        assert version is not None
        target = step.publication
        target.publisher, target.published_on = actor, clock.today()
        receipt = portal.push_judgment(published(target, version))
        target.public_id = receipt.public_id
        target.checked_with = ""  # read again once it is public, and whenever the case file changes
        deliver(target, "publish", asdict(receipt) | {"place": place_of(receipt.public_id)})
        deadline.stop(target, actor, target.published_on)
        notify(
            recipients=[target.case.judge], kind="publicity.published", text=gettext_lazy("%(number)s 已在公开网公布"),
            params={"number": target.number}, url=f"/publicity/judgments/{target.pk}/", case_id=target.case_id,
        )  # fmt: skip
        step.entry.after = {"version": version.number, "public_id": receipt.public_id, "sm3": receipt.sm3}
    return receipt


def withdraw(*, actor: Any, publication: Publication, code: str, note: str) -> None:
    """Take a published document back with a reason code and a note; the version and its hash stay."""
    with move(actor=actor, publication=publication, name="withdraw", reason=note) as step:
        if code not in WithdrawalReason.values:
            step.reasons.add(_("撤回理由不在规定之列"), field="code", article="法释〔2016〕19号第十六条")
        step.refuse()
        version = current(step.publication)
        assert version is not None
        reason = WithdrawalReason(code)
        receipt = portal.withdraw_judgment(step.publication.public_id, reason=PORTAL_REASONS[reason])
        Withdrawal.objects.create(
            version=version, reason=code, note=note, result_sm3=version.result_sm3, by=actor, at=clock.now()
        )
        deliver(step.publication, "withdraw", asdict(receipt))
        step.publication.held_until = None
        step.entry.after = {"reason": code, "old_sm3": version.result_sm3}


def place_of(public_id: str) -> int:
    """Where the document stands in the order of the bulk download; noted, because after withdrawal nobody can tell."""
    return Judgment.objects.filter(public_id=public_id).values_list("pk", flat=True).get()


def published(publication: Publication, version: PublicationVersion) -> contract.PublishedJudgment:
    """What the portal is given: the result cut into its parts, and what is told about it."""
    case = publication.case
    judgment = parse(version.original)
    assert publication.judged_on and publication.published_on
    return contract.PublishedJudgment(
        case_number=publication.number,
        court_code=case.court.code,
        court_name=case.court.name,
        court_name_en=case.court.name_en,
        title=publication.title,
        document_kind=publication.kind,
        category=case.category if case.category in contract.CATEGORIES else "other",
        cause=case.cause,
        cause_en=causes()[case.cause_code].en if case.cause_code in causes() else "",
        instance=case.instance,
        division=case.division.name,
        division_en=case.division.name_en,
        outcome=_outcome(version, judgment),
        judged_on=publication.judged_on,
        effective_on=publication.effective_on,
        published_on=publication.published_on,
        working_days=_days(publication),
        sections=sections(version, judgment),
        signatories=tuple(contract.Signatory(role, name) for role, name in judgment.signatures),
        related=tuple(contract.RelatedDecision(link.kind, link.number) for link in case.links.all()),
        rule_set=version.policy,
        version=version.number,
        public_id=publication.public_id,
    )


def sections(version: PublicationVersion, judgment: Any) -> tuple[contract.Section, ...]:
    """The result in the parts of the original, paragraph by paragraph."""
    parts = checks.replaced_of(list(version.hits.all()), version.original)
    cut = shifted(judgment.sections, parts)
    edges = [*_at_line_starts(version.result, [part.start for part in cut]), *(part.end for part in cut[-1:])]
    found = []
    for part, start, end in zip(cut, edges, edges[1:], strict=False):
        lines = tuple(line.strip() for line in version.result[start:end].split("\n") if line.strip())
        if lines:
            found.append(contract.Section(part.name, lines))
    return tuple(found)


def _at_line_starts(text: str, starts: list[int]) -> list[int]:
    """A part begins with a whole paragraph: the one it begins in, or the next when that one belongs to the part before.

    In a text without paragraphs a part begins where it begins.
    """
    moved: list[int] = []
    for start in starts:
        line, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
        taken = bool(moved) and line <= moved[-1]
        if 0 <= end - start < REST_OF_LINE and (taken or not text[start:end].strip()):
            line = end + 1
        elif taken:
            line = start
        moved.append(line)
    return moved


def _outcome(version: PublicationVersion, judgment: Any) -> str:
    """The first sentence of the disposition when it is short enough to stand in a list."""
    text = next((" ".join(s.paragraphs) for s in sections(version, judgment) if s.key == "disposition"), "")
    first = text.split("如下", 1)[-1].lstrip("：: ").split("。")[0]  # not translated: read in the text
    return f"{first}。" if 0 < len(first) < LONGEST_OUTCOME else ""


def _days(publication: Publication) -> int | None:
    if publication.effective_on is None or publication.published_on is None:
        return None
    return deadline.working_days_between(publication.effective_on, publication.published_on)


def deliver(publication: Publication, act: str, receipt: dict[str, Any]) -> None:
    """The outbox: the portal's own receipt at once, and a row for each surface, still to be proved by asking."""
    moment = clock.now()
    Delivery.objects.create(
        publication=publication, act=act, version=publication.version, state=OutboxState.SENT,
        receipt={"sm3": ""} | receipt,
        created_at=moment, sent_at=moment,
    )  # fmt: skip
    if act in (*outbox.SHOWS, *outbox.HIDES):
        Delivery.objects.bulk_create(
            Delivery(publication=publication, surface=name, act=act, version=publication.version, created_at=moment)
            for name in outbox.SURFACES
        )


def announce(publication: Publication, reason: str) -> None:
    """Push the four items of an unpublished document. A state secret gives no notice: the items could betray it."""
    if reason == "state_secret":
        return
    if publication.judged_on is None:
        raise Refusal(Reason(_("不公开信息项须有裁判日期"), field="judged_on", article="法释〔2016〕19号第六条"))
    receipt = portal.push_notice(
        contract.NonPublication(
            case_number=publication.number or publication.case.number, court_code=publication.case.court.code,
            court_name=publication.case.court.name, court_name_en=publication.case.court.name_en,
            judged_on=publication.judged_on, reason=reason, published_on=clock.today(), note=publication.ground_note,
            public_id=publication.notice_id,
        )
    )  # fmt: skip
    publication.notice_id = receipt.public_id
    deliver(publication, "notice", asdict(receipt))


def retract_notice(publication: Publication) -> None:
    """Remove the notice, because the document will be published after all."""
    if publication.notice_id:
        portal.withdraw_notice(publication.notice_id)
        deliver(publication, "unnotice", {"public_id": publication.notice_id})
        publication.notice_id = ""
