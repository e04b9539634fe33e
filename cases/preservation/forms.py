"""Forms of preservation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.page_acts import ThingForm
from cases.preservation.models import (
    ApplicationState,
    Lapse,
    Measure,
    MeasureState,
    ObjectKind,
    PeriodUnit,
    PreservationKind,
    Reminder,
    SecurityKind,
)
from courtcms.core import clock
from courtcms.core.forms import DateInput

MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


def area(rows: int = 2) -> forms.Textarea:
    """A text of a few lines."""
    return forms.Textarea(attrs={"rows": rows})


def day(label: Any) -> forms.DateField:
    """A day, today at first."""
    return forms.DateField(label=label, widget=DateInput, initial=clock.today)


def ordered_amount() -> forms.IntegerField:
    """The length a ruling orders; empty for the longest of the law."""
    help_text = _("裁定的期限短于法定最长期限的才填")
    return forms.IntegerField(label=_("裁定的期限"), min_value=1, max_value=2000, required=False, help_text=help_text)


def ordered_unit() -> forms.ChoiceField:
    """Its unit."""
    return forms.ChoiceField(label=_("期限单位"), choices=[("", "—"), *PeriodUnit.choices], required=False)


def this_minute() -> str:
    """Now in the court's zone, to the minute."""
    return clock.now().astimezone(clock.COURT_ZONE).strftime(MOMENTS[0])


class MomentField(forms.DateTimeField):
    """A moment typed in the court's zone."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENTS[0])
        super().__init__(widget=widget, input_formats=MOMENTS, initial=this_minute, **more)

    def to_python(self, value: Any) -> datetime | None:
        """Aware, whatever zone the process runs in."""
        moment = super().to_python(value)
        return moment.replace(tzinfo=clock.COURT_ZONE) if moment is not None else None


class ApplyForm(ThingForm):
    """An application in a case (the thing)."""

    kind = forms.ChoiceField(label=_("保全种类"), choices=PreservationKind.choices, initial=PreservationKind.IN_SUIT)
    applicant = forms.ModelChoiceField(label=_("申请人"), queryset=None)
    respondent = forms.ModelChoiceField(label=_("被申请人"), queryset=None)
    amount = forms.DecimalField(label=_("申请保全的数额（元）"), max_digits=16, decimal_places=2)
    urgent = forms.BooleanField(label=_("情况紧急，四十八小时内裁定"), required=False)
    grounds = forms.CharField(label=_("理由和财产线索"), max_length=500, widget=area())
    security = forms.ChoiceField(label=_("担保"), choices=SecurityKind.choices)
    security_amount = forms.DecimalField(label=_("担保数额（元）"), max_digits=16, decimal_places=2, required=False)
    received_at = MomentField(label=_("收到申请的时刻"))

    def prepare(self, thing: Any) -> None:
        """Parties of the case."""
        self.fields["applicant"].queryset = thing.parties.all()
        self.fields["respondent"].queryset = thing.parties.all()


class RuleForm(ThingForm):
    """The ruling."""

    outcome = forms.ChoiceField(label=_("结果"), choices=ApplicationState.choices[1:])
    ruling_number = forms.CharField(label=_("裁定书文号"), max_length=80)
    ruled_at = MomentField(label=_("裁定的时刻"))
    reason = forms.CharField(label=_("不予保全的理由"), max_length=500, required=False, widget=area())


class MeasureForm(ThingForm):
    """A measure taken."""

    object_kind = forms.ChoiceField(label=_("保全对象"), choices=ObjectKind.choices)
    thing = forms.CharField(label=_("财产"), max_length=300)
    holder = forms.CharField(label=_("协助执行单位"), max_length=200)
    value = forms.DecimalField(label=_("价值（元）"), max_digits=16, decimal_places=2)
    rank = forms.IntegerField(
        label=_("顺位"), min_value=1, max_value=99, initial=1, help_text=_("1 为首封，其余为轮候")
    )
    notice_number = forms.CharField(label=_("协助执行通知书文号"), max_length=80)
    taken_on = day(_("采取措施之日"))
    ordered_amount = ordered_amount()
    ordered_unit = ordered_unit()


class _OneMeasure(ThingForm):
    """A form about one of the measures in force of an application."""

    measure = forms.ModelChoiceField(label=_("措施"), queryset=Measure.objects.none(), empty_label=None)

    def prepare(self, thing: Any) -> None:
        """Measures in force."""
        self.fields["measure"].queryset = thing.measures.filter(state=MeasureState.ACTIVE)


class RenewForm(_OneMeasure):
    """A renewal."""

    asked_on = day(_("申请续行之日"))
    renewed_on = day(_("办妥续行之日"))
    document = forms.CharField(label=_("续行裁定或者协助执行通知书"), max_length=80)
    ordered_amount = ordered_amount()
    ordered_unit = ordered_unit()


class LiftForm(_OneMeasure):
    """Lifting."""

    lifted_on = day(_("解除之日"))
    document = forms.CharField(label=_("解除保全裁定文号"), max_length=80)
    reason = forms.CharField(label=_("解除的理由"), max_length=300, widget=area())


class ReceiptForm(ThingForm):
    """A reminder sent, its receipt."""

    reminder = forms.ModelChoiceField(label=_("提醒"), queryset=None, empty_label=None)
    sent_on = day(_("发出日"))
    how = forms.CharField(label=_("送出方式"), max_length=100)
    received_on = forms.DateField(label=_("签收日"), widget=DateInput, required=False)

    def prepare(self, thing: Any) -> None:
        """Reminders without a receipt."""
        rows = Reminder.objects.filter(measure__application=thing, received_on__isnull=True).select_related("measure")
        self.fields["reminder"].queryset = rows
        self.fields["reminder"].label_from_instance = _reminder_words


def _reminder_words(reminder: Reminder) -> str:
    return f"{reminder.get_to_display()} {reminder.days} {reminder.expires_on} {reminder.measure.thing[:30]}"


class ExplainForm(ThingForm):
    """The explanation of a lapse."""

    lapse = forms.ModelChoiceField(label=_("失效的措施"), queryset=None, empty_label=None)
    explanation = forms.CharField(label=_("说明"), max_length=1000, widget=area(3))

    def prepare(self, thing: Any) -> None:
        """Lapses without an explanation."""
        rows = Lapse.objects.filter(measure__application=thing, explained_on__isnull=True).select_related("measure")
        self.fields["lapse"].queryset = rows


class SuitForm(ThingForm):
    """Suit after preservation before suit."""

    sued_on = day(_("起诉或者申请仲裁之日"))
    sued_number = forms.CharField(label=_("立案案号或者仲裁受理号"), max_length=80)
