"""`manage.py import_cases FILE [--dry-run] [--all-or-nothing] [--json]`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.intake.import_services import run_import_job, start_import
from courtcms.core.errors import Refusal


class Command(BaseCommand):
    """Import cases from CSV or XLSX, as the page `/cases/import/` does. The act is the system's own in the trail."""

    help = "Import cases from a CSV or XLSX file; every bad row is reported with line, field and reason."

    def add_arguments(self, parser: CommandParser) -> None:
        """File, mode, form of the answer."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--all-or-nothing", action="store_true", help="write nothing when any row is bad")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when the file was processed, 2 when it cannot be read or nothing was written because of bad rows."""
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except OSError as error:
            self._fail(path, f"{path}: {error.strerror}", options["json"])
        try:
            job = start_import(
                actor=None,
                name=path.name,
                content=content,
                dry_run=options["dry_run"],
                keep_good=not options["all_or_nothing"],
            )
        except Refusal as refusal:
            text = " ".join(f"{r.message} {r.remedy}".strip() for r in refusal.reasons)
            self._fail(path, text, options["json"])
        done = run_import_job(job.pk)
        if done is None:
            self._fail(path, "the import was taken by another process", options["json"])
        self._report(done, options["json"])
        if done.state == "refused":
            raise SystemExit(2)

    def _fail(self, path: Path, text: str, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"file": str(path), "error": text}, ensure_ascii=False))
            raise SystemExit(2)
        raise CommandError(text, returncode=2)

    def _report(self, job: Any, as_json: bool) -> None:
        bad = len({problem["line"] for problem in job.problems})
        answer = {
            "file": job.file_name,
            "encoding": job.encoding,
            "dry_run": job.dry_run,
            "state": job.state,
            "total": job.total,
            "good": job.good,
            "bad": bad,
            "written": job.written,
            "problems": job.problems,
        }
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(f"{job.file_name} ({job.encoding}): {job.message}")
        for problem in job.problems:
            self.stdout.write(f"  {problem['line']}\t{problem['field']}\t{problem['reason']}")
