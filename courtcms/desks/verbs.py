"""The acts of the trail in words. A verb that is not listed is shown as it stands in the trail."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "account.sign_in": _("登录"),
    "account.open": _("开设账号"),
    "account.reset_password": _("重置密码"),
    "account.appoint": _("登记任职"),
    "account.end_appointment": _("登记免职"),
    "account.absence": _("登记离岗"),
    "account.cancel_absence": _("撤销离岗登记"),
    "audit.verify": _("校验留痕"),
}
