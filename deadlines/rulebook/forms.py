"""Forms of the page of limits."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from courtcms.core.forms import DateInput
from deadlines.clocks.forms import UNIT_CHOICES


class TargetForm(forms.Form):
    """A new length of a court target."""

    amount = forms.IntegerField(label=_("长度"), min_value=1, max_value=400)
    unit = forms.ChoiceField(label=_("单位"), choices=UNIT_CHOICES)
    effective_from = forms.DateField(
        label=_("自何日起适用"), widget=DateInput, help_text=_("该日及以后立案的案件；在办案件仍按原来的版本")
    )
    reason = forms.CharField(label=_("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
