"""Small forms of the registry. What the law asks is checked by the services; the forms only read what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.intake import catalogue
from cases.intake.register_models import RecusalGround
from courtcms.accounts.models import User
from courtcms.core.forms import DateInput

BLANK = [("", "—")]


class CloseForm(forms.Form):
    """Closing a case."""

    method = forms.ChoiceField(label=_("结案方式"))
    closed_on = forms.DateField(label=_("结案日"), widget=DateInput)
    note = forms.CharField(label=_("说明"), required=False, max_length=300)

    def __init__(self, *args: Any, type_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        methods = catalogue.closing_methods_for(type_code)
        self.fields["method"].choices = [*BLANK, *((m.code, catalogue.label(m, get_language() or "")) for m in methods)]


class ReassignForm(forms.Form):
    """Another judge: the named one, or by rotation."""

    judge = forms.ModelChoiceField(
        label=_("新承办法官"), required=False, queryset=User.objects.none(), empty_label=_("轮转分案")
    )
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, judges: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["judge"].queryset = judges
        self.fields["judge"].label_from_instance = lambda user: user.display_name


class RecuseForm(forms.Form):
    """Entering a recusal."""

    user = forms.ModelChoiceField(label=_("应回避的人"), queryset=User.objects.none(), empty_label="—")
    ground = forms.ChoiceField(label=_("回避事由"), choices=[*BLANK, *RecusalGround.choices])
    reason = forms.CharField(label=_("具体情形"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        self.fields["user"].label_from_instance = lambda user: user.display_name


class CustodyForm(forms.Form):
    """Custody taken or ended."""

    in_custody = forms.TypedChoiceField(
        label=_("羁押状态"), choices=[("yes", _("在押")), ("no", _("未在押"))], coerce=lambda value: value == "yes"
    )
    since = forms.DateField(label=_("自何日起"), widget=DateInput)
    note = forms.CharField(label=_("依据与说明"), max_length=300)


class ImportForm(forms.Form):
    """Upload of a file of cases."""

    file = forms.FileField(label=_("文件"), help_text=_("CSV 或 XLSX，不超过 20 MB、20,000 行"))
    mode = forms.ChoiceField(
        label=_("怎样处理"),
        choices=[
            ("check", _("只核对，不写入")),
            ("good", _("写入正确的行，错误的行列出")),
            ("all", _("有一行错误就一行也不写入")),
        ],
        initial="check",
        widget=forms.RadioSelect,
    )
