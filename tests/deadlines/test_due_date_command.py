"""`manage.py due_date`: what scripts rely on."""

import json
import time

import pytest
import yaml
from django.core.management import CommandError, call_command

from deadlines.clocks.lists import DatelessLoader, read_yaml

pytestmark = pytest.mark.django_db
ORDINARY = ["--limit", "civ_1st_ordinary", "--start", "2025-01-01"]


def run(capsys, *arguments):
    """Output and exit status; a status of 2 comes as SystemExit from a batch."""
    status = 0
    try:
        call_command("due_date", *arguments)
    except SystemExit as stop:
        status = stop.code
    return capsys.readouterr(), status


def test_one_due_date_as_json(capsys):
    shown, _ = run(
        capsys, "--limit", "civ_1st_ordinary", "--start", "2025-02-10", "--json",
        "--exclude", "2025-03-03..2025-03-28:ded_jurisdiction_objection",
        "--exclude", "2025-04-15..2025-06-24:ded_appraisal", "--exclude", "2025-06-10..2025-07-10:ded_notice",
    )  # fmt: skip
    answer = json.loads(shown.out)
    assert (answer["due_on"], answer["unrolled"], answer["request_by"]) == ("2025-12-01", "2025-11-29", "2025-11-14")
    assert {"id", "limit_id", "internal_due", "provisional", "derivation"} <= set(answer)
    assert all(step["text"] for step in answer["derivation"])


def test_extensions_and_custody_on_the_command_line(capsys):
    shown, _ = run(
        capsys, "--limit", "crim_1st_public", "--start", "2025-03-10", "--in-custody", "--json",
        "--extend", "1 month", "--extend", "3 months",
    )  # fmt: skip
    assert json.loads(shown.out)["due_on"] == "2025-09-10"


def test_for_people_it_prints_the_steps_and_the_date(capsys):
    shown, _ = run(capsys, "--limit", "civ_1st_ordinary", "--start", "2024-04-02")
    assert "民诉法第152条" in shown.out and shown.out.rstrip().endswith("2024-10-08")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--limit", "no_such", "--start", "2025-01-01"], "no_such"),
        (["--limit", "civ_filing", "--start", "2025-02-30"], "2025-02-30"),
        (
            ["--limit", "civ_1st_ordinary", "--start", "2025-01-01", "--exclude", "2025-03-09..2025-03-01"],
            "civ_1st_ordinary",
        ),
        (["--limit", "civ_1st_ordinary", "--start", "2025-01-01", "--extend", "-2 month"], "-2"),
        (["--limit", "civ_1st_ordinary", "--start", "2025-01-01", "--extend", "2 moons"], "moons"),
        (["--limit", "civ_1st_ordinary"], "civ_1st_ordinary"),
        ([], "--limit"),
        (["--input", "/no/such/file"], "/no/such/file"),
    ],
)
def test_what_cannot_be_answered_ends_with_two_and_names_the_entry(arguments, word):
    with pytest.raises(CommandError) as caught:
        call_command("due_date", *arguments)
    assert caught.value.returncode == 2
    assert word in str(caught.value)


ENTRIES = [
    {"id": "a", "limit_id": "civ_1st_ordinary", "start": "2024-04-02", "kind": "forward",
     "extensions": [], "excluded": [], "in_custody": False},
    {"id": "b", "limit_id": "no_such", "start": "2024-04-02"},
    {"id": "c", "limit_id": "civ_1st_ordinary", "start": "2025-02-10",
     "excluded": [{"from": "2025-05-01", "to": "2025-04-01", "ground": "ded_appraisal"}]},
    {"id": "d", "limit_id": "bwd_hearing_civil", "start": "2025-10-10", "kind": "backward"},
    {"id": "e", "limit_id": "prv_decide_pre_suit", "start": "2026-02-14T15:20", "kind": "hours"},
    {"id": "f", "limit_id": "adm_nonlit_accept", "start": "2024-09-27", "kind": "working_day"},
    {"id": "g", "limit_id": "civ_1st_ordinary", "start": "2025-13-01"},
    "not an entry",
    {"id": "i", "limit_id": "bwd_hearing_civil", "start": "2025-10-10", "kind": "forward"},
]  # fmt: skip


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_a_file_answers_the_good_and_names_the_bad(capsys, tmp_path, form):
    path = tmp_path / f"entries.{form}"
    path.write_text(json.dumps(ENTRIES) if form == "json" else yaml.safe_dump(ENTRIES, allow_unicode=True))
    shown, status = run(capsys, "--input", str(path))
    answers = json.loads(shown.out)
    due = {row["id"]: row.get("due_on") for row in answers}
    assert status == 2
    assert (due["a"], due["d"], due["e"], due["f"]) == ("2024-10-08", "2025-09-30", "2026-02-16T16:00", "2024-10-10")
    assert [row["id"] for row in answers if "error" in row] == ["b", "c", "g", 8, "i"]
    assert all(f"{name}:" in shown.err for name in ("b", "c", "g", "8", "i"))


