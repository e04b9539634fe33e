"""Invented names by class. `half` picks pools that are disjoint wherever a class is a list: "a" to tune on, "b" and
"c" to try, "d" (other sentences, other draws) to report. "e" has names and sentences of its own, written last."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

CLASSES = ("common2", "common3", "compound", "rare", "wordlike", "minority", "transliterated", "latin")
COMMON = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红梅建国志文海波鹏飞婷雪琳慧玲辉斌宇浩凯健俊帆涵怡欣佳悦晨轩梓萱雨彤思颖诗琪嘉豪鑫泽瑞阳晓东春梅福生根宝贵成德"
    "全有才立新永胜利振兴卫民爱莲翠花金凤银珍素琴月娥淑贤惠如意长江天佑一诺子墨可心若曦锦程启航云鹤望舒南星北辰行远知夏"
)
COMPOUND = {
    "a": ["欧阳", "司马", "诸葛", "皇甫", "慕容", "令狐", "东方"],
    "b": ["上官", "尉迟", "公孙", "夏侯", "端木", "司徒", "宇文"],
}
RARE = {"a": "逯仝笪訾郗亓佴缑蒯禚揭昝蔺庹", "b": "佘冼禤阚郏逄乜仉郇麻荀亓苟展鹿"}
WORDLIKE = {
    "a": [
        "高兴",
        "安宁",
        "江山",
        "黎明",
        "白雪",
        "方向",
        "万里",
        "成功",
        "向阳",
        "温馨",
        "常青",
        "石头",
        "金星",
        "马上",
        "田野",
        "文静",
        "高远",
        "雷雨",
        "明白",
        "和平",
    ],
    "b": [
        "高峰",
        "安静",
        "江河",
        "黎民",
        "白云",
        "方圆",
        "万象",
        "成熟",
        "温柔",
        "常新",
        "石磊",
        "金融",
        "马路",
        "田园",
        "文明",
        "高尚",
        "雷霆",
        "明亮",
        "平安",
        "康乐",
        "舒畅",
    ],
}
UYGHUR = {
    "a": (
        ["阿迪力", "古丽娜尔", "买买提", "热依汗", "吐尔逊", "艾合买提", "帕提古丽"],
        ["买买提", "吐尔逊", "艾力", "卡德尔", "依明", "玉素甫"],
    ),
    "b": (
        ["努尔兰", "阿依古丽", "库尔班", "祖丽菲亚", "肉孜", "艾尼瓦尔", "茹仙古丽"],
        ["阿不都拉", "托合提", "热合曼", "司马义", "尼亚孜", "沙吾提"],
    ),
}
UNDOTTED = {
    "a": ["哈斯巴根", "扎西顿珠", "巴特尔", "那木拉", "次仁拉姆", "乌力吉"],
    "b": ["苏和巴图", "格桑卓玛", "朝鲁门", "宝力德", "索朗旺堆", "额尔敦"],
}
FOREIGN = {
    "a": [("约翰", "John"), ("玛丽", "Mary"), ("彼得", "Peter"), ("安娜", "Anna")],
    "b": [("迈克尔", "Michael"), ("索菲亚", "Sophia"), ("托马斯", "Thomas"), ("卡洛斯", "Carlos")],
}
FAMILY = {
    "a": [("史密斯", "Smith"), ("米勒", "Miller"), ("伊万诺夫", "Ivanov")],
    "b": [("布朗", "Brown"), ("费尔南德斯", "Fernandez"), ("科瓦奇", "Kovacs")],
}


COMPOUND["e"] = ["长孙", "万俟", "闾丘", "太史", "钟离", "呼延", "濮阳", "东郭", "百里", "淳于", "公冶", "鲜于"]
RARE["e"] = "粟隗戢郄檀鄢忻宓撖靳眭亢洑厍咸羿衷桑过湛臧谌敖晏"
WORDLIKE["e"] = (
    "高明 安然 白玉 方正 万幸 马力 严肃 周到 凌晨 阳光 祝福 温暖 金贵 严明 常胜 安心 花朵 夏天 孟夏 黄河 黄昏 黄金 "
    "朱红 童年 成长 牛奶 华丽 何必 支持 任意 金属 双喜 宁静 乐观 水仙 康复 江南 贝壳 关键 时光 从容 于是 易燃 鲁莽"
).split()
UYGHUR["e"] = (
    "阿布都热依木 麦麦提敏 穆合塔尔 居热提 塔依尔 古丽巴哈尔 哈丽旦 叶尔肯 加娜尔 阿卜杜热西提 木合亚提 沙依拉".split(),
    "麦麦提 图尔荪 奥布力 喀迪尔 伊敏 巴拉提 赛买提 哈那提别克 努尔买买提 依布拉音 乌斯满 赛力克".split(),
)
UNDOTTED["e"] = (
    "阿拉坦其其格 苏日娜 孟克巴雅尔 特木尔 多吉次仁 丹增尼玛 白玛央金 乌云其其格 敖日格勒 才让东知 吉克阿牛 沙马拉且 "
    "阿西伍牛 娜仁花 扎西 卓玛 孟和 呼和 布日古德 朝克图 旺姆 益西措 勒吉 赵尔康"
).split()
FOREIGN["e"] = [("亚历山大", "Alexander"), ("伊丽莎白", "Elizabeth"), ("弗拉基米尔", "Vladimir"), ("艾哈迈德", "Ahmed")]
FAMILY["e"] = [("罗德里格斯", "Rodriguez"), ("奥康纳", "O'Connor"), ("施耐德", "Schneider"), ("范德堡", "Vanderberg")]


for _pools in (COMPOUND, RARE, WORDLIKE, UYGHUR, UNDOTTED, FOREIGN, FAMILY):
    _pools["c"] = _pools["b"]
    _pools["d"] = _pools["b"] if _pools is FOREIGN else _pools["a"]


@dataclass(frozen=True)
class Invented:
    """A name with its class; `latin` is the form a transliterated name may carry in brackets."""

    name: str
    kind: str
    latin: str = ""


def invent(rng: Random, kind: str, half: str) -> Invented:
    """One name of a class."""
    given = rng.choice(GIVEN)
    if kind == "common2":
        return Invented(rng.choice(COMMON) + given, kind)
    if kind == "common3":
        return Invented(rng.choice(COMMON) + given + rng.choice(GIVEN), kind)
    if kind == "compound":
        return Invented(rng.choice(COMPOUND[half]) + given + rng.choice(["", rng.choice(GIVEN)]), kind)
    if kind == "rare":
        return Invented(rng.choice(RARE[half]) + given + rng.choice(["", rng.choice(GIVEN)]), kind)
    if kind == "wordlike":
        return Invented(rng.choice(WORDLIKE[half]), kind)
    if kind == "minority":
        first, last = UYGHUR[half]
        return Invented(rng.choice([f"{rng.choice(first)}·{rng.choice(last)}", rng.choice(UNDOTTED[half])]), kind)
    first_name, last_name = rng.choice(FOREIGN[half]), rng.choice(FAMILY[half])
    latin = f"{first_name[1]} {last_name[1]}"
    return Invented(f"{first_name[0]}·{last_name[0]}" if kind == "transliterated" else latin, kind, latin)


def cast(rng: Random, half: str, count: int, kinds: tuple[str, ...] = CLASSES) -> list[Invented]:
    """`count` different people, the classes in turn; no name contains another."""
    found: list[Invented] = []
    turn = rng.randrange(len(kinds))
    while len(found) < count:
        one = invent(rng, kinds[turn % len(kinds)], half)
        if not any(one.name in other.name or other.name in one.name for other in found):
            found.append(one)
            turn += 1
    return found
