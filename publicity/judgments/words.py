"""Words of this room: kinds of hits, rules, roles, steps, doubts, in the reader's language."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from publicity.judgments import basis

#: kind of hit -> class of the sheet, small letter, name
KINDS: dict[str, tuple[str, Any, Any]] = {
    "name": ("hit-name", _("名"), _("姓名")),
    "identity": ("hit-id", _("证"), _("证件号码")),
    "contact": ("hit-id", _("联"), _("联系方式")),
    "birth": ("hit-id", _("生"), _("出生日期")),
    "address": ("hit-addr", _("址"), _("县区以下住址")),
    "account": ("hit-acct", _("账"), _("账号")),
    "title": ("hit-acct", _("权"), _("车牌、权属证书")),
    "health": ("hit-body", _("健"), _("健康状况")),
    "school": ("hit-body", _("校"), _("学校")),
    "secrecy": ("hit-body", _("密"), _("侦查、商业秘密")),
    "other": ("hit-name", _("隐"), _("人工隐去")),
    "keep": ("hit-keep", _("留"), _("保留")),
}
RULES: dict[str, Any] = {
    "family-party": _("婚姻家庭、继承纠纷案件的当事人"),
    "family-agent": _("婚姻家庭、继承纠纷案件当事人的法定代理人"),
    "victim": _("刑事案件被害人"),
    "victim-agent": _("被害人的法定代理人"),
    "incidental-plaintiff": _("附带民事诉讼原告人"),
    "criminal-agent": _("刑事案件中的法定代理人"),
    "witness": _("刑事案件证人"),
    "expert": _("刑事案件鉴定人"),
    "minor": _("未成年人"),
    "minor-agent": _("未成年人的法定代理人"),
    "minor-kin": _("未成年人的近亲属代理人"),
    "family-relative": _("会指明被隐去当事人的近亲属"),
    "family-kin-agent": _("与被隐去的当事人系亲属的代理人"),
    "co-offender": _("另案处理的同案人"),
    "light-sentence": _("判处三年有期徒刑以下刑罚的被告人"),
    "natural-party": _("自然人当事人（从严口径）"),
    "defendant": _("被告人（从严口径）"),
    "statutory-agent": _("法定代理人"),
    "relative": _("近亲属"),
    "kin-agent": _("近亲属代理人"),
    "citizen-agent": _("公民代理人（从严口径）"),
    "bystander": _("其他自然人（从严口径）"),
    "outsider": _("案外人（从严口径）"),
    "judge_keep": _("审判人员、书记员"),
    "prosecutor_keep": _("检察人员"),
    "lawyer_keep": _("律师、法律工作者"),
    "representative_keep": _("法定代表人、负责人"),
    "agent_keep": _("其他代理人"),
    "party_keep": _("不属于应隐去的人员"),
    "organisation": _("法人、其他组织"),
    "disputed_home": _("争议房屋的门牌"),
    "marked": _("人工标记"),
    "id18": _("居民身份证号码"),
    "id15": _("居民身份证号码（15位）"),
    "bank_card": _("银行卡号"),
    "bank_account_ctx": _("银行账号"),
    "mobile": _("手机号码"),
    "landline": _("固定电话"),
    "address_below_county": _("县区以下地址"),
    "birth_date": _("出生日期"),
    "plate_fuel": _("机动车号牌"),
    "plate_new_energy": _("机动车号牌（新能源）"),
    "realty_cert_new": _("不动产权证书编号"),
    "realty_cert_old": _("房产、土地证书编号"),
    "kin": _("会指明被隐去人员的近亲属"),
    "word": _("普通词语"),
    "place_keep": _("地名"),
    "local_phone": _("固定电话（无区号）"),
    "email": _("电子邮箱"),
    "wechat": _("微信号"),
    "qq": _("QQ号"),
    "net_account": _("平台账号"),
    "ip_address": _("IP地址"),
    "passport_cn": _("护照号码"),
    "passport_foreign": _("护照号码"),
    "hk_macao_permit": _("往来通行证号码"),
    "mainland_hkmo_tw_permit": _("往来通行证号码"),
    "taiwan_permit": _("往来通行证号码"),
    "hk_id": _("香港身份证号码"),
    "foreign_pr_old": _("外国人永久居留证号码"),
    "officer_card": _("军官证、警官证号"),
    "social_security": _("社会保障、医保号码"),
    "medical_no": _("病历号、住院号"),
    "school_no": _("学号、准考证号"),
    "civil_cert": _("结婚证、户口簿等证号"),
    "plate_armed": _("武警、军队号牌"),
    "vin": _("车架号"),
    "vin_bare": _("车架号"),
    "engine_no": _("发动机号"),
    "device_no": _("手机串号、网卡地址"),
    "written_digits": _("汉字书写的号码"),
    "pet_name": _("昵称"),
    "suspect": _("疑似人名"),
    "movable_cert": _("行驶证、登记证书编号"),
    "realty_unit": _("不动产单元号"),
    "uscc": _("统一社会信用代码"),
    "case_no_keep": _("案号"),
    "health": _("健康状况"),
    "minor_school": _("未成年人就读学校"),
    "tech_investigation": _("技术侦查措施"),
    "trade_secret": _("商业秘密"),
}
#: why the engine hesitates, and what is left over: written by pure modules, translated here
DOUBTS = (
    _("未列明诉讼身份的人员，如系被害人、证人应隐去"),
    _("可能是普通词语，不是人名"),
    _("也是普通词语，请核对是否为人名"),
    _("几名被隐去的人员都有这一部分姓名"),
    _("可能是另一人姓名的一部分"),
    _("同一姓名又被称为被害人、证人或者鉴定人，请核对"),
    _("与审判人员、检察人员或者律师同名，请核对"),
    _("近亲属姓名会指明被隐去的人员"),
    _("刑事案件鉴定人"),
    _("法定代理人"),
    _("被害人的法定代理人"),
    _("校验位不符，请核对是否为身份证号码"),
    _("形似证件号码，附近没有证件字样"),
    _("与裁判理由有关的伤病保留，请核对"),
    _("与裁判理由无关的健康状况，建议以×替代"),
    _("学校可能指明未成年人"),
    _("涉及侦查手段的表述"),
    _("整句删去，请核对"),
    _("商业秘密的具体内容，建议删去"),
    _("争议房屋的门牌；规则未列明，如系自然人住址应删至道路"),
    _("与被隐去人员的角色冲突，请核对"),
    _("可能是企业字号"),
    _("代理人与被隐去的当事人系亲属，其姓名会指明当事人"),
    _("近亲属代理人的姓名会指明未成年人"),
    _("另案处理的同案人尚未判决"),
    _("近亲属姓名会指明被隐去的当事人"),
    _("刑事案件被害人"),
    _("刑事案件证人"),
    _("未成年人"),
    _("只写名字没有姓，请核对是否为同一人"),
    _("可能是被隐去人员的昵称"),
    _("汉字书写的长串数字，请核对是否为证件或者电话号码"),
    _("法人住所与自然人住址相同，请核对"),
    _("疑似人名，案件信息和诉讼身份均未列明，请核对"),
    _("被隐去人员的写法"),
    _("被隐去人员的名字（无姓）"),
    _("同一人有的隐去、有的保留"),
    _("被空格或者换行拆开的号码"),
)
STEPS: dict[str, Any] = {
    "prepare": _("上传并自动脱敏"),
    "submit": _("送保密审查"),
    "accept": _("审查通过"),
    "return": _("退回脱敏"),
    "publish": _("公布"),
    "withhold": _("登记不公开"),
    "ask_x5": _("申请不公开"),
    "grant_x5": _("批准不公开"),
    "refuse_x5": _("未批准不公开"),
    "hold": _("暂停公布"),
    "release": _("恢复公布"),
    "withdraw": _("撤回"),
    "reopen": _("恢复公开程序"),
}
POLICIES: dict[str, Any] = {
    "2016": _("法释〔2016〕19号"),
    "2013": _("法释〔2013〕26号"),
    "strict": _("从严口径（自然人一律隐去）"),
}


_PLACES = (
    (r"法释〔(\d{4})〕(\d+)号", r"SPC [\1] No. \2 "),
    (r"保守国家秘密法", "State Secrets Law "),
    (r"法官法", "Judges Law "),
    (r"第([一二三四五六七八九十]+)条", lambda found: f"art. {_number(found[1])}"),
    (r"第([一二三四五六七八九十]+)款", lambda found: f"({_number(found[1])})"),
    (r"第?（([一二三四五六七八九十]+)）项?", lambda found: f"({_number(found[1])})"),
    (r"第([一二三四五六七八九十]+)项", lambda found: f"({_number(found[1])})"),
    (r"“等个人信息”", " (“and the like”)"),
    ("、", ", "),
    ("；", "; "),
)
_DIGITS = "零一二三四五六七八九"


def _number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.find(tens) if tens else 1 if ten else 0) * 10 + max(0, _DIGITS.find(ones) if ones else 0)


def article(text: str) -> str:
    """A citation in the reader's language: 第八条第一款第（一）项 is art. 8(1)(1)."""
    if not (get_language() or "").startswith("en"):
        return text
    for pattern, english in _PLACES:
        text = re.sub(pattern, english, text)
    return text.strip()


def rule_name(rule: str) -> Any:
    """The rule in words; patterns without words of their own show their kind."""
    return RULES.get(rule) or basis.WORDS.get(rule, rule)


def left_over(residue: Any) -> str:
    """Why something is left over: a sentence for names, the kind for numbers."""
    return said(residue.why) if residue.kind == "name" else str(KINDS.get(residue.kind, KINDS["other"])[2])


def said(text: str) -> str:
    """A sentence of a pure module in the reader's language."""
    return gettext(text) if text else ""
