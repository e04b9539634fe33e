"""What the court watches by itself: the ladder before expiry, lapses; and receipts and explanations for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.intake.models import BenchMember
from cases.intake.policy import require_in_scope
from cases.preservation.checks import check_day, check_text
from cases.preservation.models import Lapse, Measure, MeasureState, Reminder
from cases.preservation.rules import ladder, rung_at, standard
from cases.preservation.services import ENTER, KIND, RULE, finish
from courtcms.accounts.models import Appointment
from courtcms.accounts.policy import require
from courtcms.accounts.posts import Post
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Conflict, Reason, Reasons
from courtcms.core.locks import lock
from courtcms.core.workdays import add_working_days
from courtcms.notices.services import notify

NEAR = gettext_lazy("%(number)s 的保全措施“%(thing)s”将于 %(day)s 届满，还有 %(days)s 日")
GONE = gettext_lazy("%(number)s 的保全措施“%(thing)s”已于 %(day)s 届满失效，须于 %(answer)s 前书面说明")


def raise_reminders(*, as_of: date) -> int:
    """Raise what the ladder owes: one row for each rung, expiry and addressee, and a notice to the bench."""
    raised = 0
    horizon = max(rung.days for rung in ladder())
    rows = Measure.objects.expiring_within(horizon, as_of).select_related("case").order_by("pk")
    for measure in rows.iterator(chunk_size=500):
        days = (measure.expires_on - as_of).days
        rung = rung_at(days)
        if rung is None or measure.reminders.filter(days=rung.days, expires_on=measure.expires_on).exists():
            continue
        with act(actor=None, verb="preservation.remind", case_id=measure.case_id, target=measure) as entry:
            made = Reminder.objects.bulk_create(
                [
                    Reminder(measure=measure, to=to, days=rung.days, expires_on=measure.expires_on, raised_on=as_of)
                    for to in rung.to
                ],
                ignore_conflicts=True,
            )
            entry.after = {"days": rung.days, "expires_on": measure.expires_on}
            raised += len(made)
            notify(recipients=_bench(measure, chiefs=rung.days <= 7), kind=KIND, text=NEAR,
                   params=_words(measure) | {"days": days}, url=_address(measure), case_id=measure.case_id)  # fmt: skip
    return raised


def note_lapses(*, as_of: date) -> int:
    """A measure whose last day has passed is of no effect any more: an incident that the judge must explain."""
    lapsed = 0
    for pk in list(Measure.objects.run_out(as_of).order_by("pk").values_list("pk", flat=True)):
        with act(actor=None, verb="preservation.lapse") as entry:
            measure = lock(Measure.objects.select_related("case"), [pk])[0]
            if measure.state != MeasureState.ACTIVE or measure.expires_on is None or measure.expires_on >= as_of:
                continue
            expired = measure.expires_on
            finish(measure, MeasureState.LAPSED, expired, "", _("期限届满，未续行也未解除"))
            answer_by = add_working_days(as_of, standard("answer"))
            row = Lapse.objects.create(
                measure=measure, lapsed_on=expired, found_on=as_of, answer_by=answer_by,
                reminders_sent=measure.reminders.filter(expires_on=expired, sent_on__isnull=False).count(),
            )  # fmt: skip
            entry.target, entry.case_id, entry.after = row, measure.case_id, {"lapsed_on": expired}
            lapsed += 1
            people = [
                *_bench(measure, chiefs=True),
                *_posts(measure, Post.TRIAL_MANAGEMENT),
                *_posts(measure, Post.DISCIPLINE),
            ]
            notify(recipients=people, kind=KIND, text=GONE, params=_words(measure) | {"answer": row.answer_by},
                   url=_address(measure), case_id=measure.case_id)  # fmt: skip
    return lapsed


def _words(measure: Measure) -> dict[str, Any]:
    return {"number": measure.case.number, "thing": measure.thing[:60], "day": measure.expires_on}


def _address(measure: Measure) -> str:
    return reverse("preservation:detail", args=[measure.application_id])


def _bench(measure: Measure, *, chiefs: bool) -> list[int | None]:
    held = BenchMember.objects.filter(case=measure.case_id, until__isnull=True, role__in=["clerk", "assistant"])
    people = [measure.case.judge_id, *held.values_list("user_id", flat=True)]
    return people + (_posts(measure, Post.DIVISION_CHIEF) if chiefs else [])


def _posts(measure: Measure, post: str) -> list[int | None]:
    today = clock.today()
    held = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today), post=post, since__lte=today, court=measure.case.court_id
    )
    if post == Post.DIVISION_CHIEF:
        held = held.filter(division=measure.case.division_id)
    return list(held.values_list("user_id", flat=True))


def note_receipt(
    *, actor: Any, reminder: Reminder, sent_on: date, how: str, received_on: date | None = None
) -> Reminder:
    """Note how and when a reminder was sent, and its receipt when it came back."""
    case = reminder.measure.case
    require(actor, ENTER)
    require_in_scope(case, actor)
    reasons = Reasons()
    check_text(reasons, how, "how", _("写明送出方式"))
    check_day(reasons, sent_on, "sent_on", reminder.raised_on, _("提醒之日"))
    if received_on is not None:
        check_day(reasons, received_on, "received_on", sent_on, _("发出日"))
    reasons.refuse()
    with act(actor=actor, verb="preservation.receipt", permission=ENTER, target=reminder, case_id=case.pk) as entry:
        row = lock(Reminder.objects.all(), [reminder.pk])[0]
        if row.received_on is not None:
            raise Conflict(Reason(_("回执已经登记"), code="received"))
        row.sent_on, row.how, row.received_on = sent_on, how.strip(), received_on
        row.save(update_fields=["sent_on", "how", "received_on"])
        entry.after = {"sent_on": sent_on, "received_on": received_on}
    return row


def explain_lapse(*, actor: Any, lapse: Lapse, explanation: str) -> Lapse:
    """Explain why a measure ran out; once, in writing, by the judge or a chief."""
    case = lapse.measure.case
    require(actor, RULE)
    require_in_scope(case, actor)
    reasons = Reasons()
    if len(explanation.strip()) < 10:
        reasons.add(_("说明至少十个字：为何届满未续行，当事人是否受损，如何补救"), field="explanation", code="short")
    reasons.refuse()
    with act(actor=actor, verb="preservation.explain", permission=RULE, target=lapse, case_id=case.pk) as entry:
        row = lock(Lapse.objects.all(), [lapse.pk])[0]
        if row.explained_on is not None:
            raise Conflict(Reason(_("已经说明"), code="explained"))
        row.explanation, row.explained_by, row.explained_on = explanation.strip(), actor, clock.today()
        row.save(update_fields=["explanation", "explained_by", "explained_on"])
        entry.after = {"explanation": row.explanation}
    return row
