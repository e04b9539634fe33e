"""`manage.py escalate [--as-of DATE] [--json]`: work off escalations as the daily task does."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from oversight.escalation.scheduled import work_off


class Command(BaseCommand):
    """Close what has no cause left, seat new holders, climb what was not answered, remind. Safe to run twice."""

    help = "Close, climb and remind of escalations as the daily task does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", help="court day, YYYY-MM-DD; today by default")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = date.fromisoformat(options["as_of"]) if options["as_of"] else None
        except ValueError as error:
            raise CommandError(f"--as-of: {options['as_of']!r} is not a date", returncode=2) from error
        report = work_off(as_of=day).as_dict()
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(", ".join(f"{key} {value}" for key, value in report.items()))
