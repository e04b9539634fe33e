"""Acts that count a limit anew: restarts and changes of procedure."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Reason, Reasons, Refusal
from deadlines.clocks.closing import converted_start
from deadlines.clocks.ledger import PERMISSION, held_for_change
from deadlines.clocks.models import Clock, ClockInterval, ClockRestart
from deadlines.clocks.policy import require_change
from deadlines.clocks.services import recompute, start_clock, stop_clock
from deadlines.clocks.wording import cite
from deadlines.rulebook.reading import rulebook

SUPPLEMENTARY = "cnv_crim_supp"


def restart_clock(*, actor: Any, clock: Clock, restarts_on: date, conversion: str, document: str) -> ClockRestart:
    """Count the limit anew from an event (补充侦查后、改变管辖、发回重审); the history stays on the clock."""
    require_change(actor, clock)
    with act(actor=actor, verb="deadlines.clock.restart", permission=PERMISSION, case_id=clock.case_id,
             basis=document) as entry:  # fmt: skip
        reasons = Reasons()
        held = held_for_change(clock)
        rule, most = rulebook().conversions.get(conversion), rulebook().caps["cap_supp_investigation"]
        if rule is None or held.limit_id not in rule.targets or rule.counts_from == "original_start":
            reasons.add(_("这种情形不使本期限重新计算"), field="conversion", code="conversion")
        if restarts_on < held.started_on:
            reasons.add(_("重新计算之日不得早于起算日"), field="restarts_on", code="before_start")
        if restarts_on > court_clock.today():
            reasons.add(_("重新计算之日不得晚于今日"), field="restarts_on", code="future")
        if held.restarts.filter(restarts_on=restarts_on).exists():
            reasons.add(_("这一天已经登记过重新计算"), field="restarts_on", code="twice")
        if conversion == SUPPLEMENTARY and held.restarts.filter(conversion=conversion).count() >= most:
            reasons.add(_("补充侦查以两次为限"), field="conversion", code="cap")
        if not document.strip():
            reasons.add(_("写明据以重新计算的文书"), field="document", code="document")
        reasons.refuse()
        row = ClockRestart.objects.create(
            clock=held, restarts_on=restarts_on, conversion=conversion, document=document, entered_by=actor
        )
        recompute(actor=actor, clock=held, why=_("审限重新计算"))
        entry.target, entry.after = row, {"restarts_on": restarts_on, "due_on": held.due_on}
    return row


def convert_clock(*, actor: Any, clock: Clock, conversion: str, decided_on: date, document: str) -> Clock:
    """Change of procedure: this clock ends as converted, the new limit counts from the day the law names.

    Civil and administrative changes must be ruled before expiry and count on from the original filing; criminal ones
    begin anew with the decision (民诉解释 258, 行诉解释 105, 刑诉解释 368).
    """
    require_change(actor, clock)
    rule, reasons = rulebook().conversions.get(conversion), Reasons()
    if rule is None or clock.limit_id not in rule.sources:
        raise Refusal(Reason(_("本期限不能这样转换"), field="conversion", code="conversion"))
    if rule.before_expiry and clock.due_on is not None and decided_on > clock.due_on:
        text = _("应当在 %(day)s 届满以前裁定转换") % {"day": clock.due_on}
        reasons.add(text, field="decided_on", code="after_expiry", article=cite(rulebook(), rule.basis[:1]))
    if not document.strip():
        reasons.add(_("写明裁定书或者决定书"), field="document", code="document")
    reasons.refuse()
    target = sorted(rule.targets)[0]
    with act(actor=actor, verb="deadlines.clock.convert", permission=PERMISSION, case_id=clock.case_id,
             basis=document) as entry:  # fmt: skip
        stop_clock(actor=actor, clock=clock, stopped_on=decided_on, reason=document, converted=True)
        start = converted_start(rule, clock.started_on, decided_on)
        new = start_clock(actor=actor, case=clock.case, limit_id=target, start_on=start)
        if rule.counts_from == "original_start":
            _carry_over(clock, new, actor)
        entry.target, entry.after = new, {"from": clock.limit_id, "to": target, "due_on": new.due_on}
    return new


def _carry_over(old: Clock, new: Clock, actor: Any) -> None:
    """Time that did not count before the change of procedure does not count after it either."""
    rows = list(old.intervals.filter(voided_on__isnull=True))
    for row in rows:
        row.pk, row.clock = None, new
    ClockInterval.objects.bulk_create(rows)
    if rows:
        recompute(actor=actor, clock=new, why=_("程序转换，沿用此前不计入的期间"))
