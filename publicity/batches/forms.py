"""The form of a batch: many files at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publicity.judgments import words


class ManyFiles(forms.FileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """All files that were chosen, as a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Empty files are left in: the check of each file says that it is empty."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(given)


class BatchForm(forms.Form):
    """The day's judgments."""

    files = ManyFilesField(
        label=_("签发的文书"),
        help_text=_("可一次选择多个 txt、docx、带文字的 pdf，或者一个 zip；最多 300 件。按首部案号归入案件。"),
    )
    policy = forms.ChoiceField(label=_("规则集"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy"].choices = [("", _("按公布日期选用")), *words.POLICIES.items()]
