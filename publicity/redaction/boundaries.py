"""Where a name ends: 证人高兴|拨打110, 被害人欧阳德|生前, 证人次仁拉姆|出庭.

Each possible end gets a score from what follows it, from the words the dictionary sees there, and from how often the
text repeats the longer and the shorter form.
"""

from __future__ import annotations

import re
from functools import cache

import rjieba

from publicity.redaction.surnames import EVERYDAY, FOREIGN, JAPANESE, RARE, TYPICAL, surname_length

HAN = "\u4e00-\u9fff"
_FOLLOW = re.compile(
    "诉称|答辩|主张|不服|上诉|起诉|申请|委托|作为|代为|代其|代理|同意|签名|签字|反映|介绍|交代|负责|经营|居住|去"
    "世|病故|死后|二人|三人|等人|夫妇|父子|母子|母女|一同|一起|随后|当时|当晚|"
    "次日|多次|先后|从未|没有|不愿|试图|拒绝|愿意|承认|否认|肯定|担任|登记|名下|商量|协商|结婚|离婚|相识|认识|逃"
    "离|离开|赶到|赶来|路过|追赶|呼救|"
    "到庭|由法|陈述|陈诉|述称|辩称|证实|证明|证言|证词|供述|指认|辨认|出具|提供|提出|要求|请求|认为|表示|看到|看"
    "见|听到|发现|得知|驾驶|乘坐|赔偿|损失|实施|进行|予以|签订|"
    "支付|交付|的陈述|的证言|的证词|的损失|的经济|的法定|的伤|的父|的母|的妻|的女|的儿|的手|的钱|的现金|的辨认|"
    "的住|的车|的头|的身|的家|的财|生前|生于|死亡|受伤|重伤|轻伤|出生|出庭|到场|到案|报警|报案|本人|家中|住处|人"
    "民币|现金|发生|的|和|与|及|等|之|因|被|在|将|向|对|把|以|从|由|到|于|"
    "系|为|是|其|名|家|处|所|有|无|未|不|也|均|又|再|并|而|则|即|仍|已|曾|后|前|时|死|受|住|至|各|另|经|同|给|让"
    "|使|帮|称|说|骑|驾|持|拿|用|打|报|发|放|停|离|逃|追|赶|拦|抓|"
    "抢|拉|推|踢|砍|刺|捅|咬|摔|倒|回|来|去|走|跑|上|下|进|出|送|交|付|还|借|收|欠|签|写|买|卖|骗|偷|取|转|汇|脸"
    "|眼|鼻|耳|嘴|腰|肩|身|头|面|左|右|胸|腹|背|手|颈|腿|当|男|女|"
    "一|二|两|三|多|任|作|共|通|联|索|继|遗|留|立|主|享|应|可|能|自|先|起|开|关|随|带|跟|约|途|路|见|准|欲|正|叫"
    "|喊|呼|反|挣|拒|妻|夫|父|母|子|弟|兄|姐|妹|儿"
)
BARE = re.compile(
    "陈述|陈诉|证言|证明|证实|家属|家人|近亲|亲属|方面|方式|方的|身份|谅解|伤|死|损失|财物|财产|要求|请求|提出|"
    "单位|单独|出庭|名单|的|在|于\\d|于[上下当凌案次前后此]|"
    "和[^\u4e00-\u9fff]|与|及|是|为|被|因|将|向[公本被原法其]|曾[经因于在向与多被]|从|对|时[^\u4e00-\u9fff]|均|"
    "都|应[当该]|同意|同案|同时|明知|安全|成年|高度|金额|现金|钱[财款包物]|包括|车[辆内上主]|"
    "相关|关于|任何|全部|常住|方便|何时|后|前|左[侧手边]|右|万元|东西|公安|公司|支付|支出|计算|解释|权利|利益|容"
    "貌|连续|初[步次]|先后|终于|通过|能够|年[龄满]|文化|平时|花费|由|"
    "代为|修理|但是?|才能|占有|光[着头]|有|无|不|未|没|并|所|其|本|该|各|两|双[方手]|二|三|四|一|之|等|也|还|又"
    "|再|已|如|若|或|以|给|到|即|人|身|或者|家中|尸体|头部|提供|出具|签名|确认|询问|笔录|辨认|全身|全家|车辆|房"
    "屋|金钱|石块|水平|方便|包裹|高速|明显|成为|支取|贵重|随身|携带|同居|离婚|结婚|双方|父女|母女|经济|现场|当场"
    "|常年|常住|长期|和解|干净|农田|农村|安排|盛怒|温州|路人"
)
_COMMON = re.compile(
    "家[中里人属庭门]|项链|强行|强奸|金[项戒手额店链]|银行|车[上内里主]|包[内里括]|手[机表]|[男女]性|路[上边过口"
    "]|店[内里]|房[间屋内门]|"
    "钱[包财款物]|水果|高[中速]|全[部身]|毛[巾线]"
)
TITLE = re.compile(f"[{HAN}](?:法医|医生|大夫|医师|老师|主任|教授|护士|经理|警官|队长|所长|师傅|先生|女士|老板)")
_LATIN_WORD = r"[A-Z][A-Za-z'’]*\.?"
_PARTICLE = r"(?:(?:van|von|de|der|den|la|el|al|bin|ben|da|di|dos)[ -]){0,2}"
LATIN = re.compile(rf"{_LATIN_WORD}(?:[ ·.-]{{1,2}}{_PARTICLE}{_LATIN_WORD}){{0,4}}")
NOT_GIVEN = frozenset(
    "的了在是和与及、对将被把因其该各之系于为者人员等某从向以称说处们已均又再并则即仍曾至另给让使不也无未没还由"
    "且但而或受住跟"
)
_SELDOM = frozenset(
    "来去经时先前后到起开进出上下打拿送交付收报发放走跑回看见听叫喊要能会可用手头身家当共同有所名多任作通自应主"
)
# Words of the sentence that are syllables here: 才让东知, 沙马拉且, 乌云其其格, 斯琴其木格.
_WITHIN = frozenset(["才让", "拉且", "尔且", "史且", "么且", "其其", "其格", "其木", "都热", "不都", "不力"])
_WRITTEN = FOREIGN | {"不", "和", "让", "且", "知"}
_RUN = re.compile(f"[{HAN}·]{{2,16}}")
_CAPITAL = re.compile("[A-Za-z]{2}")
_NO_SURNAME = frozenset(["p", "d", "c", "r", "u", "uj", "ul", "v", "m", "q", "f", "y", "a"])
_PREDICATE = frozenset(["v", "p", "d", "c", "u", "uj"])
_NOUNS = frozenset(["n", "nr", "nrt", "nrfg", "ns", "nz", "ng"])
_ADVERB_WORDS = "马上 时常 经常 常常 全都 成天 路过 通过 先后 和好 明确 时间 相互 安全"
ADVERBS = frozenset(_ADVERB_WORDS.split())
NEAR = 20_000
ENOUGH, LIKELY, STRONG = 1.2, 1.9, 2.4


