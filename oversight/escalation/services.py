"""What people do with an escalation: take a measure, leave a note, explain, report. Each leaves a line for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons, Refusal
from courtcms.core.locks import lock
from courtcms.notices.services import notify
from oversight.escalation import policy, rules, selectors
from oversight.escalation.ladder import Measure, measures
from oversight.escalation.ladders import answer_day, ladder_now
from oversight.escalation.models import Escalation, EscalationAct
from oversight.escalation.scheduled import KIND, told_params

LEGAL_BASIS = {
    "P": "法释〔2000〕29号第二十一条（审限监督）",
    "N": "法发〔2021〕30号（监督留痕）",
}
OF_THE_FOUR_KINDS = "法发〔2021〕30号（四类案件监督管理）%s"


def basis_of(code: str, detail: str) -> str:
    """The legal basis of a measure as the trace keeps it: the rule, the code, and what the person named."""
    return "；".join(part for part in (LEGAL_BASIS.get(code, OF_THE_FOUR_KINDS % code), detail.strip()) if part)[:300]


def take_measure(
    *, actor: Any, escalation_id: int, code: str, text: str, until: date | None = None, detail: str = "",
    position: int | None = None,
) -> EscalationAct:  # fmt: skip
    """A supervisor takes a measure (S1 to S10), sets a timetable (P) or leaves a note (N).

    `until` is the day of the report or plan, `detail` the clause or power where the measure needs one, `position` the
    rung that the person saw (Conflict when it climbed meanwhile). Refuses with all reasons at once.
    """
    require(actor, "escalations.supervise")
    measure = measures().get(code)
    if measure is None:
        raise Refusal(Reason(_("请选择一项监督措施"), field="measure", code="escalations.measure"))
    with act(actor=actor, verb="escalation.measure", permission="escalations.supervise") as entry:
        escalation = _locked(escalation_id, position)
        policy.refuse_unless(policy.can_supervise(actor, escalation), escalation)
        _refuse(complaints_for(measure, escalation, text, detail, until))
        entry.target, entry.case_id = escalation, escalation.case_id
        entry.reason, entry.basis = text, basis_of(code, detail)
        entry.before = _state(escalation)
        done = _apply(actor, escalation, measure, text, until, entry.basis)
        entry.after = {**_state(escalation), "measure": code}
        _tell_bench(escalation, done)
    return done


def take_measure_on(
    *, actor: Any, escalation_ids: Sequence[int], code: str, text: str, until: date | None, detail: str = ""
) -> list[EscalationAct]:
    """The same answer for several, all or none. Each gets its own line and its own notice."""
    chosen = selectors.for_bulk(actor, escalation_ids)
    reasons = Reasons()
    for escalation in chosen:
        for reason in bulk_complaints(actor, code, escalation):
            reasons.add(f"{escalation.case.number}：{reason}", field="escalations")
    if not chosen:
        reasons.add(_("请先选择要答复的督办"), field="escalations")
    reasons.refuse()
    with act(actor=actor, verb="escalation.bulk", permission="escalations.supervise", reason=text) as entry:
        done = [
            take_measure(actor=actor, escalation_id=row.pk, code=code, text=text, until=until, detail=detail)
            for row in chosen
        ]
        entry.after = {"measure": code, "escalations": [row.pk for row in chosen]}
    return done


def bulk_complaints(actor: Any, code: str, escalation: Escalation) -> list[str]:
    """Why one escalation cannot join a bulk answer; empty when it can."""
    measure = measures().get(code)
    found = []
    if measure is None or not measure.bulk:
        found.append(_("这项措施须逐件作出"))
    if escalation.single:
        found.append(_("超审限须逐件答复"))
    if not policy.can_supervise(actor, escalation):
        found.append(_("现在不由您答复"))
    return found


def explain(
    *, actor: Any, escalation_id: int, text: str, until: date | None, position: int | None = None
) -> EscalationAct:
    """The bench says why and by when. It stands until that day; then it climbs unless the cause has ended."""
    require(actor, "escalations.answer")
    with act(actor=actor, verb="escalation.explain", permission="escalations.answer") as entry:
        escalation = _locked(escalation_id, position)
        policy.refuse_unless(policy.can_explain(actor, escalation), escalation)
        _refuse_answer(text, until)
        entry.target, entry.case_id, entry.reason = escalation, escalation.case_id, text
        entry.before = _state(escalation)
        _move(escalation, "explain", until)
        done = _write(actor, escalation, "explained", text, until=until)
        entry.after = _state(escalation)
    return done


def report(*, actor: Any, escalation_id: int, text: str, until: date | None = None) -> EscalationAct:
    """The bench answers what a supervisor asked. It goes back to whoever asked, with a new day to answer."""
    require(actor, "escalations.answer")
    with act(actor=actor, verb="escalation.report", permission="escalations.answer") as entry:
        escalation = _locked(escalation_id, None)
        policy.refuse_unless(policy.can_report(actor, escalation), escalation)
        if not text.strip():
            raise Refusal(Reason(_("请写明报告内容"), field="text"))
        entry.target, entry.case_id, entry.reason = escalation, escalation.case_id, text
        entry.before = _state(escalation)
        _move(escalation, "answer", answer_day(ladder_now().at(escalation.position).answer_days))
        question = escalation.acts.filter(kind="measure").order_by("-pk").first()
        done = _write(actor, escalation, "answer", text, until=until, answers=question)
        entry.after = _state(escalation)
        notify(
            recipients=[escalation.holder_id], kind=KIND, case_id=escalation.case_id, url=_url(escalation),
            text=gettext_lazy("%(case)s：承办已报告，请于 %(due)s 前处理"), params=told_params(escalation),
        )  # fmt: skip
    return done


def complaints_for(
    measure: Measure, escalation: Escalation, text: str, detail: str, until: date | None
) -> list[rules.Complaint]:
    """Everything that speaks against a measure on an escalation as it stands."""
    today = clock.today()
    used = EscalationAct.objects.filter(escalation__case=escalation.case_id, measure=measure.code).count()
    facts = rules.Facts(
        today=today,
        latest=answer_day(measure.longest) if measure.longest else None,
        kind=rules.four_kinds(escalation.case.filed_on, today),
        used=used if measure.most else 0,
    )
    return rules.complaints(measure, rules.Asked(text, detail, until), facts)


def _locked(escalation_id: int, position: int | None) -> Escalation:
    rows = lock(Escalation.objects.all(), [escalation_id])
    if not rows:
        raise Refusal(Reason(_("没有这件督办"), code="escalations.unknown"))
    escalation = Escalation.objects.select_related("case", "holder").get(pk=escalation_id)
    if escalation.state == "closed":
        raise Conflict(Reason(_("这件督办已经结束"), code="escalations.closed", remedy=escalation.close_reason))
    if position is not None and position != escalation.position:
        raise Conflict(
            Reason(
                _("这件督办已上送，您的答复没有记录"),
                code="escalations.climbed",
                remedy=_("现由%(who)s答复") % {"who": escalation.holder.display_name},
            )
        )
    return escalation


def _apply(
    actor: Any, escalation: Escalation, measure: Measure, text: str, until: date | None, basis: str
) -> EscalationAct:
    if measure.effect == "note":
        return _write(actor, escalation, "note", text, measure=measure.code, basis=basis)
    rung = ladder_now().at(escalation.position)
    if measure.effect == "refer" and measure.decided_by != rung.key:
        return _propose(actor, escalation, measure, text, until, basis)
    _move(escalation, measure.effect, until)
    return _write(actor, escalation, "measure", text, measure=measure.code, basis=basis, until=until)


def _propose(
    actor: Any, escalation: Escalation, measure: Measure, text: str, until: date | None, basis: str
) -> EscalationAct:
    """A measure that only a higher rung may decide: it is proposed, and goes up at once."""
    done = _write(actor, escalation, "measure", text, measure=measure.code, basis=basis, until=until)
    above = selectors.next_seat(escalation)
    if above is None:
        raise Refusal(Reason(_("上一阶没有可以决定的人"), field="measure"))
    escalation.position, escalation.holder_id = above
    escalation.reached_on = clock.today()
    _move(escalation, "propose", answer_day(ladder_now().at(escalation.position).answer_days))
    notify(
        recipients=[escalation.holder_id], kind=KIND, case_id=escalation.case_id, url=_url(escalation),
        text=gettext_lazy("%(case)s：建议%(measure)s，请您决定，答复期 %(due)s"),
        params={**told_params(escalation), "measure": measure.name(get_language() or "")},
    )  # fmt: skip
    return done


def _move(escalation: Escalation, event: str, until: date | None) -> None:
    state = rules.next_state(escalation.state, event)
    if state is None or until is None:
        raise Conflict(Reason(_("督办的状态已经变化，请刷新页面"), code="escalations.state"))
    escalation.state, escalation.due_on, escalation.reminded_on = state, until, None
    escalation.save(update_fields=["state", "due_on", "reminded_on", "position", "holder", "reached_on"])


def _write(actor: Any, escalation: Escalation, kind: str, text: str, **fields: Any) -> EscalationAct:
    permission = "escalations.supervise" if kind in ("measure", "note") else "escalations.answer"
    return EscalationAct.objects.create(
        escalation=escalation, kind=kind, position=escalation.position, text=text.strip(), actor=actor,
        capacity=_capacity(actor, escalation.holder_id, permission), holder_id=escalation.holder_id, on=clock.today(),
        at=clock.now(), **fields,
    )  # fmt: skip


def _capacity(actor: Any, holder_id: int, permission: str) -> str:
    """The seat in which somebody acts: the holder's own, with the name where the person stands in for the holder."""
    for capacity in actor.capacities:
        if capacity.holder_id == holder_id:
            return capacity.record
    return actor.capacity_label(permission)


