"""Forms of this room: thin; the services check."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from publicity.reports.models import Outcome


class AnswerForm(forms.Form):
    """What came of a report."""

    outcome = forms.ChoiceField(label=_("结论"), choices=[("", "—"), *Outcome.choices])
    text = forms.CharField(
        label=_("处理经过与答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("留了联系方式的，写明已怎样答复"),
    )  # fmt: skip
