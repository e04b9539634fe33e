"""Forms of an approval."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """One decision on the open step."""

    step = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("决定"), widget=forms.RadioSelect,
        choices=[("approve", _("同意")), ("return", _("退回补正")), ("reject", _("不同意"))],
    )  # fmt: skip
    comment = forms.CharField(
        label=_("意见"), required=False, max_length=2000, help_text=_("退回或者不同意须写明理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """The asker takes the request back."""

    reason = forms.CharField(label=_("撤回理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class ResubmitForm(forms.Form):
    """The asker mends a returned request."""

    reason = forms.CharField(label=_("补正后的申请理由"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
