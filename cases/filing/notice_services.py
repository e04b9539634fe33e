"""The one-time notice of what to supplement, the supplement, the complaint that goes back (登记立案规定 7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases.filing.draft_services import PERMISSION
from cases.filing.facts import CounterFacts, checklist, kind_of_draft
from cases.filing.limits import limit_of, plausible
from cases.filing.models import Filing, FilingDraft, FilingNotice, FilingState
from cases.filing.services import open_filing, write_papers
from cases.intake.drafts import CaseDraft
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons
from courtcms.core.locks import lock

LAW = "法释〔2015〕8号第七条"  # not translated: name of a law
LONGEST_TEXT = 2000
MOST_TIME = timedelta(days=366)


def give_notice(
    *, actor: Any, saved: FilingDraft, draft: CaseDraft, facts: CounterFacts,
    items: Collection[str], text: str, due_on: date,
) -> FilingNotice:  # fmt: skip
    """Tell everything that is missing, once and in writing, with a day until when. The filing becomes a record.

    Raises Refusal with all reasons; Conflict when the notice was given before: all must be told at one time.
    """
    require(actor, PERMISSION)
    reasons = Reasons()
    limit = limit_of(kind_of_draft(draft))
    if limit is None or not limit.once:
        reasons.add(_("这种案件的立案不适用一次性告知补正"), code="notice_not_here", article="法释〔2015〕8号第十八条")
    known = {item.paper.key for item in checklist(draft, facts.papers)}
    if not set(items) & known and not text.strip():
        reasons.add(_("写明要补正什么"), field="items", code="notice_empty", article=LAW)
    if due_on < clock.today():
        reasons.add(_("补正期限不得早于今天"), field="due_on", code="notice_due", article=LAW)
    elif due_on > clock.today() + MOST_TIME:
        reasons.add(_("补正期限不得超过一年"), field="due_on", code="notice_due_far")
    reasons.extend(check_paper_side(draft))
    reasons.refuse()
    with act(actor=actor, verb="filing.notice", permission=PERMISSION, basis=LAW) as entry:
        fresh = own(actor, saved.pk)
        if fresh.filing_id and FilingNotice.objects.filter(filing=fresh.filing_id).exists():
            remedy = _("补正后仍不符合要求的，可以报请不予受理")
            raise Conflict(
                Reason(_("已经一次性告知过，不得再次要求补正"), code="notice_once", article=LAW, remedy=remedy)
            )
        filing = fresh.filing or open_filing(actor, draft, fresh.title)
        filing.papers.all().delete()
        write_papers(filing, draft, facts)
        ordered = [item.paper.key for item in checklist(draft, facts.papers) if item.paper.key in items]
        notice = FilingNotice.objects.create(
            filing=filing, items=ordered, text=text.strip()[:LONGEST_TEXT], given_on=clock.today(), due_on=due_on,
            given_by=actor,
        )  # fmt: skip
        fresh.filing = filing
        fresh.save(update_fields=["filing"])
        entry.target, entry.after = filing, {"items": ordered, "due_on": due_on}
    return notice


def check_paper_side(draft: CaseDraft) -> list[Reason]:
    """What every paper of the counter needs: somebody it is about, and a day on which the papers came."""
    reasons = Reasons()
    if not any(party.name.strip() for party in draft.parties):
        reasons.add(_("至少填写一方当事人的姓名或者名称"), code="nobody")
    if not plausible(draft.received_on or draft.filed_on, clock.today()):
        reasons.add(_("收到诉状日须在今天以前"), code="received_on", remedy=_("返回登记表改正"))
    return reasons.found


def own(actor: Any, pk: int) -> FilingDraft:
    """The draft at the actor's own counter, locked; Conflict when it is gone."""
    found = lock(FilingDraft.objects.of_clerk(actor), [pk])
    if not found:
        raise Conflict(Reason(_("这份草稿已经登记或者丢弃"), code="draft_gone"))
    return found[0]


def own_filing(actor: Any, pk: int) -> Filing:
    """The filing within the actor's scope, locked; NotAllowed otherwise."""
    found = lock(Filing.objects.visible_to(actor), [pk])
    if not found:
        raise NotAllowed(Reason(_("该收件不在您的范围内"), code="out_of_scope"))
    return found[0]


def receive_supplement(*, actor: Any, filing: Filing, supplied_on: date) -> FilingNotice:
    """The supplement has come: the time for the decision runs anew from that day (登记立案规定 7, 2)."""
    require(actor, PERMISSION)
    with act(actor=actor, verb="filing.supplement", permission=PERMISSION, basis=LAW) as entry:
        fresh = own_filing(actor, filing.pk)
        notice = FilingNotice.objects.filter(filing=fresh).first()
        reasons = Reasons()
        if notice is None or notice.supplied_on is not None or fresh.state != FilingState.OPEN:
            raise Conflict(Reason(_("没有等待补正的告知"), code="no_notice"))
        if not notice.given_on <= supplied_on <= clock.today():
            reasons.add(_("补正之日应在告知之日与今天之间"), field="supplied_on", code="supplied_on")
        reasons.refuse()
        notice.supplied_on = supplied_on
        notice.save(update_fields=["supplied_on"])
        entry.target, entry.after = fresh, {"supplied_on": supplied_on, "in_time": supplied_on <= notice.due_on}
    return notice


def return_complaint(*, actor: Any, filing: Filing, note: str) -> Filing:
    """Not supplemented in time and not insisted upon: the complaint goes back, and this stands on record (7, 3)."""
    require(actor, PERMISSION)
    with act(actor=actor, verb="filing.return", permission=PERMISSION, basis=LAW, reason=note) as entry:
        fresh = own_filing(actor, filing.pk)
        notice = FilingNotice.objects.filter(filing=fresh).first()
        if fresh.state != FilingState.OPEN or notice is None:
            raise Conflict(Reason(_("只有告知补正后未办结的收件可以退回"), code="not_returnable", article=LAW))
        reasons = Reasons()
        if notice.supplied_on is None and clock.today() <= notice.due_on:
            remedy = _("当事人自愿撤回的，在说明中写明并请其签名后，于期限届满次日办理")
            reasons.add(_("补正期限尚未届满"), field="note", code="notice_runs", article=LAW, remedy=remedy)
        if not note.strip():
            reasons.add(_("写明退回的情况"), field="note", code="note_missing")
        reasons.refuse()
        fresh.state, fresh.ended_on = FilingState.RETURNED, clock.today()
        fresh.save(update_fields=["state", "ended_on"])
        FilingDraft.objects.filter(filing=fresh).delete()
        entry.target, entry.after = fresh, {"state": fresh.state}
    return fresh
