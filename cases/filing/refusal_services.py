"""A filing that must not be registered: the clerk asks, the chief of the filing division approves the ruling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cases.filing import limits, refusals
from cases.filing.citations import cite
from cases.filing.draft_services import PERMISSION
from cases.filing.facts import CounterFacts, kind_of_draft
from cases.filing.models import Filing, FilingDraft, FilingRefusal, FilingState
from cases.filing.notice_services import check_paper_side, own
from cases.filing.services import open_filing, write_papers
from cases.filing.tables import Kind
from cases.intake import catalogue
from cases.intake.drafts import CaseDraft
from cases.intake.numbering import allot
from cases.intake.numbers import compose
from courtcms.accounts.policy import require
from courtcms.accounts.posts import Post
from courtcms.approvals import selectors as approvals
from courtcms.approvals.models import ApprovalRequest, RequestState
from courtcms.approvals.services import request_approval, resubmit
from courtcms.approvals.subjects import Effect, StepPlan, Subject
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons, Refusal
from courtcms.courts.models import Division, DivisionKind

KIND = "filing.refusal"
SHORTEST_REASON = 10


def ask_refusal(
    *, actor: Any, saved: FilingDraft, draft: CaseDraft, facts: CounterFacts, ground: str, reason: str
) -> FilingRefusal:
    """Ask for the ruling that the filing is not accepted, on a ground of the list.

    Raises Refusal with all reasons; Conflict while the same is under way. A request that the chief returned is asked
    anew with the mended text.
    """
    require(actor, PERMISSION)
    kind = _checked(draft, ground, reason)
    law = refusals.grounds()[ground].article
    with act(actor=actor, verb="filing.refuse_ask", permission=PERMISSION, reason=reason, basis=law) as entry:
        fresh = own(actor, saved.pk)
        filing = fresh.filing or open_filing(actor, draft, fresh.title)
        if filing.division_id is None:
            filing.division = Division.objects.filter(court=filing.court, kind=DivisionKind.FILING).first()
        running = approvals.running_for(KIND, filing)
        if running is not None and running.state != RequestState.RETURNED:
            raise Conflict(Reason(_("这份收件正在报请不予受理"), code="refusing", remedy=_("可先撤回在办的申请")))
        filing.state = FilingState.REFUSING
        filing.save()
        filing.papers.all().delete()
        write_papers(filing, draft, facts)
        refusal, _made = FilingRefusal.objects.update_or_create(
            filing=filing,
            defaults={"kind": kind.key, "ground": ground, "reason": reason.strip(), "asked_on": clock.today()},
        )
        fresh.filing = filing
        fresh.save(update_fields=["filing"])
        payload = {"ground": ground, "reason": reason.strip(), "kind": kind.key}
        if running is not None:
            resubmit(actor=actor, request_id=running.pk, reason=reason, target=filing, payload=payload)
        else:
            request_approval(
                actor=actor, kind=KIND, target=filing, text=gettext_lazy("不予受理：%(title)s"),
                params={"title": filing.title}, reason=reason, payload=payload, basis=law,
                url=reverse("cases:filing", args=[filing.pk]),
            )  # fmt: skip
        entry.target, entry.after = filing, payload
    return refusal


def _checked(draft: CaseDraft, ground: str, reason: str) -> refusals.RefusalKind:
    """The kind of ruling, or a Refusal with everything that stands against it."""
    kind = refusals.kind_of(kind_of_draft(draft))
    if kind is None:
        remedy = _("先登记，再按该类案件的结案方式办理")
        raise Refusal(Reason(_("这种案件在立案环节不作不予受理的裁定"), code="refusal_not_here", remedy=remedy))
    reasons = Reasons()
    if ground not in {item.key for item in refusals.grounds_of(kind.key)}:
        reasons.add(_("选择不予受理的情形"), field="ground", code="ground_missing", article=kind.law)
    if len(reason.strip()) < SHORTEST_REASON:
        text = _("裁定须载明理由，至少 %(n)s 个字") % {"n": SHORTEST_REASON}
        reasons.add(text, field="reason", code="reason_missing", article="法释〔2015〕8号第九条")
    reasons.extend(check_paper_side(draft))
    reasons.refuse()
    return kind


def due_of(filing: Filing) -> Any:
    """The day by which the filing must be decided, as the notice and its supplement have moved it; None without one."""
    case_type = catalogue.case_types()[filing.type_code]
    cause = catalogue.cause_by_name(case_type.cause_field, filing.cause)
    limit = limits.limit_of(Kind(filing.type_code, filing.procedure, cause.code if cause else ""))
    if limit is None:
        return None
    notice = getattr(filing, "notice", None)
    if notice is not None and notice.supplied_on is None:
        return limits.due(notice.due_on, 0) if filing.state == FilingState.OPEN else None
    start = notice.supplied_on if notice is not None else filing.received_on
    return limits.due(start, limit.days)


def on_approved(request: ApprovalRequest, actor: Any) -> None:
    """The ruling stands: its number is allotted where its kind has one, the filing ends, the draft goes."""
    filing = Filing.objects.select_for_update(of=("self",)).get(pk=request.object_id)
    refusal = FilingRefusal.objects.get(filing=filing)
    kind = refusals.kinds()[refusal.kind]
    basis = refusals.grounds()[refusal.ground].article
    with act(actor=actor, verb="filing.refuse", basis=basis, reason=refusal.reason) as entry:
        today, due_on = clock.today(), due_of(filing)
        if kind.numbered:
            case_type = catalogue.case_types()[filing.type_code]
            sequence = allot(filing.court, today.year, case_type)
            refusal.number = compose(today.year, filing.court.code, case_type.mark, sequence)
        refusal.approved_on, refusal.approved_by = today, actor
        refusal.reason = request.reason  # as it was mended in the last round
        refusal.late = bool(due_on and today > due_on)
        refusal.save()
        filing.state, filing.ended_on = FilingState.REFUSED, today
        filing.save(update_fields=["state", "ended_on"])
        FilingDraft.objects.filter(filing=filing).delete()
        entry.target = filing
        entry.after = {"number": refusal.number, "ground": refusal.ground, "late": refusal.late}


def on_ended(request: ApprovalRequest, actor: Any) -> None:
    """Rejected or withdrawn: the filing is open again; what was asked stays in the request."""
    filing = Filing.objects.select_for_update(of=("self",)).get(pk=request.object_id)
    with act(actor=actor, verb="filing.refuse_end") as entry:
        FilingRefusal.objects.filter(filing=filing).delete()
        filing.state = FilingState.OPEN
        filing.save(update_fields=["state"])
        entry.target, entry.after = filing, {"state": filing.state}


def _steps(filing: Filing, asker: Any) -> Sequence[StepPlan]:
    return [StepPlan(Post.DIVISION_CHIEF, filing.court_id, filing.division_id, working_days=1)]


def _preview(request: ApprovalRequest) -> Sequence[Effect]:
    filing = Filing.objects.select_related("court").get(pk=request.object_id)
    language = get_language() or ""
    kind, ground = refusals.kinds()[request.payload["kind"]], refusals.grounds()[request.payload["ground"]]
    due_on = due_of(filing)
    return [
        Effect(_("收件"), filing.get_state_display(), catalogue.label(kind, language)),
        Effect(_("不予受理的情形"), "—", f"{catalogue.label(ground, language)}（{cite(ground.article, language)}）"),
        Effect(_("案号"), "—", _("按类型代字编号") if kind.numbered else _("不编号")),
        Effect(_("立案期限"), "—", due_on.isoformat() if due_on else "—"),
    ]


SUBJECT = Subject(
    kind=KIND, title=gettext_lazy("不予受理"), steps=_steps, preview=_preview, on_approved=on_approved,
    on_ended=on_ended, basis="法释〔2015〕8号第九条",
)  # fmt: skip
