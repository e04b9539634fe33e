"""The weeks before today, scanned day by day: alerts, escalations that climb, answers of the bench and its chiefs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from courtcms.accounts.models import User
from courtcms.celery import app
from courtcms.core import clock
from courtcms.core.errors import Refusal
from deadlines.scan.models import ScanRun
from deadlines.scan.services import scan
from oversight.escalation import services
from oversight.escalation.ladders import answer_day, ladder_now
from oversight.escalation.models import Escalation
from oversight.escalation.scheduled import work_off

#: how many days before today the court was scanned; today's scan is left to beat when it is near
DAYS_BACK = (20, 14, 10, 7, 4, 1, 0)
#: so many escalations are answered on each of those days
ANSWERED = 60

ASK = "请于期限前书面报告未结原因、下一步安排和预计结案日期。"
TIMETABLE = "按所定进度办理，逾期未办的由庭长督促。"
SEEN = "已阅，注意审限。"
BECAUSE = "当事人申请补充鉴定，材料已移送；收到鉴定意见后十日内合议并拟稿。"
REPORT = "已安排开庭，合议后拟稿，预计本月内结案。"


@contextmanager
def _at_once() -> Iterator[None]:
    """Tasks that acts queue run here and now, on the day of the plan, not by a worker on another day."""
    before, trace = app.conf.task_always_eager, logging.getLogger("celery.app.trace")
    app.conf.task_always_eager = True
    trace.addFilter(_silent)
    try:
        yield
    finally:
        app.conf.task_always_eager = before
        trace.removeFilter(_silent)


def _silent(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO


def seed_oversight(today: date) -> dict[str, int]:
    """Scan the last three weeks and let people answer; alerts and escalations by number."""
    with _at_once():
        for back in DAYS_BACK:
            day = today - timedelta(days=back)
            with clock.as_of(day):
                scan(as_of=day, trigger="daily")
                work_off(as_of=day)
                _answers(back)
    alerts = sum(ScanRun.objects.values_list("raised_total", flat=True))
    return {"alerts": alerts, "escalations": Escalation.objects.count()}


def _answers(back: int) -> None:
    """Every second one is answered in time; the others climb."""
    if back == 0:
        return  # what was raised today is still to be answered
    waiting = Escalation.objects.live().select_related("case").order_by("pk")[:ANSWERED]
    for row in waiting:
        try:
            _choice(row, (row.pk + back) % 6)()
        except Refusal:
            continue  # the rules leave the answer to somebody else or to another day


def _choice(row: Escalation, turn: int) -> Callable[[], object]:
    holder = User.objects.get(pk=row.holder_id)
    if row.state == "awaiting":
        judge = User.objects.get(pk=row.case.judge_id)
        return (lambda: services.report(actor=judge, escalation_id=row.pk, text=REPORT)) if turn < 2 else _nothing
    if row.state != "open" or turn > 2:
        return _nothing
    if ladder_now().at(row.position).bench:
        until = answer_day(8 + turn * 4)
        return lambda: services.explain(actor=holder, escalation_id=row.pk, text=BECAUSE, until=until)
    code, text, until = (("S2", ASK, answer_day(5)), ("P", TIMETABLE, answer_day(15)), ("N", SEEN, None))[turn]
    return lambda: services.take_measure(actor=holder, escalation_id=row.pk, code=code, text=text, until=until)


def _nothing() -> None:
    return None
