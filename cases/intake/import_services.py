"""Running an import: the job is a row, each row of the file is checked, and good rows are kept or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from cases.intake import catalogue
from cases.intake.checks import say
from cases.intake.drafts import CaseDraft
from cases.intake.import_columns import understand
from cases.intake.import_reading import FileProblem, Table, read_table
from cases.intake.import_rows import People, RowReader
from cases.intake.models import Case
from cases.intake.number_repair import parse
from cases.intake.register_models import ImportJob, ImportPhase, ImportState
from cases.intake.review import default_division, review_draft
from cases.intake.services import register_case
from courtcms.accounts.policy import require
from courtcms.audit.services import act
from courtcms.core import clock
from courtcms.core.errors import Reason, Refusal
from courtcms.courts.selectors import this_court

STEP = 25  # rows of one transaction and between two reports of progress
UNFINISHED = (ImportState.WAITING, ImportState.RUNNING)
LOCK_SPACE = 0x1A9E  # first key of the advisory locks of imports


def start_import(*, actor: Any, name: str, content: bytes, dry_run: bool, keep_good: bool) -> ImportJob:
    """Take a file in as a job; whoever queues it runs `run_import_job`. Raises Refusal for a file that is no table."""
    require(actor, "cases.import")
    try:
        table = read_table(name, content)
        _header(table)
    except FileProblem as problem:
        raise Refusal(Reason(say(problem.finding), field="file", code=problem.finding.code)) from problem
    with act(actor=actor, verb="case.import", permission="cases.import") as entry:
        job = ImportJob.objects.create(
            uploaded_by=actor, uploaded_at=clock.now(), file_name=name[-200:], content=content, encoding=table.encoding,
            dry_run=dry_run, keep_good=keep_good, total=len(table.rows),
        )  # fmt: skip
        entry.target = job
        entry.after = {"file": job.file_name, "rows": job.total, "dry_run": dry_run, "keep_good": keep_good}
    return job


def _header(table: Table) -> Any:
    header = understand(table.head)
    if header.missing:
        text = _("缺少栏目：%(names)s") % {"names": "、".join(header.missing)}
        remedy = _("请用模板文件的表头；文件里有：%(names)s") % {
            "names": "、".join(h for h in table.head if h)[:200] or "—"
        }
        raise Refusal(Reason(text, field="file", code="columns_missing", remedy=remedy))
    return header


@contextmanager
def _alone(job_pk: int) -> Iterator[bool]:
    """True when nobody else runs this job; the lock ends with the connection, so that a dead worker holds nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, job_pk])
        got = cursor.fetchone()[0]
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, job_pk])


def run_import_job(pk: int) -> ImportJob | None:
    """Run or go on with a job. Running twice does nothing twice: rows already processed are not taken again."""
    with _alone(pk) as alone:
        job = ImportJob.objects.filter(pk=pk).select_related("uploaded_by").first()
        if not alone or job is None or job.finished:
            return job
        started = job.started_at or clock.now()
        _save(job, state=ImportState.RUNNING, started_at=started, phase=ImportPhase.READING, phase_done=0)
        table = read_table(job.file_name, bytes(job.content), partial(_read_so_far, job))
        _Run(job, table).go()
    return job


def _save(job: ImportJob, **values: Any) -> None:
    for name, value in values.items():
        setattr(job, name, value)
    job.save(update_fields=list(values))


def _read_so_far(job: ImportJob, rows: int) -> None:
    _save(job, phase_done=min(rows, job.total))


@contextmanager
def _aside(job: ImportJob) -> Iterator[Callable[[int], None]]:
    """Reports from inside a long transaction, by a connection of their own: others see them before it ends."""
    other = connection.copy()

    def report(done: int) -> None:
        with other.cursor() as cursor:
            cursor.execute("UPDATE cases_importjob SET phase_done = %s WHERE id = %s", [done, job.pk])

    try:
        yield report
    finally:
        other.close()


class _NothingAtAll(Exception):
    """Rolls an all-or-nothing import back."""