def name_at(text: str, at: int, listed: bool = False) -> tuple[int, float] | None:
    """The end of the name that begins at `at` and how sure that is, or None.

    `listed`: what stands before makes a name likely, such as another name of a list.
    """
    latin = LATIN.match(text, at)
    if latin and _CAPITAL.search(latin[0]):
        return at + len(latin[0].rstrip(" ·-")), 0.9
    run = _RUN.match(text, at)
    if not run or "某" in run[0][:3]:
        return None
    title = TITLE.match(text, at)
    if title and surname_length(title[0]) and edge(text, title.end()) >= 0:
        return title.end(), 0.8
    if _COMMON.match(text, at) and edge(text, at + 2) < 3:
        return None
    dotted = _dotted(text, at, run[0])
    if dotted:
        return dotted, 0.95
    if run[0][:2] in JAPANESE and (japanese := _japanese(text, at, run[0])):
        return japanese, 0.8
    if BARE.match(text, at):
        return None
    found = max([*_han(text, at, run[0], STRONG - listed), *_foreign(text, at, run[0])], default=None)
    if found:
        return at + found[1], found[2]
    return _unknown(text, at, run[0])


def edge(text: str, at: int) -> float:
    """How well a name may end before `text[at]`."""
    letter = text[at : at + 1]
    if not ("\u4e00" <= letter <= "\u9fff"):
        return 3
    follow = _FOLLOW.match(text, at)
    first: str = rjieba.cut(text[at : at + 5], False)[0]
    score = 0.0
    if follow:
        score = 2.5 if len(follow[0]) > 1 else 1.5
    if len(first) > 1:
        score = max(score + 0.5, 1.5)
    elif not follow and letter not in TYPICAL and tag_of(letter) in _PREDICATE:
        score = 1.2
    if not (follow and len(follow[0]) > 1) and len(rjieba.cut(text[at - 1 : at + 3], False)[0]) > 1:
        score -= 1.5
    return score


def may_follow(text: str, at: int) -> bool:
    """Whether `text[at]` begins a word that stands behind names."""
    return bool(_FOLLOW.match(text, at))


@cache
def tag_of(word: str) -> str:
    """The part of speech that the dictionary gives to `word`."""
    return str(rjieba.tag(word)[0][1])


def is_word(name: str) -> bool:
    """Whether the dictionary knows the letters as one word."""
    return bool(rjieba.has_word(name))


def _han(text: str, at: int, run: str, strong: float) -> list[tuple[float, int, float]]:
    """Surname with one or two letters, as (score, length, degree)."""
    surname = surname_length(run) or (1 if run[0] in RARE else 0)
    if not surname:
        return []
    found = []
    for given in (1, 2):
        length = surname + given
        name = run[:length]
        if len(name) < length or "·" in name or (not NOT_GIVEN.isdisjoint(name[surname:]) and not is_word(name)):
            continue
        word = is_word(name)
        seldom = surname == 1 and run[0] in RARE
        ends, typical = edge(text, at + length), _typical(name[surname:])
        if word and ends < 3 and name in ADVERBS:
            continue
        score = ends + 0.8 * (given - 1) + (max(0.0, typical) if word else typical) + _repeated(text, at, run, length)
        everyday = surname == 1 and run[0] in EVERYDAY
        least = _least(name, strong, everyday, word, seldom)
        if score >= least:
            found.append((score, length, 0.75 if everyday or word or seldom else 0.9))
    return found