def test_yaml_dates_need_no_quotes(capsys, tmp_path):
    path = tmp_path / "entries.yaml"
    path.write_text(
        "- {id: x, limit_id: civ_1st_ordinary, start: 2024-04-02, excluded: [{from: 2024-05-01, to: 2024-05-11}]}\n"
    )
    shown, status = run(capsys, "--input", str(path))
    assert status == 0 and json.loads(shown.out)[0]["due_on"] == "2024-10-12"


def test_an_empty_list_is_an_empty_list(capsys, tmp_path):
    path = tmp_path / "entries.json"
    path.write_text("[]")
    shown, status = run(capsys, "--input", str(path))
    assert (json.loads(shown.out), status) == ([], 0)


def test_ten_thousand_take_about_a_second(capsys, tmp_path):
    path = tmp_path / "entries.json"
    path.write_text(json.dumps([{**ENTRIES[0], "id": str(n)} for n in range(10_000)]))
    began = time.process_time()
    shown, status = run(capsys, "--input", str(path))
    assert status == 0 and len(json.loads(shown.out)) == 10_000
    assert time.process_time() - began < 2  # a tenth of 100,000; processor time, so that a busy machine does not matter


def test_an_impossible_yaml_date_spoils_its_own_entry_alone(capsys, tmp_path):
    path = tmp_path / "entries.yaml"
    rows = ["id: good, limit_id: civ_filing, start: 2026-02-13", "id: bad, limit_id: civ_filing, start: 2026-02-30"]
    path.write_text("".join(f"- {{{row}}}\n" for row in rows))
    shown, status = run(capsys, "--input", str(path))
    good, bad = json.loads(shown.out)
    assert (status, good["due_on"]) == (2, "2026-02-24")
    assert "2026-02-30" in bad["error"] and bad["errors"][0]["field"] == "start"


@pytest.mark.parametrize(("word", "due"), [("false", "2025-10-09"), (True, "2025-10-05"), ("是", "2025-10-05")])
def test_custody_is_understood_however_it_is_written(capsys, tmp_path, word, due):
    path = tmp_path / "entries.json"
    path.write_text(json.dumps([{"limit_id": "crim_1st_public", "start": "2025-08-05", "in_custody": word}]))
    assert json.loads(run(capsys, "--input", str(path))[0].out)[0]["due_on"] == due


@pytest.mark.parametrize("entry", [{}, {"limit_id": []}, {"start": {}}, {"limit_id": "civ_filing", "start": 5},
                                   {"limit_id": "civ_filing", "start": "2026-01-01", "extensions": "x"},
                                   {"limit_id": "civ_filing", "start": "2026-01-01", "extensions": [None, {}]},
                                   {"limit_id": "civ_filing", "start": "2026-01-01", "excluded": 7},
                                   {"limit_id": "civ_filing", "start": "2026-01-01", "excluded": [[1, 2]]},
                                   {"limit_id": "civ_filing", "start": "9999-12-31"},
                                   {"limit_id": "civ_filing", "start": "0001-01-01"},
                                   {"limit_id": "civ_filing", "start": "2026-01-01", "kind": ["x"]},
                                   {"limit_id": "civ_filing", "start": "2026-01-01", "in_custody": "maybe"},
                                   {"limit_id": "civ_1st_ordinary", "start": "2026-01-01",
                                    "extensions": [{"amount": 99999, "unit": "year"}]}])  # fmt: skip
