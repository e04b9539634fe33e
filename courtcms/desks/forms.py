"""Forms of the shell's own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtcms.core.forms import DateInput
from courtcms.desks.verbs import VERBS


class TrailForm(forms.Form):
    """What one looks for in the trail."""

    actor = forms.CharField(label=_("谁"), required=False, max_length=60)
    verb = forms.ChoiceField(label=_("做了什么"), required=False, choices=[("", _("全部")), *VERBS.items()])
    obj = forms.CharField(label=_("对什么"), required=False, max_length=100)
    since = forms.DateField(label=_("自"), required=False, widget=DateInput)
    until = forms.DateField(label=_("至"), required=False, widget=DateInput)

    def clean(self) -> dict[str, Any]:
        """The days must run forward."""
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("止日早于起日"))
        return cleaned

    def asked(self) -> dict[str, Any]:
        """Arguments of the search."""
        return {key: value for key, value in self.cleaned_data.items() if value}
