"""Names: who is hidden, in which spelling, under which number."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from publicity.redaction.engine import apply, pattern_of, redact, settle
from publicity.redaction.folding import canon, plain
from publicity.redaction.packs import get_pack, pack_for
from publicity.redaction.types import CaseFacts, PartyFact

EXAMPLES = yaml.safe_load((Path(__file__).parent / "data" / "examples.yaml").read_text(encoding="utf-8"))
INHERITANCE = CaseFacts(case_type="民初", cause="法定继承纠纷")


def facts(example):
    kind, _, cause = example["case_type"].partition(" ")
    return CaseFacts(case_type=kind, cause=cause)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e["publish"]], ids=lambda e: f"{e['id']} {e['title']}")
def test_worked_example(example):
    result = redact(example["before"], facts(example))
    assert result.text == example["after"]
    tight = plain(canon(result.text))
    assert [name for name in example["hidden_names"] if name in tight] == []
    assert [word for word in example["kept"] if word not in result.text] == []
    assert result.residual == ()


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e["publish"]], ids=lambda e: e["id"])
def test_spans_give_the_result_and_nothing_else_changes(example):
    result = redact(example["before"], facts(example))
    assert apply(example["before"], result.spans) == result.text
    assert all(example["before"][span.start : span.end] == span.text for span in result.spans)
    assert all(span.rule and span.article for span in result.spans)
    assert all(first.end <= second.start for first, second in zip(result.spans, result.spans[1:], strict=False))


def test_settling_does_not_depend_on_order():
    spans = list(redact(EXAMPLES[4]["before"], facts(EXAMPLES[4])).spans)
    doubled = spans + spans[3:] + list(reversed(spans))
    assert settle(doubled) == settle(list(reversed(doubled))) == settle(spans)


@pytest.mark.parametrize("spelling", ["王　丽", "王 丽", "王\n丽", "王·丽", "王\u3000\n\u3000丽"])
def test_a_name_is_hidden_however_it_is_broken(spelling):
    text = (
        f"原告：王丽，女，住天津市河东区。被告：李想，男，住天津市河东区。"
        f"原告王丽与被告李想继承纠纷一案，{spelling}称不服。"
    )
    assert "王某称不服" in redact(text, INHERITANCE).text


def test_middle_dots_and_traditional_characters_are_one_person():
    case = CaseFacts("刑初", "诈骗罪", parties=(PartyFact("古丽娜尔·吐尔逊", "被害人"), PartyFact("張國麗", "被害人")))
    text = "古丽娜尔•吐尔逊与古丽娜尔・吐尔逊、张国丽、張國麗均到案。"
    assert redact(text, case).text == "古某与古某、张某、张某均到案。"


def test_numbers_follow_first_appearance_and_skip_forms_already_used():
    case = CaseFacts("刑初", "故意伤害罪", parties=(PartyFact("张二三", "被害人"), PartyFact("张四五", "证人")))
    assert redact("张四五看见张二三。", case).text == "张某1看见张某2。"
    assert (
        redact("张某1看见张二三。", CaseFacts("刑初", "", parties=(PartyFact("张二三", "被害人"),))).text
        == "张某1看见张某2。"
    )


def test_a_kept_person_of_the_same_surname_takes_no_number():
    example = next(e for e in EXAMPLES if e["id"] == "E14")
    assert "张建国" in redact(example["before"], facts(example)).text


def test_hidden_name_inside_a_longer_kept_name_is_left_alone():
    case = CaseFacts(
        "刑初",
        "盗窃罪",
        parties=(
            PartyFact("张军", "被害人"),
            PartyFact("张军民", "被告人"),
            PartyFact("天津张军食品有限公司", "", "legal"),
        ),
    )
    assert redact("张军民与张军在天津张军食品有限公司。", case).text == "张军民与张某在天津张军食品有限公司。"


def test_signature_of_a_judge_with_a_victims_name_stays():
    text = (
        "被告人甲一犯盗窃罪一案。被害人刘洁陈述被盗。判决如下：\n驳回。\n审判员　刘　洁\n"
        "二〇二三年九月十二日\n书记员　乙二"
    )
    result = redact(text, CaseFacts("刑初", "盗窃罪"))
    assert "刘　洁" in result.text.split("审判员")[1]


def test_lawyer_of_a_family_case_stays_and_statutory_agent_goes():
    text = (
        "原告：甲一明，男。法定代理人：甲二国（系甲一明之父）。"
        "委托诉讼代理人：孙立群，天津海津律师事务所律师。"
        "原告甲一明与被告乙三好继承纠纷一案，本院立案。"
    )
    case = CaseFacts("民初", "继承纠纷", parties=(PartyFact("甲一明", "原告"), PartyFact("乙三好", "被告")))
    result = redact(text, case).text
    assert "孙立群，天津海津律师事务所律师" in result
    assert "甲二国" not in result


def test_expert_is_hidden_in_criminal_cases_only():
    text = "鉴定人吴启明出具鉴定书。"
    assert "吴启明" not in redact(text, CaseFacts("刑初", "故意伤害罪")).text
    assert "吴启明" in redact(text, CaseFacts("民初", "医疗损害责任纠纷")).text


SENTENCED = (
    "天津市第二中级人民法院\n刑事判决书\n（2014）津二中刑初字第1号\n"
    "公诉机关天津市人民检察院第二分院。\n"
    "被告人赵大海，男，1979年11月30日出生，汉族，住天津市津南区。\n"
    "天津市人民检察院第二分院以起诉书指控被告人赵大海犯盗窃罪，提起公诉。现已审理终结。\n"
    "经审理查明，赵大海盗窃。\n本院认为，被告人赵大海构成盗窃罪{more}。判决如下：\n"
    "被告人赵大海犯盗窃罪，判处有期徒刑{term}。\n审判长甲一\n二〇一四年五月六日\n书记员乙二"
)


def test_rules_of_2013_hide_a_defendant_of_two_years_and_rules_of_2016_show_him():
    text = SENTENCED.format(term="二年", more="")
    assert "赵大海" not in redact(text, policy="2013").text
    assert "赵大海" in redact(text, policy="2016").text


@pytest.mark.parametrize(("term", "more"), [("五年", ""), ("二年", "，系累犯")])
def test_rules_of_2013_show_longer_sentences_and_recidivists(term, more):
    assert "赵大海" in redact(SENTENCED.format(term=term, more=more), policy="2013").text


def test_rules_of_2013_number_with_heavenly_stems():
    case = CaseFacts("刑初", "盗窃罪", parties=(PartyFact("张二三", "被害人"), PartyFact("张四五", "证人")))
    assert redact("张四五看见张二三。", case, "2013").text == "张某甲看见张某乙。"


def test_the_stricter_policy_hides_adult_parties_of_civil_cases_too():
    text = (
        "原告：沈国梁，男，1972年10月1日出生，汉族，住天津市河西区。被告：韩丽娟，女。"
        "原告沈国梁与被告韩丽娟民间借贷纠纷一案，本院立案。"
    )
    assert "沈国梁" in redact(text).text
    assert "沈国梁" not in redact(text, policy="strict").text


def test_the_rule_set_follows_the_day_of_publication():
    assert [pack_for(day).id for day in (date(2014, 1, 1), date(2016, 9, 30), date(2016, 10, 1), date(2026, 1, 1))] == [
        "2013",
        "2013",
        "2016",
        "2016",
    ]
    with pytest.raises(KeyError):
        get_pack("2099")


def test_every_rule_names_its_article():
    for name in ("2013", "2016", "strict"):
        pack = get_pack(name)
        assert all(rule.article and rule.why for rule in pack.hide)
        assert all(identifier.article for identifier in pack.identifiers)


def test_residual_check_reports_a_given_name_left_in_a_quotation():
    text = (
        "原告：蒋启明，男。被告：乙二好，女。原告蒋启明与被告乙二好继承纠纷一案，本院立案。证人称“启明那几年收入不稳”。"
    )
    found = redact(text, INHERITANCE).residual
    assert [(residue.text, residue.person) for residue in found] == [("启明", "蒋启明")]


def test_pattern_of_a_spelling_allows_blanks_dots_and_page_numbers_between_letters():
    pattern = re.compile(pattern_of("王丽"))
    assert all(
        pattern.fullmatch(form)
        for form in ("王丽", "王　丽", "王 \n丽", "王·丽", "王\n第3页共8页\n丽", "王\n- 3 -\n丽")
    )
    assert not pattern.fullmatch("王小丽")
