"""`manage.py verify_files [--json]`: is every stored content still what its hash says?"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from courtcms.files import storage
from courtcms.files.models import StoredFile


class Command(BaseCommand):
    """Exit 0 when every content is whole, 1 when one is missing or changed; each is named."""

    help = "Verify every stored file against its hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        hashes = StoredFile.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
        damaged = [sha256 for sha256 in hashes.iterator(2000) if storage.get(sha256) is None]
        if options["json"]:
            self.stdout.write(json.dumps({"contents": hashes.count(), "ok": not damaged, "damaged": damaged}))
        else:
            for sha256 in damaged:
                names = StoredFile.objects.filter(sha256=sha256).values_list("pk", "name")
                self.stdout.write(f"damaged: {sha256}: " + ", ".join(f"{pk} {name}" for pk, name in names))
            self.stdout.write(f"{hashes.count()} contents, {len(damaged)} damaged")
        if damaged:
            raise SystemExit(1)
