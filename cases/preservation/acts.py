"""What may be done on the page of an application for preservation, and when each act is offered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.page_acts import PageAct
from cases.preservation import forms, services, watch_services
from cases.preservation.models import Lapse, Reminder


def _apply(actor: Any, case: Any, data: dict[str, Any]) -> Any:
    return services.apply(actor=actor, case=case, **data)


def _of_row(service: Any) -> Any:
    return lambda actor, row, data: service(actor=actor, application=row, **data)


def _free(service: Any) -> Any:
    return lambda actor, row, data: service(actor=actor, **data)


def _active(row: Any) -> bool:
    return row.measures.filter(state="active").exists()


APPLY = PageAct(
    "apply", "preservation.enter", _("登记保全申请"), _("登记"), forms.ApplyForm, _apply,
    _("已登记保全申请，裁定期限随之计算"),
    lambda case: case.status != "cancelled", _("诉前保全和情况紧急的，四十八小时内裁定；其余五日内裁定"),
)  # fmt: skip

ACTS = (
    PageAct("rule", "preservation.rule", _("裁定"), _("登记裁定"), forms.RuleForm, _of_row(services.rule),
            _("已登记裁定"), lambda row: row.state == "asked"),
    PageAct("measure", "preservation.enter", _("采取措施"), _("登记措施"), forms.MeasureForm,
            _of_row(services.take_measure), _("已登记措施，届满日随之推算"), lambda row: row.state == "granted",
            _("期限依保全对象：银行存款一年，动产二年，不动产和其他财产权三年")),
    PageAct("renew", "preservation.enter", _("续行"), _("登记续行"), forms.RenewForm, _free(services.renew),
            _("已登记续行，期限重新计算"), _active, _("期限自办妥续行之日重新计算；届满之后不能续行")),
    PageAct("lift", "preservation.rule", _("解除"), _("登记解除"), forms.LiftForm, _free(services.lift),
            _("已登记解除"), _active),
    PageAct("receipt", "preservation.enter", _("提醒发出与签收"), _("登记"), forms.ReceiptForm,
            _free(watch_services.note_receipt), _("已登记"),
            lambda row: Reminder.objects.filter(measure__application=row, received_on__isnull=True).exists()),
    PageAct("explain", "preservation.rule", _("说明失效原因"), _("提交说明"), forms.ExplainForm,
            _free(watch_services.explain_lapse), _("已说明"),
            lambda row: Lapse.objects.filter(measure__application=row, explained_on__isnull=True).exists()),
    PageAct("suit", "preservation.enter", _("诉前保全后起诉"), _("登记起诉"), forms.SuitForm,
            _of_row(services.note_suit), _("已登记起诉"),
            lambda row: row.kind == "pre_suit" and row.sued_on is None and row.state == "granted"),
)  # fmt: skip
