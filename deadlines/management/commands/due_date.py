"""`manage.py due_date`: one due date with its derivation, or a file of them.

    manage.py due_date --limit civ_1st_ordinary --start 2025-02-10 --exclude 2025-03-03..2025-03-28:ded_appraisal
    manage.py due_date --input entries.json

Exit status 2 when a question cannot be answered; the message names the entry. In a file the other entries are still
answered and the bad one carries `error`.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser

from deadlines.calendars.selectors import work_calendar
from deadlines.clocks.batch import due_dates, due_dates_json
from deadlines.clocks.lists import read_yaml
from deadlines.rulebook.reading import rulebook

CHUNK = 500


class Command(BaseCommand):
    """Counts due dates by the court's rulebook and working-day calendar."""

    help = "Compute due dates with their derivation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", help="id of the limit, such as civ_1st_ordinary")
        parser.add_argument("--start", help="day (or time, for limits in hours) of the event; it is not counted")
        parser.add_argument("--extend", action="append", default=[], metavar='"6 month"', help="an approved extension")
        parser.add_argument("--exclude", action="append", default=[], metavar="FROM..TO[:GROUND]",
                            help="time that does not count, half open; without TO the clock is paused")  # fmt: skip
        parser.add_argument("--in-custody", action="store_true", help="somebody is held: criminal limits do not roll")
        parser.add_argument("--filed", help="filing day of the case, when an older rule applies")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--input", metavar="FILE", help="JSON or YAML list of entries; - reads standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        if hasattr(sys.stdout, "reconfigure"):  # half a surrogate pair in a name is shown as JSON writes it
            sys.stdout.reconfigure(errors="backslashreplace")
        if bool(options["input"]) == bool(options["limit"]):
            raise CommandError("give either --limit with --start, or --input", returncode=2)
        alone = [name for name in ("start", "extend", "exclude", "in_custody", "filed") if options[name]]
        if options["input"] and alone:
            names = ", ".join(f"--{name.replace('_', '-')}" for name in alone)
            raise CommandError(f"{names}: with --input each entry says that itself", returncode=2)
        if options["input"]:
            self._batch(_read(options["input"]))
        else:
            self._single(options)

    def _single(self, options: dict[str, Any]) -> None:
        entry = {
            "id": options["limit"],
            "limit_id": options["limit"],
            "start": options["start"],
            "extensions": options["extend"],
            "excluded": options["exclude"],
            "in_custody": options["in_custody"],
            "filed": options["filed"],
        }
        [answer] = due_dates([entry], rulebook(), work_calendar())
        if "error" in answer:
            if options["json"]:
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            raise CommandError(f"{answer['id']}: {answer['error']}", returncode=2)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for step in answer["derivation"]:
            reached = step.get("reached") or ""
            self.stdout.write(f"{reached:<16}  {step['text']}  {step.get('article', '')}".rstrip())
        self.stdout.write(f"{answer['due_on'] or '—'}  {'(provisional)' if answer['provisional'] else ''}".rstrip())

    def _batch(self, entries: list[Any]) -> None:
        """Stream the answers, so that a long list costs no memory; garbage is not searched for meanwhile."""
        failed: list[str] = []
        gc.freeze()
        gc.disable()
        try:
            for number, chunk in enumerate(self._chunks(entries, failed)):
                self.stdout.write(("[" if number == 0 else ",\n") + ",\n".join(chunk), ending="")
        finally:
            gc.enable()
        self.stdout.write("]" if entries else "[]")
        if failed:
            self.stderr.write("\n".join(failed))
            sys.exit(2)

    @staticmethod
    def _chunks(entries: list[Any], failed: list[str]) -> Iterator[list[str]]:
        chunk = []
        for text, fault in due_dates_json(entries, rulebook(), work_calendar()):
            chunk.append(text)
            if fault:
                failed.append(fault)
            if len(chunk) == CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk


def _read(name: str) -> list[Any]:
    """The list in the file. JSON is tried first: it is much faster than YAML, of which it is a part."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"--input: {name}: {problem}", returncode=2) from None
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        try:
            entries = read_yaml(text)
        except (yaml.YAMLError, ValueError, RecursionError) as problem:
            raise CommandError(f"--input: {name} is neither JSON nor YAML: {problem}", returncode=2) from None
    if not isinstance(entries, list):
        raise CommandError(f"--input: {name}: a list of entries is expected", returncode=2)
    return entries