def _tell_bench(escalation: Escalation, done: EscalationAct) -> None:
    """Judge and presiding judge hear of every act of supervision in their case."""
    speakers = escalation.case.bench.filter(role__in=policy.SPEAKERS, until__isnull=True).values_list("user", flat=True)
    params = {
        "case": escalation.case.number,
        "who": {"post": done.capacity},
        "until": done.until.isoformat() if done.until else "",
    }
    text = (
        gettext_lazy("%(case)s：%(who)s作出监督措施，日期 %(until)s")
        if done.until
        else gettext_lazy("%(case)s：%(who)s留下意见")
    )
    notify(
        recipients=[escalation.case.judge_id, *speakers], kind=KIND, text=text, params=params,
        case_id=escalation.case_id, url=_url(escalation),
    )  # fmt: skip


def _refuse(found: list[rules.Complaint]) -> None:
    reasons = Reasons()
    language = "en" if (get_language() or "").startswith("en") else "zh"
    for complaint in found:
        params = {key: value[language] if isinstance(value, dict) else value for key, value in complaint.params.items()}
        reasons.add(_(complaint.message) % params if params else _(complaint.message), field=complaint.field)
    reasons.refuse()


def _refuse_answer(text: str, until: date | None) -> None:
    reasons = Reasons()
    if not text.strip():
        reasons.add(_("请写明原因"), field="text")
    latest = answer_day(selectors.LONGEST_EXPLANATION)
    if until is None:
        reasons.add(_("请写明办结的日期"), field="until")
    elif until <= clock.today():
        reasons.add(_("日期须在今天之后"), field="until")
    elif until > latest:
        reasons.add(_("日期最迟为 %(day)s") % {"day": latest}, field="until")
    reasons.refuse()


def _state(escalation: Escalation) -> dict[str, Any]:
    return {
        "state": escalation.state, "position": escalation.position, "holder": escalation.holder_id,
        "due_on": escalation.due_on,
    }  # fmt: skip


def _url(escalation: Escalation) -> str:
    return reverse("escalations:detail", args=[escalation.pk])


__all__ = ["NotAllowed", "explain", "report", "take_measure", "take_measure_on"]
