"""What may be done on the page of an appraisal, and when each act is offered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.appraisal import forms, progress_services, services
from cases.page_acts import PageAct


def _propose(actor: Any, case: Any, data: dict[str, Any]) -> Any:
    return services.propose(actor=actor, case=case, **data)


def _of_row(service: Any) -> Any:
    return lambda actor, row, data: service(actor=actor, entrustment=row, **data)


def _hand_over(actor: Any, row: Any, data: dict[str, Any]) -> Any:
    names = data["names"].splitlines()
    return services.hand_over(actor=actor, entrustment=row, names=names, handed_on=data["handed_on"])


def _free(service: Any) -> Any:
    return lambda actor, row, data: service(actor=actor, **data)


PROPOSE = PageAct(
    "propose", "appraisal.decide", _("决定鉴定"), _("决定鉴定"), forms.ProposeForm, _propose,
    _("已决定鉴定，请选定机构"),
    lambda case: case.status == "open", _("选定机构以前的时间计入审限；鉴定事项、范围、目的和期限写入委托书"),
)  # fmt: skip

ACTS = (
    PageAct("choose", "appraisal.entrust", _("选定机构"), _("选定"), forms.ChooseForm, _of_row(services.choose),
            _("已选定机构"), lambda row: row.state == "decided",
            _("协商不成的随机选择；种子和候选名单随案保存，任何人可以重算")),
    PageAct("entrust", "appraisal.entrust", _("发出委托书"), _("委托"), forms.EntrustForm, _of_row(services.entrust),
            _("已委托，期限随之计算"), lambda row: row.state == "chosen",
            _("自委托书发出之日起，依法可以扣除的审限停止计算")),
    PageAct("hand_over", "appraisal.entrust", _("移交材料"), _("登记移交"), forms.HandOverForm, _hand_over,
            _("已登记移交的材料"), lambda row: row.state == "entrusted"),
    PageAct("report", "appraisal.entrust", _("收到鉴定意见"), _("登记收到"), forms.ReportForm,
            _of_row(services.receive_report), _("已登记鉴定意见，审限恢复计算"), lambda row: row.state == "entrusted",
            _("审限自收到之日起恢复计算，当日计入")),
    PageAct("ask", "appraisal.entrust", _("机构来函：补充材料、延长期限"), _("登记来函"), forms.AskForm,
            _of_row(progress_services.ask), _("已登记，等待法官决定"), lambda row: row.state == "entrusted"),
    PageAct("answer", "appraisal.decide", _("决定机构的请求"), _("决定"), forms.AnswerForm,
            _free(progress_services.decide_request), _("已决定"),
            lambda row: row.requests.filter(state="asked").exists(), _("延长不得超过规则所定的次数和长度")),
    PageAct("supply", "appraisal.entrust", _("补充材料已移交"), _("登记移交"), forms.SupplyForm,
            _free(progress_services.supply), _("已登记，鉴定期限恢复计算"),
            lambda row: row.requests.filter(kind="supplement", state="granted").exists()),
    PageAct("chase", "appraisal.entrust", _("催办函发出与回执"), _("登记"), forms.ChaseForm,
            _free(progress_services.send_chase), _("已登记"),
            lambda row: row.chases.filter(received_on__isnull=True).exists()),
    PageAct("fee", "appraisal.entrust", _("鉴定费"), _("登记费用"), forms.FeeForm, _of_row(services.set_fee),
            _("已登记费用"), lambda row: row.state in ("chosen", "entrusted", "reported", "terminated")),
    PageAct("object", "appraisal.entrust", _("当事人异议"), _("登记异议"), forms.ObjectForm,
            _of_row(progress_services.object_to), _("已登记异议"), lambda row: row.state == "reported"),
    PageAct("objection", "appraisal.decide", _("答复异议"), _("答复"), forms.ObjectionAnswerForm,
            _free(progress_services.answer_objection), _("已答复"),
            lambda row: row.objections.filter(outcome="waiting").exists()),
    PageAct("recuse", "appraisal.decide", _("机构回避"), _("登记回避"), forms.RecuseForm,
            _of_row(services.recuse_institution), _("已登记回避"), lambda row: row.state in ("decided", "chosen")),
    PageAct("end", "appraisal.decide", _("撤回或者终结"), _("结束鉴定"), forms.EndForm, _of_row(services.end),
            _("鉴定已结束"), lambda row: row.live),
)  # fmt: skip
