"""Entering the schedule of a year."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from courtcms.core.forms import DateInput
from deadlines.calendars.notice import NoticeError, read

_SEPARATORS = re.compile(r"[\s,;，；、]+")


class DayListField(forms.CharField):
    """Days separated by spaces, commas or line breaks; 2027-10-01..2027-10-07 is a row of days, weekends left out."""

    def __init__(self, *, weekdays: bool, **kwargs: Any) -> None:
        self.weekdays = weekdays
        super().__init__(widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}), **kwargs)

    def clean(self, value: Any) -> list[date]:
        """Every word that is no day is named, all at once."""
        text = super().clean(value)
        found: list[date] = []
        errors = []
        for word in filter(None, _SEPARATORS.split(text)):
            try:
                found += self._days(word)
            except ValueError:
                errors.append(
                    _now("“%(word)s”不是日期，应写作 2027-10-01 或者 2027-10-01..2027-10-07") % {"word": word}
                )
        if errors:
            raise forms.ValidationError(errors)
        return found

    def _days(self, word: str) -> list[date]:
        first, separator, last = word.partition("..")
        start = date.fromisoformat(first)
        if not separator:
            return [start]
        end = date.fromisoformat(last)
        if end < start or (end - start).days > 60:
            raise ValueError
        span = (date.fromordinal(n) for n in range(start.toordinal(), end.toordinal() + 1))
        return [day for day in span if (day.weekday() < 5) == self.weekdays]


#: what a notice may be too long for; the longest so far has a thousand characters
LONGEST_NOTICE = 20_000


class ScheduleForm(forms.Form):
    """The notice of the State Council for one year: its text, a file, or the days typed one by one."""

    use_required_attribute = False
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("国务院办公厅通知的名称和文号"))
    notice = forms.CharField(
        label=_("通知原文"), required=False, max_length=LONGEST_NOTICE, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "粘贴通知正文，如“国庆节：10月1日（星期四）至7日（星期三）放假调休，共7天。9月27日（星期日）上班。”；"
            "也可粘贴 CSV 或者 JSON"
        ),
    )  # fmt: skip
    file = forms.FileField(
        label=_("或者选择文件"), required=False, help_text=_("CSV（日期,安排,节日）或者 JSON，UTF-8")
    )
    holidays = DayListField(
        label=_("工作日放假"), weekdays=True, required=False,
        help_text=_(
            "没有通知原文时填写。周一至周五的放假日，一行一个或者用逗号分开；连续的可写 2027-10-01..2027-10-07，"
            "其中周末自动略去"
        ),
    )  # fmt: skip
    working = DayListField(
        label=_("周末上班（调休）"), weekdays=False, required=False, help_text=_("周六、周日的上班日")
    )  # fmt: skip

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        self.year = year
        self.names: dict[date, str] = {}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The notice or the file decides when there is one; every sentence that cannot be read is named."""
        data = super().clean() or {}
        text, file = data.pop("notice", ""), data.pop("file", None)
        if file is not None:
            if file.size > LONGEST_NOTICE:
                self.add_error("file", _now("文件过大"))
                return data
            try:
                text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _now("文件不是 UTF-8"))
                return data
        if text.strip():
            try:
                found = read(text, self.year)
            except NoticeError as error:
                for code, params in error.problems:
                    self.add_error("file" if file is not None else "notice", problem_text(code, params))
                return data
            data["holidays"], data["working"], self.names = sorted(found.holidays), sorted(found.working), found.names
        return data


def problem_text(code: str, params: dict[str, Any]) -> str:
    """What is wrong with a notice, in words."""
    words = {
        "json": _now("不是有效的 JSON：%(why)s"), "shape": _now("JSON 应为日期的列表，或者含 holidays、working 的对象"),
        "kind": _now("%(day)s 的安排“%(kind)s”不明，应写放假或者上班"), "day": _now("“%(text)s”不是日期"),
        "span": _now("“%(text)s”的起止日期不对"), "year": _now("%(day)s 不在 %(year)s 年"),
        "total": _now("%(name)s：通知写明共 %(said)s 天，读出 %(found)s 天"),
        "weekday": _now("%(day)s 不是星期%(word)s，请核对年份"), "nothing": _now("没有读出放假日"),
    }  # fmt: skip
    return words[code] % params


class ClosureForm(forms.Form):
    """Days on which this court is closed."""

    use_required_attribute = False
    days = DayListField(label=_("停止办公的日子"), weekdays=True, help_text=_("周一至周五，写法同上"))
    reason = forms.CharField(label=_("事由和依据"), max_length=60)


class ReopenForm(forms.Form):
    """A closure taken back."""

    use_required_attribute = False
    day = forms.DateField(label=_("恢复办公的日子"), widget=DateInput)
    reason = forms.CharField(label=_("事由和依据"), max_length=200)