def test_no_entry_breaks_the_batch(capsys, tmp_path, entry):
    path = tmp_path / "entries.json"
    path.write_text(json.dumps([entry, ENTRIES[0]]))
    shown, status = run(capsys, "--input", str(path))
    bad, good = json.loads(shown.out)
    assert status == 2 and bad["error"] and good["due_on"] == "2024-10-08"


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 50_000, "- " * 3000 + "x", "", "7", '[{"id": ' + "9" * 5000 + "}]"]
)
def test_a_file_that_is_no_list_is_refused_in_words(tmp_path, text):
    path = tmp_path / "entries.json"
    path.write_text(text)
    with pytest.raises(CommandError, match=r"entries\.json") as caught:
        call_command("due_date", "--input", str(path))
    assert caught.value.returncode == 2


@pytest.mark.parametrize("name", ["&a [*a]", "{a: 1}", ".inf", ".nan", "1e999"])
def test_an_entry_that_has_no_plain_name_is_named_by_its_place(capsys, tmp_path, name):
    path = tmp_path / "entries.yaml"
    path.write_text(f"- {{limit_id: civ_filing, start: 2026-02-13, id: {name}}}\n")
    shown, status = run(capsys, "--input", str(path))
    [answer] = json.loads(shown.out, parse_constant=pytest.fail)
    assert (answer["id"] in (1, "1e999"), answer["due_on"], status) == (True, "2026-02-24", 0)


def test_a_number_beyond_all_measure_spoils_its_own_entry(capsys, tmp_path):
    path = tmp_path / "entries.json"
    entry = {"limit_id": "civ_filing", "start": "2026-01-01", "extensions": [{"amount": 10**400, "unit": "month"}]}
    path.write_text(json.dumps([entry, ENTRIES[0]]))
    shown, status = run(capsys, "--input", str(path))
    bad, good = json.loads(shown.out)
    assert status == 2 and "1 " in bad["error"] and good["due_on"] == "2024-10-08"


@pytest.mark.parametrize(("entry", "words"), [
    ({"limit_id": "civ_1st_ordinary", "start": "2026-03-02", "excluded": [{"to": "2026-04-01"}]}, "excluded 1, from"),
    ({"limit_id": "civ_1st_ordinary"}, "start"), ({"start": "2026-03-02"}, "limit_id"),
    ({"limit_id": "civ_1st_ordinary", "start": "2026-03-02", "extensions": ["soon"]}, "soon"),
])  # fmt: skip
def test_the_message_says_where(capsys, tmp_path, entry, words):
    path = tmp_path / "entries.json"
    path.write_text(json.dumps([entry]))
    [answer] = json.loads(run(capsys, "--input", str(path))[0].out)
    assert words in answer["error"]


@pytest.mark.parametrize(("change", "word"), [
    ({"extention": []}, "extention"), ({"to": "2026-01-01"}, "“to”"), ({1: 2}, "“1”"),
    ({"excluded": [{"from": "2024-05-01", "end": "2024-05-11"}]}, "excluded 1, end"),
    ({"extensions": [{"amount": 1, "units": "month"}]}, "extensions 1, units"),
])  # fmt: skip
def test_a_key_that_nobody_reads_is_a_mistake_and_is_named(capsys, tmp_path, change, word):
    """An interval with `end` for `to` would otherwise run for ever, without a word."""
    path = tmp_path / "entries.yaml"
    path.write_text(yaml.safe_dump([ENTRIES[0] | change, ENTRIES[0] | {"id": "b", "note": "read by nobody"}]))
    shown, status = run(capsys, "--input", str(path))
    bad, good = json.loads(shown.out)
    assert status == 2 and word in bad["error"] and "a:" in shown.err
    assert good["due_on"] == "2024-10-08"


