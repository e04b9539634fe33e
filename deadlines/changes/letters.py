"""Requests that go up (层报): drafted when this court agrees, sent, received there, answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock as court_clock
from courtcms.core.errors import Conflict, NotAllowed, Reason, Reasons
from courtcms.core.events import publish
from courtcms.core.locks import lock
from courtcms.courts.models import Court, CourtLevel
from courtcms.files.models import StoredFile
from courtcms.notices.services import notify
from deadlines.changes import checks, policy
from deadlines.changes.events import ChangeDecided
from deadlines.changes.models import ChangeRequest, HigherLetter, LetterOutcome
from deadlines.changes.moves import grant, held_change, move, refuse, summary

KIND_LETTER = "deadlines.change_letter"
SPC = "最高人民法院"  # not translated: the name as a letter bears it


@dataclass(frozen=True, slots=True)
class Answer:
    """What the higher court answered: outcome, day, number of the reply, length granted, the reply itself."""

    outcome: str
    decided_on: date
    decision_number: str
    amount: int | None = None
    file: StoredFile | None = None
    note: str = ""


def addressee(court: Court, approver: str) -> tuple[Court | None, str]:
    """Which court decides: the next higher one, the high court above, or the Supreme People's Court."""
    if approver == "spc":
        found = Court.objects.filter(level=CourtLevel.SUPREME).first()
        return found, found.name if found else SPC
    above = court.parent
    while above is not None and approver == "high_court" and above.level != CourtLevel.HIGH:
        above = above.parent
    if above is None:
        raise Conflict(
            Reason(_("没有登记本院的上级法院"), code="no_higher_court", remedy=_("由系统管理员登记法院层级"))
        )
    return above, above.name


def draft_letter(*, actor: Any, change: ChangeRequest) -> HigherLetter:
    """This court agrees: the request becomes a numbered letter to the court that the law names."""
    with act(actor=actor, verb="deadlines.change.send_up", case_id=change.case_id) as entry:
        move(change, "send_up")
        change.save()
        home = change.case.court
        to_court, to_name = addressee(home, change.approver)
        lock(Court.objects.all(), [home.pk])  # numbers are given one after the other
        year = court_clock.today().year
        last = HigherLetter.objects.filter(court=home, year=year).aggregate(last=Max("sequence"))["last"] or 0
        letter = HigherLetter.objects.create(
            change=change, court=home, year=year, sequence=last + 1, to_court=to_court, to_name=to_name,
            drafted_on=court_clock.today(), unit=change.unit,
        )  # fmt: skip
        entry.target, entry.after = letter, {"number": letter.number, "to": to_name}
        _tell(change, gettext_lazy("%(case)s 的延长申请须报%(court)s批准，请打印报送函并登记报送"), court=to_name)
    return letter


def _tell(change: ChangeRequest, text: Any, **params: Any) -> None:
    notify(
        recipients=[change.asked_by_id], kind=KIND_LETTER, text=text, params={"case": change.case.number, **params},
        url=f"/deadlines/changes/{change.pk}/", case_id=change.case_id,
    )  # fmt: skip


def _held(actor: Any, letter: HigherLetter) -> HigherLetter:
    [held] = lock(HigherLetter.objects.select_related("change", "change__case", "change__clock"), [letter.pk])
    if held.outcome:
        raise Conflict(Reason(_("上级法院已经答复"), code="decided"))
    return held


def _may(actor: Any, letter: HigherLetter) -> None:
    require(actor, "changes.letters")
    if not policy.in_scope(actor, letter.change.case_id):
        raise NotAllowed(Reason(_("这件案件不在您的职责范围内"), code="scope"))


def enter_dispatch(*, actor: Any, letter: HigherLetter, sent_on: date) -> HigherLetter:
    """The letter left the house on a day."""
    _may(actor, letter)
    with act(actor=actor, verb="deadlines.letter.sent", permission="changes.letters",
             case_id=letter.change.case_id) as entry:  # fmt: skip
        held, reasons = _held(actor, letter), Reasons()
        if held.sent_on is not None:
            raise Conflict(Reason(_("报送日已经登记"), code="sent"))
        if sent_on < held.drafted_on:
            reasons.add(_("报送不得早于本院同意之日"), field="sent_on", code="before_start")
        if sent_on > court_clock.today():
            reasons.add(_("报送日不得晚于今日"), field="sent_on", code="future")
        reasons.refuse()
        held.sent_on = sent_on
        held.save()
        entry.target, entry.after = held, {"sent_on": sent_on}
    return held