def _least(name: str, strong: float, everyday: bool, word: bool, seldom: bool) -> float:
    """The score a candidate must reach: more for words of every day, less where the word is a noun."""
    if word:
        return min(strong, 1.5 if tag_of(name) in _NOUNS else LIKELY)
    if everyday:
        return strong
    return min(strong, LIKELY) if seldom else ENOUGH


def _japanese(text: str, at: int, run: str) -> int:
    """山田太郎, 松下幸之助: a surname of two letters and one to three more; the 之 is part of the name."""
    ends = (at + length for length in (5, 4, 3) if len(run) >= length and edge(text, at + length) >= 1.5)
    return next((end for end in ends if all(letter not in NOT_GIVEN - {"之"} for letter in text[at + 2 : end])), 0)


def _ends_here(run: str, place: int) -> bool:
    """Whether the letter at `place` belongs to the sentence: not so in 阿不都拉 and in 苏和巴图."""
    letter, following = run[place], run[place + 1 : place + 2]
    if letter == "不" and following and following in "都力拉来" or letter == "和" and place == 1 and len(run) > 2:
        return False
    if run[max(0, place - 1) : place + 1] in _WITHIN or run[place : place + 2] in _WITHIN:
        return False
    return letter in NOT_GIVEN


def _typical(given: str) -> float:
    return sum(
        0.5 if letter in TYPICAL else -1.2 if letter in _SELDOM else -0.8 * (tag_of(letter) == "v") for letter in given
    )


def _repeated(text: str, at: int, run: str, length: int) -> float:
    """What the repetitions near by say for this length rather than the one above or below it."""
    near = (max(0, at - NEAR), at + NEAR)
    own = text.count(run[:length], *near)
    longer = text.count(run[: length + 1], *near) if len(run) > length else 0
    if own < 2:
        return 0
    if longer == own:
        return -1.5
    return 1.5 if own > 2 * longer else 1.0 if longer < 2 else 0.5


def _foreign(text: str, at: int, run: str) -> list[tuple[float, int, float]]:
    """Names of minorities and foreigners without a dot: 次仁拉姆, 哈斯巴根."""
    letters = 0
    while letters < min(8, len(run)) and run[letters] in _WRITTEN and not _ends_here(run, letters):
        letters += 1
    found = []
    for length in range(3 if letters > 2 else 2, letters + 1):
        ends = edge(text, at + length)
        ends -= 1.5 if length < letters and ends < 2.5 else 0
        score = ends + 0.5 * length + _repeated(text, at, run, length)
        plain = length < 4 and surname_length(run)
        known = is_word(run[:length]) and not (ends == 3 and tag_of(run[:length]).startswith(("nr", "ns")))
        if not plain and score >= STRONG + (1 if length == 2 else 0) and not known:
            found.append((score, length, 0.75))
    return found


def _unknown(text: str, at: int, run: str) -> tuple[int, float] | None:
    """Two or three letters up to a comma or bracket that make no word: a surname nobody has listed."""
    for length in (3, 2):
        name = run[:length]
        if len(name) < length or "·" in name or not NOT_GIVEN.isdisjoint(name) or name[0] in "小老阿大":
            continue
        words = rjieba.tag(name)
        if edge(text, at + length) >= 2.5 and len(words) == length and words[0][1] not in _NO_SURNAME:
            return at + length, 0.7
    return None


def _dotted(text: str, at: int, run: str) -> int | None:
    """买买提·依明|称: a part goes on while its letters transliterate, and up to a word that begins a predicate."""
    dot = run.find("·")
    if not 1 <= dot <= 7 or any(_ends_here(run, place) for place in range(dot)):
        return None
    if dot > 4 and any(letter not in FOREIGN for letter in run[:dot]):
        return None
    end = dot
    while end < len(run) and run[end] == "·" and end < 14:
        last = end + 1
        end = last + 1
        while end < min(last + 8, len(run)) and run[end] != "·" and _goes_on(text, at, run, last, end):
            end += 1
    near = (max(0, at - NEAR), at + NEAR)
    if end > last + 2 and text.count(run[: end - 1], *near) > text.count(run[:end], *near) + 1:
        end -= 1
    return at + min(end, len(run))


def _goes_on(text: str, at: int, run: str, last: int, end: int) -> bool:
    if _ends_here(run, end):
        return False
    if run[end] not in _WRITTEN:
        return end <= last + 3 and edge(text, at + end) < 1.2
    follow = _FOLLOW.match(text, at + end)
    return not (follow and len(follow[0]) > 1 and end > last + 1)