def test_one_name_for_two_questions_is_a_mistake_for_one_question_it_is_not(capsys, tmp_path):
    path = tmp_path / "entries.json"
    path.write_text(
        json.dumps([ENTRIES[0], ENTRIES[0], ENTRIES[0] | {"start": "2024-04-03"}, ENTRIES[0] | {"id": "z"}])
    )
    shown, status = run(capsys, "--input", str(path))
    answers = json.loads(shown.out)
    assert status == 2
    assert [row.get("due_on") for row in answers] == ["2024-10-08", "2024-10-08", None, "2024-10-08"]
    assert "1" in answers[2]["error"] and answers[2]["errors"][0]["field"] == "id"


@pytest.mark.parametrize("amount", ["1000000 year", "99999 year", "1e6 year", "0.3 month", "-1 day"])
def test_a_length_beyond_all_measure_is_refused_in_words(capsys, tmp_path, amount):
    with pytest.raises(CommandError, match="civ_1st_ordinary") as caught:
        call_command("due_date", *ORDINARY, "--extend", amount)
    assert caught.value.returncode == 2
    number, unit = amount.split()
    path = tmp_path / "entries.yaml"
    path.write_text(f"- {{id: far, limit_id: civ_1st_ordinary, start: 2025-01-01, extensions: [{{amount: {number}, "
                    f"unit: {unit}}}]}}\n- {{id: near, limit_id: civ_1st_ordinary, start: 2025-01-01}}\n")  # fmt: skip
    shown, status = run(capsys, "--input", str(path))
    far, near = json.loads(shown.out)
    assert status == 2 and far["error"] and near["due_on"] == "2025-07-01"


@pytest.mark.parametrize(("arguments", "word"), [
    (["--start", "2025-01-01"], "--start"), (["--in-custody"], "--in-custody"), (["--extend", "1 month"], "--extend"),
])  # fmt: skip
def test_flags_of_one_question_do_not_go_with_a_file(tmp_path, arguments, word):
    path = tmp_path / "entries.json"
    path.write_text("[]")
    with pytest.raises(CommandError, match=word) as caught:
        call_command("due_date", "--input", str(path), *arguments)
    assert caught.value.returncode == 2


# reading YAML fast must be reading YAML


YAMLS = [
    "- {a: 1, b: 'x', c: [1, 2, {d: null}], e: ~, f: yes, g: 1.5, h: 0x1F, i: 1_000, j: 1e3, k: .inf}",
    "- a: 2024-04-02\n  b: 2024-04-02T10:20:30Z\n- - x\n  - y\n-\n- ''\n- \"quoted \\u4e2d\"\n- |\n  block\n  text\n",
    "- &a {x: 1}\n- *a\n- <<: *a\n  y: 2\n", "- !!str 12\n- !!int '3'\n", "- !!python/object:os.system x\n",
    "- {a: 1, a: 2}", "- ? [1, 2]\n  : x\n", "- {=: 1}", "- {<<: 1}", "a: 1", "7", "", "---\n- 1\n---\n- 2\n",
    "- 1\n...\n", "[1, 2", "- a\n b: c\n", "[" * 40 + "]" * 40, "- \t- x",
    "- 019\n- 0o7\n- 0b11\n- 1:30\n- +1\n- -.5\n",
    "- {true: 1, null: 2, 3: 4, 5.5: 6}", "%YAML 1.1\n---\n- on\n", "- '0x1F'\n- \"~\"\n- \"\"\n", "\ufeff- a\n",
    "- \x00",
]  # fmt: skip


@pytest.mark.parametrize("text", YAMLS)
def test_reading_a_list_fast_gives_what_a_general_loader_gives(text):
    def told(read):
        try:
            return "read", repr(read(text))
        except (yaml.YAMLError, ValueError) as problem:
            return type(problem).__name__, str(problem)

    assert told(read_yaml) == told(lambda text: yaml.load(text, Loader=DatelessLoader))


def test_a_plain_list_never_needs_the_general_loader(monkeypatch):
    monkeypatch.setattr(yaml, "load", pytest.fail)
    assert read_yaml(yaml.safe_dump(ENTRIES, allow_unicode=True)) == ENTRIES
    assert read_yaml("\n".join("- " + json.dumps(entry) for entry in ENTRIES)) == ENTRIES
