"""Forms of query codes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from publicity.process_info.models import Handed


class IssueForm(forms.Form):
    """How the code is handed over and by which paper the identity was checked."""

    handed = forms.ChoiceField(label=_("交付方式"), choices=[("", "—"), *Handed.choices])
    identity_checked = forms.CharField(
        label=_("核对身份"), max_length=200,
        help_text=_("所依的证件或者材料，如 居民身份证、律师证、授权委托书；不写号码"),
    )  # fmt: skip


class RevokeForm(forms.Form):
    """Why a code ends."""

    reason = forms.CharField(label=_("撤销理由"), max_length=300, help_text=_("如 退出诉讼、更换代理人、查询码遗失"))
