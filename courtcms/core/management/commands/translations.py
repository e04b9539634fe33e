"""`manage.py translations`: what lacks English, what is no longer used; --write, --compile."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from courtcms.core import catalogues


class Command(BaseCommand):
    """Exit status 0 when English is complete and nothing stale is left, else 1."""

    help = "List sentences without English and English without a sentence; exit 1 if there are any."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="append empty entries to the catalogues")
        parser.add_argument("--compile", action="store_true", help="write the .mo files and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        if options["compile"]:
            for path in catalogues.compile_all(root):
                self.stdout.write(str(path.relative_to(root)))
            return
        if options["write"]:
            self.stdout.write(f"{catalogues.write_missing(root)} new entries")
        report = catalogues.compare(root)
        for use in report.missing:
            self.stdout.write(f"missing  {use.floor:10} {use.places[0]}  {use.msgid}")
        for floor, msgid in report.unused:
            self.stdout.write(f"unused   {floor:10} {msgid}")
        for floor, msgid in report.broken:
            self.stdout.write(f"broken   {floor:10} {msgid}  placeholders differ")
        if report:
            raise SystemExit(1)
        self.stdout.write("English is complete")
