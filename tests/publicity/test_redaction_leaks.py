"""Places where a name or number once got through, or a common word was mangled. All persons are invented."""

import re

import pytest

from publicity.redaction.engine import redact
from publicity.redaction.folding import canon, plain
from publicity.redaction.types import CaseFacts, PartyFact

CRIME = CaseFacts("刑初", "诈骗罪")
PRIVACY = CaseFacts("民初", "隐私权纠纷")


def victim(*names):
    return CaseFacts("刑初", "诈骗罪", parties=tuple(PartyFact(name, "被害人") for name in names))


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("经查。微信号gaoxing_88。", "gaoxing_88"),
        ("其，微信号gaoxing_88。", "gaoxing_88"),
        ("微信ID：Tian-x945，双方确认。", "Tian-x945"),
        ("微博账号dawang2020。", "dawang2020"),
        ("抖音号是“abc12345”的用户", "abc12345"),
        ("淘宝会员名：shop_001。", "shop_001"),
        ("支付宝账号为abc＠163．com。", "abc＠163．com"),
        ("ＱＱ号（123456789）", "123456789"),
        ("QQ号123456789、987654321。", "987654321"),
        ("护照号：E12345678。", "E12345678"),
        ("往来港澳通行证C12345678。", "C12345678"),
        ("军官证号：军字第12345678号。", "12345678"),
        ("社会保险号B74855539。", "B74855539"),
        ("住院病历号（M2229338）", "M2229338"),
        ("车架号码LSVAM4187C2184847。", "LSVAM4187C2184847"),
        ("发动机编号EA123456。", "EA123456"),
        ("卡号6222 0290 1544 3424 642。", "3424"),
        ("6222　0290　1544　3424　642到账", "3424"),
        ("电话022-２３４５ ６７８９。", "２３４５"),
        ("电话：２３４５６７８９", "２３４５６７８９"),
        ("联系电话（022）2345 6789转801。", "2345"),
        ("手机＋86 138 0000 0000。", "138"),
        ("手机：138　0000　0000。", "0000"),
        ("手机0086-13800000000。", "13800000000"),
        ("手机1380 000 0000。", "000"),
        ("电子邮件li.ming ＠ 163.com。", "163"),
        ("结婚证字号J120103-2015-000123。", "000123"),
        ("身份证号码（120103 19050312 0015）。", "19050312"),
    ],
)
def test_number_goes_however_it_is_written(text, gone):
    result = redact(text)
    assert gone not in result.text
    assert result.residual == ()


@pytest.mark.parametrize(
    "text",
    [
        "医疗费　误工费　交通费\n1500　3000　2000　1000。", "微信转账3000元，支付宝付款1500元。", "QQ群内有人发布消息。", "账户余额123456789元。",  # noqa: E501
        "合同编号HT-2019-0312，发票号码00123456。", "欠付98,765.43元及2019年5月3日起的利息。", "专利号ZL201510012345.6。", "银行卡消费12000元。",  # noqa: E501
    ],
)  # fmt: skip
def test_what_only_looks_like_a_number_of_the_rules_stays(text):
    assert redact(text).text == text


def test_numbers_that_share_a_comma_all_go():
    result = redact(
        "QQ号123456789、微信号abc12345，电话13800000000，卡号6222029015443424642；身份证号120103190503120015。"
    )
    assert not any(digit.isdigit() for digit in result.text) and "abc" not in result.text
    assert result.residual == ()


def test_common_word_is_shown_to_the_clerk_and_not_mangled():
    result = redact("高兴很高兴地收下礼物，高兴称其提高兴趣。大家感到高兴。", victim("高兴"))
    assert result.text == "高某很高兴地收下礼物，高某称其提高兴趣。大家感到高兴。"
    assert [span.doubt for span in result.spans if span.action == "review"] == ["可能是普通词语，不是人名"] * 3
    assert result.residual == ()


def test_unclear_word_is_hidden_and_shown_to_the_clerk():
    result = redact("随后高兴回家。", victim("高兴"))
    assert result.text == "随后高某回家。"
    assert [span.doubt for span in result.spans] == ["也是普通词语，请核对是否为人名"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("平安", "收取他人和平安定金各20000元。"), ("金星", "\n金星系物业经理。"), ("常新", "经常新当庭确认。")],
)
def test_dictionary_does_not_swallow_a_name_behind_a_preposition_or_before_a_verb(name, sentence):
    assert name not in redact("查明。" + sentence, victim(name)).text


