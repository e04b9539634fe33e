"""`manage.py check_packs [--folder DIR]`: read the packs strictly; name file, entry and reason of a mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from deadlines.rulebook.reading import PACKS, read_packs
from deadlines.rulebook.rules import RulebookError


class Command(BaseCommand):
    """Status 0 and the numbers when every pack is right, else status 2 with file, entry and reason."""

    help = "Check the packs of legal time"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--folder` names another folder than the court's own."""
        parser.add_argument("--folder", type=Path, default=PACKS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, then tell."""
        try:
            book = read_packs(options["folder"])
        except RulebookError as error:
            raise CommandError(str(error), returncode=2) from error
        groups: dict[str, int] = {}
        for limit in book.iter_limits():
            groups[limit.group] = groups.get(limit.group, 0) + 1
        numbers = {
            **groups, "ground": len(book.grounds), "conversion": len(book.conversions), "closing": len(book.closings),
            "cap": len(book.caps), "not_deductible": len(book.refused), "approval": len(book.approvals),
        }  # fmt: skip
        self.stdout.write(f"{book.version}: " + ", ".join(f"{name} {number}" for name, number in numbers.items()))
