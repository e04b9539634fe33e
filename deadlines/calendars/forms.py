"""Entering the schedule of a year."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

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


class ScheduleForm(forms.Form):
    """The notice of the State Council for one year."""

    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("国务院办公厅通知的名称和文号"))
    holidays = DayListField(
        label=_("工作日放假"), weekdays=True,
        help_text=_("周一至周五的放假日，一行一个或者用逗号分开；连续的可写 2027-10-01..2027-10-07，其中周末自动略去"),
    )  # fmt: skip
    working = DayListField(
        label=_("周末上班（调休）"), weekdays=False, required=False, help_text=_("周六、周日的上班日")
    )  # fmt: skip