@pytest.mark.parametrize(
    "kept", ["天津高兴食品有限公司盖章", "高兴食品公司送货", "高兴路12号", "高兴镇政府", "高兴有限公司"]
)
def test_firm_or_place_of_the_same_word_stays(kept):
    text = f"高兴到场。天津高兴食品有限公司成立。{kept}。"
    assert redact(text, victim("高兴")).text == text.replace("高兴到场", "高某到场")


def test_party_named_like_a_district():
    case = CaseFacts("民初", "健康权纠纷", parties=(PartyFact("河西", "原告", minor=True),))
    result = redact("河西住天津市河西区，河西法院受理。河西称受伤。", case)
    assert result.text == "河某住天津市河西区，河西法院受理。河某称受伤。"


def test_shop_with_a_persons_name_is_doubtful():
    result = redact("在王小丽服装店，王小丽到所在公司。", victim("王小丽"))
    assert "王某到所在公司" in result.text
    assert [span.doubt for span in result.spans if span.doubt] == ["可能是企业字号"]


def test_pseudonym_and_true_name_of_a_minor():
    result = redact("未成年证人小明（真名钱小明，14岁）在场，小明说看见了。", CRIME)
    assert result.text == "未成年证人钱某（14岁）在场，钱某说看见了。"


def test_relative_of_a_hidden_person():
    result = redact("被害人诸葛亮亮的父亲诸葛天到场。被害人王一敏系李二国之妻。", CRIME)
    assert result.text == "被害人诸葛某1的父亲诸葛某2到场。被害人王某系李某之妻。"
    assert {span.doubt for span in result.spans} >= {"近亲属姓名会指明被隐去的人员"}


def test_relative_who_is_the_accused_keeps_the_name():
    text = "被告人李四海犯诈骗罪一案。被害人张三陈述。张三系李四海之父。"
    assert "李四海之父" in redact(text, CRIME).text


def test_verb_behind_a_name_is_no_part_of_it():
    assert redact("证人安宁、高兴拨打110。", CRIME).text == "证人安某、高某拨打110。"


def test_title_instead_of_a_given_name():
    assert redact("经鉴定人吴法医鉴定。", CRIME).text == "经鉴定人吴某鉴定。"


def test_nickname_in_a_bracket_with_other_facts():
    result = redact("被害人王强（绰号“阿强”，男）到案，阿强称冷。", CRIME)
    assert result.text == "被害人王某（男）到案，王某称冷。"


@pytest.mark.parametrize(
    ("text", "case", "after"),
    [
        ("被告乙二好。原告甲一明与被告乙二好隐私权纠纷一案，本院立案。甲一明患有艾滋病。", PRIVACY, "甲一明×××。"),
        ("被告乙二好。原告甲一明与被告乙二好隐私权纠纷一案，本院立案。乙二好系HIV病毒携带者。", PRIVACY, "乙二好×××。"),
        ("甲一明曾因抑郁症住院治疗。", PRIVACY, "甲一明×××。"),
        ("被害人刘一芳患有艾滋病，右臂骨折。", CRIME, "被害人刘某×××，右臂骨折。"),
        ("被害人刘一芳被诊断为右臂骨折。", CRIME, "被害人刘某被诊断为右臂骨折。"),
        ("被告人王二小患有精神分裂症。", CRIME, "被告人王二小患有精神分裂症。"),
    ],
)
def test_illness_goes_unless_the_reasons_need_it(text, case, after):
    result = redact(text, case)
    assert result.text.endswith(after)
    assert all(span.doubt for span in result.spans if span.kind == "health")


@pytest.mark.parametrize(
    "form", ["SMITH, JOHN", "J. Smith", "John S.", "smith", "Ｊｏｈｎ Ｓｍｉｔｈ", "John\nSmith", "JohnSmith"]
)
def test_every_form_of_a_latin_name(form):
    assert redact(f"被害人John Smith称，{form}在场。", CRIME).text == "被害人J称，J在场。"


def test_parts_of_a_transliterated_name():
    result = redact("被害人约翰·史密斯（John Smith）陈述。史密斯称约翰受伤。", CRIME)
    assert result.text == "被害人约某（J）陈述。约某称约某受伤。"


