"""What the parties are told of a change: one notice each, in plain words, with their right to object."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N_

from courtcms.accounts.policy import require
from courtcms.accounts.posts import Post
from courtcms.approvals.rules import Place
from courtcms.approvals.selectors import seats_for
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons
from courtcms.core.locks import lock
from courtcms.core.texts import msgid
from courtcms.notices.services import notify
from deadlines.changes import policy
from deadlines.changes.models import ChangeKind, ChangeRequest, PartyNotice
from deadlines.clocks.models import Clock
from deadlines.clocks.plain import RIGHT, Line, lines_of

KIND_OBJECTION = "deadlines.change_objection"
HEADS = {
    ChangeKind.EXTENSION: N_("本院决定延长本案的期限。申请延长的理由是：%(reason)s"),
    ChangeKind.DEDUCTION: N_("本院决定从本案的期限中扣除一段时间。理由是：%(reason)s"),
    ChangeKind.SUSPENSION: N_("本案的期限停止计算。理由是：%(reason)s"),
    ChangeKind.ADJOURNMENT: N_("本案延期开庭。理由是：%(reason)s"),
    ChangeKind.RESUMPTION: N_("本案的期限恢复计算。理由是：%(reason)s"),
    ChangeKind.CONVERSION: N_("本案的程序或者期限的计算方法有变更。理由是：%(reason)s"),
}
DECIDED = N_("决定由%(who)s在 %(on)s 作出，依据：%(law)s")
#: not a party in the sense of the rule: the prosecution is told by its own channel
NO_PARTY = frozenset({"prosecuting_organ"})


def tell_parties(change: ChangeRequest) -> list[PartyNotice]:
    """Write the notice of each party, in the transaction of the decision (法释〔2018〕9号 7). Part of an act."""
    after = Clock.objects.get(pk=change.new_clock_id or change.clock_id)
    who = change.decided_by.split("#")[0].rsplit(" ", 1)[0]
    lines: list[Line] = [
        {"text": HEADS[ChangeKind(change.kind)], "params": {"reason": change.reason}},
        {
            "text": DECIDED,
            "params": {
                "who": who, "on": {"day": str(change.decided_on)}, "law": {"ground": [change.kind, change.ground]},
            },
        },
        *lines_of(after),
        {"text": RIGHT, "params": {}},
    ]  # fmt: skip
    parties = change.case.parties.exclude(role__in=NO_PARTY)
    return PartyNotice.objects.bulk_create(
        PartyNotice(change=change, party=party, issued_on=court_clock.today(), lines=lines) for party in parties
    )


def enter_objection(*, actor: Any, notice: PartyNotice, objected_on: date, objection: str) -> PartyNotice:
    """A party objects to a change; the chief of the division and trial management are told and must see to it."""
    require(actor, "changes.object")
    case = notice.change.case
    if not policy.in_scope(actor, case.pk):
        raise NotAllowed(Reason(_("这件案件不在您的职责范围内"), code="scope"))
    with act(actor=actor, verb="deadlines.change.objection", permission="changes.object", case_id=case.pk,
             reason=objection) as entry:  # fmt: skip
        [held] = lock(PartyNotice.objects.all(), [notice.pk])
        if held.objected_on is not None:
            raise Conflict(Reason(_("这名当事人的异议已经登记"), code="objected"))
        reasons = Reasons()
        if not objection.strip():
            reasons.add(_("写明异议的内容"), field="objection", code="objection")
        if objected_on < held.issued_on:
            reasons.add(_("异议不得早于告知"), field="objected_on", code="before_start")
        if objected_on > court_clock.today():
            reasons.add(_("异议日不得晚于今日"), field="objected_on", code="future")
        reasons.refuse()
        held.objected_on, held.objection = objected_on, objection.strip()
        held.save()
        entry.target, entry.after = held, {"objected_on": objected_on}
        _tell_chief(held)
    return held


def _tell_chief(notice: PartyNotice) -> None:
    case = notice.change.case
    places = [
        Place(Post.DIVISION_CHIEF, case.court_id, case.division_id, None),
        Place(Post.TRIAL_MANAGEMENT, case.court_id, None, None),
    ]
    notify(
        recipients=sorted({seat.person for place in places for seat in seats_for(place)}), kind=KIND_OBJECTION,
        text=msgid(gettext_lazy("%(case)s：当事人%(party)s对期限变更提出异议，应当处理并答复")),
        params={"case": case.number, "party": notice.party.name},
        url=f"/deadlines/changes/{notice.change_id}/", case_id=case.pk,
    )  # fmt: skip
