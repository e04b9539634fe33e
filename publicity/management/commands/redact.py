"""`manage.py redact FILE [--case CASE.json] [--policy …] --json`: the redaction engine without a database."""

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publicity.redaction.engine import redact
from publicity.redaction.packs import NAMES, get_pack, pack_for
from publicity.redaction.reading import Unreadable, read_file
from publicity.redaction.record import BadRecord, read_record
from publicity.redaction.suspects import find_suspects
from publicity.redaction.types import CaseFacts, Result

BAD_INPUT = 2


class Command(BaseCommand):
    """Exit status 2 and a message naming the file or field for bad input; nothing is written anywhere."""

    help = (
        "Redacts a judgment (text, docx, pdf) by the rules for publication and reports every hit and what is left over."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="judgment: text in UTF-8 or GBK/GB18030, .docx, .pdf with text")
        parser.add_argument("--case", help="JSON {case_type, cause, parties: [{name, role, kind, minor, aliases}]}")
        parser.add_argument("--policy", choices=NAMES, help="rule pack; without it the one in force on --published-on")
        parser.add_argument("--published-on", help="day of publication, YYYY-MM-DD; default: the rules of 2016")
        parser.add_argument(
            "--find-names",
            action="store_true",
            help="also suggest names nobody told of (doubtful, changes nothing; slower)",
        )
        parser.add_argument("--json", action="store_true", help="print JSON instead of the text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            read = read_file(Path(options["file"]))
        except Unreadable as problem:
            raise CommandError(str(problem), returncode=BAD_INPUT) from problem
        if read.encoding not in ("", "utf-8"):
            self.stderr.write(f"编码：{read.encoding}")
        pack = get_pack(options["policy"]) if options["policy"] else _pack(options["published_on"])
        notes: list[str] = []
        result = redact(read.text, _facts(options["case"], notes), pack)
        if options["find_names"]:
            found = find_suspects(read.text, result, lambda at, whole: self.stderr.write(f"找人名 {at}/{whole}"))
            result = replace(result, spans=tuple(sorted((*result.spans, *found), key=lambda span: span.start)))
        for note in notes:
            self.stderr.write(f"--case：{note}")
        if options["json"]:
            self.stdout.write(json.dumps({**as_json(result), "notes": notes}, ensure_ascii=False, indent=1))
            return
        self.stdout.write(result.text)
        self.stderr.write(f"{len([s for s in result.spans if s.changes])} 处已处理，{len(result.residual)} 处残留")


def _pack(day: str | None) -> Any:
    if not day:
        return get_pack()
    try:
        return pack_for(date.fromisoformat(day))
    except ValueError as problem:
        raise CommandError(f"--published-on：不是日期 YYYY-MM-DD：{day}", returncode=BAD_INPUT) from problem


def _facts(path: str | None, notes: list[str]) -> CaseFacts | None:
    if not path:
        return None
    try:
        return read_record(read_file(Path(path)).text, notes)
    except (Unreadable, BadRecord) as problem:
        raise CommandError(f"--case {path}：{problem}", returncode=BAD_INPUT) from problem


def as_json(result: Result) -> dict[str, Any]:
    """The result for scripts; `spans` count characters of the original, `residual` those of the result."""
    return {
        "text": result.text,
        "spans": [asdict(span) for span in result.spans],
        "residual": [asdict(residue) for residue in result.residual],
        "persons": [
            {
                "name": p.name,
                "replacement": p.replacement,
                "hidden": p.hidden,
                "roles": sorted(p.who),
                "rule": p.rule,
                "count": p.count,
            }
            for p in result.persons
        ],
        "not_published": [asdict(found) for found in result.exclusions],
        "policy": result.policy,
    }
