"""Import: every bad row is reported with line, column and reason; good rows are kept, or nothing at all."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cases.intake import import_services
from cases.intake.import_services import run_import_job, start_import
from cases.intake.import_template import template_csv, template_xlsx
from cases.intake.models import Case
from cases.intake.register_models import CaseCounter, ImportJob
from courtcms.core import clock
from courtcms.core.errors import Refusal
from tests.cases import factories

pytestmark = pytest.mark.django_db
HEAD = [
    "案件类型",
    "案由",
    "立案日",
    "案号",
    "当事人1地位",
    "当事人1名称",
    "当事人2地位",
    "当事人2名称",
    "当事人2住所地",
]


def row(number: int, **changes) -> list[str]:
    values = [
        "民初",
        "买卖合同纠纷",
        clock.today().isoformat(),
        "",
        "原告",
        f"天津甲{number}建材有限公司",
        "被告",
        "尉迟川",
        "天津市甲区",
    ]
    return [changes.get(head, value) for head, value in zip(HEAD, values, strict=True)]


def csv_bytes(rows, head=HEAD, encoding="utf-8-sig") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode(encoding)


def xlsx_bytes(rows, head=HEAD) -> bytes:
    book = Workbook()
    for line in [head, *rows]:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def clerk():
    factories.civil_division()
    return factories.filing_clerk()


def run(actor, content, name="cases.csv", dry_run=False, keep_good=True) -> ImportJob:
    job = start_import(actor=actor, name=name, content=content, dry_run=dry_run, keep_good=keep_good)
    return run_import_job(job.pk)


def mixed() -> list[list[str]]:
    return [row(1), row(2, 案由="合同纠纷", 立案日="2026-02-30"), row(3), row(4, 当事人2地位="乘客", 案件类型="民事")]


def test_a_dry_run_writes_nothing_and_names_every_fault(clerk):
    job = run(clerk, csv_bytes(mixed()), dry_run=True)
    assert (job.state, job.good, job.written) == ("checked", 2, 0)
    assert not Case.objects.exists()
    found = {(problem["line"], problem["field"]) for problem in job.problems}
    assert found >= {(3, "案由"), (3, "立案日"), (5, "当事人2地位"), (5, "案件类型")}
    assert all(problem["reason"] for problem in job.problems)


def test_good_rows_are_kept(clerk):
    job = run(clerk, csv_bytes(mixed()))
    assert (job.state, job.good, job.written, job.processed, job.total) == ("done", 2, 2, 4, 4)
    assert Case.objects.count() == 2
    assert not Case.objects.filter(judge=None).exists()


def test_nothing_at_all_when_asked_so(clerk):
    job = run(clerk, csv_bytes(mixed()), keep_good=False)
    assert (job.state, job.written) == ("refused", 0)
    assert not Case.objects.exists() and not CaseCounter.objects.exists()
    job = run(clerk, csv_bytes([row(1), row(2)]), keep_good=False)
    assert (job.state, job.written) == ("done", 2)


def test_all_or_nothing_also_when_only_the_writing_finds_the_fault(clerk):
    """Two equal rows: each is fine alone, the second is a duplicate once the first is written."""
    job = run(clerk, csv_bytes([row(1), row(1)]), keep_good=False)
    assert (job.state, job.written, job.good) == ("refused", 0, 0)
    assert not Case.objects.exists()
    assert job.problems[0]["line"] == 3


def test_workbooks_are_read_and_dates_in_cells(clerk):
    line = row(1)
    line[2] = clock.today()
    assert run(clerk, xlsx_bytes([line]), name="cases.xlsx").written == 1


@pytest.mark.parametrize(
    "encoding, label", [("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("gbk", "GB18030"), ("utf-16", "UTF-16")]
)
def test_the_encoding_is_found_and_stated(clerk, encoding, label):
    job = run(clerk, csv_bytes([row(1)], encoding=encoding))
    assert (job.encoding, job.written) == (label, 1)


def test_semicolons_and_tabs_part_cells_too(clerk):
    for delimiter, number in ((";", 1), ("\t", 2)):
        text = "\n".join(delimiter.join(cells) for cells in [HEAD, row(number)])
        assert run(clerk, text.encode()).written == 1


def test_english_heads_are_understood(clerk):
    head = [
        "case type",
        "cause",
        "filed on",
        "case number",
        "party 1 role",
        "party 1 name",
        "Party 2 role",
        "party 2 name",
        "party 2 address",
    ]
    assert run(clerk, csv_bytes([row(1)], head=head)).written == 1


@pytest.mark.parametrize(
    "name, content, code",
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\n\n", "empty"),
        ("a.csv", csv_bytes([]), "no_rows"),
        ("a.csv", csv_bytes([row(1)], head=["甲", *HEAD[1:]]), "columns_missing"),
        ("a.csv", csv_bytes([row(1)], head=[HEAD[1], *HEAD[1:]]), "columns_twice"),
        ("a.csv", b"\x80\x81\xff\xfe\x00\x01" * 10, "encoding"),
        ("a.xlsx", b"PK\x03\x04broken", "broken"),
        ("a.xlsx", b"no workbook at all", "broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 100, "xls"),
        ("a.csv", b"x" * (20 * 1024 * 1024 + 1), "too_big"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(clerk, name, content, code):
    with pytest.raises(Refusal) as refusal:
        start_import(actor=clerk, name=name, content=content, dry_run=True, keep_good=True)
    assert refusal.value.reasons[0].code == code and str(refusal.value.reasons[0].message)
    assert not ImportJob.objects.exists()


def test_numbers_that_cases_already_have(clerk):
    year = clock.today().year
    rows = [
        row(1, 案号=f"（{year}）津02民初41号"), row(2, 案号=f"（{year}）津02民初41号"),
        row(3, 案号=f"（{year}）津01民初1号"),
        row(4, 案号=f"（{year}）津02民初字第5号"), row(5, 案号="四十二号"),
    ]  # fmt: skip
    job = run(clerk, csv_bytes(rows))
    assert job.written == 1
    assert {problem["line"] for problem in job.problems} == {3, 4, 5, 6}
    assert all(problem["field"] == "案号" for problem in job.problems)
    assert factories.case().sequence == 42


def test_a_job_left_half_way_is_gone_on_with_and_takes_no_row_twice(clerk, monkeypatch):
    monkeypatch.setattr(import_services, "STEP", 2)
    job = start_import(
        actor=clerk, name="a.csv", content=csv_bytes([row(n) for n in range(5)]), dry_run=False, keep_good=True
    )
    real, calls = import_services.register_case, []

    def dies(**arguments):
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(**arguments)

    monkeypatch.setattr(import_services, "register_case", dies)
    with pytest.raises(KeyboardInterrupt):
        run_import_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.processed, Case.objects.count()) == ("running", 2, 2)
    monkeypatch.setattr(import_services, "register_case", real)
    assert import_services.owed_imports() == [job.pk]
    done = run_import_job(job.pk)
    assert (done.state, done.written, Case.objects.count()) == ("done", 5, 5)
    assert run_import_job(job.pk).written == 5 and Case.objects.count() == 5


def test_a_reason_names_its_column_even_when_the_file_lacks_it(clerk):
    job = run(clerk, csv_bytes([row(1), row(1)]))
    assert [(p["line"], p["field"]) for p in job.problems] == [(3, "重复核对")]


def workbook(change) -> bytes:
    book = load_workbook(io.BytesIO(xlsx_bytes([row(1)])))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_sheet_that_is_shown_is_read_and_not_a_hidden_one_before_it(clerk):
    def hide(book):
        first = book.create_sheet("lists", 0)
        first.append(["secret"])
        first.sheet_state = "hidden"
        book.active = 1

    assert run(clerk, workbook(hide), name="cases.xlsx").written == 1


def test_a_wrong_extent_in_the_workbook_hides_no_row(clerk):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes([row(1), row(2)]))) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            data = old.read(item)
            new.writestr(item, re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1"', data))
    assert run(clerk, out.getvalue(), name="cases.xlsx").written == 2


def test_a_formula_that_was_never_calculated_is_shown_as_the_fault(clerk):
    job = run(clerk, workbook(lambda book: book.active.__setitem__("C2", "=TODAY()")), name="cases.xlsx")
    assert [(p["line"], p["field"]) for p in job.problems] == [(2, "立案日")]
    assert "=TODAY()" in job.problems[0]["reason"]


@pytest.mark.parametrize("make, name", [(template_csv, "t.csv"), (template_xlsx, "t.xlsx")])
def test_the_template_can_be_imported_as_it_is(clerk, make, name):
    job = run(clerk, make(), name=name, dry_run=True)
    assert job.problems == [] and job.good == 1


def test_the_page_takes_a_file_and_shows_progress_and_problems(clerk, monkeypatch, django_capture_on_commit_callbacks):
    queued = []
    monkeypatch.setattr("cases.intake.import_views.run_import.delay", queued.append)
    client = Client()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("cases:import"), {"file": SimpleUploadedFile("cases.csv", csv_bytes(mixed())), "mode": "good"}
        )
    job = ImportJob.objects.get()
    assert queued == [job.pk] and answer["Location"] == reverse("cases:import_job", args=[job.pk])
    waiting = client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "every 1s" in waiting and "<html" not in waiting
    run_import_job(job.pk)
    done = client.get(answer["Location"]).content.decode()
    assert "every 1s" not in done and "案由" in done
    client.cookies["django_language"] = "en"
    english = client.get(answer["Location"]).content.decode()
    assert "写入" not in english.split('id="h-bad"')[0].split("<main")[1]
    client.cookies["django_language"] = "zh-hans"
    listed = client.get(reverse("cases:import_problems", args=[job.pk])).content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(listed)))) == len(ImportJob.objects.get().problems) + 1
    for data in (
        {},
        {"mode": "good"},
        {"file": SimpleUploadedFile("a.csv", b"x"), "mode": "?"},
        {"file": SimpleUploadedFile("a.csv", b"x"), "mode": "good"},
    ):
        assert client.post(reverse("cases:import"), data).status_code == 400
    template = client.get(reverse("cases:import_template"))
    assert load_workbook(io.BytesIO(template.content)).active["A1"].value == "案件类型"


def test_the_command_answers_in_json(clerk, tmp_path, capsys):
    path = tmp_path / "cases.csv"
    path.write_bytes(csv_bytes(mixed()))
    call_command("import_cases", str(path), "--dry-run", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert (answer["total"], answer["good"], answer["bad"], answer["written"]) == (4, 2, 2, 0)
    assert {"line", "field", "reason"} == set(answer["problems"][0])
    with pytest.raises(SystemExit) as stop:
        call_command("import_cases", str(tmp_path / "none.csv"), "--json")
    assert stop.value.code == 2 and "error" in json.loads(capsys.readouterr().out)


def test_nobody_runs_a_job_that_another_process_runs(clerk):
    job = start_import(actor=clerk, name="a.csv", content=csv_bytes([row(1)]), dry_run=False, keep_good=True)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [import_services.LOCK_SPACE, job.pk])
        assert run_import_job(job.pk).state == "waiting"
    finally:
        other.close()
