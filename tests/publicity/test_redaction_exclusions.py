"""Article 4: what is not published, and the notice in its place."""

from pathlib import Path

import pytest
import yaml

from publicity.redaction.document import parse
from publicity.redaction.engine import redact
from publicity.redaction.exclusions import notice
from publicity.redaction.types import CaseFacts, PartyFact

EXAMPLES = yaml.safe_load((Path(__file__).parent / "data" / "examples.yaml").read_text(encoding="utf-8"))


def codes(text, case):
    return [found.code for found in redact(text, case).exclusions]


def test_divorce_judgment_gives_the_four_items_and_no_name():
    example = next(e for e in EXAMPLES if not e["publish"])
    case = CaseFacts(case_type="民初", cause="离婚纠纷")
    found = redact(example["before"], case).exclusions
    assert [(one.code, one.reason) for one in found] == [("X4", "离婚诉讼")]
    assert notice(parse(example["before"]), case, found[0].reason) == example["after"]


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        (CaseFacts("民终", "离婚后财产纠纷"), "上诉人甲一明。", []),
        (CaseFacts("民初", "变更抚养关系纠纷"), "原告甲一明。", ["X4"]),
        (CaseFacts("民初", "抚养费纠纷", parties=(PartyFact("甲一明", "原告", minor=True),)), "原告甲一明。", ["X4"]),
        (CaseFacts("民初", "抚养费纠纷", parties=(PartyFact("甲一明", "原告", minor=False),)), "原告甲一明。", []),
        (CaseFacts("刑初", "盗窃罪", parties=(PartyFact("甲一明", "被告人", minor=True),)), "被告人甲一明。", ["X2"]),
        (CaseFacts("民初", "买卖合同纠纷", closing="调解"), "原告甲一明。", ["X3"]),
        (CaseFacts("行初", "行政处罚", secret_level="秘密"), "原告甲一明。", ["X1"]),
        (CaseFacts("行初", "行政处罚"), "卷内材料标有机密★10年。", ["X1"]),
        (CaseFacts("民初", "侵害商业秘密纠纷"), "被告秘密窃取商业秘密。", []),
    ],
)
def test_reasons_found_in_record_or_text(case, text, expected):
    assert codes(text, case) == expected
