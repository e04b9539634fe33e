"""Texts a stranger tried: each once leaked or hid too much. All persons and numbers are invented."""

import pytest

from publicity.redaction.engine import redact
from publicity.redaction.types import CaseFacts, PartyFact

CRIME = CaseFacts("刑初", "故意伤害罪")
TRAFFIC = CaseFacts("民初", "机动车交通事故责任纠纷")


def victim(*names, aliases=()):
    return CaseFacts("刑初", "盗窃罪", parties=tuple(PartyFact(name, "被害人", aliases=aliases) for name in names))


@pytest.mark.parametrize(
    "gap", ["\f", "\n13/30\n", "\n第十二页\n", "\n第 12 页 共 30 页\n", "\n\n- 13 -\n\n", "\n7\n", "\v", "\u2028"]
)
def test_a_name_torn_by_a_page_end(gap):
    assert redact(f"经查，王建{gap}国到场。", victim("王建国")).text == "经查，王某到场。"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("王建国（英文名Tom Wang）到场，Tom称不知情。", "王某到场，T称不知情。"),
        ("王建国（微信昵称“一帆风顺”）转账。", "王某转账。"),
        ("王建国（绰号“老黑”、“黑子”）到场，老黑离开，黑子回来。", "王某到场，王某离开，王某回来。"),
        ("王建国到场，建国称不知情，新中国成立以来，建国初期。", "王某到场，王某称不知情，新中国成立以来，建国初期。"),
        ("王丽娅到场，“丽娅”是她，李丽娅也在，娅姐走开。", "王某到场，“王某”是她，李丽娅也在，娅姐走开。"),
    ],
)
def test_other_names_of_a_known_person(before, after):
    known = victim("王建国" if "王建国" in before else "王丽娅")
    assert redact("经查，" + before, known).text == "经查，" + after


def test_given_names_and_pet_names_are_shown_to_the_clerk():
    result = redact("王丽娅到场，“丽娅”是她，李丽娅也在，娅姐走开。", victim("王丽娅"))
    assert {span.text: span.doubt for span in result.spans if span.doubt} == {
        "丽娅": "只写名字没有姓，请核对是否为同一人",
        "娅姐": "可能是被隐去人员的昵称",
    }
    assert [residue.text for residue in result.residual] == ["丽娅"]


def test_given_name_behind_a_compound_surname_is_left_over():
    case = CaseFacts("民初", "继承纠纷", parties=(PartyFact("司徒小贝", "原告"),))
    assert [one.text for one in redact("司徒小贝起诉。李小贝证明。", case).residual] == ["小贝"]


def test_a_longer_name_of_somebody_else_is_shown_to_the_clerk():
    result = redact("张三到场，张三三也在。", victim("张三"))
    assert [span.doubt for span in result.spans] == ["", "可能是另一人姓名的一部分"]