class _Run:
    """One run of a job over its table."""

    def __init__(self, job: ImportJob, table: Table) -> None:
        self.job = job
        self.table = table
        self.court = this_court()
        self.reader = RowReader(_header(table), People.of_court(self.court))
        self.numbers: dict[str, int] = {}
        self.divisions: dict[str, int | None] = {}

    def go(self) -> None:
        """Check only, keep the good rows, or take everything or nothing."""
        if self.job.dry_run:
            self._each(write=False)
            self._finish(ImportState.CHECKED)
        elif self.job.keep_good:
            self._each(write=True)
            self._finish(ImportState.DONE)
        else:
            self._all_or_nothing()

    def _all_or_nothing(self) -> None:
        _save(self.job, processed=0, good=0, problems=[])
        self._each(write=False)
        if self.job.problems:
            self._finish(ImportState.REFUSED)
            return
        self.numbers = {}
        _save(self.job, message=_("核对无误，正在写入"), phase=ImportPhase.WRITING, phase_done=0)
        try:
            with (
                _aside(self.job) as report,
                act(actor=self.job.uploaded_by, verb="case.import_all", permission="cases.import", target=self.job),
            ):
                self._write_all(report)
        except _NothingAtAll:
            _save(self.job, good=0, written=0, problems=self.job.problems)
            self._finish(ImportState.REFUSED)
            return
        _save(self.job, written=len(self.table.rows))
        self._finish(ImportState.DONE)

    def _write_all(self, report: Callable[[int], None]) -> None:
        """Every row inside the one transaction; the first that fails after all undoes everything."""
        for number, (line, row) in enumerate(self.table.rows, start=1):
            problems = self._row(line, row, write=True)
            if problems:
                self.job.problems = problems
                raise _NothingAtAll
            if number % STEP == 0:
                report(number)

    def _each(self, write: bool) -> None:
        """Rows in batches; a batch and the count of rows done are one transaction, so that no row is taken twice."""
        phase = ImportPhase.WRITING if write else ImportPhase.CHECKING
        _save(self.job, phase=phase, phase_done=self.job.processed)
        while self.job.processed < len(self.table.rows):
            batch = self.table.rows[self.job.processed : self.job.processed + STEP]
            if write:
                actor = self.job.uploaded_by
                with act(actor=actor, verb="case.import_rows", permission="cases.import", target=self.job) as entry:
                    self._batch(batch, write=True)
                    entry.after = {"lines": [batch[0][0], batch[-1][0]], "written": self.job.written}
            else:
                self._batch(batch, write=False)

    def _batch(self, batch: tuple[tuple[int, dict[str, str]], ...], write: bool) -> None:
        self.divisions = {}
        for line, row in batch:
            problems = self._row(line, row, write)
            self.job.good += not problems
            self.job.written += write and not problems
            self.job.problems.extend(problems)
        self.job.processed += len(batch)
        self.job.phase_done = self.job.processed
        self.job.save(update_fields=["processed", "phase_done", "good", "written", "problems"])

    def _row(self, line: int, row: dict[str, str], write: bool) -> list[dict[str, Any]]:
        """Problems of one row as they are reported; registers the case when there are none and `write` is set."""
        draft, unread = self.reader.draft(row)
        if draft.division_id is None and draft.type_code:
            draft = replace(draft, division_id=self._division_of(draft.type_code))
        problems = [self._problem(line, field, text) for field, text in unread]
        told = {field for field, _text in unread}
        reasons = self._number_reasons(line, draft)
        if write and not problems and not reasons:
            try:
                register_case(actor=self.job.uploaded_by, draft=draft, court=self.court, permission="cases.import")
                return []
            except Refusal as refusal:
                reasons = refusal.reasons
        else:
            reasons += review_draft(draft, self.court).reasons.found
        for reason in reasons:
            field = self.reader.column(reason.field) if reason.field else ""
            if field and field in told:
                continue  # what could not be read is not judged
            problems.append(self._problem(line, field, " ".join(str(p) for p in (reason.message, reason.remedy) if p)))
        return problems

    def _division_of(self, type_code: str) -> int | None:
        """The division for a type, looked up once a batch: loads do not change enough within it."""
        if type_code not in self.divisions:
            division = default_division(self.court, catalogue.case_types()[type_code])
            self.divisions[type_code] = division.pk if division else None
        return self.divisions[type_code]

    def _number_reasons(self, line: int, draft: CaseDraft) -> list[Reason]:
        """A number that stands twice in the file, belongs to another court, or is taken."""
        if not draft.number:
            return []
        number = parse(draft.number)
        first = self.numbers.setdefault(number.text, line)
        if first != line:
            text = _("案号与第 %(line)s 行相同") % {"line": first}
            return [Reason(text, field="number", code="number_twice")]
        if number.regular and number.court != self.court.code:
            text = _("案号“%(number)s”不是本院的") % {"number": number.text}
            return [Reason(text, field="number", code="number_court")]
        if Case.objects.filter(court=self.court, number=number.text).exists():
            text = _("案号“%(number)s”已经使用") % {"number": number.text}
            return [Reason(text, field="number", code="number_taken")]
        return []

    @staticmethod
    def _problem(line: int, field: str, text: str) -> dict[str, Any]:
        return {"line": line, "field": field, "reason": text}

    def _finish(self, state: str) -> None:
        bad = len({problem["line"] for problem in self.job.problems})
        values = {"good": self.job.good, "bad": bad, "written": self.job.written}
        texts = {
            ImportState.CHECKED: _("核对完毕：%(good)s 行可以写入，%(bad)s 行有错误") % values,
            ImportState.DONE: _("写入 %(written)s 件，%(bad)s 行有错误未写入") % values,
            ImportState.REFUSED: _("%(bad)s 行有错误，一行也没有写入") % values,
        }
        done = {"phase": "", "phase_done": self.job.processed}
        _save(self.job, state=state, message=texts[state], finished_at=clock.now(), **done)


def owed_imports() -> list[int]:
    """Jobs that wait or were left by a worker that died; a scheduled task runs them again."""
    return list(ImportJob.objects.filter(state__in=UNFINISHED).order_by("pk").values_list("pk", flat=True))
