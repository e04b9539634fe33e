"""Forms of the inbox."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courtcms.notices.models import DigestSubscription


class DigestForm(forms.ModelForm):
    """Where the daily digest goes."""

    class Meta:
        model = DigestSubscription
        fields = ["address", "is_active"]
        labels = {"address": _("邮箱"), "is_active": _("每天收一封未读通知汇总")}
        help_texts = {"address": "", "is_active": _("只写事项和案号，不写当事人；只发有未读通知的日子")}
