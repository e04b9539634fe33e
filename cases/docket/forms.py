"""The entry form: one line, or field by field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.docket.rules import LONGEST_NOTE, menu
from courtcms.core.forms import DateInput


class LineForm(forms.Form):
    """The quick line."""

    line = forms.CharField(label=_("记进展"), required=False, max_length=LONGEST_NOTE + 100)


class EntryForm(forms.Form):
    """The same entry field by field."""

    kind = forms.ChoiceField(label=_("类型"))
    happened_on = forms.DateField(label=_("日期"), widget=DateInput)
    happened_at = forms.TimeField(
        label=_("时间"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("地点"), required=False, max_length=60)
    note = forms.CharField(
        label=_("备注"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, closed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        self.fields["kind"].choices = [(kind.key, kind.name(language)) for kind in menu(closed)]
