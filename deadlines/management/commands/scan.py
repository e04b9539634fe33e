"""`manage.py scan [--as-of DATE] [--json]`: run the overdue scan now."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from courtcms.core import clock
from courtcms.core.errors import Conflict
from deadlines.calendars.rules import FIRST_YEAR, LAST_YEAR
from deadlines.scan.followup import follow_up_if_changed
from deadlines.scan.services import scan


class Command(BaseCommand):
    """Prints {as_of, seen, raised: {level: n}, already, failed, seconds}."""

    help = "Run the scan of time limits; what was raised before is not raised again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", help="court day to scan for, YYYY-MM-DD (today when left out)")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = date.fromisoformat(options["as_of"]) if options["as_of"] else clock.today()
        except ValueError:
            message = _("--as-of：“%(value)s”不是日历上有的日期，写法如 2026-03-02") % {"value": options["as_of"]}
            raise CommandError(message, returncode=2) from None
        if not FIRST_YEAR < day.year < LAST_YEAR:
            years = {"day": day, "first": FIRST_YEAR + 1, "last": LAST_YEAR - 1}
            message = _("--as-of：%(day)s 不在工作日历之内（%(first)s 年至 %(last)s 年）") % years
            raise CommandError(message, returncode=2)
        try:
            report = scan(as_of=day)
        except Conflict as busy:
            raise CommandError(str(busy)) from None
        follow_up_if_changed(as_of=day)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
            return
        raised = "，".join(f"{level} {number}" for level, number in report.raised.items() if number) or "0"
        words = _(
            "%(day)s：检查 %(seen)s 个期限，发出提醒 %(raised)s，此前 %(already)s，失败 %(failed)s，%(seconds)s 秒"
        )
        numbers = {name: getattr(report, name) for name in ("seen", "already", "failed", "seconds")}
        self.stdout.write(words % {"day": report.as_of, "raised": raised, **numbers})
