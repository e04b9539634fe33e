"""Forms of this room: thin; the services check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtcms.core.forms import DateInput
from publicity.judgments import words
from publicity.judgments.clearance import items
from publicity.judgments.models import DocumentKind, Ground, Publication, WithdrawalReason


class OpenForm(forms.Form):
    """Which document is to be published, and since when it is effective."""

    kind = forms.ChoiceField(label=_("文书种类"), choices=DocumentKind.choices)
    effective_on = forms.DateField(
        label=_("生效日期"), required=False, widget=DateInput(), help_text=_("自生效日起七个工作日内公布")
    )
    appealed = forms.BooleanField(label=_("已上诉或者抗诉，与二审文书同时公布"), required=False)


class EffectForm(OpenForm):
    """The day of effect alone."""

    kind = None  # type: ignore[assignment]  Django's way to drop an inherited field


class UploadForm(forms.Form):
    """The signed document."""

    file = forms.FileField(label=_("签发的文书"), help_text=_("txt、docx 或者带文字的 pdf；扫描件须先识别为文字"))
    policy = forms.ChoiceField(label=_("规则集"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy"].choices = [("", _("按公布日期选用")), *words.POLICIES.items()]


class ReturnForm(forms.Form):
    """Back to the redactor, with a reason."""

    reason = forms.CharField(label=_("退回理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class HoldForm(forms.Form):
    """Off every surface until a day, with a reason that stays in the court."""

    reason = forms.CharField(label=_("暂停的理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    until = forms.DateField(
        label=_("截止日"), required=False, widget=DateInput(), help_text=_("不填为 7 日，最长 15 日")
    )


class ReleaseForm(forms.Form):
    """Back on the public site, with a reason."""

    reason = forms.CharField(label=_("恢复的理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class ClearanceForm(forms.Form):
    """The list; items the program answers are not asked."""

    note = forms.CharField(label=_("备注"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {
            f"item_{item.id}": forms.BooleanField(
                label=item.text, required=False, help_text=words.article(item.article)
            )
            for item in items()
            if item.level == "person"
        }
        self.fields = {**asked, **self.fields}

    def answers(self) -> dict[str, str]:
        """Item id to yes or no."""
        return {
            name[5:]: "yes" if value else "no" for name, value in self.cleaned_data.items() if name.startswith("item_")
        }


class WithdrawForm(forms.Form):
    """Why a published document is taken back."""

    code = forms.ChoiceField(label=_("撤回理由"), choices=WithdrawalReason.choices)
    note = forms.CharField(label=_("情况说明"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class WithholdForm(forms.Form):
    """On what ground a document is kept from publication."""

    ground = forms.ChoiceField(label=_("不公开的事由"), choices=Ground.choices)
    judged_on = forms.DateField(label=_("裁判日期"), required=False, widget=DateInput())
    note = forms.CharField(
        label=_("可以公开的说明"), required=False, max_length=300, help_text=_("其他情形须写明，公开网照此显示")
    )
    opinion = forms.CharField(
        label=_("承办法官的书面意见"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
        help_text=_("其他情形须写明，只在法院内部保存"),
    )  # fmt: skip

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if publication.judged_on:
            del self.fields["judged_on"]


class ReopenForm(forms.Form):
    """Why a withheld document is published after all."""

    reason = forms.CharField(label=_("恢复公开的理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
