"""Forms of the inbox: a measure, the same measure for several, an explanation, a report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courtcms.core.forms import DateInput
from oversight.escalation.ladder import measures

LONGEST_TEXT = 2000


class AskedText(forms.CharField):
    """Text that must be there; the service says so, together with every other reason."""

    def validate(self, value: str) -> None:
        """Nothing is refused here."""


class AskedDate(forms.DateField):
    """A date that must be there; the service says so, together with every other reason."""

    def validate(self, value: Any) -> None:
        """Nothing is refused here."""


def _choices(bulk: bool) -> list[tuple[str, str]]:
    language = get_language() or ""
    return [(code, measure.name(language)) for code, measure in measures().items() if measure.bulk or not bulk]


class MeasureForm(forms.Form):
    """One measure on one escalation. `position` is the rung that the person saw."""

    use_required_attribute = False  # a note needs no date
    position = forms.IntegerField(widget=forms.HiddenInput, required=False)
    measure = forms.ChoiceField(label=_("监督措施"), widget=forms.RadioSelect)
    text = AskedText(label=_("要求或者意见"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
    detail = forms.CharField(label=_("条款或者职权依据"), max_length=200, required=False)
    until = AskedDate(label=_("日期"), widget=DateInput)

    def __init__(self, *args: Any, bulk: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = _choices(bulk)


class BulkForm(MeasureForm):
    """The same measure for the ticked ones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, bulk=True, **kwargs)
        del self.fields["position"]


class ExplainForm(forms.Form):
    """The bench says why and by when."""

    position = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = AskedText(label=_("原因和办理打算"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
    until = AskedDate(label=_("何时办结"), widget=DateInput)


class ReportForm(forms.Form):
    """The bench answers a question."""

    text = AskedText(label=_("报告"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