def test_half_of_a_minority_name_is_the_same_person():
    assert redact("被害人古丽娜尔·吐尔逊到场。古丽娜尔哭了。", CRIME).text == "被害人古某到场。古某哭了。"


@pytest.mark.parametrize("name", ["阿不都拉·热合曼", "苏和巴图", "次仁拉姆", "那木拉", "阿力木·艾何曼特"])
def test_minority_names_end_before_the_verb(name):
    assert (
        redact(f"证人{name}陈述看见。{name}试图劝阻。", CRIME).text == f"证人{name[0]}某陈述看见。{name[0]}某试图劝阻。"
    )


def test_one_name_at_the_head_of_another():
    result = redact("被害人张三、张三丰到场。张三系张三丰之兄。", CRIME)
    assert result.text == "被害人张某1、张某2到场。张某1系张某2之兄。"


def test_name_over_a_page_end():
    assert redact("经查，张\n第3页 共8页\n三丰到场。", victim("张三丰")).text == "经查，张某到场。"


def test_victim_with_the_name_of_the_judge():
    text = "被害人张伟称被打。判决如下：\n驳回。\n审判员　张　伟\n二〇二三年九月十二日\n书记员　乙二"
    result = redact(text, CaseFacts("刑初", "盗窃罪"))
    assert result.text.startswith("被害人张某称被打。") and "审判员　张　伟" in result.text
    assert "与审判人员、检察人员或者律师同名，请核对" in {span.doubt for span in result.spans}


def test_accused_with_the_name_of_the_victim_is_shown_to_the_clerk():
    text = "被告人：张伟，男。\n被告人张伟犯盗窃罪一案。被害人张伟陈述被盗。"
    assert "同一姓名又被称为被害人、证人或者鉴定人，请核对" in {span.doubt for span in redact(text, CRIME).spans}


def test_minor_outside_family_and_crime():
    text = "原告赵一诺（9岁，就读于河西区红星小学）之母钱芳诉称，被告撞伤孙一一（系他人之女，6岁）。"
    result = redact(text, CaseFacts("民初", "机动车交通事故责任纠纷"))
    assert not any(name in result.text for name in ("赵一诺", "钱芳", "孙一一", "红星小学"))


def test_result_has_no_spelling_of_anybody_hidden():
    case = victim("欧阳一鸣", "古丽娜尔·吐尔逊", "John Smith")
    text = "欧阳一鸣、歐陽一鳴、欧阳　一鸣、古丽娜尔吐尔逊、古丽娜尔・吐尔逊、JOHN SMITH、Smith John均到场。"
    tight = plain(canon(redact(text, case).text)).casefold()
    assert not any(part in tight for part in ("一鸣", "娜尔", "吐尔逊", "john", "smith"))


def test_the_same_text_gives_the_same_result():
    text = "被害人张三、李四、王五的陈述，证人张三丰、高兴的证言。张三系李四之父。"
    assert len({redact(text, CRIME).text for _ in range(3)}) == 1


@pytest.mark.parametrize(("policy", "shown"), [("2013", False), ("2016", True), ("strict", False)])
def test_policies_differ_on_an_accused_of_two_years(policy, shown):
    text = "被告人：赵大海，男。\n被告人赵大海犯盗窃罪一案。判决如下：\n被告人赵大海犯盗窃罪，判处有期徒刑二年。\n审判员　甲一\n二〇一五年九月十二日"  # noqa: E501
    assert ("赵大海" in redact(text, CaseFacts("刑初", "盗窃罪"), policy).text) is shown


def test_somebody_without_a_place_in_the_case_is_shown_to_the_clerk_once():
    text = "被告人李四海伙同邻居周一航盗窃，周一航望风。经手人吴二梅签名。"
    result = redact(text, CRIME)
    assert result.text == text
    assert [span.text for span in result.spans if span.doubt.startswith("未列明诉讼身份")] == ["周一航", "吴二梅"]
    assert "周一航" not in redact(text, CRIME, "strict").text


def test_address_ends_before_the_verb():
    text = "民警对暂住天津市河西区友谊路12号3门301室进行搜查时查获物品。"
    assert redact(text, CRIME).text == "民警对暂住天津市河西区进行搜查时查获物品。"


@pytest.mark.parametrize("number", ["QQ号123456789、微信号abc12345。", "电话13800000000、13900000001、15000000002。"])
def test_lists_of_numbers_go_whole(number):
    assert not re.search(r"\d", redact("查明，" + number).text)
