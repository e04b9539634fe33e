"""The derivation told to the parties: short sentences, no terms of the trade, each date with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from courtcms.core.dates import long_date
from courtcms.core.texts import rendered
from deadlines.clocks import wording
from deadlines.clocks.computing import from_record
from deadlines.clocks.models import Clock, ClockStatus
from deadlines.clocks.terms import Step
from deadlines.rulebook.reading import rulebook

Line = dict[str, Any]

RIGHT = N_("您认为扣除、延长或者延期没有理由的，可以向本院提出异议，本院应当处理并答复（法释〔2018〕9号第七条）。")
SENTENCES = {
    "start": N_("期限从 %(first)s 起算，当天不计。"),
    "restart": N_("因“%(subject)s”，期限从 %(first)s 重新起算。"),
    "base": N_("法律规定的期限是 %(length)s，算到 %(reached)s。"),
    "extension": N_("期限延长了 %(length)s，算到 %(reached)s。"),
    "excluded": N_("%(first)s 至 %(last)s 因“%(subject)s”，%(days)s 天不计入期限，顺延到 %(reached)s。"),
    "open": N_("期限现在停止计算。恢复以后还有 %(days)s 天。"),
    "excluded_open": N_("自 %(first)s 起因“%(subject)s”停止计算，尚未恢复。"),
    "excluded_late": N_("“%(subject)s”发生在期限届满之后，不影响期限。"),
    "roll": N_("最后一天是休息日，顺延到 %(reached)s。"),
    "unlimited": N_("法律没有为此类案件规定期限。"),
}
ALIKE = {"excluded_part": "excluded", "excluded_capped": "excluded", "hour_start": "start", "before_start": "start"}
RESULT = N_("因此，“%(limit)s”在 %(due)s 届满。")
PROVISIONAL = N_("这一日期要等国务院公布放假安排后才能最后确定。")


def lines_of(clock: Clock) -> list[Line]:
    """The sentences as msgid and parameters, so that a copy kept with a notice can be read in either language."""
    steps = [from_record(row) for row in clock.derivation]
    found = [_line(step) for step in steps if ALIKE.get(step.key, step.key) in SENTENCES]
    if clock.status in (ClockStatus.RUNNING, ClockStatus.PAUSED) and clock.due_on is not None:
        found.append({"text": RESULT, "params": {"limit": {"limit": clock.limit_id}, "due": _day(clock.due_on)}})
        if clock.provisional:
            found.append({"text": PROVISIONAL, "params": {}})
    return found


def _line(step: Step) -> Line:
    params: dict[str, Any] = {"days": str(step.days or 0), "subject": {"subject": step.subject}}
    for name in ("first", "last", "reached"):
        params[name] = _day(getattr(step, name))
    if step.amount is not None and step.unit:
        params["length"] = {"length": [step.amount, step.unit]}
    return {"text": SENTENCES[ALIKE.get(step.key, step.key)], "params": params}


def _day(value: date | datetime | None) -> dict[str, str]:
    day = value.date() if isinstance(value, datetime) else value
    return {"day": day.isoformat() if day else ""}


def told(lines: Iterable[Line]) -> list[str]:
    """The sentences in the language in force."""
    return [_(line["text"]) % {key: _value(value) for key, value in line["params"].items()} for line in lines]


def _value(value: Any) -> str:
    from_pack = value if isinstance(value, dict) else {}
    if "day" in from_pack:
        return long_date(date.fromisoformat(from_pack["day"])) if from_pack["day"] else "—"
    if "length" in from_pack:
        return wording.length(*from_pack["length"])
    if "limit" in from_pack:
        return wording.name_of(rulebook().limits[from_pack["limit"]][-1])
    if "subject" in from_pack:
        return _subject(from_pack["subject"])
    return rendered(from_pack["msgid"], {}) if "msgid" in from_pack else str(value)


def _subject(key: str) -> str:
    book = rulebook()
    if key in book.conversions:
        return wording.name_of(book.conversions[key])
    return wording.ground_name(key) if key in book.grounds else wording.event_name(book, key)
