"""What happens by rule: alerts open escalations, unanswered ones climb, those without a cause close."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.texts import msgid, packed
from courtcms.notices.services import notify
from oversight.escalation import statements
from oversight.escalation.ladders import ladder_now, rung_rows, start_rows
from oversight.escalation.models import Escalation

KIND = "escalations"
#: up to so many escalations in one run are told one by one, more in one line
TOLD_SINGLY = 3
#: what an escalation is about, by cause and level
CAUSES = {
    "stop": _("停止计算已久"), "late": _("延长申请逾期提出"), "overdue": _("期限已过"), "red": _("期限将满"),
    "amber": _("期限过半"),
}  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What one run did."""

    as_of: str
    closed: int
    reseated: int
    climbed: int
    reminded: int
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def open_for_run(*, scan_run_id: int, after: int = 0) -> dict[str, int]:
    """Open an escalation for each clock that a scan alerted, and raise those under way whose alert got worse.

    Part of the scan's transaction, for the alerts of one batch (ids above `after`); a second call changes nothing.
    Nobody is told yet: `tell_of_scan` does that once the scan is complete.
    """
    ladder = ladder_now()
    shared = {
        "run": scan_run_id, "after": after, "rungs": json.dumps(rung_rows(ladder)),
        "starts": json.dumps(start_rows(ladder)), **_moment(),
    }  # fmt: skip
    with act(actor=None, verb="escalation.open") as entry:
        raised = len(statements.run(statements.RAISE, text=statements.RAISED, **shared))
        opened = len(statements.run(statements.OPEN, text=statements.OPENED, version=ladder.version, **shared))
        entry.after = {"scan": scan_run_id, "after": after, "opened": opened, "raised": raised}
    return {"opened": opened, "raised": raised}


def tell_of_scan(*, scan_run_id: int, since: int) -> int:
    """Tell people of the escalations that a finished scan opened or raised, and judges of alerts that open none.

    Covers the runs after `since` too, which broke off before they could tell. Answers how many judges were told.
    """
    span = {"run": scan_run_id, "since": since}
    told = _tell_judges(span)
    _insert_notices(
        statements.TELL_OF_SCAN, _("%(case)s：%(what)s，请于 %(due)s 前答复"),
        _("有 %(n)s 件督办待您答复，最早 %(due)s 到期"), act="opened", **span,
    )  # fmt: skip
    _insert_notices(
        statements.TELL_OF_SCAN, _("%(case)s：%(what)s，提醒级别升高，答复期 %(due)s"),
        _("有 %(n)s 件督办提醒级别升高，最早 %(due)s 到期"), act="raised", **span,
    )  # fmt: skip
    return told


def _tell_judges(span: dict[str, int]) -> int:
    """Alerts that start no escalation are told to the judge in charge: one by name, several in one line."""
    rows = statements.run(statements.ONLY_TOLD, starts=json.dumps(start_rows(ladder_now())), **span)
    for judge, clock_id, count, number, case_id, stopped in rows:
        if count == 1:
            what = _("停止计算已久") if stopped else _("期限过半")
            notify(
                recipients=[judge], kind=KIND, text=_("%(case)s：%(what)s"), params={"case": number, "what": what},
                case_id=case_id, url=reverse("deadlines:clock", args=[clock_id]),
            )  # fmt: skip
        else:
            notify(
                recipients=[judge], kind=KIND, text=_("有 %(n)s 个期限过半，或者停止计算已久"), params={"n": count},
                url=reverse("deadlines:list"),
            )  # fmt: skip
    return len(rows)


