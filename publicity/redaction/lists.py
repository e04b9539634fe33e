"""Lists of names: 证人张三、从军、布和、扎西（均系邻居）的证言. What stands between two commas of one is a name."""

from __future__ import annotations

import re

import rjieba

from publicity.redaction.boundaries import ADVERBS, BARE, HAN, LATIN, NOT_GIVEN, is_word, name_at, tag_of
from publicity.redaction.surnames import FOREIGN, JAPANESE, RARE, surname_length

KIN = (
    "父亲|母亲|丈夫|妻子|儿子|女儿|长子|次子|三子|四子|长女|次女|三女|四女|大女儿|小女儿|大儿子|小儿子|独子|独女"
    "|养子|养女|继子|继女|"
    "婚生子|婚生女|非婚生子|非婚生女|哥哥|弟弟|姐姐|妹妹|配偶|祖父|祖母|爷爷|奶奶|外公|外婆|岳父|岳母|公公|婆婆"
    "|叔叔|伯父|姑姑|舅舅|姨母|父|母|妻|夫|子|女"
)
LONG_KIN = "|".join(word for word in KIN.split("|") if len(word) > 1)
_PREMASKED = re.compile(
    rf"[{HAN}A-Z](?:某[{HAN}](?=[、，。；（(的])|某[某\d甲乙丙丁戊己庚辛壬癸]{{0,2}})|[{HAN}]?[×*＊xX]{{1,3}}|[{HAN}]\d"
)
_BRACKET = re.compile(r"[（(][^（()）\n]{1,60}[)）]")
# 父亲张三、母亲李四; 父张三、母李四
_LISTED = re.compile(rf"[ ]*(?:、|和|与|及|以及)[ ]*(?:其?(?:{LONG_KIN}|[父母妻夫](?=[{HAN}]{{2}})))?")
_MASKED_BEFORE = re.compile(rf"[{HAN}]某[某\d甲乙丙丁]{{0,2}}\Z")
_LETTERS = "".join(sorted(FOREIGN - NOT_GIVEN | {"不"}))
_DOTTED_BEFORE = re.compile(rf"(?:[{_LETTERS}]{{1,7}}·)+[{_LETTERS}]{{1,7}}\Z")
_LATIN_BEFORE = re.compile(LATIN.pattern + r"\Z")
_OPENS = frozenset(["", *"、，。；：:\n（( 人和与及同有经）“”员孩女子生工友事犯者伙"])
_SAID = r"(?:的|所作|当庭)?(?:证言|证词|陈述)"
_ELEMENT = rf"[{HAN}·A-Za-z' ]{{2,16}}?(?:[（(][^（()）\n]{{1,40}}[)）])?"
# A list that ends in 的证言 or 的陈述 holds nothing but names.
_STATED = re.compile(rf"(?:{_ELEMENT}、)*{_ELEMENT}(?:等(?:[一二三四五六七八九十\d]{{1,3}})?人)?{_SAID}")
_PIECE = re.compile(
    rf"[{HAN}·]{{2,14}}?(?=[、，。；（(）)\n：:]|和|与|及|等|{_SAID}|的?(?:证实|供述|报案|指认|辨认)|分别|均|到庭|出庭|到场|\Z)"
)
_CLOSES = frozenset("、，。；（()）")
_TRANSLITERATED = FOREIGN | set("·不和让且知")
_ABOUT = re.compile(r"[（(](?:[男女]|系|时年|现年|殁年|年仅|已故|已死亡|另案|未成年|\d{1,2}周?岁)")
_KATAKANA = re.compile(r"[\u30a1-\u30fe·]{2,16}")
_NO_NAME = re.compile(
    "证人|被害|受害|被告|原告|上诉|书证|物证|证据|笔录|意见|照片|供述|陈述|证言|机关|公安|法院|检察|公司|单位|家属|亲属"
    "|亲友|群众|人员|材料|清单|报告|辩解|视频|监控|记录|合同|凭证|票据|辨认|现场|户籍|身份|情况|说明"
)


def names_after(text: str, at: int, expected: bool = False) -> list[tuple[int, int, float]]:
    """The names listed from `at` on, brackets between them passed over, as (start, end, degree).

    `expected`: what stands before leaves little doubt that a name follows.
    """
    found: list[tuple[int, int, float]] = []
    listed: re.Match[str] | None = None
    stated = bool(_STATED.match(text, at))
    for _ in range(80):
        masked = _PREMASKED.match(text, at)
        if masked:
            end = masked.end()
        else:
            known = _in_list(text, at, stated, bool(listed), expected or bool(found))
            if not known:
                break
            end = known[0]
            found.append((at, end, known[1]))
        bracket = _BRACKET.match(text, end)
        listed = _LISTED.match(text, bracket.end() if bracket else end)
        if not listed:
            break
        at = listed.end()
    return found


