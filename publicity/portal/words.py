"""Words for the keys that the portal stores: kinds, reasons, headings, instances."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

KINDS = {
    "judgment": _("判决书"),
    "ruling": _("裁定书"),
    "decision": _("决定书"),
    "mediation": _("调解书"),
    "payment_order": _("支付令"),
    "notice": _("通知书"),
}
CATEGORIES = {
    "civil": _("民事"),
    "criminal": _("刑事"),
    "administrative": _("行政"),
    "enforcement": _("执行"),
    "compensation": _("国家赔偿"),
    "bankruptcy": _("清算与破产"),
    "other": _("其他"),
}
INSTANCES = {
    "first": _("一审"),
    "second": _("二审"),
    "retrial": _("再审"),
    "retrial_review": _("再审审查"),
    "review": _("复核"),
    "reconsideration": _("复议"),
    "special": _("特别程序"),
    "jurisdiction": _("管辖"),
    "enforcement": _("执行实施"),
    "enforcement_review": _("执行审查"),
    "compensation": _("赔偿"),
}
#: how another case stands to the one shown
RELATIONS = {
    "lower": _("原审"),
    "remand": _("发回重审前"),
    "retrial": _("被申请再审"),
    "enforced": _("执行依据"),
    "related": _("关联"),
}
HEADINGS = {
    "head": _("首部"),
    "parties": _("当事人"),
    "course": _("审理经过"),
    "facts": _("事实"),
    "reasons": _("本院认为"),
    "disposition": _("裁判结果"),
    "signatures": _("署名"),
    "appendix": _("附录"),
}
REASONS = {
    "state_secret": _("涉及国家秘密"),
    "minor": _("未成年人犯罪"),
    "mediation": _("以调解方式结案或者确认人民调解协议效力"),
    "divorce_custody": _("离婚诉讼，或者涉及未成年子女抚养、监护"),
    "other": _("人民法院认为不宜在互联网公布的其他情形"),
    "differs_from_original": _("公布的文本与裁判文书原本不一致"),
    "redaction_defect": _("技术处理不当"),
    "court_order": _("依上级法院或者本院的决定撤回"),
}
#: legal source of each reason
ARTICLES = {
    "state_secret": _("法释〔2016〕19号第四条第一项"),
    "minor": _("法释〔2016〕19号第四条第二项"),
    "mediation": _("法释〔2016〕19号第四条第三项"),
    "divorce_custody": _("法释〔2016〕19号第四条第四项"),
    "other": _("法释〔2016〕19号第四条第五项"),
    "differs_from_original": _("法释〔2016〕19号第十六条"),
    "redaction_defect": _("法释〔2016〕19号第十六条"),
    "court_order": _("法释〔2016〕19号第十六条"),
}
FACETS = {
    "kind": _("文书种类"),
    "cause": _("案由"),
    "year": _("裁判年份"),
    "instance": _("程序"),
    "category": _("案件类别"),
}


def in_language(chinese: str, english: str) -> str:
    """The English wording on an English page, where there is one."""
    return english if english and not (get_language() or "").startswith("zh") else chinese


FILTERS = {
    "court": _("法院"),
    "judge": _("审判人员"),
    "since": _("裁判日自"),
    "until": _("裁判日至"),
    "page": _("页码"),
    "q": _("查询的词"),
}
ORDERS = {"relevance": _("相关"), "published": _("公布日期"), "judged": _("裁判日期")}
