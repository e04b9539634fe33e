"""`manage.py redact`: what scripts rely on, and a clear message with status 2 for every bad input."""

import json
import re

import docx
import pytest
from django.core.management import CommandError, call_command

TEXT = (
    "原告：甲一明，男，1972年10月1日出生，汉族，住天津市河西区黑牛城道27号。被告：乙二好，女。"
    "原告甲一明与被告乙二好继承纠纷一案，本院立案。"
)


def run(capsys, *args):
    call_command("redact", *map(str, args), "--json")
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def judgment(tmp_path):
    path = tmp_path / "judgment.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json_has_text_spans_and_residual(judgment, capsys):
    answer = run(capsys, judgment)
    assert answer["text"].startswith("原告：甲某，男，汉族，住天津市河西区。被告：乙某，女。")
    assert answer["residual"] == []
    assert {"start", "end", "text", "kind", "action", "replacement", "rule", "article", "confidence"} <= set(
        answer["spans"][0]
    )
    assert all(TEXT[span["start"] : span["end"]] == span["text"] for span in answer["spans"])


def test_parties_of_the_record_lead(judgment, tmp_path, capsys):
    case = tmp_path / "case.json"
    case.write_text(
        json.dumps(
            {
                "case_type": "刑初",
                "cause": "诈骗罪",
                "parties": [{"name": "甲一明", "role": "被害人", "kind": "natural", "minor": False, "aliases": []}],
            }
        ),
        encoding="utf-8",
    )
    judgment.write_text("甲一明陈述被骗。", encoding="utf-8")
    assert run(capsys, judgment, "--case", case)["text"] == "甲某陈述被骗。"


def test_gbk_is_read_and_said(judgment, capsys):
    judgment.write_bytes(TEXT.encode("gbk"))
    call_command("redact", str(judgment))
    told = capsys.readouterr()
    assert "甲某" in told.out and "gb18030" in told.err


def test_word_file(tmp_path, capsys):
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(str(tmp_path / "judgment.docx"))
    assert "甲某" in run(capsys, tmp_path / "judgment.docx")["text"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "文件不存在"),
        (b"", "没有内容"),
        (b"   \n\t", "没有内容"),
        (b"\x80\x81\xff\xfe\x00\x00bad", "不认识的文件"),
        (b"PK\x03\x04broken", "打不开"),
        (b"%PDF-1.4 broken", "PDF"),
    ],
)
def test_bad_files(tmp_path, content, message):
    path = tmp_path / "judgment.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=message) as refused:
        call_command("redact", str(path), "--json")
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "不是 JSON"),
        ("[]", "应为一个对象"),
        ('{"cause": 3}', "cause：应为文字"),
        ('{"parties": {}}', "parties：应为列表"),
        ('{"parties": [3]}', r"parties[0]：应为对象"),
        ('{"parties": [{"role": "原告"}]}', r"parties[0].name：必填"),
        ('{"parties": [{"name": "甲", "minor": "no", "kind": "ghost"}]}', r"parties[0].minor"),
        ('{"parties": [{"name": "甲", "aliases": "乙"}]}', r"parties[0].aliases"),
        ('{"parties": [{"name": "甲一", "alias": ["乙"]}]}', r"parties[0].alias：没有这个字段，是否应为 aliases"),
        ('{"partys": []}', "partys：没有这个字段，是否应为 parties"),
        ('{"parties": [{"name": null}]}', r"parties[0].name：必填"),
        ('{"parties": [{"name": "甲一", "minor": 1}]}', r"parties[0].minor"),
        ("[" * 100_000, "嵌套过深"),
    ],
)
def test_bad_records_name_the_field(judgment, tmp_path, content, message):
    case = tmp_path / "case.json"
    case.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=re.escape(message)) as refused:
        call_command("redact", str(judgment), "--case", str(case), "--json")
    assert refused.value.returncode == 2


def test_rules_follow_the_day_of_publication(judgment, capsys):
    assert run(capsys, judgment, "--published-on", "2015-05-05")["policy"] == "2013"
    with pytest.raises(CommandError, match="published-on"):
        call_command("redact", str(judgment), "--published-on", "2015-13-05")


def test_unknown_fields_and_roles_are_told_and_passed_over(judgment, tmp_path, capsys):
    case = tmp_path / "case.json"
    party = {"name": "甲一明", "role": "路人", "kind": None, "minor": None, "aliases": None, "phone": "1"}
    case.write_text(json.dumps({"id": 7, "cause": "继承纠纷", "parties": [party]}), encoding="utf-8")
    call_command("redact", str(judgment), "--case", str(case), "--json")
    told = capsys.readouterr()
    notes = [
        "id：没有这个字段，未使用",
        "parties[0].phone：没有这个字段，未使用",
        "parties[0].role：不认识“路人”，按当事人处理",
    ]
    assert json.loads(told.out)["notes"] == notes
    assert all(note in told.err for note in notes)


def test_names_nobody_told_of_are_suggested_on_demand(judgment, capsys):
    judgment.write_text(
        "经审理查明，当晚逯建国骑车回到住处。后逯建国离开，John Smith付款，阿卜杜拉·买买提到场。", encoding="utf-8"
    )
    assert run(capsys, judgment)["spans"] == []
    call_command("redact", str(judgment), "--find-names", "--json")
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert [span["text"] for span in answer["spans"]] == ["逯建国", "逯建国", "John Smith", "阿卜杜拉·买买提"]
    assert all(span["action"] == "review" and "疑似人名" in span["doubt"] for span in answer["spans"])
    assert answer["text"] == judgment.read_text(encoding="utf-8")
    assert "找人名" in told.err
