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
    "case.register": _("登记立案"),
    "case.reassign": _("变更承办法官"),
    "case.recuse": _("登记回避"),
    "case.close": _("结案"),
    "case.custody": _("变更羁押状态"),
    "case.import": _("上传导入文件"),
    "case.import_rows": _("导入一批案件"),
    "case.import_all": _("导入全部案件"),
    "case.read": _("阅读涉密案件"),
    "docket.enter": _("记进展"),
    "docket.undo": _("撤销进展"),
}