def work_off(*, as_of: date | None = None) -> Report:
    """Close what has no cause left, seat new holders, climb what was not answered, remind of today's last day.

    One transaction over the whole set; running it again on the same day changes nothing.
    """
    began = time.monotonic()
    with act(actor=None, verb="escalation.work_off") as entry, clock.as_of(as_of):
        ladder = ladder_now()
        rungs = json.dumps(rung_rows(ladder))
        closed = close_ended()
        reseated = reseat(rungs=rungs)
        climbed = statements.run(
            statements.CLIMB, rungs=rungs, version=ladder.version, unanswered=statements.UNANSWERED,
            unreported=statements.UNREPORTED, unkept=statements.UNKEPT, **_moment(),
        )  # fmt: skip
        reminded = statements.run(statements.REMIND, text=statements.REMINDED, **_moment())
        today = clock.today().isoformat()
        _tell(
            climbed,
            _("%(case)s：%(what)s，下一阶未答复，已上送到您，答复期 %(due)s"),
            _("有 %(n)s 件督办上送到您，最早 %(due)s 到期"),
        )
        _tell(
            [(pk, old) for pk, _new, old in climbed], _("%(case)s：%(what)s，未在期限内答复，已自动上送"),
            _("有 %(n)s 件督办未在期限内答复，已自动上送"),
        )  # fmt: skip
        _tell(reminded, _("%(case)s：%(what)s，今天是最后一日"), _("有 %(n)s 件督办今天是最后一日"))
        entry.after = {"as_of": today, "closed": closed, "climbed": len(climbed), "reminded": len(reminded)}
    return Report(today, closed, reseated, len(climbed), len(reminded), round(time.monotonic() - began, 3))


def close_ended(*, clock_id: int | None = None) -> int:
    """Close escalations whose cause has ended, of one clock or of all, with the reason; their holders are told."""
    if clock_id is not None and not Escalation.objects.live().filter(clock=clock_id).exists():
        return 0
    with act(actor=None, verb="escalation.close") as entry:
        rows = statements.run(
            statements.CLOSE, clock=clock_id, stopped=statements.STOPPED, paused=statements.PAUSED,
            moved=statements.MOVED, resumed=statements.RESUMED, granted=statements.GRANTED, refused=statements.REFUSED,
            taken_back=statements.TAKEN_BACK, **_moment(),
        )  # fmt: skip
        entry.after = {"clock": clock_id, "closed": len(rows)}
        _tell(rows, _("%(case)s：%(what)s，事由消除，督办自动结束"), _("有 %(n)s 件督办因事由消除自动结束"))
    return len(rows)


def reseat(*, case_id: int | None = None, rungs: str = "") -> int:
    """Hand escalations to whoever holds the post now, in one case or in all. Answers how many changed hands."""
    with act(actor=None, verb="escalation.reseat", case_id=case_id) as entry:
        rows = statements.run(
            statements.RESEAT, case=case_id, text=statements.RESEATED,
            rungs=rungs or json.dumps(rung_rows(ladder_now())), **_moment(),
        )  # fmt: skip
        entry.after = {"reseated": len(rows)}
        _tell(
            rows, _("%(case)s：%(what)s，改由您答复，答复期 %(due)s"), _("有 %(n)s 件督办改由您答复，最早 %(due)s 到期")
        )
    return len(rows)


def _moment() -> dict[str, Any]:
    return {"today": clock.today(), "now": clock.now()}


def _tell(rows: Iterable[tuple[Any, ...]], single: Any, many: Any) -> None:
    """(escalation, recipient, …): a few are told one by one, many in one line that opens the inbox."""
    pairs = [(row[0], row[1]) for row in rows]
    if pairs:
        escalations, people = (list(column) for column in zip(*pairs, strict=True))
        _insert_notices(statements.TELL, single, many, escalations=escalations, people=people)


def _insert_notices(statement: str, single: Any, many: Any, **params: Any) -> None:
    """One statement for everybody; up to `TOLD_SINGLY` a person are told singly."""
    statements.write(
        statement, single=msgid(single), many=msgid(many), most=TOLD_SINGLY, kind=KIND, now=clock.now(),
        words=json.dumps({key: packed({"what": word})["what"] for key, word in CAUSES.items()}),
        url=reverse("escalations:detail", args=[0]), inbox=reverse("escalations:inbox"), **params,
    )  # fmt: skip


def told_params(escalation: Escalation) -> Mapping[str, Any]:
    """Case, cause and day of an escalation, for a notice."""
    return {
        "case": escalation.case.number, "what": cause_word(escalation), "due": escalation.due_on.isoformat(),
    }  # fmt: skip


def cause_word(escalation: Escalation) -> Any:
    """What it is about, in a word that follows the reader's language."""
    return CAUSES[escalation.cause if escalation.cause in CAUSES else escalation.level]