def _in_list(text: str, at: int, stated: bool, later: bool, expected: bool) -> tuple[int, float] | None:
    """The end of the element at `at` and how sure it is; `later`: other elements stand before it."""
    known = name_at(text, at, expected)
    piece = _PIECE.match(text, at)
    after = text[piece.end() : piece.end() + 1] if piece else ""
    if piece and (known is None or piece.end() > known[0] and (stated or after == "、")):
        several = later or after == "、"
        stated = stated or bool(_ABOUT.match(text, piece.end()))
        if stated or several and after in _CLOSES:
            sure = _as_name(piece[0], stated, several)
            if not sure and after == "、" and surname_length(piece[0]) and name_at(text, piece.end() + 1, True):
                sure = 0 if _NO_NAME.search(piece[0]) else 0.6  # 鉴定人从容、廖有长出庭
            if sure:
                return piece.end(), sure
    if known is None and (kana := _KATAKANA.match(text, at)):
        return kana.end(), 0.8
    return known


def _as_name(piece: str, stated: bool, several: bool) -> float:
    """How sure it is that an element of a list is a name, 0 when it is none."""
    foreign = 2 < len(piece) <= 8 and all(letter in _TRANSLITERATED for letter in piece)
    bare = not foreign and not (stated and several) and (BARE.match(piece) or piece in ADVERBS)
    if _NO_NAME.search(piece) or bare:
        return 0
    if "·" in piece:
        return 0.9 if all(letter in _TRANSLITERATED for letter in piece) else 0
    word = is_word(piece)
    if word and not stated and not tag_of(piece).startswith(("nr", "ns")):
        return 0
    if len(piece) <= 8 and all(letter in _TRANSLITERATED for letter in piece) and piece[0] not in "不和":
        return 0.75
    surname = surname_length(piece) or (1 if piece[0] in RARE else 0)
    japanese = len(piece) > 3 and piece[:2] in JAPANESE
    given = piece[surname:]
    if japanese or surname and len(given) <= 2 and not any(letter in NOT_GIVEN for letter in given.removesuffix("和")):
        return 0.7 if word or japanese else 0.85
    plain = 2 <= len(piece) <= 4 and not any(letter in NOT_GIVEN for letter in piece)
    return (0.6 if word else 0.7) if stated and several and plain else 0


def names_before(text: str, at: int, loose: bool = False) -> list[tuple[int, int]]:
    """The names of a list that ends at `at`: 张三、李四(的证言). `loose`: a verb may stand before (撞伤孙一一)."""
    found: list[tuple[int, int]] = []
    while len(found) < 40:
        masked = _MASKED_BEFORE.search(text[max(0, at - 4) : at])
        if masked:
            at -= len(masked[0])
        else:
            length = _length_before(text, at, loose)
            if not length:
                break
            found.append((at - length, at))
            at -= length
        if at and text[at - 1] in "、和与及":
            at -= 1
        else:
            break
    return found


def _length_before(text: str, at: int, loose: bool) -> int:
    """Letters of the name that ends at `at`, 0 when there is none."""
    tail = text[max(0, at - 24) : at]
    for pattern in (_DOTTED_BEFORE, _LATIN_BEFORE):
        whole = pattern.search(tail)
        if whole:
            return len(whole[0])
    sizes = (size for size in (3, 2, 4) if _ends_name(text, at, size, loose))
    return next(sizes, 0) or next((size for size in (4, 5, 6, 3) if _ends_foreign(text, at, size)), 0)


def _ends_name(text: str, at: int, size: int, loose: bool) -> bool:
    name = text[at - size : at]
    surname = surname_length(name) or (1 if name[:1] in RARE else 0) if len(name) == size and at >= size else 0
    if not surname or size - surname not in (1, 2) or not all("\u4e00" <= letter <= "\u9fff" for letter in name):
        return False
    if any(letter in NOT_GIVEN for letter in name[surname:]) or not _plain_word(name):
        return False
    start = at - size
    if text[start - 1 : start] in _OPENS:
        return True
    return loose and len(rjieba.cut(text[max(0, start - 4) : start], False)[-1]) > 1


def _plain_word(name: str) -> bool:
    """Whether the letters may be a name although the dictionary knows them: 高兴 yes, 提高 no."""
    return len(rjieba.cut(name, False)) > 1 or not name.startswith(
        ("陈述", "时间", "于是", "经过", "相关", "明确", "单位")
    )


def _ends_foreign(text: str, at: int, size: int) -> bool:
    name = text[at - size : at]
    return (
        len(name) == size
        and all(letter in FOREIGN and letter not in NOT_GIVEN for letter in name)
        and text[at - size - 1 : at - size] in _OPENS
    )