def test_words_that_begin_with_a_name_stay_and_are_shown():
    result = redact(
        "毛毛到场，毛毛的衣服沾有毛毛虫。", CaseFacts("民初", "", parties=(PartyFact("毛毛", "原告", minor=True),))
    )
    assert "毛毛虫" in result.text and "毛某到场" in result.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("车主津 A12345到场", "车主津A×××××到场"), ("车牌为津a12345", "车牌为津a×××××"), ("津A1234警车", "津A×××××车"),
        ("粤Z1234港到场", "粤Z×××××到场"), ("京·AD0123学", "京A×××××学"), ("号牌使014578", "号牌使××××××"),
        ("手机号为：一三八零零零零零零零零。", ""), ("身份证一二〇一〇三一九〇五〇三一二〇〇一五。", ""),
        ("护照（号码：PA1234567）丢失", "护照丢失"), ("公民身份号码系120103190503120015号。", ""),
        ("电话1 3 8 0 0 0 0 0 0 0 0。", ""),
        ("手机串号861234567890123。", ""), ("被盗车辆LSVAM4187C2184847一辆", "被盗车辆一辆"),
        ("（2020）津不动产权第0012345号", "（2020）津不动产权第×××××××号"), ("港澳通行证号H12345678。", ""),
        ("二〇二三年九月十二日，一二三四五六七八九号楼", "二〇二三年九月十二日，一二三四五六七八九号楼"),
    ],
)  # fmt: skip
def test_numbers_in_unusual_dress(before, after):
    result = redact("经查。" + before, CRIME)
    assert (result.text, result.residual) == ("经查。" + after, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("证人张三（女，45岁，住天津市河西区友谊路1号）的证言。", "证人张某（女，45岁，住天津市河西区）的证言。"),
        ("被告人甲一明，住天津市河西区友谊路（原民权路）1号。", "被告人甲一明，住天津市河西区。"),
        ("被告人甲一明，住本市河西区友谊路12号3门。", "被告人甲一明，住本市河西区。"),
        ("被告人甲一明居住在天津市西青区中北镇花园12-3-501。", "被告人甲一明居住在天津市西青区。"),
        ("在甲一明租住的天津市河西区友谊路3门501室内", "在甲一明租住的天津市河西区内"),
        ("窜至位于天津市河西区友谊路12号楼3门501室的家中", "窜至位于天津市河西区的家中"),
        ("送达地址：天津市河西区友谊路1号，收件人甲一明。", "送达地址：天津市河西区，收件人甲一明。"),
    ],
)
def test_homes_go_down_to_the_county_and_no_further(before, after):
    assert redact("经查，" + before, CRIME).text == "经查，" + after


def test_seat_of_a_firm_in_a_partners_home_stays_and_is_shown():
    text = (
        "原告：甲一明，男，住天津市河西区友谊路88号。\n被告：天津海川食品有限公司，住所地天津市河西区友谊路88号。\n"
        "原告甲一明与被告天津海川食品有限公司买卖合同纠纷一案，本院立案。"
    )
    result = redact(text)
    assert result.text == text.replace("住天津市河西区友谊路88号", "住天津市河西区", 1)
    assert "法人住所与自然人住址相同，请核对" in {span.doubt for span in result.spans}


@pytest.mark.parametrize(
    ("text", "case", "gone"),
    [
        ("被害人陈某某（女，13岁，天津市第四十二中学学生）。", CRIME, "四十二中"),
        ("被害人系天津市河西区第二十中学初二（3）班学生。", CRIME, "二十中"),
        ("原告赵一诺（2015年3月生）受伤。", TRAFFIC, "一诺"),
        ("原告赵一诺（2015年3月生）受伤。", TRAFFIC, "3月"),
        ("赵一诺既往有哮喘病史。", TRAFFIC, "哮喘"),
        ("原告赵一鸣患有糖尿病、高血压病。", TRAFFIC, "高血压"),
    ],
)
def test_children_and_health(text, case, gone):
    assert gone not in redact("经查。" + text, case).text


def test_a_date_behind_a_name_makes_nobody_a_minor():
    text = "经查。原告赵一鸣2019年5月3日起诉，赵一鸣，2018年5月3日到场。"
    assert redact(text, TRAFFIC).text == text


def test_university_and_company_training_are_no_school_of_a_minor():
    text = "经查。甲一明系天津大学学生，毕业于天津市第四中学，在中院立案。"
    assert redact(text, CRIME).text == text


def test_parties_in_any_order_give_the_same_text():
    names = ["张三丰", "张三", "欧阳明华", "高兴", "古丽娜尔·吐尔逊", "John Smith"]
    text = "高兴与张三、张三丰、欧阳　明华、John Smith、古丽娜尔到场。明华称张三丰系张三之父。"
    results = {redact(text, victim(*names[turn:], *names[:turn])).text for turn in range(len(names))}
    results |= {redact(text, victim(*reversed(names))).text}
    assert results == {"高某与张某1、张某2、欧阳某、J、古某到场。欧阳某称张某2系张某1之父。"}
