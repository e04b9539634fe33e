"""What if: the dates a clock would have, without writing anything."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from courtcms.core import clock as court_clock
from courtcms.core.errors import Reason, Refusal
from deadlines.calendars.selectors import work_calendar
from deadlines.clocks.closing import converted_start
from deadlines.clocks.computing import fill_from, question_of
from deadlines.clocks.models import Clock, ClockStatus
from deadlines.clocks.terms import Excluded, Impossible, Question, Restart
from deadlines.clocks.wording import name_of, problem_text
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Amount, UnknownRule


@dataclass(frozen=True, slots=True)
class Supposition:
    """One thing that might happen to a clock: more time, time out, a resumption, a conversion or a restart."""

    extension: Amount | None = None
    excluded: Excluded | None = None
    resume: tuple[int, date] | None = None
    conversion: str = ""
    on: date | None = None


def suppose(clock: Clock, what: Supposition) -> Clock:
    """A copy of the clock, never saved, as it would stand. Refused with every reason when it cannot be counted."""
    book = rulebook()
    try:
        supposed, question = _asked(clock, what)
        fill_from(supposed, question, book, work_calendar())
    except Impossible as error:
        found = [Reason(problem_text(p), field=_field(p.field), code=p.code) for p in error.problems]
        raise Refusal(found) from error
    except UnknownRule as error:
        raise Refusal(Reason(_("立案时尚无此规定"), field="ground", code=error.code)) from error
    return supposed


def _field(name: str) -> str:
    return {"excluded": "ground", "extensions": "amount"}.get(name, name)


def _asked(clock: Clock, what: Supposition) -> tuple[Clock, Question]:
    book, supposed = rulebook(), copy.copy(clock)
    if supposed.status not in (ClockStatus.RUNNING, ClockStatus.PAUSED):
        raise Refusal(Reason(_("这个期限已经终止，不能再变更"), code="stopped"))
    question = question_of(clock, book, court_clock.today())
    if what.extension is not None:
        question = replace(question, extensions=(*question.extensions, what.extension))
    if what.excluded is not None:
        question = replace(question, excluded=(*question.excluded, what.excluded))
    if what.resume is not None:
        question = replace(question, excluded=_resumed(clock, *what.resume))
    if what.conversion:
        if what.on is None:
            raise Refusal(Reason(_("写明日期"), field="starts_on", code="date_missing"))
        supposed, question = _converted(supposed, question, what.conversion, what.on)
    return supposed, question


def _resumed(clock: Clock, interval: int, ends: date) -> tuple[Excluded, ...]:
    rows = [row for row in clock.intervals.all() if row.voided_on is None]
    return tuple(Excluded(r.starts_on, ends if r.pk == interval else r.ends_on, r.ground) for r in rows)


def _converted(clock: Clock, question: Question, conversion: str, on: date) -> tuple[Clock, Question]:
    """A restart keeps the limit; a change of procedure takes the target's, with what was taken out before."""
    rule = rulebook().conversions.get(conversion)
    if rule is None or clock.limit_id not in rule.sources:
        raise Refusal(Reason(_("本期限不能这样转换"), field="ground", code="conversion"))
    if clock.limit_id in rule.targets:
        return clock, replace(question, restarts=(*question.restarts, Restart(on, conversion)))
    target = rulebook().limit(sorted(rule.targets)[0], clock.filed_on)
    kept = question.excluded if rule.counts_from == "original_start" else ()
    clock.limit_id, clock.target = target.id, None
    clock.started_on = converted_start(rule, clock.started_on, on)
    return clock, Question(
        limit=target, start=clock.started_on, excluded=kept, in_custody=clock.in_custody, filed=clock.filed_on,
        as_of=question.as_of,
    )  # fmt: skip


def label(clock: Clock) -> str:
    """Name of the limit that the copy follows."""
    return name_of(rulebook().limit(clock.limit_id, clock.filed_on))
