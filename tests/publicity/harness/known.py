"""Persons whom the case record knows, written in every way a judgment may write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from publicity.redaction.engine import redact
from publicity.redaction.folding import TRADITIONAL, canon, plain
from publicity.redaction.types import CaseFacts, PartyFact
from tests.publicity.harness.people import CLASSES, invent

OLD = {TRADITIONAL[at + 1]: TRADITIONAL[at] for at in range(0, len(TRADITIONAL), 2)}
CONTEXTS = (
    "当日下午，{0}回到住处。", "{0}与他人发生争执，后{0}离开。", "款项由{0}收取。", "损失清单：{0}　医疗费　3000元。", "据{0}讲，其不知情。", "（{0}签名）",
    "把{0}推倒在地。", "{0}、王某到场。", "“{0}”的签名真实。", "经查{0}所述属实。", "另有{0}的收条。", "{0}系本村村民。",
)  # fmt: skip


def forms(name: str) -> Iterator[tuple[str, str]]:
    """Each way of writing with its name."""
    yield "plain", name
    if name[0].isascii():
        first, last = name.split(" ", 1)
        yield from (
            ("capitals", name.upper()), ("comma", f"{last}, {first}"), ("reversed", f"{last} {first}"), ("initial", f"{first[0]}. {last}"),
            ("joined", first + last), ("wide", "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in name)), ("line break", f"{first}\n{last}"),
        )  # fmt: skip
        return
    middle = max(1, len(name) // 2)
    for label, gap in (
        ("wide blank", "　"),
        ("blank", " "),
        ("line break", "\n"),
        ("indent", "\n　　"),
        ("invisible", "\u200b"),
    ):
        yield label, name[:middle] + gap + name[middle:]
    yield "page number", name[:middle] + "\n第3页 共9页\n" + name[middle:]
    yield "all apart", "　".join(name)
    yield "traditional", "".join(OLD.get(letter, letter) for letter in name)
    if "·" in name:
        yield from ((f"dot {dot}", name.replace("·", dot)) for dot in "•・．‧･ ")
        yield "no dot", name.replace("·", "")


def measure(half: str, seed: int, rounds: int = 40) -> tuple[Counter[str], Counter[str], list[tuple[str, str]]]:
    """Found and all by form, and what was missed; the engine knows the name from the record only."""
    rng = Random(seed)
    found: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    missed: list[tuple[str, str]] = []
    for kind in CLASSES:
        for _ in range(rounds):
            name = invent(rng, kind, half).name
            case = CaseFacts("刑初", "诈骗罪", parties=(PartyFact(name, rng.choice(["被害人", "证人"])),))
            for label, written in forms(name):
                text = "经审理查明。" + rng.choice(CONTEXTS).format(written)
                result = redact(text, case)
                left = _letters(name) in _letters(result.text) or _letters(written) in _letters(result.text)
                whole[label] += 1
                found[label] += not left
                if left:
                    missed.append((label, text))
    return found, whole, missed


def _letters(text: str) -> str:
    return plain(canon(text).replace("第3页共9页", "").replace("第3页 共9页", "")).replace(",", "").casefold()
