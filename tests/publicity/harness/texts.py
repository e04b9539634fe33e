"""Invented judgments with the place of every name. The sentences of half "a" and half "b" are different ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

from tests.publicity.harness.people import Invented, cast

HIDDEN = {
    "V": "victim",
    "W": "witness",
    "M": "minor",
    "G": "agent of a minor",
    "E": "expert",
    "K": "relative",
    "P": "party",
}
KEPT = {
    "D": "defendant",
    "L": "lawyer",
    "J": "judge",
    "C": "clerk",
    "X": "prosecutor",
    "F": "firm",
    "R": "court",
    "O": "company",
}
_SLOT = re.compile(r"\{([A-Z])(\d)\}")


@dataclass(frozen=True)
class Gold:
    """A name standing at `text[start:end]` that must go (`hide`) or stay."""

    start: int
    end: int
    role: str
    kind: str
    hide: bool


@dataclass
class Sample:
    """A text with the truth about its names."""

    text: str
    gold: list[Gold] = field(default_factory=list)
    case_type: str = "刑初"
    cause: str = ""
    complete: bool = True
    names: dict[str, Invented] = field(default_factory=dict)
    loose: list[tuple[int, int]] = field(default_factory=list)


HEAD = (
    "{R1}\n刑 事 判 决 书\n（2021）津02刑初{number}号\n公诉机关天津市人民检察院第二分院。\n被告人{D1}，男，1979年11月30日出生，汉族，初中文化，无业，"
    "住天津市津南区。\n辩护人{L1}，{F1}律师。\n天津市人民检察院第二分院指控被告人{D1}犯{crime}，向本院提起公诉。本院依法组成合议庭审理了本案。检察员{X1}出庭支持公诉。现已审理终结。\n"
)
TAIL = (
    "\n本院认为，被告人{D1}的行为已构成{crime}。判决如下：\n被告人{D1}犯{crime}，判处有期徒刑五年。\n审　判　长　　{J1}\n审　判　员　　{J2}\n"
    "二〇二一年九月十二日\n书　记　员　　{C1}\n"
)
CRIMINAL = {
    "a": [
        "经审理查明，2020年5月3日，被告人{D1}在饭店门口与被害人{V1}发生口角，后持木棍击打{V1}头部，致{V1}轻伤。",
        "被害人{V1}的陈述证实，其当晚与{W1}、{W2}一同吃饭，遭{D1}殴打。",
        "证人{W1}、{W2}的证言证实案发经过。",
        "证人{W1}证言，证明其看见{D1}离开现场。",
        "证人{W1}拨打110报警，民警到场后将{V1}送医。",
        "被告人{D1}以代购为名骗取被害人{V1}、{V2}人民币共计48000元。",
        "2020年6月1日，{V1}发现手机被盗，遂向公安机关报案。",
        "证人{W1}（系{V1}的同事）证实，{V1}曾向其借款。",
        "鉴定人{E1}出具鉴定书，认定{V1}的损伤为轻伤一级。",
        "被害人{M1}（女，12岁）被{D1}带至旅馆。",
        "被害人{M1}的法定代理人{G1}要求赔偿。",
        "辨认笔录载明，{V1}辨认出{D1}即为作案人。",
        "{D1}供述其与{W1}素不相识，系经{W2}介绍认识。",
        "被害人{V1}系{W1}之妻，二人于2018年结婚。",
        "被害人{V2}随后赶到，{D1}又将{V2}推倒在地。",
        "被告人{D1}先后窃取被害人{V1}现金3000元、被害人{V2}手机一部。",
        "{W2}得知后立即通知{V1}，{V1}即回到住处。",
        "证人{W1}出庭作证称，当时{V1}没有还手。",
        "被害人{V1}的父亲{K1}到场后与{D1}争吵。",
        "上述事实，有被害人{V1}、{V2}的陈述，证人{W1}、{W2}的证言等证据予以证实。",
    ],
    "b": [
        "公诉机关指控，2019年冬，被告人{D1}趁被害人{V1}不备，将{V1}的提包抢走，{V1}追赶未果。",
        "被害人{V1}在公安机关称，骗走其钱款的人就是{D1}。",
        "证人{W1}、{W2}分别证明，案发时听到有人呼救。",
        "经查，证人{W1}所作证言前后一致，可以采信。",
        "证人{W1}驾车路过，见{V1}倒地便上前搀扶。",
        "{D1}假冒公司经理，先后收取被害人{V1}和{V2}定金各20000元。",
        "次日上午，{V1}到派出所反映情况，{W1}陪同前往。",
        "证人{W1}系小区保安，其证实{D1}翻墙进入{V1}家中。",
        "法医鉴定人{E1}认为，{V1}所受损伤符合钝器所致。",
        "被害人{M1}（男，9周岁）放学途中被{D1}拦下。",
        "案发后，被害人{M1}及其法定代理人{G1}对{D1}表示谅解。",
        "经混杂辨认，{W2}指认{D1}就是案发当晚出现的男子。",
        "{D1}辩称其没有打过{V1}，是{W1}先动手。",
        "经调取通话记录，{V1}与{W1}当日联系三次。",
        "其间{V2}试图劝阻，被{D1}持刀划伤手臂。",
        "被害人{V2}损失财物价值人民币6500元，被害人{V1}损失2100元，均未追回。",
        "因{W2}不愿继续作证，侦查人员又找到{W1}了解情况。",
        "侦查人员向证人{W1}核实，{W1}肯定当晚见过{V1}。",
        "被害人{V1}的女儿{K1}代其领取发还的财物。",
        "认定上述事实的证据有被害人{V1}陈述、证人{W1}证言以及{D1}的供述等。",
    ],
    "c": [
        "一、2018年9月间，被告人{D1}谎称能办理入学，骗得被害人{V1}人民币30000元；",
        "二、同年10月，{D1}以同样手法骗得被害人{V2}人民币12000元。",
        "另查明，{V1}已从{D1}亲属处领回全部款项，{V2}仍有8000元未获退赔。",
        "证人{W1}的证言，主要内容为：{W1}与{V1}系同村村民，案发当日听{V1}讲过此事。",
        "证人{W2}的证言及辨认笔录，证明{W2}辨认出{D1}。",
        "经依法询问，证人{W2}当庭推翻原来的说法。",
        "被害人{V1}（已故）生前所写便条一张。",
        "鉴定人{E1}到庭接受询问，对鉴定方法作了说明。",
        "{D1}的辩解与{V2}所述、{W1}所见不符，不予采纳。",
        "案发时年仅8岁的被害人{M1}躲在床下，{M1}未受伤。",
        "附带民事诉讼中，被害人{M1}由法定代理人{G1}代为参加诉讼。",
        "{G1}多次向{D1}家属索要医疗费未果。",
        "{D1}趁{V2}外出之机撬门入室，恰被返回的{W1}撞见。",
        "公安人员根据{V2}提供的线索，在车站将{D1}抓获，{W2}当时在旁边。",
        "被害人{V2}之兄{K1}闻讯赶来，把{V2}扶上车。",
        "综合被害人{V1}、{V2}及证人{W1}、{W2}所言，足以认定。",
    ],
    "d": [
        "2022年2月某日，{D1}窜至被害人{V1}租住的房屋，盗走{V1}放在桌上的手机。",
        "原判采信的证人{W1}的证言存在矛盾，{W1}先称没看清，后又指认{D1}。",
        "{D1}上诉提出，{V1}有重大过错，{V2}的伤并非其造成。",
        "经查，被害人{V2}左臂挫伤，有病历、{V2}的陈述为证。",
        "{W2}系物业经理，其与{V1}并无利害关系。证人{W2}的证言可以采信。",
        "被害人{V1}、{V2}分别向法庭提交谅解书，表示不再追究。",
        "民警在{W1}指引下找到{D1}藏身处。",
        "{E1}当庭说明，鉴定人{E1}具有相应资质。",
        "被害人{M1}（2012年5月3日出生）由其法定代理人{G1}陪同就诊，{G1}支付医药费2000元。",
        "{V2}遂驾车追赶，在路口将{D1}截停。",
        "庭前会议上，{D1}申请证人{W2}出庭，{W2}未到。",
        "被害人{V1}之妻{K1}收到赔偿款。",
        "以上事实，有被害人{V1}、{V2}、{M1}的陈述，证人{W1}、{W2}的证言，鉴定人{E1}的鉴定意见证实。",
    ],
    "e": [
        "一、2020年4月6日凌晨，{D1}翻窗进入{V1}家，窃得现金若干。失主{V1}发现后打电话给{W1}。",
        "证人{W1}、{W2}、{V2}的证言证实案发前后的情况。",
        "死者{V2}的家属表示谅解。{V2}死亡时在场的有{W2}等人。",
        "被害人{V1}、{V2}均报案称财物被盗，{V2}另提供了监控录像。",
        "{D1}对{V1}拳打脚踢，{V1}倒地不起，{V2}上前阻止时被打伤鼻部。",
        "2.证人{W1}（男，52岁，汉族，系{V1}的房东，住天津市东丽区津塘公路十号桥）的证言，{W1}听见{V1}与人争吵。",
        "3.证人证言。（1）{W2}：我是小区的保洁员，见过{V1}。（2）{W1}：{D1}我认识，{V1}我不认识。",
        "鉴定人{E1}、{W2}出庭。{E1}认为检材充分。",
        "被害人{M1}（女，2011年生）放学后遇到{D1}，{M1}不从，呼救时被{W1}听到。",
        "{M1}的监护人{G1}向公安机关报案，{G1}称女儿情绪低落。",
        "被害人{V1}的妻子{K1}在整理遗物时发现欠条，{K1}遂持欠条报案。",
        "{D1}以给{V1}介绍工作为由，让{V2}把钱转到自己账户，{V2}照做。",
        "辩护人提出，证人{W2}与{V1}有利害关系，{W2}的证言不应采信。",
        "（三）辨认笔录及照片：{V1}、{W1}、{W2}分别从12张照片中辨认出{D1}。",
        "经鉴定，{V1}构成轻伤二级，{V2}构成轻微伤，{M1}未受伤。",
        "民警询问{W1}时，{W1}正在打扫卫生，{V2}则坐在旁边哭。",
        "上述事实，有被害人{V1}、{V2}、{M1}的陈述，证人{W1}、{W2}、{K1}的证言，鉴定人{E1}的说明在案佐证。",
    ],
}
CIVIL_HEAD = (
    "{R1}\n民 事 判 决 书\n（2021）津0103民初{number}号\n原告：{P1}，女，汉族，住天津市河西区。\n委托诉讼代理人：{L1}，{F1}律师。\n"
    "被告：{P2}，男，汉族，住天津市河东区。\n被告：{O1}，住所地天津市北辰区高新大道52号。\n法定代表人：{D1}，经理。\n原告{P1}与被告{P2}、{O1}{cause}一案，本院于2021年3月1日立案后，依法公开开庭进行了审理。本案现已审理终结。\n"
)
CIVIL_TAIL = "\n本院认为，当事人的诉讼请求有事实依据。判决如下：\n驳回{P1}的诉讼请求。\n审　判　员　　{J1}\n二〇二一年九月十二日\n书　记　员　　{C1}\n"
CIVIL = {
    "a": [
        "{P1}向本院提出诉讼请求：判令{P2}返还财产。",
        "{P2}辩称，其与{P1}共同生活多年，不同意{P1}的请求。",
        "原告{P1}之女{K1}已成年，{K1}每月给付生活费。",
        "经审理查明，{P1}与{P2}系兄妹，其母{K1}于2015年去世。",
        "{P1}、{P2}对房屋评估价均无异议，{O1}未到庭。",
        "审理中，{P1}表示愿意调解，{P2}不同意。",
    ],
    "b": [
        "{P1}诉称，{P2}占用遗产拒不分割，请求依法处理。",
        "{P2}答辩认为{P1}所述不实，应当驳回。",
        "被继承人{K1}生前立有遗嘱，由{P2}保管。",
        "本院认定，{P1}的儿子{K1}长期随{P2}居住。",
        "庭审后{P2}提交收条一张，{P1}质证认为并非本人书写。",
        "{O1}述称，其仅按{P1}、{P2}的指示付款。",
    ],
    "c": [
        "{P1}起诉要求{P2}腾退房屋，{P2}认为{P1}早已放弃继承。",
        "庭审中{P1}申请追加{O1}为被告，{P2}表示不清楚。",
        "双方之母{K1}于2010年病故，{K1}未留遗嘱。",
        "经本院释明，{P2}仍坚持由{P1}先行补偿。",
        "{P1}提交照片三张，{P2}对真实性不认可。",
        "对{P2}主张的装修费，{P1}认可其中一半。",
    ],
    "d": [
        "{P1}不服，认为{P2}隐瞒财产。",
        "{P2}二审期间提交新证据，{P1}不予认可。",
        "被继承人{K1}系{P1}之父，{K1}去世时{P2}不在本地。",
        "驳回{P2}的其他请求，{P1}应于判决生效后十日内搬离。",
        "本院另查明，{P2}曾以{P1}名义开户。",
    ],
    "e": [
        "{P1}之父{K1}于1998年购得诉争房屋，{K1}病逝后由{P2}占有使用。",
        "本案中，{P2}既未举证，{P1}亦不认可，应由{P2}承担不利后果。",
        "{K1}与前妻育有二子即{P1}、{P2}。",
        "关于{P1}提交的录音，{P2}认可其真实性，但认为系{P1}诱导所致。",
        "上述存款由{P1}、{P2}各半继承，{P2}应于十日内给付{P1}。",
    ],
}
CRIMES = ("诈骗罪", "盗窃罪", "故意伤害罪", "抢劫罪")
CAUSES = ("法定继承纠纷", "遗嘱继承纠纷", "分家析产纠纷", "离婚后财产纠纷")
FIRMS = ("天津海津律师事务所", "天津滨河律师事务所", "北京正言律师事务所")
COURTS = ("天津市第二中级人民法院", "天津市河西区人民法院")
COMPANIES = ("天津海川新材料有限公司", "天津高兴食品有限公司", "天津白云物业管理有限公司")
ROLES = {"criminal": "V1 V2 W1 W2 M1 G1 E1 K1", "civil": "P1 P2 K1"}


def judgment(rng: Random, half: str, number: int, category: str = "criminal") -> Sample:
    """One judgment; every slot keeps its person throughout."""
    slots = ROLES[category].split()
    people = cast(rng, half, len(slots))
    plain = cast(rng, half, 6, ("common2", "common3"))
    while any(one.name in other.name or other.name in one.name for one in plain for other in people):
        plain = cast(rng, half, 6, ("common2", "common3"))
    names = dict(zip(slots, people, strict=True)) | dict(zip(["D1", "L1", "J1", "J2", "C1", "X1"], plain, strict=True))
    names["F1"], names["R1"] = Invented(rng.choice(FIRMS), "firm"), Invented(rng.choice(COURTS), "court")
    names["O1"] = Invented(rng.choice(COMPANIES), "company")
    bank = CRIMINAL[half] if category == "criminal" else CIVIL[half]
    body = "".join(rng.choice(["", "\n"]) + sentence for sentence in rng.sample(bank, min(len(bank), 12)))
    head, tail = (HEAD, TAIL) if category == "criminal" else (CIVIL_HEAD, CIVIL_TAIL)
    crime, cause = rng.choice(CRIMES), rng.choice(CAUSES)
    whole = (head + body + tail).replace("{number}", str(number)).replace("{crime}", crime).replace("{cause}", cause)
    sample = fill(whole, names, {slot for slot in slots if slot[0] == "P" or _named_in_role(whole, slot)})
    sample.case_type, sample.cause = ("刑初", crime) if category == "criminal" else ("民初", cause)
    return sample


def _named_in_role(template: str, slot: str) -> bool:
    """Whether some sentence says who the person is: unknown persons can only be found by that."""
    role = "被害人|证人|鉴定人|法定代理人|父亲|母亲|女儿|儿子|之女|其母|被继承人"
    return bool(re.search(rf"(?:{role})(?:\{{[A-Z]\d\}}(?:、|和))*\{{{slot}\}}", template))


def fill(template: str, names: dict[str, Invented], counted: set[str]) -> Sample:
    """The template with its slots filled and their places noted; `counted` are the persons whose role is told."""
    parts: list[str] = []
    sample = Sample("", names=names)
    at = done = 0
    for slot in _SLOT.finditer(template):
        parts.append(template[done : slot.start()])
        at += slot.start() - done
        one = names[slot[1] + slot[2]]
        hide = slot[1] in HIDDEN
        if hide and slot[1] + slot[2] not in counted:
            sample.loose.append((at, at + len(one.name)))
        else:
            kind = one.kind if hide else slot[1]
            sample.gold.append(Gold(at, at + len(one.name), (HIDDEN | KEPT)[slot[1]], kind, hide))
        parts.append(one.name)
        at += len(one.name)
        done = slot.end()
    sample.text = "".join([*parts, template[done:]])
    return sample
