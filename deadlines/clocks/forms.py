"""Forms of the ledger of a clock and the filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from courtcms.core.forms import DateInput
from deadlines.clocks import wording
from deadlines.clocks.checks import ground_problem
from deadlines.clocks.extension_services import ExtensionDraft
from deadlines.clocks.interval_services import IntervalDraft
from deadlines.clocks.models import Clock, ClockRole
from deadlines.clocks.querysets import RISKS
from deadlines.rulebook.reading import rulebook

UNIT_CHOICES = [("month", _("月")), ("day", _("日")), ("working_day", _("工作日"))]


def ground_choices(clock: Clock) -> list[tuple[str, str]]:
    """The grounds that may be taken out of this limit, by name."""
    book = rulebook()
    limit = book.limit(clock.limit_id, clock.filed_on)
    fitting = [g for g in book.grounds if not ground_problem(g, limit, clock.filed_on, book)]
    named = [(g, wording.name_of(book.ground(g, clock.filed_on))) for g in fitting]
    return [("", _now("选择事由")), *named]


class Correction(forms.Form):
    """An act of trial management that mends the ledger; it says why, and stands in the trail as a correction."""

    correction = forms.CharField(label=_("更正的原因"), max_length=200, help_text=_("为什么不经申请和审批直接登记"))
    field_order: list[str] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "correction"), "correction"])

    def given(self) -> dict[str, Any]:
        """What was entered, without the reason of the correction."""
        return {key: value for key, value in self.cleaned_data.items() if key != "correction"}


class IntervalForm(Correction):
    """Time that does not count."""

    ground = forms.ChoiceField(label=_("事由"))
    starts_on = forms.DateField(label=_("停止计算之日"), widget=DateInput, help_text=_("当日不计入"))
    ends_on = forms.DateField(
        label=_("恢复计算之日"),
        widget=DateInput,
        required=False,
        help_text=_("当日计入；尚未恢复的不填，期限随即停止计算"),
    )
    document = forms.CharField(label=_("文书或者材料"), max_length=200, help_text=_("如 管辖权异议裁定书、鉴定委托书"))
    approved_by = forms.CharField(label=_("核准人"), max_length=100)

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = ground_choices(clock)

    def draft(self) -> IntervalDraft:
        """What was entered, for the service."""
        return IntervalDraft(**self.given())


class ResumeForm(Correction):
    """The end of a deduction or suspension."""

    interval = forms.IntegerField(widget=forms.HiddenInput)
    ends_on = forms.DateField(label=_("恢复计算之日"), widget=DateInput, help_text=_("当日计入"))
    end_document = forms.CharField(
        label=_("文书或者材料"), max_length=200, help_text=_("如 恢复审理通知书、鉴定意见书")
    )


class VoidForm(forms.Form):
    """A wrongly entered interval."""

    interval = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("撤销原因"), max_length=200)


class ExtensionForm(Correction):
    """An extension asked for, with its decision when there is one."""

    amount = forms.IntegerField(label=_("延长多少"), min_value=1, max_value=400)
    unit = forms.ChoiceField(label=_("单位"), choices=UNIT_CHOICES)
    asked_on = forms.DateField(label=_("申请日"), widget=DateInput)
    decided_on = forms.DateField(
        label=_("批准日"), widget=DateInput, required=False, help_text=_("尚未批准的不填；届满日不变，批准后再登记决定")
    )
    approved_by = forms.CharField(label=_("批准人"), max_length=100, required=False)
    document = forms.CharField(label=_("审批表或者批复"), max_length=200)
    reason = forms.CharField(label=_("延长的理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def draft(self) -> ExtensionDraft:
        """What was entered, for the service."""
        return ExtensionDraft(**self.given())


class DecisionForm(Correction):
    """The decision on an extension that was asked for."""

    extension = forms.IntegerField(widget=forms.HiddenInput)
    approved = forms.TypedChoiceField(
        label=_("决定"), choices=[("yes", _("批准")), ("no", _("不批准"))], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    decided_on = forms.DateField(label=_("决定日"), widget=DateInput)
    approved_by = forms.CharField(label=_("决定人"), max_length=100)


class RestartForm(Correction):
    """An event that starts the limit again."""

    conversion = forms.ChoiceField(label=_("情形"))
    restarts_on = forms.DateField(label=_("事由发生之日"), widget=DateInput, help_text=_("次日起重新计算"))
    document = forms.CharField(label=_("文书或者材料"), max_length=200)

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conversion"].choices = restart_choices(clock)


def restart_choices(clock: Clock) -> list[tuple[str, str]]:
    """The events that count this limit anew without changing it; empty when the law knows none."""
    return [
        (rule.id, wording.name_of(rule))
        for rule in rulebook().conversions.values()
        if clock.limit_id in rule.targets and rule.counts_from in ("file_returned", "case_received")
    ]


class ConvertForm(Correction):
    """A change of procedure."""

    conversion = forms.ChoiceField(label=_("转换"))
    decided_on = forms.DateField(label=_("裁定或者决定之日"), widget=DateInput)
    document = forms.CharField(label=_("文书"), max_length=200)

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conversion"].choices = convert_choices(clock)


def convert_choices(clock: Clock) -> list[tuple[str, str]]:
    """The changes of procedure that the law knows for this limit."""
    return [
        (rule.id, wording.name_of(rule))
        for rule in rulebook().conversions.values()
        if clock.limit_id in rule.sources and clock.limit_id not in rule.targets and rule.counts_from != "case_received"
    ]


class ListFilter(forms.Form):
    """Filters of the list; what is not understood is left out."""

    risk = forms.ChoiceField(required=False, choices=[("", _("全部")), *((r, r) for r in RISKS)])
    role = forms.ChoiceField(label=_("期限种类"), required=False, choices=[("", _("全部种类")), *ClockRole.choices])
    provisional = forms.BooleanField(label=_("只看暂定的"), required=False)
    cursor = forms.CharField(required=False)
