"""Forms of applications, letters and suppositions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from courtcms.core.forms import DateInput
from courtcms.courts.selectors import this_court
from courtcms.files.models import StoredFile
from deadlines.changes import lower, selectors
from deadlines.changes.drafts import ChangeDraft
from deadlines.changes.models import ChangeKind, LetterOutcome
from deadlines.clocks.forms import UNIT_CHOICES
from deadlines.clocks.models import Clock
from deadlines.clocks.supposing import Supposition
from deadlines.clocks.terms import Excluded
from deadlines.clocks.wording import name_of
from deadlines.rulebook.rules import Amount

FIELDS = {
    ChangeKind.EXTENSION: ("ground", "amount", "unit"),
    ChangeKind.DEDUCTION: ("ground", "starts_on", "ends_on"),
    ChangeKind.SUSPENSION: ("ground", "starts_on", "ends_on"),
    ChangeKind.ADJOURNMENT: ("ground", "starts_on", "ends_on"),
    ChangeKind.RESUMPTION: ("interval", "ends_on"),
    ChangeKind.CONVERSION: ("ground", "starts_on"),
}
OWN = ("ground", "amount", "unit", "starts_on", "ends_on", "interval")


class PaperField(forms.FileField):
    """A file that must be there; the service says so, together with every other reason."""

    def validate(self, value: Any) -> None:
        """Nothing here: a missing file is refused by the service."""


class ChangeForm(forms.Form):
    """An application of one kind; only the fields of that kind are there."""

    ground = forms.CharField(label=_("变更事由"), max_length=60, widget=forms.Select)
    amount = forms.IntegerField(label=_("延长多少"), min_value=1, max_value=400)
    unit = forms.ChoiceField(label=_("单位"), choices=UNIT_CHOICES)
    interval = forms.TypedChoiceField(label=_("停止计算的期间"), coerce=int)
    starts_on = forms.DateField(label=_("停止计算之日"), widget=DateInput, help_text=_("当日不计入"))
    ends_on = forms.DateField(
        label=_("恢复计算之日"), widget=DateInput, required=False,
        help_text=_("当日计入；尚未恢复的不填，期限随即停止计算"),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("批准后原样告知各方当事人，不写合议、请示等内部意见"),
    )  # fmt: skip
    document = forms.CharField(
        label=_("文书或者材料"), max_length=200, help_text=_("如 鉴定委托书、中止诉讼裁定书、延长审限审批表")
    )
    file = PaperField(label=_("文件"), help_text=_("所附文书或者材料的电子件，PDF、DOCX 或者图片"))

    def __init__(self, *args: Any, clock: Clock, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in set(OWN) - set(FIELDS[ChangeKind(kind)]):
            del self.fields[name]
        if "ground" in self.fields:
            self.fields["ground"].widget.choices = selectors.grounds_for(clock, kind)
        if "interval" in self.fields:
            self.fields["interval"].choices = selectors.open_intervals(clock)
            self.fields["ends_on"].required = True
            self.fields["ends_on"].help_text = _("当日计入")
        if kind == ChangeKind.CONVERSION:
            self.fields["starts_on"].label = _("裁定、决定或者事由发生之日")
            self.fields["starts_on"].help_text = ""

    def draft(self, file: StoredFile | None) -> ChangeDraft:
        """What was entered, for the service."""
        data = {key: value for key, value in self.cleaned_data.items() if key != "file"}
        return ChangeDraft(kind=self.kind, file=file, **data)


class SupposeForm(forms.Form):
    """What if: one change, nothing is written."""

    kind = forms.ChoiceField(label=_("假如"))
    ground = forms.ChoiceField(label=_("变更事由"), required=False)
    amount = forms.IntegerField(label=_("延长多少"), min_value=1, max_value=400, required=False)
    unit = forms.ChoiceField(label=_("单位"), choices=UNIT_CHOICES, required=False)
    starts_on = forms.DateField(label=_("自哪一日"), widget=DateInput, required=False)
    ends_on = forms.DateField(label=_("至哪一日"), widget=DateInput, required=False)

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in selectors.kinds_for(clock) if kind != ChangeKind.RESUMPTION]
        self.fields["kind"].choices = [(kind, ChangeKind(kind).label) for kind in kinds]
        groups = [
            (ChangeKind(kind).label, selectors.grounds_for(clock, kind))
            for kind in kinds
            if kind != ChangeKind.EXTENSION
        ]
        self.fields["ground"].choices = [("", "—"), *groups]

    def clean(self) -> dict[str, Any]:
        """Each kind needs its own fields."""
        data = super().clean() or {}
        if data.get("kind") == ChangeKind.EXTENSION and not data.get("amount"):
            self.add_error("amount", _now("写明延长多少"))
        if data.get("kind") != ChangeKind.EXTENSION:
            if not data.get("ground"):
                self.add_error("ground", _now("选择事由"))
            if not data.get("starts_on"):
                self.add_error("starts_on", _now("写明日期"))
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] <= data["starts_on"]:
            self.add_error("ends_on", _now("恢复计算之日须晚于停止计算之日"))
        return data

    def supposition(self) -> Supposition:
        """What was entered, for the calculator."""
        data = self.cleaned_data
        if data["kind"] == ChangeKind.EXTENSION:
            return Supposition(extension=Amount(data["amount"], data["unit"] or "month"))
        if data["kind"] == ChangeKind.CONVERSION:
            return Supposition(conversion=data["ground"], on=data["starts_on"])
        return Supposition(excluded=Excluded(data["starts_on"], data["ends_on"], data["ground"]))


class DispatchForm(forms.Form):
    """The letter left the house."""

    sent_on = forms.DateField(label=_("报送日"), widget=DateInput)


class ReceiptForm(forms.Form):
    """The higher court has it."""

    receipt_on = forms.DateField(label=_("签收日"), widget=DateInput)
    receipt = forms.CharField(label=_("回执编号或者签收人"), max_length=100)


class AnswerForm(forms.Form):
    """The higher court decided."""

    outcome = forms.ChoiceField(label=_("答复"), choices=LetterOutcome.choices, widget=forms.RadioSelect)
    decided_on = forms.DateField(label=_("批复日"), widget=DateInput)
    decision_number = forms.CharField(label=_("批复文号"), max_length=100)
    amount = forms.IntegerField(label=_("批准延长多少"), min_value=1, max_value=400, required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
    file = PaperField(label=_("批复文件"))


class ObjectionForm(forms.Form):
    """A party objects to a change."""

    objected_on = forms.DateField(label=_("提出之日"), widget=DateInput)
    objection = forms.CharField(label=_("异议的内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class LowerForm(forms.Form):
    """A request of a basic court, as its letter says."""

    court = forms.ModelChoiceField(label=_("报请法院"), queryset=None)
    letter_number = forms.CharField(label=_("报请函文号"), max_length=100)
    case_number = forms.CharField(label=_("案号"), max_length=80)
    case_title = forms.CharField(label=_("当事人、案由"), max_length=300)
    limit_id = forms.ChoiceField(label=_("期限"))
    filed_on = forms.DateField(label=_("立案日"), widget=DateInput)
    due_on = forms.DateField(label=_("现届满日"), widget=DateInput)
    amount = forms.IntegerField(label=_("申请延长多少"), min_value=1, max_value=400)
    unit = forms.ChoiceField(label=_("单位"), choices=UNIT_CHOICES)
    received_on = forms.DateField(label=_("收到日"), widget=DateInput)
    reason = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    file = PaperField(label=_("报请文件"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["court"].queryset = this_court().lower_courts.order_by("code")
        self.fields["limit_id"].choices = [(limit.id, name_of(limit)) for limit in lower.decided_here()]

    def draft(self, file: StoredFile | None) -> lower.LowerDraft:
        """What was entered, for the service."""
        data = {key: value for key, value in self.cleaned_data.items() if key != "file"}
        return lower.LowerDraft(file=file, **data)
