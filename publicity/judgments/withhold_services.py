"""Not publishing: reasons X1 to X4 by record or text, X5 by judge, chief and vice president."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.intake.models import Secrecy
from courtcms.accounts.posts import Post
from courtcms.approvals.models import ApprovalRequest
from courtcms.approvals.services import Effect, StepPlan, Subject, request_approval
from courtcms.core import clock
from courtcms.core.errors import Reasons
from publicity.judgments import deadline
from publicity.judgments.facts import facts_of
from publicity.judgments.models import Ground, Publication, State
from publicity.judgments.moves import current, move
from publicity.judgments.publish_services import announce, retract_notice
from publicity.redaction import exclusions
from publicity.redaction.document import parse

KIND = "publicity.withhold"
LAW = "法释〔2016〕19号第四条、第十二条"
#: the portal's words for the grounds
PORTAL_GROUNDS = {"X1": "state_secret", "X2": "minor", "X3": "mediation", "X4": "divorce_custody", "X5": "other"}


def grounds_of(publication: Publication) -> dict[str, str]:
    """Grounds X1 to X4 that record or text show, each with its evidence."""
    case = publication.case
    found: dict[str, str] = {}
    if case.secrecy != Secrecy.NONE:
        found["X1"] = str(case.get_secrecy_display())
    version = current(publication)
    if version is not None:
        found |= dict(version.exclusions)
    else:
        facts = facts_of(case)
        people = [exclusions.minor_person(fact) for fact in facts.parties]
        seen = exclusions.find(parse(""), facts, [one for one in people if one], case.category)
        found |= {one.code: one.evidence for one in seen}
    return found


def withhold(
    *, actor: Any, publication: Publication, ground: str, note: str = "", judged_on: date | None = None
) -> None:
    """Keep a document from publication on ground X1 to X4 and publish the four items in its place.

    Refuses a ground that neither record nor text shows, X5 (which needs the vice president), and a missing date.
    """
    with move(actor=actor, publication=publication, name="withhold", reason=note) as step:
        target = step.publication
        target.judged_on = target.judged_on or judged_on
        _check_ground(step.reasons, target, ground)
        step.refuse()
        target.ground, target.ground_note = ground, note[:300]
        announce(target, PORTAL_GROUNDS[ground])
        deadline.stop(target, actor, clock.today())
        step.entry.after = {"ground": ground, "notice": target.notice_id}


def _check_ground(reasons: Reasons, publication: Publication, ground: str) -> None:
    if ground not in Ground.values:
        reasons.add(_("不公开的事由不在规定之列"), field="ground", article=LAW)
    elif ground == Ground.X5:
        reasons.add(
            _("其他情形须由承办法官提出书面意见，庭长审核，主管副院长决定"), field="ground", article=LAW,
            remedy=_("请提出不公开审批"),
        )  # fmt: skip
    elif ground not in grounds_of(publication):
        reasons.add(
            _("案件登记和文书中都没有“%(ground)s”的情形") % {"ground": Ground(ground).label},
            field="ground",
            article=LAW,
        )
    if publication.judged_on is None and ground != Ground.X1:
        reasons.add(_("不公开信息项须有裁判日期"), field="judged_on", article="法释〔2016〕19号第六条")
    elif publication.judged_on and publication.judged_on > clock.today():
        reasons.add(_("裁判日期晚于今天"), field="judged_on")


def ask_to_withhold(
    *, actor: Any, publication: Publication, opinion: str, note: str, judged_on: date | None = None
) -> ApprovalRequest:
    """The judge asks to keep a document from publication (X5): the chief examines, the vice president decides.

    `opinion` stays in the court; `note` is what the public will read.
    """
    with move(actor=actor, publication=publication, name="ask_x5", reason=opinion) as step:
        target = step.publication
        target.judged_on = target.judged_on or judged_on
        if not note.strip():
            step.reasons.add(_("请写明可以公开的理由"), field="note", article="法释〔2016〕19号第六条")
        if target.judged_on is None:
            step.reasons.add(_("不公开信息项须有裁判日期"), field="judged_on")
        step.refuse()
        target.ground, target.ground_note = Ground.X5, note.strip()[:300]
        request = request_approval(
            actor=actor, kind=KIND, target=target, text=gettext_lazy("%(number)s 不在互联网公布"),
            params={"number": target.number or target.case.number}, reason=opinion,
            url=f"/publicity/judgments/{target.pk}/", case_id=target.case_id, basis=LAW,
        )  # fmt: skip
        step.entry.after = {"request": request.pk}
    return request


def reopen(*, actor: Any, publication: Publication, reason: str) -> None:
    """The ground has fallen away: remove the notice, prepare the text for publication after all."""
    with move(actor=actor, publication=publication, name="reopen", reason=reason) as step:
        if step.publication.version == 0:
            step.reasons.add(_("还没有上传文书，请先登记新的公开事项"), code="no_text")
        step.refuse()
        retract_notice(step.publication)
        step.publication.ground = step.publication.ground_note = ""
        step.publication.clearer = None


def _steps(publication: Publication, asker: Any) -> Sequence[StepPlan]:
    case = publication.case
    return [
        StepPlan(Post.DIVISION_CHIEF, case.court_id, case.division_id, skip_if_asker=True),
        StepPlan(Post.VICE_PRESIDENT, case.court_id),
    ]


def _preview(request: ApprovalRequest) -> Sequence[Effect]:
    publication = Publication.objects.get(pk=request.object_id)
    return [
        Effect(_("公开状态"), publication.get_state_display(), State.WITHHELD.label),
        Effect(_("公开网显示"), "—", publication.ground_note),
    ]


def _granted(request: ApprovalRequest, decider: Any) -> None:
    publication = Publication.objects.get(pk=request.object_id)
    with move(actor=None, publication=publication, name="grant_x5", reason=request.reason) as step:
        announce(step.publication, PORTAL_GROUNDS["X5"])
        deadline.stop(step.publication, None, clock.today())


def _refused(request: ApprovalRequest, decider: Any) -> None:
    publication = Publication.objects.get(pk=request.object_id)
    with move(actor=None, publication=publication, name="refuse_x5") as step:
        step.publication.ground = step.publication.ground_note = ""


SUBJECT = Subject(
    kind=KIND, title=gettext_lazy("裁判文书不公开"), steps=_steps, preview=_preview, on_approved=_granted,
    on_ended=_refused, basis=LAW,
)  # fmt: skip