def enter_receipt(*, actor: Any, letter: HigherLetter, receipt_on: date, receipt: str) -> HigherLetter:
    """The higher court confirmed that it has the letter."""
    _may(actor, letter)
    with act(actor=actor, verb="deadlines.letter.received", permission="changes.letters",
             case_id=letter.change.case_id) as entry:  # fmt: skip
        held, reasons = _held(actor, letter), Reasons()
        if held.receipt_on is not None:
            raise Conflict(Reason(_("回执已经登记"), code="received"))
        if held.sent_on is None:
            reasons.add(_("先登记报送日"), field="receipt_on", code="not_sent")
        elif receipt_on < held.sent_on:
            reasons.add(_("签收不得早于报送"), field="receipt_on", code="reversed")
        if receipt_on > court_clock.today():
            reasons.add(_("签收日不得晚于今日"), field="receipt_on", code="future")
        if not receipt.strip():
            reasons.add(_("写明回执编号或者签收人"), field="receipt", code="receipt")
        reasons.refuse()
        held.receipt_on, held.receipt = receipt_on, receipt.strip()
        held.save()
        entry.target, entry.after = held, {"receipt_on": receipt_on, "receipt": held.receipt}
    return held


def enter_answer(*, actor: Any, letter: HigherLetter, answer: Answer) -> HigherLetter:
    """The higher court decided: granted, refused or sent back. Granted only by a decision made before expiry."""
    _may(actor, letter)
    with act(actor=actor, verb="deadlines.letter.answered", permission="changes.letters",
             case_id=letter.change.case_id, basis=answer.decision_number) as entry:  # fmt: skip
        held, reasons = _held(actor, letter), Reasons()
        change = held_change(held.change_id)
        _check_answer(held, change, answer, reasons)
        reasons.refuse()
        held.outcome, held.decided_on = answer.outcome, answer.decided_on
        held.decision_number, held.file = answer.decision_number.strip(), answer.file
        held.amount = answer.amount if answer.outcome == LetterOutcome.APPROVED else None
        held.save()
        entry.target, entry.after = held, {"outcome": held.outcome, "decided_on": held.decided_on}
        _follow(actor, change, held, answer)
    return held


def _check_answer(letter: HigherLetter, change: ChangeRequest, answer: Answer, reasons: Reasons) -> None:
    if answer.outcome not in LetterOutcome.values:
        reasons.add(_("请选择批准、不批准或者退回"), field="outcome", code="outcome")
    if letter.receipt_on is None:
        reasons.add(_("先登记上级法院的回执"), field="decided_on", code="not_received")
    elif answer.decided_on < letter.receipt_on:
        reasons.add(_("批复不得早于签收"), field="decided_on", code="reversed")
    if answer.decided_on > court_clock.today():
        reasons.add(_("批复日不得晚于今日"), field="decided_on", code="future")
    if not answer.decision_number.strip():
        reasons.add(_("写明批复的文号"), field="decision_number", code="document")
    if answer.file is None:
        reasons.add(_("附上批复的文件"), field="file", code="file")
    if answer.outcome != LetterOutcome.APPROVED:
        return
    if not answer.amount or answer.amount <= 0:
        reasons.add(_("延长的长度须为正整数"), field="amount", code="amount_not_positive")
    elif change.amount is not None and answer.amount > change.amount:
        reasons.add(_("批准的长度不能超过申请的长度"), field="amount", code="too_long")
    checks.check_not_expired(change.clock, answer.decided_on, reasons)


def _follow(actor: Any, change: ChangeRequest, letter: HigherLetter, answer: Answer) -> None:
    if answer.outcome == LetterOutcome.APPROVED:
        change.amount = answer.amount
        grant(actor=actor, change=change, decided_on=answer.decided_on, by=letter.to_name, paper=letter.decision_number)
    elif answer.outcome == LetterOutcome.REFUSED:
        why = f"{letter.decision_number} {answer.note}".strip()
        refuse(actor=actor, change=change, decided_on=answer.decided_on, by=letter.to_name, why=why)
        _tell(change, gettext_lazy("%(court)s没有批准 %(case)s 的延长申请"), court=letter.to_name)
    else:
        _sent_back(actor, change, letter, answer)


def _sent_back(actor: Any, change: ChangeRequest, letter: HigherLetter, answer: Answer) -> None:
    """Sent back by the higher court: this request is over, the judge mends the papers and asks anew."""
    with act(actor=actor, verb="deadlines.change.return", case_id=change.case_id) as entry:
        move(change, "reject")
        change.decided_on, change.decided_by = answer.decided_on, letter.to_name
        change.answer = f"{_('退回补正')} {letter.decision_number} {answer.note}".strip()[:300]
        change.save()
        entry.target, entry.after = change, summary(change)
        publish(ChangeDecided(change.pk, change.case_id, False))
        _tell(change, gettext_lazy("%(court)s退回了 %(case)s 的延长申请，补正后重新申请"), court=letter.to_name)
