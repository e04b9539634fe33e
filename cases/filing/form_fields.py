"""Fields of the filing form that leave it to the registry to say what is missing, and its control that redraws."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy

BLANK = [("", "—")]
#: a control whose change draws the form anew, with everything typed so far
REDRAW = {
    "hx-post": reverse_lazy("cases:new"),
    "hx-trigger": "change",
    "hx-target": "#intake",
    "hx-swap": "outerHTML",
    "hx-vals": '{"refresh": "1"}',
}


class MoneyField(forms.DecimalField):
    """Yuan with two decimals; thousands may be parted by commas."""

    def to_python(self, value: Any) -> Decimal | None:
        """Strip commas and blanks before reading the number."""
        if isinstance(value, str):
            value = value.replace(",", "").replace("，", "").replace(" ", "")
        return super().to_python(value)


class WantedText(forms.CharField):
    """A text that must be there in the end: the registry says so in its own words, together with all other reasons."""

    def validate(self, value: Any) -> None:
        """Leave an empty value to the registry."""
        if value not in self.empty_values:
            super().validate(value)


class WantedChoice(forms.ChoiceField):
    """A choice that must be made in the end; see WantedText."""

    def validate(self, value: Any) -> None:
        """Leave an empty value to the registry."""
        if value not in self.empty_values:
            super().validate(value)
