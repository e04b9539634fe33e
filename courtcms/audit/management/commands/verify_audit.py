"""`manage.py verify_audit [--json]`: is the trail whole?"""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from courtcms.audit.models import AuditEntry
from courtcms.audit.selectors import faults


class Command(BaseCommand):
    """Exit 0 when the trail is whole, 1 when a fault was found; each fault is named."""

    help = "Verify the audit trail and name every changed, removed, inserted or re-ordered entry."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults())
        total = AuditEntry.objects.count()
        if options["json"]:
            report = {"entries": total, "ok": not found, "faults": [asdict(fault) for fault in found]}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            for fault in found:
                number = f"entry {fault.entry_id}" if fault.entry_id else "no entry"
                self.stdout.write(
                    f"{fault.kind}: lane {fault.lane}, position {fault.position}, {number}: {fault.detail}"
                )
            self.stdout.write(f"{total} entries, {len(found)} faults")
        if found:
            raise SystemExit(1)
