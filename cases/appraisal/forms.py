"""Forms of appraisals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.appraisal.models import (
    ChoiceMode,
    Entrustment,
    EntrustmentState,
    Institution,
    ObjectionOutcome,
    RequestKind,
    RequestState,
)
from cases.appraisal.rules import kinds
from cases.page_acts import ThingForm
from courtcms.core import clock
from courtcms.core.forms import DateInput

UNITS = [("working_day", _("个工作日")), ("day", _("日"))]


def kind_choices() -> list[tuple[str, str]]:
    """Kinds in the language in force."""
    return [(kind.key, kind.name(get_language() or "")) for kind in kinds().values()]


def area(rows: int = 2) -> forms.Textarea:
    """A text of a few lines."""
    return forms.Textarea(attrs={"rows": rows})


def day(label: Any, **more: Any) -> forms.DateField:
    """A day, today at first."""
    return forms.DateField(label=label, widget=DateInput, initial=clock.today, **more)


class ProposeForm(ThingForm):
    """Decide on an appraisal of a case (the thing)."""

    kind = forms.ChoiceField(label=_("鉴定种类"), choices=kind_choices)
    matters = forms.CharField(label=_("鉴定事项和范围"), max_length=2000, widget=area(3))
    purpose = forms.CharField(label=_("鉴定目的"), max_length=300)
    decided_on = day(_("决定日"))
    repeats = forms.ModelChoiceField(
        label=_("重新鉴定的，原鉴定"), queryset=Entrustment.objects.none(), required=False, empty_label="—"
    )

    def prepare(self, thing: Any) -> None:
        """Only reported appraisals of the case can be repeated."""
        self.fields["repeats"].queryset = thing.entrustments.filter(state=EntrustmentState.REPORTED)


class ChooseForm(ThingForm):
    """Choose the institution."""

    mode = forms.ChoiceField(label=_("选择方式"), choices=ChoiceMode.choices)
    institution = forms.ModelChoiceField(
        label=_("机构"), queryset=Institution.objects.none(), required=False, help_text=_("随机选择的不填")
    )
    reason = forms.CharField(label=_("指定的理由"), max_length=300, required=False)
    seed = forms.CharField(
        label=_("随机种子"), max_length=64, required=False, help_text=_("当场摇出的数字；不填的由系统生成")
    )
    chosen_on = day(_("选定日"))

    def prepare(self, thing: Any) -> None:
        """Institutions registered for the kind."""
        rows = Institution.objects.filter(court=thing.case.court_id, kinds__contains=[thing.kind])
        self.fields["institution"].queryset = rows


class RecuseForm(ThingForm):
    """An institution that may not act."""

    institution = forms.ModelChoiceField(label=_("机构"), queryset=Institution.objects.none())
    reason = forms.CharField(label=_("回避的理由"), max_length=300)
    decided_on = day(_("决定日"))

    def prepare(self, thing: Any) -> None:
        """Institutions registered for the kind."""
        rows = Institution.objects.filter(court=thing.case.court_id, kinds__contains=[thing.kind])
        self.fields["institution"].queryset = rows


class EntrustForm(ThingForm):
    """The letter of entrustment."""

    letter_number = forms.CharField(label=_("委托书文号"), max_length=80)
    entrusted_on = day(_("委托书发出之日"))


class HandOverForm(ThingForm):
    """Materials handed over."""

    names = forms.CharField(label=_("材料，一行一项"), max_length=5000, widget=area(3))
    handed_on = day(_("移交日"))


class FeeForm(ThingForm):
    """Fee and advance."""

    amount = forms.DecimalField(label=_("鉴定费（元）"), max_digits=12, decimal_places=2)
    payer = forms.CharField(label=_("负担人"), max_length=200)
    advance = forms.DecimalField(label=_("已预交（元）"), max_digits=12, decimal_places=2, required=False)
    paid_on = forms.DateField(label=_("预交日"), widget=DateInput, required=False)


class AskForm(ThingForm):
    """A request of the institution."""

    kind = forms.ChoiceField(label=_("请求"), choices=RequestKind.choices)
    asked_on = day(_("来函日"))
    document = forms.CharField(label=_("来函文号"), max_length=120)
    text = forms.CharField(label=_("内容和理由"), max_length=500, widget=area())
    amount = forms.IntegerField(label=_("延长多少"), min_value=1, max_value=400, required=False)
    unit = forms.ChoiceField(label=_("单位"), choices=UNITS, required=False)


class AnswerForm(ThingForm):
    """The decision on a request."""

    request = forms.ModelChoiceField(label=_("请求"), queryset=None, empty_label=None)
    granted = forms.TypedChoiceField(
        label=_("决定"), choices=[("yes", _("准许")), ("no", _("不准许"))], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label=_("理由"), max_length=300, widget=area())
    decided_on = day(_("决定日"))

    def prepare(self, thing: Any) -> None:
        """Requests that wait."""
        self.fields["request"].queryset = thing.requests.filter(state=RequestState.ASKED)


class SupplyForm(ThingForm):
    """Supplementary material handed over."""

    request = forms.ModelChoiceField(label=_("请求"), queryset=None, empty_label=None)
    supplied_on = day(_("移交日"))
    document = forms.CharField(label=_("移交清单"), max_length=120)

    def prepare(self, thing: Any) -> None:
        """Supplements that are waited for."""
        rows = thing.requests.filter(kind=RequestKind.SUPPLEMENT, state=RequestState.GRANTED)
        self.fields["request"].queryset = rows


class ReportForm(ThingForm):
    """The report."""

    report_number = forms.CharField(label=_("鉴定意见书编号"), max_length=80)
    received_on = day(_("收到日"))
    upload = forms.FileField(label=_("鉴定意见书"), required=False)


class EndForm(ThingForm):
    """Withdrawn or terminated."""

    how = forms.ChoiceField(
        label=_("结束方式"),
        choices=[
            (EntrustmentState.WITHDRAWN.value, _("法院撤回委托")),
            (EntrustmentState.TERMINATED.value, _("机构终止鉴定")),
        ],
    )
    reason = forms.CharField(label=_("理由"), max_length=300, widget=area())
    ended_on = day(_("结束日"))


class ChaseForm(ThingForm):
    """A chase letter sent, its receipt."""

    letter = forms.ModelChoiceField(label=_("催办函"), queryset=None, empty_label=None)
    sent_on = day(_("发出日"))
    how = forms.CharField(label=_("送出方式"), max_length=100)
    received_on = forms.DateField(label=_("回执日"), widget=DateInput, required=False)

    def prepare(self, thing: Any) -> None:
        """Letters without a receipt."""
        self.fields["letter"].queryset = thing.chases.filter(received_on__isnull=True)


class ObjectForm(ThingForm):
    """An objection to the report."""

    party = forms.ModelChoiceField(label=_("当事人"), queryset=None)
    raised_on = day(_("异议日"))
    text = forms.CharField(label=_("异议的内容"), max_length=1000, widget=area())

    def prepare(self, thing: Any) -> None:
        """Parties of the case."""
        self.fields["party"].queryset = thing.case.parties.all()


class ObjectionAnswerForm(ThingForm):
    """The answer to an objection."""

    objection = forms.ModelChoiceField(label=_("异议"), queryset=None, empty_label=None)
    outcome = forms.ChoiceField(label=_("处理"), choices=ObjectionOutcome.choices[1:])
    reply = forms.CharField(label=_("答复和理由"), max_length=1000, widget=area())
    replied_on = day(_("答复日"))

    def prepare(self, thing: Any) -> None:
        """Objections that wait."""
        self.fields["objection"].queryset = thing.objections.filter(outcome=ObjectionOutcome.WAITING)


class InstitutionForm(forms.Form):
    """An entry of the register."""

    name = forms.CharField(label=_("名称"), max_length=200)
    licence_number = forms.CharField(label=_("许可证号"), max_length=60)
    licensed_from = forms.DateField(label=_("许可起始日"), widget=DateInput)
    licensed_until = forms.DateField(label=_("许可截止日"), widget=DateInput)
    kinds = forms.MultipleChoiceField(
        label=_("鉴定种类"), choices=kind_choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    contact = forms.CharField(label=_("联系人"), max_length=60, required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    address = forms.CharField(label=_("地址"), max_length=300, required=False)
    suspended_on = forms.DateField(label=_("暂停委托之日"), widget=DateInput, required=False)
    suspension_reason = forms.CharField(label=_("暂停的理由"), max_length=300, required=False)
