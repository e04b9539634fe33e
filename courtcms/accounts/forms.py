"""Forms of people and posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtcms.accounts import selectors
from courtcms.accounts.models import AppointmentKind, User
from courtcms.accounts.posts import Post
from courtcms.core.forms import DateInput
from courtcms.courts.models import Division


class PersonChoice(forms.ModelChoiceField):
    """People by name with their user name, since names repeat."""

    def label_from_instance(self, obj: User) -> str:
        """甲一（jiayi）."""
        return f"{obj.display_name} ({obj.username})"


class DivisionChoice(forms.ModelChoiceField):
    """Divisions by the name in the language of the page."""

    def label_from_instance(self, obj: Division) -> str:
        """民事审判第一庭."""
        return obj.label


class AbsenceForm(forms.Form):
    """One's own absence: from, back on, substitute."""

    since = forms.DateField(label=_("离岗日"), widget=DateInput)
    until = forms.DateField(label=_("返岗日"), widget=DateInput, help_text=_("返岗当日起由本人履职"))
    substitute = PersonChoice(
        label=_("代理人"), queryset=User.objects.none(), help_text=_("须在全部离岗日内担任职务相当的岗位")
    )
    reason = forms.CharField(label=_("事由"), required=False, max_length=200)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["substitute"].queryset = selectors.colleagues(user)


class PersonForm(forms.Form):
    """A new account."""

    username = forms.CharField(
        label=_("用户名"), max_length=60, help_text=_("小写字母、数字、点和连字符，一般取姓名拼音")
    )
    name = forms.CharField(label=_("姓名"), max_length=100)
    name_en = forms.CharField(label=_("姓名的拼音或英文写法"), max_length=100, required=False)
    joined_on = forms.DateField(label=_("到院日期"), required=False, widget=DateInput)


class AppointmentForm(forms.Form):
    """A post for a period."""

    post = forms.ChoiceField(label=_("职务"), choices=Post.choices)
    division = DivisionChoice(
        label=_("部门"), required=False, queryset=Division.objects.none(), help_text=_("审判岗位必须指明部门")
    )
    kind = forms.ChoiceField(label=_("任职方式"), choices=AppointmentKind.choices)
    since = forms.DateField(label=_("任职日"), widget=DateInput)
    until = forms.DateField(
        label=_("截止日"), required=False, widget=DateInput, help_text=_("当日起不再任职；不填为长期")
    )
    basis = forms.CharField(label=_("任免文号"), max_length=200)

    def __init__(self, *args: Any, divisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = divisions


class EndForm(forms.Form):
    """The end of a post."""

    until = forms.DateField(label=_("截止日"), widget=DateInput, help_text=_("当日起不再任职"))
    reason = forms.CharField(label=_("理由或者免职文号"), max_length=200)


class ReasonForm(forms.Form):
    """An act that only needs a reason."""

    reason = forms.CharField(label=_("理由"), max_length=200)
