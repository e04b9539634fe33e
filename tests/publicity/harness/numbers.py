"""Invented numbers of every kind of the rules, labelled and bare, in every width and grouping, and what only looks like them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from publicity.redaction.checks import ID_CHECK, ID_WEIGHTS, bank_card, credit_code
from publicity.redaction.types import Result

WIDE = str.maketrans("0123456789@.", "０１２３４５６７８９＠．")
PROVINCES = "京津冀豫鲁苏浙沪粤川"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def digits(rng: Random, size: int, first: str = "123456789") -> str:
    """`size` digits that begin with one of `first`."""
    return rng.choice(first) + "".join(rng.choice("0123456789") for _ in range(size - 1))


def identity(rng: Random) -> str:
    body = f"{rng.choice(['120103', '110101', '130602'])}{rng.randint(1940, 2012)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(1, 999):03}"
    return body + ID_CHECK[sum(int(d) * w for d, w in zip(body, ID_WEIGHTS, strict=True)) % 11]


def card(rng: Random) -> str:
    size = rng.choice([16, 19, 19])
    while True:
        value = rng.choice(["6222", "6217", "6228", "4367"]) + digits(rng, size - 4, "0123456789")
        if bank_card(value):
            return value


def mobile(rng: Random) -> str:
    return rng.choice(["138", "139", "150", "186", "177", "199"]) + digits(rng, 8, "0123456789")


def grouped(value: str, gap: str) -> str:
    return gap.join(value[at : at + 4] for at in range(0, len(value), 4))


def phone_forms(rng: Random) -> str:
    value = mobile(rng)
    return rng.choice(
        [value, f"{value[:3]}-{value[3:7]}-{value[7:]}", f"{value[:3]} {value[3:7]} {value[7:]}", "+86" + value, "86-" + value,
         "＋86 " + value, value.translate(WIDE), "（86）" + value, "0086" + value, f"{value[:3]}　{value[3:7]}　{value[7:]}"]
    )  # fmt: skip


def landline(rng: Random) -> str:
    area, value = rng.choice(["022", "010", "0312", "021"]), digits(rng, 8, "2345678")
    return rng.choice(
        [f"{area}-{value}", f"（{area}）{value}", f"{area} {value}", f"{area}{value}", f"({area}){value[:4]} {value[4:]}", f"{area}-{value}转801",
         f"{area}－{value}".translate(WIDE), f"{area}—{value}"]
    )  # fmt: skip


def email(rng: Random) -> str:
    value = (
        rng.choice(["gaoshan", "li.ming", "zhang_88", "w-test"])
        + str(rng.randint(1, 999))
        + "@"
        + rng.choice(["163.com", "qq.com", "tju.edu.cn"])
    )
    return rng.choice(
        [value, value.replace("@", "＠"), value.translate(WIDE), value.upper(), value.replace("@", " @ ")]
    )


def handle(rng: Random) -> str:
    return (
        rng.choice(["wxid_", "gaoxing_", "abc", "Tian-", "li_"])
        + rng.choice(["", "x"])
        + digits(rng, rng.randint(4, 7))
    )


def plate(rng: Random) -> str:
    value = (
        rng.choice(PROVINCES)
        + rng.choice("ABCDEFG")
        + rng.choice(["", "·", " ", "•"])
        + rng.choice(LETTERS)
        + digits(rng, 4)
    )
    return rng.choice([value, value, value.translate(WIDE)])


def vin(rng: Random) -> str:
    return "LSV" + "".join(rng.choice("ABCDEFGH0123456789") for _ in range(14))


def simple(prefix: str, size: int) -> Callable[[Random], str]:
    return lambda rng: prefix + digits(rng, size)


def groupings(rng: Random) -> str:
    value = card(rng)
    return rng.choice(
        [
            value,
            grouped(value, " "),
            grouped(value, "-"),
            grouped(value, "　"),
            value.translate(WIDE),
            grouped(value, "  "),
        ]
    )


def identities(rng: Random) -> str:
    value = identity(rng)
    return rng.choice(
        [value, value, value.translate(WIDE), f"{value[:6]} {value[6:14]} {value[14:]}", value[:-1] + value[-1].lower()]
    )


KINDS: dict[str, tuple[list[str], Callable[[Random], str], bool]] = {
    # kind: labels, maker, may stand without its label
    "id18": (["公民身份号码", "身份证号", "居民身份证号码", "身份证号码"], identities, True),
    "id15": (["身份证号", "居民身份证号码"], lambda rng: f"120103{rng.randint(50, 79)}0{rng.randint(1, 9)}1{rng.randint(0, 9)}{digits(rng, 3)}", False),
    "mobile": (["手机号", "联系电话", "手机号码", "电话", "联系方式", "移动电话"], phone_forms, True),
    "landline": (["电话", "联系电话", "座机", "传真", "住宅电话"], landline, True),
    "email": (["邮箱", "电子邮箱", "电子邮件", "邮箱地址", "E-mail"], email, True),
    "wechat": (["微信号", "微信", "微信账号", "微信ID", "微信帐号"], handle, False),
    "qq": (["QQ号", "QQ", "QQ号码", "qq", "ＱＱ号", "QQ账号"], simple("", 9), False),
    "alipay": (["支付宝账号", "支付宝账户", "支付宝", "支付宝帐号"], lambda rng: rng.choice([email(rng), mobile(rng)]), False),
    "weibo": (["微博账号", "新浪微博", "微博ID", "微博"], handle, False),
    "douyin": (["抖音号", "抖音账号", "抖音", "快手号", "抖音ID"], handle, False),
    "taobao": (["淘宝账号", "淘宝账户", "淘宝会员名", "京东账号", "闲鱼账号"], handle, False),
    "passport": (["护照号", "护照号码", "护照", "中国护照"], simple("E", 8), False),
    "permit": (["港澳通行证号", "往来港澳通行证", "港澳居民来往内地通行证号码", "通行证号码"], lambda rng: rng.choice("HMC") + digits(rng, 8), False),
    "officer": (["军官证号", "军官证", "士兵证号码", "警官证号"], lambda rng: rng.choice(["", "军字第", "武字第"]) + digits(rng, 8), False),
    "social": (["社保号", "社会保障号", "社保卡号", "医保卡号", "社会保障卡号码", "社会保险号"], lambda rng: rng.choice(["", "B"]) + digits(rng, 9), False),
    "medical": (["病历号", "住院号", "病案号", "门诊号", "就诊卡号", "住院病历号"], lambda rng: rng.choice(["", "M"]) + digits(rng, 7), False),
    "vin": (["车架号", "车辆识别代号", "车架号码", "车辆识别代码", "VIN码"], vin, False),
    "engine": (["发动机号", "发动机号码", "发动机编号"], lambda rng: rng.choice(["", "A", "EA"]) + digits(rng, 7), False),
    "card": (["银行卡号", "卡号", "账号", "银行账号", "银行卡"], groupings, True),
    "account": (["账号", "银行账户", "帐号", "账户", "开户账号", "收款账号"], simple("1200", 16), False),
    "plate": (["号牌", "车牌号", "号牌为", "牌号"], plate, True),
    "school": (["学号", "学籍号", "准考证号"], simple("", 10), False),
    "licence": (["驾驶证号", "驾驶证档案编号"], simple("1201", 8), False),
    "ip": (["IP地址", "登录IP", "IP"], lambda rng: ".".join(str(rng.randint(11, 250)) for _ in range(4)), True),
}  # fmt: skip
LINKS = {
    "a": ["", "：", ":", "为", "是", "系", "： ", "为：", "（%s）"],
    "b": ["", "：", "为“%s”", " ", "是", "号为", "：　", "（号码：%s）", "为"],
}
BEFORE = {
    "a": ["原告陈述，", "经查。", "被告通过", "（", "其", "张某的", "，", "、", "登记的", "使用", ""],
    "b": ["庭审中查明，", "双方确认；", "由", "（", "该案中", "王某名下", "，", "。", "绑定", "以", ""],
}
AFTER = {
    "a": ["。", "，双方无异议。", "）。", "向其转账500元。", "、", "的持有人到庭。"],
    "b": ["。", "；", "）一份。", "联系对方。", "，", "与原告核对一致。"],
}
HARMLESS = {
    "a": [
        "被告支付原告货款1234567.89元及利息。", "（2019）津0116执199号裁定书已生效。", "2020年5月3日至2021年6月30日共计423天。", "依照《中华人民共和国民法典》第一千一百六十五条、第1179条。",
        "合同编号为HT-2019-0312。", "面积为120.55平方米，单价每平方米23500元。", "统一社会信用代码{uscc}。", "发票号码00123456，金额3200元。", "重量12.5克，净重0.35克。", "执业证号11201200010123456。",
        "尾号为8888的账户。", "微信转账3000元。", "支付宝付款1500元。", "第12345678号商标。", "专利号ZL201510012345.6。",
    ],
    "b": [
        "欠付租金人民币98,765.43元。", "（2018）最高法民申2312号民事裁定。", "工程款总计123456789元，质保金5%。", "借期自2019年1月1日起至2019年12月31日止。", "产品型号为KFR-35GW。",
        "第1次庭审于2020年9月10日15时30分进行。", "统一社会信用代码：{uscc}。", "QQ群内有人发布消息。", "微信群聊天记录共200页。", "银行卡消费12000元。", "每日按0.05%计付违约金。",
        "保单号PDAA202112010000012345。", "建筑面积88.6平方米。", "货物共1500件，单价25.5元。", "车辆行驶里程120000公里。",
    ],
}  # fmt: skip


for _pools in (LINKS, BEFORE, AFTER, HARMLESS):
    _pools["c"] = _pools["d"] = _pools["a"] + _pools["b"]


def code(rng: Random) -> str:
    """A unified social credit code with the right check character."""
    while True:
        body = "91120103MA0" + "".join(rng.choice("0123456789ABCDEFGH") for _ in range(6))
        for check in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            if credit_code(body + check):
                return body + check


def passage(rng: Random, half: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A few sentences with the places of the numbers that must go."""
    text, gold = "", []
    for _ in range(5):
        if rng.random() < 0.4:
            text += rng.choice(HARMLESS[half]).format(uscc=code(rng))
            continue
        kind = rng.choice(list(KINDS))
        labels, make, bare = KINDS[kind]
        label = "" if bare and rng.random() < 0.3 else rng.choice(labels)
        link = rng.choice(LINKS[half]) if label else ""
        lead, _, rest = link.partition("%s")
        text += rng.choice(BEFORE[half]) + label + lead
        value = make(rng)
        gold.append((len(text), len(text) + len(value), kind))
        text += value + rest + rng.choice(AFTER[half])
    return text, gold


def leftover(result: Result, start: int, end: int) -> bool:
    """Whether any letter of the number stands untouched."""
    gone = sum(
        min(s.end, end) - max(s.start, start) for s in result.spans if s.changes and s.start < end and start < s.end
    )
    return gone < end - start


__all__ = ["KINDS", "leftover", "passage"]
