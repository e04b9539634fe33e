"""Lists of names, and persons told by what they do, whom no dictionary knows. All persons are invented."""

import pytest

from publicity.redaction.engine import redact
from publicity.redaction.types import CaseFacts

CRIME = CaseFacts("刑初", "故意伤害罪")
BEGIN = "经审理查明，"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("证人从军、布和、吉日嘎拉、阿卜杜热西提·图尔荪的证言。", "从军 布和 吉日嘎拉 阿卜杜热西提 图尔荪"),
        ("有被害人尚可、时光、万千、方便的陈述。", "尚可 时光 万千 方便"),
        ("证人（张三、李四）证言。", "张三 李四"),
        ("证人证言：1、张三：我看见了。2、李四（女，40岁）：我也看见了。", "张三 李四"),
        ("证人孟和巴雅尔陈述：其于当日看见。", "孟和巴雅尔"),
        ("死者李小红的丈夫张大山到场。", "李小红 张大山"),
        ("失主钱二宝发现后报警。", "钱二宝"),
        ("被害人李小红、其子张小山（2015年3月生）。", "李小红 张小山"),
        ("被害人李小红（9岁）及其母亲王芳、奶奶刘桂花到场。", "李小红 王芳 刘桂花"),
        ("被害单位天津海川有限公司经理刘伟报案称被骗。", "刘伟"),
        ("同案犯刘黑子（另案处理）伙同他人。", "刘黑子"),
        ("另案被告人赵虎到案。", "赵虎"),
        ("被害人Michael Jackson（美国籍）、マイケル、金正恩（朝鲜籍）、Van Hung。", "Michael マイケル 金正恩 Van"),
        ("被害人Vladimir O'Connor称，Vladimir O’Connor受伤，O'Connor走开。", "Vladimir Connor"),
        ("被害人松下幸之助、佐藤报案。", "松下幸之助 佐藤"),
        ("被害人扎西、卓玛、多吉次仁、丹增尼玛的陈述。", "扎西 卓玛 多吉次仁 丹增尼玛"),
        ("被害人娜仁花、乌云其其格、巴特尔、苏日娜、敖日格勒称。", "娜仁花 乌云 巴特尔 苏日娜 敖日格勒"),
        ("被害人叶尔江·哈那提别克称，才让东知和沙马拉且在场。", "叶尔江 哈那提"),
        ("被害人忻月云（女，2011年生）、撖望到场。", "忻月云 撖望"),
    ],
)  # fmt: skip
def test_nobody_of_the_list_is_left(text, names):
    result = redact(BEGIN + text, CRIME).text
    assert [name for name in names.split() if name in result] == []


def test_what_stands_in_the_list_besides_names_stays():
    text = "上述事实，有被害人张三的陈述，证人李四、王五的证言，书证、物证、鉴定意见、勘验笔录、被告人供述证实。"
    assert redact(BEGIN + text, CRIME).text.endswith("的证言，书证、物证、鉴定意见、勘验笔录、被告人供述证实。")


def test_relatives_of_the_accused_are_shown_and_kept():
    text = "被告人：周小刚，男。\n被告人周小刚犯盗窃罪一案。周小刚之妻孙小美、其父周大海到场。"
    result = redact(text, CRIME)
    assert "周大海到场" in result.text
    assert "周大海" in [span.text for span in result.spans if span.doubt]
