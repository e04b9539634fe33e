"""Looking for signals, and what becomes of each: asked, answered, referred, settled."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock
from courtcms.core.texts import msgid
from courtcms.notices.services import notify
from deadlines.calendars.selectors import work_calendar
from deadlines.signals import policy, statements
from deadlines.signals.events import SignalRaised
from deadlines.signals.models import Signal, SignalState
from deadlines.signals.rules import Detector, detectors

KIND = "signals"
LONGEST = 2000
AGAIN_DAYS = 3


def look(*, as_of: date | None = None) -> int:
    """Ask about everything the detectors find and was not asked before; refer what was not answered in time.

    All of it is one transaction, so that each person is told in one line and nobody is left out; running it again on
    the same day finds nothing new. Answers how many questions were opened.
    """
    with court_clock.as_of(as_of), act(actor=None, verb="signal.raise") as entry:
        today = court_clock.today()
        [(after,)] = statements.run(statements.HEAD)
        found = {detector.id: _look_for(detector, today) for detector in detectors()}
        raised = sum(found.values())
        if raised:
            statements.write(
                statements.TOLD, kind=KIND, after=after, today=today, now=court_clock.now(),
                text=msgid(gettext_lazy("有 %(n)s 项期限检查请您说明，最早 %(due)s 到期")),
                url=reverse("deadlines:signals"),
            )  # fmt: skip
        _refer(today)
        entry.after = {"raised": found}
    return raised


def _look_for(detector: Detector, today: date) -> int:
    part, whole = detector.share
    made = statements.run(
        statements.RAISE.format(found=statements.FOUND[detector.measure]), detector=detector.id, today=today,
        due=work_calendar().add_working_days(today, detector.answer_days), days=detector.days,
        more_than=detector.more_than, part=part, whole=whole,
    )  # fmt: skip
    for signal_id, case_id in made:
        publish(SignalRaised(signal_id, case_id))
    return len(made)


def _refer(today: date) -> int:
    """What was not answered in time goes to the division chief and to trial management, one line a person."""
    with act(actor=None, verb="signal.refer") as entry:
        settled = statements.write(statements.SETTLE)
        referred = statements.write(statements.REFER, today=today)
        if referred:
            statements.write(
                statements.REFERRED_TOLD, kind=KIND, today=today, now=court_clock.now(),
                text=msgid(gettext_lazy("有 %(n)s 项期限检查承办法官逾期未说明")),
                url=f"{reverse('deadlines:signals')}?state=referred",
            )  # fmt: skip
        entry.after = {"settled": settled, "referred": referred}
    return referred


def answer(*, actor: Any, signal_id: int, text: str) -> Signal:
    """The judge in charge says why. Refused for anybody else, for an empty text, and once it is settled."""
    with act(actor=actor, verb="signal.answer", permission="signals.answer") as entry:
        signal = _locked(signal_id)
        if not policy.can_answer(actor, signal):
            raise NotAllowed(Reason(_("由承办法官说明"), code="not_judge"))
        reasons = Reasons()
        if signal.state == SignalState.SETTLED:
            raise Conflict(Reason(_("该问题已经了结"), code="settled"))
        if not text.strip():
            reasons.add(_("写明原因"), field="text")
        if len(text) > LONGEST:
            reasons.add(_("说明不超过 %(n)s 字") % {"n": LONGEST}, field="text")
        reasons.refuse()
        signal.state, signal.answer = SignalState.ANSWERED, text.strip()
        signal.answered_by, signal.answered_on = actor, court_clock.today()
        signal.save()
        entry.target, entry.case_id, entry.after = signal, signal.case_id, {"answer": signal.answer}
    return signal


def review(*, actor: Any, signal_id: int, accepted: bool, text: str) -> Signal:
    """Chief or trial management accepts the answer, or asks again with a new day. A reason is written down."""
    require(actor, "signals.review")
    with act(actor=actor, verb="signal.review", permission="signals.review") as entry:
        signal = _locked(signal_id)
        if signal.state == SignalState.SETTLED:
            raise Conflict(Reason(_("该问题已经了结"), code="settled"))
        reasons = Reasons()
        if not text.strip():
            reasons.add(_("写明意见"), field="text")
        reasons.refuse()
        signal.review, signal.reviewed_by, signal.reviewed_on = text.strip()[:LONGEST], actor, court_clock.today()
        if accepted:
            signal.state = SignalState.SETTLED
        else:
            signal.state, signal.referred_on = SignalState.ASKED, None
            signal.due_on = work_calendar().add_working_days(court_clock.today(), AGAIN_DAYS)
            notify(
                recipients=[signal.judge], kind=KIND, case_id=signal.case_id, url=reverse("deadlines:signals"),
                text=gettext_lazy("%(case)s：期限检查请再说明，%(due)s 前"),
                params={"case": signal.case.number, "due": signal.due_on.isoformat()},
            )  # fmt: skip
        signal.save()
        entry.target, entry.case_id = signal, signal.case_id
        entry.after = {"state": signal.state, "review": signal.review}
    return signal


def _locked(signal_id: int) -> Signal:
    return lock(Signal.objects.select_related("case", "judge"), [signal_id])[0]
