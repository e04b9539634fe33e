"""What is passed over for the sake of speed must not hide anything. All persons are invented."""

from pathlib import Path
from random import Random

import pytest
import yaml

from publicity.redaction import numbers, residual
from publicity.redaction.document import parse
from publicity.redaction.engine import redact
from publicity.redaction.folding import canon
from publicity.redaction.packs import NAMES, get_pack, heads
from publicity.redaction.types import CaseFacts, PartyFact
from tests.publicity.harness.numbers import passage
from tests.publicity.harness.texts import judgment

STRINGS = yaml.safe_load((Path(__file__).parent / "data" / "identifier_strings.yaml").read_text(encoding="utf-8"))
POSITIVE = [(name, text) for name, row in sorted(STRINGS.items()) for text in row["positive"]]


def test_no_number_of_the_rules_needs_more_than_is_asked_of_its_place(monkeypatch):
    pack, texts = get_pack("2016"), ["经查，" + text + "，属实。" for _, text in POSITIVE]
    found = [numbers.find_numbers(canon(text), text, pack) for text in texts]
    assert sum(map(len, found)) > len(texts) / 2
    monkeypatch.setattr(numbers, "LEAST", {})
    monkeypatch.setattr(numbers, "NEEDS", {})
    assert [numbers.find_numbers(canon(text), text, pack) for text in texts] == found


@pytest.mark.parametrize("name", NAMES)
def test_every_label_begins_with_one_of_the_heads(name):
    pack = get_pack(name)
    labels = [(mark, text) for _, text in POSITIVE for mark in pack.labels.finditer(canon(text))]
    assert {mark.lastgroup for mark, _ in labels} == {f"k{at}" for at in range(len(pack.labelled))}
    assert [mark[0] for mark, text in labels if not pack.label_heads.match(canon(text), mark.start())] == []


@pytest.mark.parametrize(
    ("label", "first"),
    [
        ("护照(?:号码|号)?", ["护照"]), ("(?:学籍号|学号)码?", ["学籍", "学号"]), ("[Qq]{2}(?:号)?", ["Q", "q"]),
        ("(?:号码?|电?话)", None), ("(?:号|话)?码", None), ("号?码", None), ("账号|卡号", None), (r"\d号", None),
    ],
)  # fmt: skip
def test_the_head_of_a_label_is_told_or_refused(label, first):
    if first:
        assert heads(label) == first
    else:
        with pytest.raises(ValueError, match="cannot be told"):
            heads(label)


def test_the_residual_check_finds_the_same_when_it_knows_what_was_searched():
    rng, pack, left = Random(8), get_pack("2016"), 0
    texts = [passage(rng, "a")[0] for _ in range(80)] + [judgment(rng, "a", at).text for at in range(1, 9)]
    for text in texts:
        result = redact(text, CaseFacts("民初", "民间借贷纠纷"))
        again = residual.check(result.text, result.spans, result.persons, pack)
        assert again == result.residual
        kept = [span for span in result.spans if not span.changes]
        found = residual.check(text, kept, (), pack)  # nothing taken out: the check finds what the engine found
        left += len(found)
    assert left > len(texts) / 2


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("经审理查明，甲借款。\n　　本院认为，应当归还。判决如下：", "　　本院认为"),
        ("甲称本院认为不当。本院经审查认为，应当归还。判决如下：", "本院经审查认为"),
        ("甲借款；本院审理后认为，应当归还。判决如下：", "本院审理后认为"),
    ],
)
def test_the_reasons_begin_at_the_edge_of_a_sentence(text, begins):
    assert parse("原告甲与被告乙借款纠纷一案，现已审理终结。" + text).section("reasons").startswith(begins)


@pytest.mark.parametrize("school", ["阳光小学", "第三中学", "天津七中", "星星幼儿园", "启明学校"])
def test_the_school_of_a_child_goes_whatever_it_is_called(school):
    assert school not in redact(f"被害人刘小花，女，10岁，系{school}学生。", CaseFacts("刑初", "猥亵儿童罪")).text


@pytest.mark.parametrize("form", ["小静", "静姐", "静静"])
def test_a_pet_name_stays_and_is_shown_to_the_clerk(form):
    result = redact(
        f"经查，“{form}”在场，次日到案。", CaseFacts("刑初", "诈骗罪", parties=(PartyFact("司马静", "被害人"),))
    )
    assert form in result.text
    assert [(span.text, span.rule) for span in result.spans if span.action == "review"] == [(form, "pet_name")]


def test_persons_are_numbered_by_where_they_are_first_named_even_with_blanks_between_the_letters():
    victims = tuple(PartyFact(name, "被害人") for name in ("王小兰", "王大河"))
    result = redact("经查，王 大·河报案，王小兰在场。", CaseFacts("刑初", "诈骗罪", parties=victims))
    assert result.text == "经查，王某1报案，王某2在场。"
