"""Small forms of the counter: notice, supplement, return, refusal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.filing import refusals
from cases.filing.citations import cite
from cases.filing.facts import CheckedPaper
from cases.intake import catalogue
from courtcms.core.forms import DateInput

BLANK = [("", "—")]


class NoticeForm(forms.Form):
    """Everything to be supplemented, told at one time."""

    items = forms.MultipleChoiceField(label=_("须补正的材料"), required=False, widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(
        label=_("诉状内容须补正之处"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("逐项写明，一次说全"),
    )  # fmt: skip
    due_on = forms.DateField(label=_("补正期限"), widget=DateInput)

    def __init__(self, *args: Any, papers: list[CheckedPaper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        self.fields["items"].choices = [(item.paper.key, catalogue.label(item.paper, language)) for item in papers]
        self.fields["items"].initial = [item.paper.key for item in papers if item.missing]


class SupplementForm(forms.Form):
    """The supplement has come."""

    supplied_on = forms.DateField(label=_("收到补正材料之日"), widget=DateInput)


class ReturnForm(forms.Form):
    """The complaint goes back."""

    note = forms.CharField(label=_("退回的情况"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class RefusalForm(forms.Form):
    """The ground and the reasons of a ruling that the filing is not accepted."""

    ground = forms.ChoiceField(label=_("不予受理的情形"))
    reason = forms.CharField(label=_("事实与理由"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        found = [
            (g.key, f"{catalogue.label(g, language)}（{cite(g.article, language)}）") for g in refusals.grounds_of(kind)
        ]
        self.fields["ground"].choices = [*BLANK, *found]
