"""Columns of the import file: their names in both languages, what they mean, and how a cell becomes a value."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from cases.intake import catalogue, identity
from cases.intake.words import N_, Finding

PARTIES = 8


@dataclass(frozen=True)
class Column:
    """A column: key, Chinese and English head, whether it must be there, and what stands in it."""

    key: str
    zh: str
    en: str
    required: bool
    explain: str
    example: str


CASE_COLUMNS = (
    Column("type", "案件类型", "case type", True, N_("代码、名称或者类型代字，如 0302、民事二审案件、民终"), "民终"),
    Column("cause", "案由", "cause", True, N_("案由的规范名称"), "买卖合同纠纷"),
    Column("filed_on", "立案日", "filed on", True, N_("如 2026-11-16"), "2026-11-16"),
    Column("number", "案号", "case number", False, N_("已有案号的填写，空着则按顺序编号"), ""),
    Column("procedure", "程序", "procedure", False, N_("空着按案件类型的通常程序"), ""),
    Column("received_on", "收到日", "received on", False, N_("收到诉状或者案卷的日期"), "2026-11-12"),
    Column("amount", "标的额", "amount", False, N_("元，可带千位逗号"), "386000.00"),
    Column("claims", "诉讼请求", "claims", False, N_("文字"), ""),
    Column("lower_number", "原审案号", "lower case number", False, N_("上诉案件必填"), "（2026）津0102民初7号"),
    Column("secrecy", "密级", "secrecy", False, N_("非密、秘密、机密、绝密，空着为非密"), ""),
    Column("in_custody", "在押", "in custody", False, N_("是、否，刑事案件用"), ""),
    Column("division", "审判庭", "division", False, N_("庭的名称，空着按案件类型"), ""),
    Column("judge", "承办法官", "judge", False, N_("姓名或者用户名，空着按轮转分案"), ""),
    Column("assign_reason", "指定理由", "reason for judge", False, N_("填了承办法官时必填"), ""),
    Column("duplicate_note", "重复核对", "duplicate note", False, N_("与已有案件当事人、案由相同时写明结论"), ""),
)
PARTY_COLUMNS = (
    Column("role", "地位", "role", True, N_("原告、上诉人、被告人等"), "上诉人"),
    Column("kind", "类别", "kind", False, N_("自然人、法人、非法人组织，空着按名称判断"), "法人"),
    Column("name", "名称", "name", True, N_("姓名或者单位全称"), "天津甲乙建材有限公司"),
    Column("identity_kind", "证件", "document", False, N_("空着为身份证或者统一社会信用代码"), ""),
    Column("identity_number", "证件号码", "document number", False, N_("按校验位核对"), ""),
    Column("address", "住所地", "address", False, N_("被告一方必填，下落不明的填“下落不明”"), "天津市甲区乙路1号"),
    Column("phone", "电话", "phone", False, N_("文字"), ""),
    Column("legal_representative", "法定代表人", "legal representative", False, N_("单位填写"), ""),
    Column("representative", "代理人", "representative", False, N_("姓名"), ""),
    Column("firm", "律所", "law firm", False, N_("律师事务所全称"), ""),
)
YES = {"是", "有", "在押", "yes", "y", "true", "1"}
NO = {"", "否", "无", "未在押", "no", "n", "false", "0"}
SECRECY = {"": "none", "非密": "none", "秘密": "secret", "机密": "confidential", "绝密": "top_secret"}
KINDS = {"自然人": "natural", "法人": "legal", "非法人组织": "organisation"}
ORGANISATION = re.compile(
    r"(公司|厂|店|社|行|院|局|委员会|中心|政府|大学|学校|协会|集团|合作社|部|所|企业|银行|基金会)$"
)


@dataclass(frozen=True)
class Header:
    """Which column of the file holds what: key (`type`, `2.name`) to the head as written; heads nobody knows."""

    known: dict[str, str]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def understand(head: tuple[str, ...]) -> Header:
    """Match the head of a file with the columns, in either language; party columns carry their number (当事人1名称)."""
    names: dict[str, str] = {}
    for column in CASE_COLUMNS:
        names[column.zh] = names[column.en.replace(" ", "")] = column.key
    for number in range(1, PARTIES + 1):
        for column in PARTY_COLUMNS:
            key = f"{number}.{column.key}"
            names[f"当事人{number}{column.zh}"] = names[f"party{number}{column.en.replace(' ', '')}"] = key
    for key in [column.key for column in CASE_COLUMNS]:
        names.setdefault(key, key)
    known = {names[name.lower()]: name for name in head if name and name.lower() in names}
    unknown = tuple(name for name in head if name and name.lower() not in names)
    missing = [column.zh for column in CASE_COLUMNS if column.required and column.key not in known]
    if "1.name" not in known:
        missing.append("当事人1名称")
    if "1.role" not in known:
        missing.append("当事人1地位")
    return Header(known, unknown, tuple(missing))


def read_day(text: str) -> date | None | Finding:
    """A date in the usual forms; a Finding when there is something else."""
    if not text:
        return None
    match = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:[ T].*)?|(\d{4})(\d{2})(\d{2})", text, re.ASCII)
    if match:
        parts = [part for part in match.groups() if part]
        try:
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
        except ValueError:
            return Finding("date", N_("日期“%(text)s”不存在"), {"text": text[:40]})
    return Finding("date", N_("“%(text)s”不是日期，写法如 2026-11-16"), {"text": text[:40]})


def read_money(text: str) -> Decimal | None | Finding:
    """Yuan; a Finding when there is something else."""
    plain = re.sub(r"[,，\s元¥￥]", "", text)
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value.as_tuple().exponent < -2 or abs(value) >= Decimal(10) ** 16:  # type: ignore[operator]
        return Finding("amount", N_("“%(text)s”不是金额"), {"text": text[:40]})
    return value


def find_type(text: str) -> catalogue.CaseType | None:
    """A case type by code (also without its leading zero, as spreadsheets drop it), name or mark."""
    types = catalogue.case_types()
    if text.isdecimal() and text.zfill(4) in types:
        return types[text.zfill(4)]
    named = [t for t in types.values() if text in (t.zh, t.zh.removesuffix("案件"), t.en)]
    marked = [t for t in types.values() if t.mark == text]
    return named[0] if named else marked[0] if marked else None


def find_role(text: str) -> str:
    """The key of a position by its name in either language or its key; empty when unknown."""
    for role in catalogue.party_roles().values():
        if text in (role.zh, role.key) or text.lower() == role.en.lower():
            return role.key
    return ""


def find_procedure(text: str) -> str:
    """The key of a procedure by its name in either language or its key; the text itself when unknown."""
    for term in catalogue.procedures().values():
        if text in (term.zh, term.key) or text.lower() == term.en.lower():
            return term.key
    return text


def find_document(text: str) -> str:
    """The key of a kind of document by its name or key; the text itself when unknown."""
    for key, name in identity.KINDS.items():
        if text in (key, name) or text == name.removeprefix("居民"):
            return key
    return text


def guess_kind(text: str, name: str) -> str:
    """natural, legal or organisation, from the column or from the end of the name."""
    return KINDS.get(text) or ("legal" if ORGANISATION.search(name) else "natural")
